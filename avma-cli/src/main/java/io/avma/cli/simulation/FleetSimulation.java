package io.avma.cli.simulation;

import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.input.InputException;
import io.avma.eventlog.VmExtractor;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.scenario.Monitoring;
import io.avma.tracking.LedgerTerms;
import java.time.Duration;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Plays a fleet for a number of virtual days: its machines start within the first ten minutes, the
 * planned changes happen, and once a day a tool looks at everything that hosts and guests tell.
 *
 * <p>The same fleet, days, seed and changes give the same report, on every machine.
 */
public final class FleetSimulation {
  private final Fleet fleet;
  private final int days;
  private final ImmutableList<PlannedChange> changes;
  private final SimulatedFleet simulated;
  private final Monitoring monitoring;

  /**
   * Prepares a simulation.
   *
   * @param days how long it lasts, 1 or more
   * @param changes what happens meanwhile, ascending by day
   * @throws InputException if two names of the fleet cannot be told apart in a simulation
   */
  public FleetSimulation(Fleet fleet, int days, long seed, List<PlannedChange> changes)
      throws InputException {
    this(fleet, days, seed, changes, 0);
  }

  /** With a trace, by which a test knows what truly happened; the ledger reads the logs alone. */
  FleetSimulation(Fleet fleet, int days, long seed, List<PlannedChange> changes, int traceCapacity)
      throws InputException {
    this.fleet = fleet;
    this.days = days;
    this.changes = ImmutableList.copyOf(changes);
    simulated = SimulatedFleet.of(fleet, seed, traceCapacity);
    monitoring = new Monitoring(simulated.datacenter());
  }

  /**
   * Plays it, once.
   *
   * @param progress is told each day that is over
   */
  public SimulationReport run(IntConsumer progress) {
    SimulatedDatacenter datacenter = simulated.datacenter();
    simulated.startRunning(fleet);
    datacenter.advanceTo(SimulatedDatacenter.START.plus(SimulatedFleet.SETTLED));
    monitoring.round();
    for (int day = 1; day <= days; day++) {
      datacenter.advanceTo(SimulatedDatacenter.START.plus(Duration.ofDays(day)));
      for (PlannedChange change : changes) {
        if (change.day() == day) {
          carryOut(change);
        }
      }
      if (day < days) {
        datacenter.advance(SimulatedFleet.SETTLED);
      }
      monitoring.round();
      progress.accept(day);
    }
    return report();
  }

  private void carryOut(PlannedChange change) {
    if (change instanceof PlannedChange.Migration migration) {
      simulated.guest(migration.vm()).migrateTo(simulated.host(migration.target()));
    } else if (change instanceof PlannedChange.LicenseLoss loss) {
      simulated.host(loss.host()).unlicense();
    }
  }

  private SimulationReport report() {
    Fleet after = fleet;
    for (PlannedChange change : changes) {
      after = change.in(after);
    }
    LedgerTerms terms =
        LedgerTerms.standard().toBuilder()
            .validity(simulated.datacenter().terms().validity())
            .extractor(VmExtractor.firstGuid())
            .build();
    return SimulationReport.of(
        after,
        Stream.concat(fleet.notes().stream(), simulated.notes().stream())
            .collect(ImmutableList.toImmutableList()),
        changes,
        monitoring.ledger().view(terms),
        simulated);
  }

  /** Returns the data centre, to compare its true state with the report. */
  SimulatedFleet simulated() {
    return simulated;
  }
}
