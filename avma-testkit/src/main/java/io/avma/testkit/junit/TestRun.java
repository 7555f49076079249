package io.avma.testkit.junit;

import io.avma.sim.DatacenterBuilder;
import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data centres of one test, on its thread. */
final class TestRun {
  private final long seed;
  private final String test;
  private final List<SimulatedDatacenter> built = new ArrayList<>();
  private Optional<SimulatedDatacenter> fleet = Optional.empty();

  TestRun(long seed, String test) {
    this.seed = seed;
    this.test = test;
  }

  /** Returns an empty builder; whatever is built of it belongs to the test. */
  DatacenterBuilder builder() {
    return SimulatedDatacenter.builder().seed(seed).whenBuilt(built::add);
  }

  /** Returns the fleet of the test, the same each time. */
  SimulatedDatacenter fleet(FleetShape shape) {
    if (fleet.isEmpty()) {
      fleet = Optional.of(builder().generate(shape).build());
    }
    return fleet.get();
  }

  /** Adds to {@code failure} what happened and how to see it again. */
  void explain(Throwable failure) {
    failure.addSuppressed(new SimulatedRun(test, seed, built));
  }

  void close() {
    built.forEach(SimulatedDatacenter::close);
  }
}
