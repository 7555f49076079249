package io.avma.kvp;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import io.avma.platform.WindowsSku;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a host told a guest about itself and about the VM, as the guest keeps it.
 *
 * <p>Inside the guest it is the way to learn one's own identifier and host. Handed on by a guest it
 * is hearsay like every claim. Items that cannot be read are empty and stand among the {@link
 * #problems()}. After a live migration the host refreshes them. Immutable.
 */
@CheckReturnValue
public final class HostFacts {
  private final TypedItems<HostFact> items;

  private HostFacts(TypedItems<HostFact> items) {
    this.items = items;
  }

  /** Reads the host facts of {@code snapshot}. Never throws. */
  public static HostFacts of(KvpSnapshot snapshot) {
    return new HostFacts(
        TypedItems.read(
            snapshot, KvpSource.HOST_FACTS, HostFact.class, HostFact::ofKey, HostFact::read));
  }

  /**
   * Returns what every known fact says, in the order of the constants, unparsable ones included.
   */
  public ImmutableMap<HostFact, ItemValue> values() {
    return items.values();
  }

  /** Returns the items that are none of {@link HostFact}, in reading order. */
  public ImmutableList<KvpItem> others() {
    return items.others();
  }

  /** Returns what could not be read. */
  public ImmutableList<KvpProblem> problems() {
    return items.problems();
  }

  /** Returns the VM's identifier. */
  public Optional<VmId> vmId() {
    return items
        .get(HostFact.VIRTUAL_MACHINE_ID, ItemValue.Machine.class)
        .map(ItemValue.Machine::vm);
  }

  /** Returns the VM's name, as the host's administrator wrote it. */
  public Optional<String> vmName() {
    return items.get(HostFact.VIRTUAL_MACHINE_NAME, ItemValue.Text.class).map(ItemValue.Text::text);
  }

  /** Returns the host's computer name. */
  public Optional<HostId> hostName() {
    return host(HostFact.HOST_NAME);
  }

  /** Returns the physical host's computer name. */
  public Optional<HostId> physicalHostName() {
    return host(HostFact.PHYSICAL_HOST_NAME);
  }

  /** Returns the physical host's fully qualified name. */
  public Optional<HostId> physicalHostNameFullyQualified() {
    return host(HostFact.PHYSICAL_HOST_NAME_FULLY_QUALIFIED);
  }

  /** Returns the host's SKU number, whether it is known or not. */
  public OptionalInt editionId() {
    Optional<ItemValue.Sku> sku =
        items.get(HostFact.HOSTING_SYSTEM_EDITION_ID, ItemValue.Sku.class);
    return sku.isPresent() ? OptionalInt.of(sku.get().number()) : OptionalInt.empty();
  }

  /** Returns the host's SKU, if its number is known. */
  public Optional<WindowsSku> sku() {
    return items
        .get(HostFact.HOSTING_SYSTEM_EDITION_ID, ItemValue.Sku.class)
        .flatMap(ItemValue.Sku::sku);
  }

  /** Returns how deep the host itself is nested; 0 on hardware. */
  public OptionalLong nestedLevel() {
    return number(HostFact.NESTED_LEVEL);
  }

  /** Returns the first number of the host's version. */
  public OptionalLong osMajor() {
    return number(HostFact.OS_MAJOR);
  }

  /** Returns the second number of the host's version. */
  public OptionalLong osMinor() {
    return number(HostFact.OS_MINOR);
  }

  /** Returns the host's processor architecture. */
  public Optional<ProcessorArchitecture> architecture() {
    return items
        .get(HostFact.PROCESSOR_ARCHITECTURE, ItemValue.Architecture.class)
        .map(ItemValue.Architecture::architecture);
  }

  /** Returns whether the VM's memory is balanced dynamically. */
  public Optional<Boolean> dynamicMemoryBalancing() {
    return items
        .get(HostFact.DYNAMIC_MEMORY_BALANCING, ItemValue.Toggle.class)
        .map(ItemValue.Toggle::on);
  }

  /** Returns the VM, its host and the number of problems, escaped. */
  @Override
  public String toString() {
    return "HostFacts["
        + vmId().map(VmId::toString).orElse("VM unknown")
        + " on "
        + physicalHostNameFullyQualified().or(this::hostName).map(HostId::toString).orElse("?")
        + ", problems "
        + problems().size()
        + "]";
  }

  private Optional<HostId> host(HostFact fact) {
    return items.get(fact, ItemValue.ComputerName.class).map(name -> new HostId(name.name()));
  }

  private OptionalLong number(HostFact fact) {
    Optional<ItemValue.WholeNumber> number = items.get(fact, ItemValue.WholeNumber.class);
    return number.isPresent() ? OptionalLong.of(number.get().value()) : OptionalLong.empty();
  }
}
