package io.avma.sim;

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
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.time.Duration;
import java.util.List;

/** A run that touches everything, played in several JVMs; prints the digest of its trace. */
final class PinnedRun {
  private PinnedRun() {}

  public static void main(String[] args) {
    System.out.println(digest());
  }

  static String digest() {
    SimulatedDatacenter datacenter = play();
    Trace trace = datacenter.trace();
    return trace.count() + " " + trace.digest() + " " + texts(datacenter);
  }

  /** Returns a digest of everything that tools can read at the end: items, facts, both logs. */
  private static String texts(SimulatedDatacenter datacenter) {
    StringBuilder all = new StringBuilder();
    try {
      for (SimulatedHost host : datacenter.hosts()) {
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
            .traceCapacity(100_000)
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
    for (int step = 0; step < 3_000; step++) {
      // Half of the steps concern the same guest as the one before.
      guest = random.below(2) == 0 ? guest : guests.get(random.below(guests.size()));
      SimulatedHost host = hosts.get(random.below(hosts.size()));
      switch (random.below(17)) {
        case 0 -> guest.stop();
        case 1, 2 -> guest.start();
        case 3 -> guest.crash();
        case 4 -> guest.save();
        case 5 -> guest.restore();
        case 6, 7 -> guest.migrateTo(host);
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
