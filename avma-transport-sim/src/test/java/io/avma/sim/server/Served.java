package io.avma.sim.server;

import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;

/** Small data centres to serve. */
final class Served {
  private Served() {}

  static SimulatedDatacenter datacenter(int hosts) {
    var builder = SimulatedDatacenter.builder();
    for (int i = 1; i <= hosts; i++) {
      builder.host("hv-" + i, HostProfile.datacenter(WindowsRelease.WS_2022));
    }
    return builder.build();
  }

  static WsManServerBuilder identifying() {
    return WsManServer.builder(() -> datacenter(1)).service((dc, time) -> new IdentifyService());
  }
}
