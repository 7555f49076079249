package io.avma.platform;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * What is known of a guest that asks for activation. Immutable; the {@code with…} methods return
 * changed copies.
 *
 * @param system its operating system
 * @param dataExchange whether the Data Exchange integration service is enabled for the VM
 * @param shielded whether it is a shielded VM, which blocks Data Exchange
 */
@CheckReturnValue
public record GuestProfile(GuestSystem system, Ternary dataExchange, Ternary shielded) {
  /**
   * Returns a guest as a new VM is: Data Exchange enabled, not shielded, not from evaluation media.
   */
  public static GuestProfile of(WindowsRelease release, Edition edition) {
    return of(new GuestSystem.WindowsServer(release, edition, Ternary.NO));
  }

  /** Returns a guest with {@code system}, Data Exchange enabled, not shielded. */
  public static GuestProfile of(GuestSystem system) {
    return new GuestProfile(system, Ternary.YES, Ternary.NO);
  }

  /** Returns this guest with Data Exchange as told. */
  public GuestProfile withDataExchange(Ternary enabled) {
    return new GuestProfile(system, enabled, shielded);
  }

  /** Returns this guest, shielded or not. */
  public GuestProfile withShielded(Ternary isShielded) {
    return new GuestProfile(system, dataExchange, isShielded);
  }

  /** Returns the system and whatever is unusual about it. */
  @Override
  public String toString() {
    return system.displayName()
        + (evaluationUnknown() ? ", evaluation unknown" : "")
        + (dataExchange == Ternary.YES ? "" : ", Data Exchange " + spelled(dataExchange))
        + (shielded == Ternary.NO ? "" : ", shielded " + spelled(shielded));
  }

  private boolean evaluationUnknown() {
    return system instanceof GuestSystem.WindowsServer server
        && server.evaluation() == Ternary.UNKNOWN;
  }

  private static String spelled(Ternary fact) {
    return switch (fact) {
      case YES -> "yes";
      case NO -> "off";
      case UNKNOWN -> "unknown";
    };
  }
}
