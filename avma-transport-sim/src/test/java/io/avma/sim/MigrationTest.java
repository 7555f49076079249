package io.avma.sim;

import static io.avma.sim.Lab.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.Hresult;
import io.avma.sim.TraceEntry.What;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationTest {
  private static final FaultRule INTERRUPTED =
      FaultRule.of("cable", FaultPoint.MIGRATION, new Fault.Interrupted()).atMost(1);

  @Test
  void quickMigrationSavesHereAndRestoresThere() throws Exception {
    SimulatedDatacenter datacenter = Lab.builder().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    web.quickMigrateTo(datacenter.host("solo"));
    assertEquals(
        List.of(
            What.STARTED,
            What.REQUEST_SENT,
            What.OUTCOME,
            What.SAVED,
            What.MIGRATED,
            What.RESTORED),
        Lab.story(datacenter, "web"));
    assertTrue(web.isRunning() && web.isActivated());
    assertEquals("solo", web.host().name());
    datacenter.advance(Duration.ofDays(8));
    assertTrue(web.isActivated());
    assertEquals(List.of(Hresult.OK), Lab.codes(datacenter.host("node-1").events()));
    assertFalse(Lab.codes(datacenter.host("solo").events()).isEmpty(), "renewed there");
  }

  @Test
  void whatIsUnderWayDuringQuickMigrationMeetsNobody() throws Exception {
    SimulatedDatacenter datacenter = Lab.builder().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    web.quickMigrateTo(datacenter.host("solo"));
    datacenter.advance(MINUTE);
    assertEquals(List.of(), Lab.codes(datacenter.host("node-1").events()));
    assertEquals(List.of(Hresult.OK), Lab.codes(datacenter.host("solo").events()));
    assertEquals(1, Lab.count(datacenter, What.MESSAGE_LOST));
  }

  /** It is the same host again, and not the same visit. */
  @Test
  void movingThereAndBackDoesNotBringAMessageBack() throws Exception {
    SimulatedDatacenter datacenter = Lab.builder().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    web.migrateTo(datacenter.host("solo"));
    web.migrateTo(datacenter.host("node-1"));
    datacenter.advance(MINUTE);
    assertEquals(1, Lab.count(datacenter, What.MESSAGE_LOST));
    assertEquals(List.of(Hresult.OK), Lab.codes(datacenter.host("node-1").events()));
    assertEquals(List.of(Hresult.OK), Lab.codes(web.events()));
  }

  @Test
  void whatIsUnderWayWhenTheGuestBootsAgainMeetsNobody() throws Exception {
    SimulatedDatacenter datacenter = Lab.builder().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(Duration.ofMillis(1));
    web.start();
    datacenter.advance(MINUTE);
    assertEquals(1, Lab.count(datacenter, What.MESSAGE_LOST));
    assertEquals(List.of(Hresult.OK), Lab.codes(datacenter.host("node-1").events()));
    assertTrue(web.isActivated());
  }

  @Test
  void aResponseUnderWayDoesNotFollowTheGuest() throws Exception {
    SimulatedDatacenter datacenter = Lab.builder().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(Duration.ofMillis(7)); // it was answered, and the answer is under way
    assertEquals(List.of(Hresult.OK), Lab.codes(datacenter.host("node-1").events()));
    web.migrateTo(datacenter.host("solo"));
    assertFalse(web.isActivated());
    datacenter.advance(Duration.ofMillis(4));
    assertFalse(web.isActivated(), "the old answer");
    datacenter.advance(MINUTE);
    assertEquals("solo.invalid", web.license().activatedBy().orElseThrow());
  }

  @Test
  void aGuestThatDoesNotRunMovesAsItIs() {
    SimulatedDatacenter datacenter = Lab.with(INTERRUPTED);
    SimulatedGuest web = datacenter.guest("web");
    web.quickMigrateTo(datacenter.host("solo"));
    web.migrateTo(datacenter.host("spare"));
    assertEquals("spare", web.host().name(), "nothing is copied that could break off");
    assertFalse(web.isRunning());
    assertEquals(List.of(What.MIGRATED, What.MIGRATED), Lab.story(datacenter, "web"));
  }

  @Test
  void anInterruptedLiveMigrationLeavesTheGuestWhereItWasAndLosesWhatWasInFlight()
      throws Exception {
    SimulatedDatacenter datacenter = Lab.with(INTERRUPTED);
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    web.migrateTo(datacenter.host("solo"));
    assertEquals("node-1", web.host().name());
    assertTrue(web.isRunning());
    datacenter.advance(MINUTE);
    assertEquals(1, Lab.count(datacenter, What.MESSAGE_LOST));
    assertEquals(List.of(Hresult.OK), Lab.codes(datacenter.host("node-1").events()));
    assertTrue(web.isActivated(), "it has asked again");
    web.migrateTo(datacenter.host("solo"));
    assertEquals("solo", web.host().name(), "the rule struck once");
  }

  @Test
  void anInterruptedQuickMigrationGoesOnWhereItWas() {
    SimulatedDatacenter datacenter = Lab.with(INTERRUPTED);
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    web.quickMigrateTo(datacenter.host("solo"));
    assertEquals("node-1", web.host().name());
    assertTrue(web.isRunning());
    datacenter.advance(MINUTE);
    assertTrue(web.isActivated());
  }

  @Test
  void aHostThatCannotTakeTheGuestIsRefusedAndNothingHappens() {
    SimulatedDatacenter datacenter = Lab.builder().build();
    SimulatedGuest web = datacenter.guest("web");
    web.cloneTo(datacenter.host("spare"), "twin");
    datacenter.host("solo").fail();
    long before = datacenter.trace().count();
    for (String host : List.of("solo", "spare")) {
      SimulatedHost target = datacenter.host(host);
      assertFalse(web.canMoveTo(target), host);
      assertThrows(IllegalStateException.class, () -> web.migrateTo(target), host);
      assertThrows(IllegalStateException.class, () -> web.quickMigrateTo(target), host);
    }
    assertTrue(web.canMoveTo(datacenter.host("node-2")));
    SimulatedGuest db = datacenter.guest("db");
    assertFalse(db.canMoveTo(datacenter.host("spare")), "its own host is down");
    assertThrows(IllegalStateException.class, () -> db.migrateTo(datacenter.host("spare")));
    SimulatedHost elsewhere = Lab.builder().build().host("node-2");
    assertThrows(IllegalArgumentException.class, () -> web.migrateTo(elsewhere));
    assertEquals(before, datacenter.trace().count());
  }
}
