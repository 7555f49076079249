package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Verdict;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.SimulatedDatacenter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The README's sample, compiled and run. */
class ReadmeSampleTest {
  @Test
  void theSampleSaysWhatTheReadmeSays() {
    // README start
    KeyCatalog keys = KeyCatalog.standard();
    AvmaKey key = keys.find(WindowsRelease.WS_2022, Edition.STANDARD).orElseThrow();
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2022);
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
    Verdict verdict = CompatibilityMatrix.standard().verdict(host, guest);

    DatacenterBuilder builder = SimulatedDatacenter.builder().host("node-1", host);
    SimulatedDatacenter datacenter = builder.guest("web", "node-1", guest, key).build();
    datacenter.guest("web").start();
    datacenter.advance(Duration.ofMinutes(1));
    System.out.println(verdict.sentence() + " " + datacenter.guest("web").activation());
    // README end
    assertEquals("YDFWN-MJ9JR-3DYRK-FXXRW-78VHK", key.key().reveal());
    assertTrue(verdict.isSupported());
    assertTrue(datacenter.guest("web").isActivated());
  }
}
