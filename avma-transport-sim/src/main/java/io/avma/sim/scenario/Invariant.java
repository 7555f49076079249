package io.avma.sim.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import java.util.List;
import java.util.Optional;

/** Something that has to hold, whatever happens and goes wrong. */
@CheckReturnValue
public interface Invariant {
  /** Returns its name, for reports: {@code fit-hosts}. */
  String name();

  /** Returns what watches one play of a scenario. */
  Watch watch(SimulatedDatacenter datacenter);

  /** Watches one play; remembers what it needs to. */
  @CheckReturnValue
  interface Watch {
    /**
     * Looks at the data centre after something happened.
     *
     * @return what is wrong, in a sentence; empty if nothing is
     */
    Optional<String> after(List<Happening> happenings);

    /**
     * Looks once more after a round of the monitoring tool, and at both ends: before everything is
     * healed, and after.
     */
    default Optional<String> afterRound(Monitoring monitoring) {
      return Optional.empty();
    }
  }
}
