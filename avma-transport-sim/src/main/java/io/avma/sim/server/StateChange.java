package io.avma.sim.server;

import io.avma.activation.Rejected;
import io.avma.sim.SimulatedGuest;
import java.util.Optional;

/** RequestStateChange of a VM. States as documented; pausing is not simulated. */
final class StateChange {
  private static final int DONE = 0;
  private static final int NOT_SUPPORTED = 32770;
  private static final int INVALID_PARAMETER = 32773;
  private static final int INVALID_STATE = 32775;

  private StateChange() {}

  /** Carries it out and returns its code. */
  static int request(SimulatedGuest guest, long state, boolean saved) {
    if (!guest.isPowered()) {
      return INVALID_STATE;
    }
    boolean runs = guest.isRunning();
    return switch ((int) state) {
      case 2 -> runs ? INVALID_STATE : code(saved ? guest.restore() : guest.start());
      case 3 -> runs ? code(guest.crash()) : saved ? code(guest.stop()) : INVALID_STATE;
      case 4 -> runs ? code(guest.stop()) : INVALID_STATE;
      case 6, 32_769 -> runs ? code(guest.save()) : INVALID_STATE;
      case 10, 11 -> runs ? code(guest.start()) : INVALID_STATE;
      case 9, 32_768 -> NOT_SUPPORTED;
      default -> INVALID_PARAMETER;
    };
  }

  private static int code(Optional<Rejected> rejected) {
    return rejected.isPresent() ? INVALID_STATE : DONE;
  }
}
