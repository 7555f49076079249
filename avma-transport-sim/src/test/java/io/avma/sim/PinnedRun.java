package io.avma.sim;

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
    SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .seed(42)
            .generate(new FleetShape(2, 3, 5, WindowsRelease.WS_2022))
            .host("spare", HostProfile.datacenter(WindowsRelease.WS_2025))
            .build();
    SplitMix64 random = SplitMix64.stream(42, "pinned run");
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofHours(1));
    List<SimulatedGuest> guests = datacenter.guests();
    List<SimulatedHost> hosts = datacenter.hosts();
    for (int step = 0; step < 300; step++) {
      SimulatedGuest guest = guests.get(random.below(guests.size()));
      SimulatedHost host = hosts.get(random.below(hosts.size()));
      switch (random.below(10)) {
        case 0 -> guest.stop();
        case 1 -> guest.start();
        case 2 -> guest.crash();
        case 3 -> guest.save();
        case 4 -> guest.restore();
        case 5 -> guest.migrateTo(host);
        case 6 -> host.setActivated(random.below(3) > 0);
        case 7 -> guest.setDataExchange(random.below(3) > 0);
        case 8 -> guest.installOther(LicenseChannel.MAK, "ABCDE");
        default -> guest.removeKey();
      }
      datacenter.advance(Duration.ofMillis(random.below(40_000_000)));
    }
    return datacenter.trace().count() + " " + datacenter.trace().digest();
  }
}
