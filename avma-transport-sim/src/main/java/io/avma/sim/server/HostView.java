package io.avma.sim.server;

import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedHost;
import io.avma.sim.internal.SplitMix64;
import java.util.UUID;

/**
 * A host as its WMI sees it.
 *
 * @param datacenter where it stands
 * @param host the host
 * @param jobs its jobs
 */
record HostView(SimulatedDatacenter datacenter, SimulatedHost host, Jobs jobs) {
  HostProfile profile() {
    return host.trueProfile();
  }

  /** The computer's name; ends in .invalid. */
  String computer() {
    return host.id().value();
  }

  /** The build of Windows; where the profile tells none, a likely one (assumed). */
  int build() {
    HostPlatform platform = profile().platform();
    return profile()
        .release()
        .map(WindowsRelease::build)
        .orElseGet(
            () ->
                switch (platform) {
                  case AZURE_LOCAL, AZURE_STACK_HUB -> 25_398;
                  case HYPER_V_SERVER -> 17_763;
                  case EARLIER_WINDOWS_SERVER -> 9200;
                  case WINDOWS_CLIENT -> 22_631;
                  default -> 20_348;
                });
  }

  /** The version as Windows tells it, for example 10.0.20348. */
  String version() {
    int build = build();
    return (build == 9200 ? "6.2." : build == 9600 ? "6.3." : "10.0.") + build;
  }

  /** An identifier that is the same in every run of one seed. */
  UUID id(String what) {
    SplitMix64 random = SplitMix64.stream(datacenter.seed(), what);
    long high = (random.next() & ~0xF000L) | 0x8000L;
    long low = (random.next() & ~(3L << 62)) | (2L << 62);
    return new UUID(high, low);
  }
}
