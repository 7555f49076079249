package io.avma.sim;

import io.avma.activation.Rejected;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.internal.SplitMix64;
import io.avma.sim.scenario.Scenario;
import io.avma.sim.scenario.ScenarioReport;
import io.avma.sim.scenario.Swarm;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A run that touches everything, played in several JVMs; prints the digest of its trace. */
final class PinnedRun {
  private PinnedRun() {}

  public static void main(String[] args) {
    System.out.println(digest());
  }

  static String digest() {
    SimulatedDatacenter datacenter = play();
    Trace trace = datacenter.trace();
    return trace.count() + " " + trace.digest() + " " + texts(datacenter) + " " + scenarios();
  }

  /** Returns a digest of a hundred random scenarios, of what they are and of what they did. */
  private static String scenarios() {
    StringBuilder all = new StringBuilder();
    for (long seed = 0; seed < 100; seed++) {
      Scenario scenario = Swarm.scenario(seed);
      ScenarioReport report = scenario.play();
      all.append(scenario.toJson()).append(report.digest()).append(report.outcomes());
    }
    return Long.toHexString(SplitMix64.hash(all.toString()));
  }

  /** Returns a digest of everything that tools can read at the end: items, facts, both logs. */
  private static String texts(SimulatedDatacenter datacenter) {
    StringBuilder all = new StringBuilder();
    try {
      for (SimulatedHost host : datacenter.hosts()) {
        if (!host.isUp()) {
          continue;
        }
        all.append(host.id()).append(host.profile());
        for (VmReading reading : host.sweep(SweepScope.everything())) {
          all.append(reading);
          if (reading instanceof VmReading.Read read) {
            for (KvpSource source : KvpSource.values()) {
              all.append(read.snapshot().items(source));
            }
          }
        }
        append(all, host.events());
      }
      for (SimulatedGuest guest : datacenter.guests()) {
        all.append(guest.vm()).append(guest.activation());
        if (guest.isRunning()) {
          all.append(guest.license());
          append(all, guest.events());
        }
      }
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
    return Long.toHexString(SplitMix64.hash(all.toString()));
  }

  private static void append(StringBuilder all, EventSource events) throws TransportException {
    for (WindowsEvent event :
        events.read(EventBookmark.start(), EventFilter.all(), 100_000).events()) {
      all.append(event).append(event.data());
    }
  }

  static SimulatedDatacenter play() {
    SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .seed(42)
            .traceCapacity(200_000)
            .logCapacity(200, 50)
            .faults(
                FaultPlan.of(
                    FaultRule.of("lost", FaultPoint.REQUEST, new Fault.Lost())
                        .withProbability(0.02),
                    FaultRule.of(
                            "late",
                            FaultPoint.RESPONSE,
                            new Fault.Delayed(new Delay.Exponential(Duration.ofSeconds(20))))
                        .withProbability(0.1),
                    FaultRule.of(
                            "twice",
                            FaultPoint.RESPONSE,
                            new Fault.Duplicated(2, new Delay.Fixed(Duration.ofSeconds(1))))
                        .withProbability(0.1),
                    FaultRule.of("bits", FaultPoint.RESPONSE, new Fault.Damaged(2))
                        .withProbability(0.05),
                    FaultRule.of("hung", FaultPoint.HOST, new Fault.Hung(Duration.ofMinutes(3)))
                        .onHosts("cluster-1/*")
                        .atMost(5),
                    FaultRule.of("cut", FaultPoint.GUEST_ITEMS, new Fault.Truncated(3))
                        .withProbability(0.1),
                    FaultRule.of("gone", FaultPoint.HOST_LOG, new Fault.Lost())
                        .withProbability(0.01),
                    FaultRule.of("back", FaultPoint.MIGRATION, new Fault.Interrupted())
                        .withProbability(0.1)))
            .generate(new FleetShape(2, 3, 5, WindowsRelease.WS_2022))
            .host("spare", HostProfile.datacenter(WindowsRelease.WS_2025))
            .host("foreign", HostProfile.builder().platform(HostPlatform.OTHER_HYPERVISOR).build())
            .build();
    SplitMix64 random = SplitMix64.stream(42, "pinned run");
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofHours(1));
    List<SimulatedGuest> guests = datacenter.guests();
    List<SimulatedHost> hosts = datacenter.hosts();
    List<AvmaKey> keys = KeyCatalog.standard().avmaKeys();
    SimulatedGuest guest = guests.get(0);
    GuestImage image = guest.checkpoint();
    for (int step = 0; step < 3_000; step++) {
      // Half of the steps concern the same guest as the one before.
      guest = random.below(2) == 0 ? guest : guests.get(random.below(guests.size()));
      SimulatedHost host = hosts.get(random.below(hosts.size()));
      if (step == 2_900) {
        datacenter.heal();
      }
      if (random.below(8) == 0) {
        image = rare(datacenter, guest, host, image, random, step);
      }
      switch (random.below(17)) {
        case 0 -> guest.stop();
        case 1, 2 -> ifPowered(guest, SimulatedGuest::start);
        case 3 -> guest.crash();
        case 4 -> guest.save();
        case 5 -> ifPowered(guest, SimulatedGuest::restore);
        case 6, 7 -> {
          if (guest.canMoveTo(host)) {
            Optional<Rejected> unused =
                random.below(2) == 0 ? guest.migrateTo(host) : guest.quickMigrateTo(host);
          }
        }
        case 8 -> host.setActivated(random.below(3) > 0);
        case 9 -> guest.setDataExchange(random.below(3) > 0);
        case 10 -> guest.installOther(LicenseChannel.MAK, "ABCDE");
        case 11, 12 -> guest.install(keys.get(random.below(keys.size())));
        case 13 -> guest.removeKey();
        case 14 -> guest.activateNow();
        case 15 -> writeInGuest(guest, random);
        default -> writeOnHost(guest, random);
      }
      // Half of the steps fall between a request and its answer, which are 5 ms under way.
      datacenter.advance(
          Duration.ofMillis(random.below(2) == 0 ? random.below(12) : random.below(20_000_000)));
    }
    return datacenter;
  }

