package io.avma.kvp;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.platform.VmId;
import io.avma.platform.WindowsSku;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the value of a known item means. Whatever has no meaning keeps its text as {@link
 * Unparsable}.
 */
@CheckReturnValue
public sealed interface ItemValue {
  /** The item is there and says nothing, for example the RDP addresses of a guest without RDP. */
  record Unset() implements ItemValue {}

  /**
   * Free text.
   *
   * @param text the text, as it was written
   */
  record Text(String text) implements ItemValue {}

  /**
   * The name of a computer, fully qualified or not.
   *
   * @param name the name, 1 to 255 characters, without blanks and controls
   */
  record ComputerName(String name) implements ItemValue {}

  /**
   * A version or a part of one: {@code 10.0.17763}, {@code 17763}, {@code 6.1.0-18-amd64}.
   *
   * @param numbers the leading numbers, 1 to 8, none above 999,999,999
   * @param suffix what follows them, as it was written; {@code ""} if nothing does
   */
  record Version(ImmutableList<Integer> numbers, String suffix) implements ItemValue {
    /** Returns the number at {@code index}, counted from 0; empty if there is none. */
    public OptionalInt number(int index) {
      return index >= 0 && index < numbers.size()
          ? OptionalInt.of(numbers.get(index))
          : OptionalInt.empty();
    }

    /** Returns the version as it was written, escaped and cut. */
    @Override
    public String toString() {
      return Joiner.on('.').join(numbers) + ForeignText.escape(suffix, 80);
    }
  }

  /**
   * A whole number.
   *
   * @param value the number, not negative, below 2<sup>63</sup>
   */
  record WholeNumber(long value) implements ItemValue {}

  /**
   * A list of IP addresses, link-local ones included. No name is ever looked up for them here, and
   * nobody should: {@link InetAddress#getHostName} would ask a name server about whatever a guest
   * wrote.
   *
   * @param addresses the addresses in their order, zones dropped
   * @param rejected the entries that are no address of the family, as they were written
   */
  record Addresses(ImmutableList<InetAddress> addresses, ImmutableList<String> rejected)
      implements ItemValue {}

  /**
   * A processor architecture.
   *
   * @param architecture the architecture
   */
  record Architecture(ProcessorArchitecture architecture) implements ItemValue {}

  /**
   * A SKU number of Windows.
   *
   * @param number the number
   * @param sku what is known of it; empty for a number that the table does not hold
   */
  record Sku(int number, Optional<WindowsSku> sku) implements ItemValue {}

  /**
   * A mask of product suites.
   *
   * @param mask the mask
   */
  record Suites(SuiteMask mask) implements ItemValue {}

  /**
   * What a Windows was made for.
   *
   * @param type the product type
   */
  record Product(ProductType type) implements ItemValue {}

  /**
   * The identifier of a virtual machine.
   *
   * @param vm the identifier
   */
  record Machine(VmId vm) implements ItemValue {}

  /**
   * Something that is on or off.
   *
   * @param on whether it is on
   */
  record Toggle(boolean on) implements ItemValue {}

  /**
   * A value in no form that the item may have.
   *
   * @param raw the value as it was written
   * @param reason what is wrong with it, for programs
   * @param message what is wrong with it, for people, escaped and cut
   */
  record Unparsable(String raw, KvpProblem.Reason reason, String message) implements ItemValue {}
}
