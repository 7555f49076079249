package io.avma.sim;

import java.io.Serial;

/** So much happens at one instant of virtual time that time does not pass: a defect. */
public final class SimulationStuckException extends IllegalStateException {
  @Serial private static final long serialVersionUID = 1;

  SimulationStuckException(String message) {
    super(message);
  }
}