  private static void ifPowered(
      SimulatedGuest guest, Function<SimulatedGuest, Optional<Rejected>> action) {
    if (guest.isPowered()) {
      Optional<Rejected> unused = action.apply(guest);
    }
  }

  private static GuestImage rare(
      SimulatedDatacenter datacenter,
      SimulatedGuest guest,
      SimulatedHost host,
      GuestImage image,
      SplitMix64 random,
      int step) {
    switch (random.below(10)) {
      case 0 -> {
        return guest.checkpoint();
      }
      case 1 -> guest.revertTo(image);
      case 2 -> guest.setClock(Duration.ofHours(random.below(100) - 50));
      case 3 -> host.fail();
      case 4, 5 -> datacenter.hosts().forEach(SimulatedHost::recover);
      case 6 -> {
        if (host.isUp()) {
          host.drain();
        }
      }
      case 7 -> host.clearLog();
      case 8 -> guest.fillLog(20);
      default -> {
        if (datacenter.guests().size() < 40 && guest.replica().isEmpty() && !guest.isReplica()) {
          if (guest.canMoveTo(host) && !guest.host().name().equals(host.name())) {
            guest.replicateTo(host);
          }
        } else if (guest.replica().isPresent() && guest.replica().get().host().isUp()) {
          guest.failOverToReplica();
        } else if (host.isUp() && datacenter.guests().size() < 50) {
          host.copy("copy-" + step, image);
        }
      }
    }
    return image;
  }

  private static void writeInGuest(SimulatedGuest guest, SplitMix64 random) {
    try {
      if (random.below(3) > 0) {
        guest.pools().put(KvpPool.GUEST, item(random));
      } else if (!guest.pools().remove(KvpPool.GUEST, item(random).key())) {
        guest.removeActivationItems();
      }
    } catch (TransportException e) {
      // it does not run
    }
  }

  private static void writeOnHost(SimulatedGuest guest, SplitMix64 random) {
    KvpItem item = item(random);
    try {
      switch (random.below(3)) {
        case 0 -> guest.host().add(guest.vm(), List.of(item));
        case 1 -> guest.host().modify(guest.vm(), List.of(item));
        default -> guest.host().remove(guest.vm(), List.of(item.key()));
      }
    } catch (TransportException e) {
      // the item is there already, or is not
    }
  }

  private static KvpItem item(SplitMix64 random) {
    return new KvpItem("key-" + random.below(4), "value " + random.below(1_000));
  }
}
