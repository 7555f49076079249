package io.avma.sim.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.fault.Delay;
import java.time.Duration;
import java.util.Optional;

/**
 * Something that is done to a simulated data centre. One that makes no sense when its time comes,
 * such as stopping a guest that is off, changes nothing.
 */
@CheckReturnValue
public sealed interface Command permits GuestCommand, HostCommand, Command.StartAll {
  /**
   * Does it.
   *
   * @return whether it made sense; if not, nothing changed
   */
  boolean apply(Stage stage);

  /** Returns the name of the guest or host that this command makes, if it makes one. */
  default Optional<String> makes() {
    return Optional.empty();
  }

  /**
   * Boots every guest that is off.
   *
   * @param spread over how much time, evenly
   */
  record StartAll(Duration spread) implements Command {
    /** Refuses a spread out of range. */
    public StartAll {
      Delay.Fixed unused = new Delay.Fixed(spread);
    }

    @Override
    public boolean apply(Stage stage) {
      SimulatedDatacenter datacenter = stage.datacenter();
      datacenter.startAll(spread);
      return true;
    }
  }
}
