package io.avma.sim.scenario;

import java.io.Serial;

/** A text is no scenario; the message says what is wrong and where. */
public final class ScenarioFormatException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  ScenarioFormatException(String message) {
    super(message);
  }

  ScenarioFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
