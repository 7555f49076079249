package org.example.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedHost;
import io.avma.testkit.arbitrary.AvmaDomain;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What holds for every fleet. */
class UngrantedProperties {
  @Property(tries = 50)
  @Domain(AvmaDomain.class)
  @Domain(DomainContext.Global.class)
  void aLineForEachThatIsNotActivated(@ForAll FleetShape shape, @ForAll long seed)
      throws Exception {
    try (SimulatedDatacenter datacenter = SimulatedDatacenter.generate(shape, seed)) {
      datacenter.hosts().get(0).unlicense();
      datacenter.startAll(Duration.ofMinutes(10));
      datacenter.advance(Duration.ofHours(1));
      for (SimulatedHost host : datacenter.hosts()) {
        long expected = host.guests().stream().filter(guest -> !guest.isActivated()).count();
        assertEquals(expected, new Ungranted(host).csv().lines().count() - 1);
      }
    }
  }
}
