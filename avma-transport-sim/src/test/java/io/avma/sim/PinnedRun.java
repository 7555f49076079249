package io.avma.sim;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import java.time.Duration;
import java.util.List;

/** A run that touches everything, played in several JVMs; prints the digest of its trace. */
final class PinnedRun {
  private PinnedRun() {}

  public static void main(String[] args) {
    System.out.println(digest());
  }

  static String digest() {
    Trace trace = play().trace();
    return trace.count() + " " + trace.digest();
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
      switch (random.below(14)) {
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
        default -> guest.removeKey();
      }
      // Half of the steps fall between a request and its answer, which are 5 ms under way.
      datacenter.advance(
          Duration.ofMillis(random.below(2) == 0 ? random.below(12) : random.below(20_000_000)));
    }
    return datacenter;
  }
}
