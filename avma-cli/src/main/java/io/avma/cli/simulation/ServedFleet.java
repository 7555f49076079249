package io.avma.cli.simulation;

import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.input.InputException;
import io.avma.sim.SimulatedDatacenter;

/**
 * A data centre that stands for a fleet an hour after its machines were started.
 *
 * @param datacenter to go on from
 * @param notes what of the fleet could not be taken as it is, sentences
 */
public record ServedFleet(SimulatedDatacenter.Snapshot datacenter, ImmutableList<String> notes) {
  /**
   * Builds it.
   *
   * @throws InputException if two names of the fleet cannot be told apart in a simulation
   */
  public static ServedFleet of(Fleet fleet, long seed) throws InputException {
    SimulatedFleet simulated = SimulatedFleet.of(fleet, seed, 0);
    simulated.startRunning(fleet);
    try (SimulatedDatacenter datacenter = simulated.datacenter()) {
      datacenter.advanceTo(SimulatedDatacenter.START.plus(SimulatedFleet.SETTLED));
      return new ServedFleet(datacenter.snapshot(), simulated.notes());
    }
  }
}
