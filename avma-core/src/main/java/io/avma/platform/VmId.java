package io.avma.platform;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identifier of a virtual machine as Hyper-V gives it, a GUID.
 *
 * <p>It stays the same through live migration and changes when a VM is imported as a copy. Host and
 * guest see the same one ({@code VirtualMachineId} in Data Exchange).
 */
@CheckReturnValue
public final class VmId implements Comparable<VmId> {
  private final long high; // the GUID, without an object of its own: there may be millions
  private final long low;

  /** Takes the GUID {@code value}. */
  public VmId(UUID value) {
    high = value.getMostSignificantBits();
    low = value.getLeastSignificantBits();
  }

  /** Returns the GUID. */
  public UUID value() {
    return new UUID(high, low);
  }

  /** Parses a GUID with or without braces, in either case; empty if {@code text} is none. */
  public static Optional<VmId> parse(String text) {
    String bare = text.strip();
    if (bare.length() == 38 && bare.startsWith("{") && bare.endsWith("}")) {
      bare = bare.substring(1, 37);
    }
    if (!bare.matches("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")) {
      return Optional.empty();
    }
    return Optional.of(new VmId(UUID.fromString(bare)));
  }

  /** Orders as the printed form does. */
  @Override
  public int compareTo(VmId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VmId that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  /** Returns the GUID in upper case without braces, as Hyper-V writes it. */
  @Override
  public String toString() {
    return value().toString().toUpperCase(Locale.ROOT);
  }
}
