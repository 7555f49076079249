package io.avma.benchmarks;

import io.avma.platform.WindowsRelease;
import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cloudsimplus.allocationpolicies.VmAllocationPolicyRoundRobin;
import org.cloudsimplus.brokers.DatacenterBrokerSimple;
import org.cloudsimplus.core.CloudSimPlus;
import org.cloudsimplus.datacenters.DatacenterSimple;
import org.cloudsimplus.hosts.Host;
import org.cloudsimplus.hosts.HostSimple;
import org.cloudsimplus.resources.Pe;
import org.cloudsimplus.resources.PeSimple;
import org.cloudsimplus.vms.Vm;
import org.cloudsimplus.vms.VmSimple;

/**
 * VMs created a second and bytes that each keeps, beside CloudSim Plus, by turns in one process:
 * {@code java -Xmx4g -cp benchmarks.jar io.avma.benchmarks.ScaleBesidePeer HOSTS GUESTS_PER_HOST
 * ROUNDS}. Ours are created, booted and activated; theirs are created and placed, by the policy
 * that looks at the fewest hosts. The least bytes and the median time of all rounds but the first.
 */
public final class ScaleBesidePeer {
  private ScaleBesidePeer() {}

  private record Round(long nanos, long bytes) {}

  /** Runs it. */
  public static void main(String[] arguments) {
    int hosts = Integer.parseInt(arguments[0]);
    int perHost = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    List<Round> ours = new ArrayList<>();
    List<Round> theirs = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      Round mine = ours(hosts, perHost);
      Round peer = theirs(hosts, perHost);
      if (round > 0) {
        ours.add(mine);
        theirs.add(peer);
      }
    }
    int guests = hosts * perHost;
    print("this library", ours, guests);
    print("CloudSim Plus", theirs, guests);
  }

  private static Round ours(int hosts, int perHost) {
    long before = Memory.used();
    long start = System.nanoTime();
    try (SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .traceCapacity(0)
            .generate(new FleetShape(1, hosts, perHost, WindowsRelease.WS_2025))
            .build()) {
      datacenter.startAll(Duration.ofMinutes(10));
      datacenter.advance(Duration.ofHours(1));
      long nanos = System.nanoTime() - start;
      if (!datacenter.guests().stream().allMatch(guest -> guest.isActivated())) {
        throw new AssertionError("not all are activated");
      }
      return new Round(nanos, Memory.used() - before);
    }
  }

  private static Round theirs(int hosts, int perHost) {
    long before = Memory.used();
    long start = System.nanoTime();
    CloudSimPlus simulation = new CloudSimPlus();
    List<Host> machines = new ArrayList<>();
    for (int h = 0; h < hosts; h++) {
      List<Pe> cores = new ArrayList<>();
      for (int c = 0; c < perHost; c++) {
        cores.add(new PeSimple(1_000));
      }
      machines.add(new HostSimple(1_000L * perHost, 1_000L * perHost, 1_000L * perHost, cores));
    }
    new DatacenterSimple(simulation, machines, new VmAllocationPolicyRoundRobin());
    DatacenterBrokerSimple broker = new DatacenterBrokerSimple(simulation);
    List<Vm> vms = new ArrayList<>();
    for (int v = 0; v < hosts * perHost; v++) {
      vms.add(new VmSimple(1_000, 1).setRam(1_000).setBw(1_000).setSize(1_000));
    }
    broker.submitVmList(vms);
    Round[] found = new Round[1];
    broker.addOnVmsCreatedListener(
        info -> {
          long nanos = System.nanoTime() - start;
          if (broker.getVmCreatedList().size() != hosts * perHost) {
            throw new AssertionError(broker.getVmCreatedList().size() + " VMs were created");
          }
          found[0] = new Round(nanos, Memory.used() - before);
          simulation.terminate();
        });
    simulation.start();
    if (found[0] == null) {
      throw new AssertionError("CloudSim Plus created no VM");
    }
    return found[0];
  }

  private static void print(String who, List<Round> rounds, int guests) {
    long[] times = rounds.stream().mapToLong(Round::nanos).sorted().toArray();
    long median = times[times.length / 2];
    long bytes = rounds.stream().mapToLong(Round::bytes).min().orElseThrow();
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s: %,d VMs, %,d a second (median; %,d to %,d ms), %,d bytes each",
            who,
            guests,
            guests * 1_000_000_000L / median,
            Arrays.stream(times).min().orElseThrow() / 1_000_000,
            Arrays.stream(times).max().orElseThrow() / 1_000_000,
            bytes / guests));
  }
}
