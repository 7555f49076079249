package org.example.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.testkit.junit.SimulatedFleet;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Examples, each in a simulated data centre of its own. */
@SimulatedFleet(hosts = 2, guestsPerHost = 150)
class UngrantedTest {
  private static long lines(SimulatedHost host) throws Exception {
    return new Ungranted(host).csv().lines().count() - 1;
  }

  @Test
  void afterAnHourEverybodyWasGranted(SimulatedDatacenter datacenter) throws Exception {
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofHours(1));
    assertEquals("host,vm,name,state\n", new Ungranted(datacenter.hosts().get(0)).csv());
  }

  @Test
  void aHostWithoutLicenseGrantsNobody(SimulatedDatacenter datacenter) throws Exception {
    datacenter.hosts().get(0).unlicense();
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofHours(1));
    assertEquals(150, lines(datacenter.hosts().get(0)));
    assertEquals(0, lines(datacenter.hosts().get(1)));
  }

  @Test
  void whoHasMovedInIsToldUntilItAsksHere(SimulatedDatacenter datacenter) throws Exception {
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofHours(1));
    SimulatedHost target = datacenter.hosts().get(1);
    SimulatedGuest guest = datacenter.hosts().get(0).guests().get(0);
    guest.migrateTo(target);
    String line = "host-2-cluster-1.invalid," + guest.vm() + "," + guest.name() + ",RUNNING\n";
    assertEquals("host,vm,name,state\n" + line, new Ungranted(target).csv());
    datacenter.advance(Duration.ofDays(30));
    assertEquals(0, lines(target));
  }

  @Test
  void anEmptyHostHasNoLines(DatacenterBuilder builder) throws Exception {
    builder.host("node-1", HostProfile.datacenter(WindowsRelease.WS_2022));
    assertEquals("host,vm,name,state\n", new Ungranted(builder.build().host("node-1")).csv());
  }

  @Test
  void foreignNamesStayInTheirField() {
    assertEquals("\"a, \"\"b\"\"\nc\"", Ungranted.field("a, \"b\"\nc"));
    assertEquals("web 1", Ungranted.field("web 1"));
  }
}
