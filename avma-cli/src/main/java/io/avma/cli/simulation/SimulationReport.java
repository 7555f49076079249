package io.avma.cli.simulation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetHost;
import io.avma.cli.fleet.FleetVm;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import io.avma.sim.SimulatedDatacenter;
import io.avma.tracking.LedgerReport;
import io.avma.tracking.LedgerView;
import io.avma.tracking.VmHistory;
import java.time.Duration;
import java.time.Instant;

/**
 * What the ledger makes of a simulation. All of it comes from logs, sweeps and licence readings;
 * nothing from the true state.
 *
 * @param fleet the fleet as it is at the end
 * @param start when it began, in virtual time
 * @param end when it ended
 * @param seed the seed
 * @param events how many events the simulation carried out
 * @param notes what was assumed and left out, sentences
 * @param changes what was planned to happen, ascending by day
 * @param vms one for each machine, in the order of the fleet
 * @param hosts one for each host, in the order of the fleet
 * @param figures the figures of the whole, by tenant and by host
 * @param steps what to fix first
 */
public record SimulationReport(
    Fleet fleet,
    Instant start,
    Instant end,
    long seed,
    long events,
    ImmutableList<String> notes,
    ImmutableList<PlannedChange> changes,
    ImmutableList<VmOutcome> vms,
    ImmutableList<HostTally> hosts,
    LedgerReport figures,
    ImmutableList<Step> steps) {

  static SimulationReport of(
      Fleet fleet,
      ImmutableList<String> notes,
      ImmutableList<PlannedChange> changes,
      LedgerView view,
      SimulatedFleet simulated) {
    SimulatedDatacenter datacenter = simulated.datacenter();
    Instant end = datacenter.now();
    ImmutableList.Builder<VmOutcome> vms = ImmutableList.builder();
    ImmutableMap.Builder<VmId, String> tenants = ImmutableMap.builder();
    for (FleetVm vm : fleet.vms()) {
      VmId id = simulated.guest(vm).vm();
      VmHistory history =
          view.history(id).orElseThrow(() -> new IllegalStateException("never swept: " + vm));
      vms.add(VmOutcome.of(vm, history, end));
      vm.tenant().ifPresent(tenant -> tenants.put(id, tenant));
    }
    ImmutableList.Builder<HostTally> hosts = ImmutableList.builder();
    for (FleetHost host : fleet.hosts().values()) {
      HostId name = simulated.host(host.id()).id();
      hosts.add(HostTally.of(host, fleet.on(host.id()).size(), name, view.ledger()));
    }
    ImmutableList<VmOutcome> outcomes = vms.build();
    return new SimulationReport(
        fleet,
        SimulatedDatacenter.START,
        end,
        datacenter.seed(),
        datacenter.eventCount(),
        notes,
        changes,
        outcomes,
        hosts.build(),
        view.report(end, tenants.buildOrThrow()),
        Steps.of(fleet, view, outcomes));
  }

  /** Returns how long it lasted, in virtual time. */
  public Duration duration() {
    return Duration.between(start, end);
  }

  /** Returns how many machines are in {@code state}. */
  public int count(VmOutcome.State state) {
    return (int) vms.stream().filter(vm -> vm.state() == state).count();
  }
}
