package io.avma.sim;

import io.avma.platform.HostId;
import java.util.Locale;

/**
 * The computer names of simulated machines: under {@code .invalid}, so that nobody takes them for
 * real.
 */
final class MachineNames {
  private static final String MARK = ".invalid";

  private MachineNames() {}

  /**
   * Returns the computer name for a machine called {@code name}: its parts in reverse order, as in
   * the domain name system, so that {@code cluster-1/host-3} becomes {@code
   * host-3.cluster-1.invalid}.
   */
  static String computer(String name) {
    StringBuilder computer = new StringBuilder(name.length() + MARK.length());
    String[] parts = name.toLowerCase(Locale.ROOT).split("/", -1);
    for (int i = parts.length - 1; i >= 0; i--) {
      String label = parts[i].replaceAll("[^a-z0-9.-]+", "-");
      computer.append(computer.length() == 0 ? "" : ".").append(label);
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
}
