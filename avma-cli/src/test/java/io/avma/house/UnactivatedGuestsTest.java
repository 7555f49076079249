package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.testkit.junit.SimulatedFleet;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

// DOC jupiter
@SimulatedFleet(hosts = 2, guestsPerHost = 5)
class UnactivatedGuestsTest {
  @Test
  void findsNobodyWhenAllIsWell(SimulatedDatacenter datacenter) throws Exception {
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofHours(1));
    assertEquals(Set.of(), UnactivatedGuests.on(datacenter.hosts().get(0)));
  }

  @Test
  void findsWhoStartedOnAHostWithoutALicense(SimulatedDatacenter datacenter) throws Exception {
    SimulatedHost host = datacenter.hosts().get(0);
    SimulatedGuest guest = host.guests().get(0);
    host.unlicense();
    guest.start();
    datacenter.advance(Duration.ofHours(1));
    assertEquals(5, UnactivatedGuests.on(host).size());
    guest.migrateTo(datacenter.hosts().get(1));
    datacenter.advance(Duration.ofHours(2));
    assertTrue(guest.isActivated());
    assertFalse(UnactivatedGuests.on(datacenter.hosts().get(1)).contains(guest.vm()));
  }
}

// DOC end
