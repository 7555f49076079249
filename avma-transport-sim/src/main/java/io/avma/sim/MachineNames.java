package io.avma.sim;

import io.avma.platform.HostId;
import io.avma.platform.VmId;
import io.avma.sim.internal.SplitMix64;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The computer names of simulated machines: under {@code .invalid}, so that nobody takes them for
 * real.
 */
final class MachineNames {
  private static final String MARK = ".invalid";

  private static final Pattern UNFIT = Pattern.compile("[^a-z0-9.-]+");

  private MachineNames() {}

  /**
   * Returns the computer name for a machine called {@code name}: its parts in reverse order, as one
   * label, so that {@code cluster-1/host-3} becomes {@code host-3-cluster-1.invalid}. One label,
   * because logs and tools often show no more than the first, and it has to tell machines apart.
   * Where characters had to be replaced, four hexadecimal digits of the name's hash tell apart what
   * would look the same.
   */
  static String computer(String name) {
    StringBuilder computer = new StringBuilder(name.length() + MARK.length());
    String[] parts = name.toLowerCase(Locale.ROOT).split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      String label = UNFIT.matcher(parts[i]).replaceAll("-");
      if (!label.equals(parts[i])) {
        label += String.format(Locale.ROOT, "-%04x", parts[i].hashCode() & 0xFFFF);
      }
      computer.append(computer.length() == 0 ? "" : "-").append(label);
    }
    if (!computer.toString().endsWith(MARK)) {
      computer.append(MARK);
    }
    return computer.length() <= 255
        ? computer.toString()
        : computer.substring(computer.length() - 255);
  }

  static HostId host(String name) {
    return new HostId(computer(name));
  }

  /** Returns the identifier of the VM called {@code name}: the same in every run of one seed. */
  static VmId vm(long seed, String name) {
    SplitMix64 random = SplitMix64.stream(seed, "vm " + name);
    long high = (random.next() & ~0xF000L) | 0x8000L; // version 8: made by a rule of our own
    long low = (random.next() & ~(3L << 62)) | (2L << 62);
    return new VmId(new UUID(high, low));
  }
}
