package io.avma.testkit.junit;

import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.TraceEntry;
import java.io.Serial;
import java.util.List;

/**
 * What a failed test's data centre had done by then: its last trace entries and the line that
 * repeats the run. An exception because every runner shows those that were suppressed.
 */
public final class SimulatedRun extends RuntimeException {
  private static final int ENTRIES = 40;

  @Serial private static final long serialVersionUID = 1;

  SimulatedRun(String test, long seed, List<SimulatedDatacenter> datacenters) {
    super(message(test, seed, datacenters), null, false, false);
  }

  private static String message(String test, long seed, List<SimulatedDatacenter> datacenters) {
    StringBuilder message = new StringBuilder();
    for (SimulatedDatacenter datacenter : datacenters) {
      long count = datacenter.trace().count();
      message
          .append("simulated until ")
          .append(datacenter.now())
          .append(", ")
          .append(count)
          .append(" entries in the trace")
          .append(count > ENTRIES ? ", the last " + ENTRIES + ":\n" : ":\n");
      for (TraceEntry entry : datacenter.trace().last(ENTRIES)) {
        message.append("  ").append(entry).append('\n');
      }
    }
    return message
        .append("the same run again: -Dtest='")
        .append(test)
        .append("' -D")
        .append(SimulatedFleet.SEED)
        .append('=')
        .append(seed)
        .toString();
  }
}
