package io.avma.sim;

import static io.avma.sim.Lab.MINUTE;
import static io.avma.sim.Lab.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Ternary;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplicaTest {
  private SimulatedDatacenter datacenter;
  private SimulatedGuest web;
  private SimulatedGuest replica;

  /** {@code web} runs on node-1, and its replica is on solo since the minute 1. */
  @BeforeEach
  void replicate() {
    datacenter = Lab.builder().build();
    web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    replica = web.replicateTo(datacenter.host("solo"));
  }

  private static void write(SimulatedGuest guest, String value) throws TransportException {
    guest.pools().putAll(KvpPool.GUEST, List.of(new KvpItem("role", value)));
  }

  private static Optional<String> role(SimulatedGuest guest) throws TransportException {
    return guest.pools().read(KvpPool.GUEST).items().stream()
        .filter(item -> item.key().equals("role"))
        .map(KvpItem::value)
        .findFirst();
  }

  @Test
  void aReplicaIsListedAsSuchAndNeverRuns() throws Exception {
    assertEquals("web/replica", replica.name());
    assertEquals(web.vm(), replica.vm());
    assertEquals(Optional.of("web/replica"), web.replica().map(SimulatedGuest::name));
    VmReading.Read read =
        (VmReading.Read) datacenter.host("solo").sweep(SweepScope.of(web.vm())).get(0);
    assertEquals(Ternary.YES, read.facts().replica());
    assertEquals(VmState.OFF, read.facts().state());
    VmReading.Read original =
        (VmReading.Read) datacenter.host("node-1").sweep(SweepScope.of(web.vm())).get(0);
    assertEquals(Ternary.NO, original.facts().replica());

    assertTrue(replica.isReplica() && !web.isReplica());
    assertThrows(IllegalStateException.class, replica::start);
    assertThrows(IllegalStateException.class, replica::restore);
    assertThrows(IllegalStateException.class, () -> replica.migrateTo(datacenter.host("node-2")));
    assertThrows(IllegalStateException.class, () -> replica.replicateTo(datacenter.host("node-2")));
    assertThrows(IllegalStateException.class, () -> web.replicateTo(datacenter.host("node-2")));
    assertThrows(IllegalStateException.class, replica::failOverToReplica);
    datacenter.startAll(Duration.ZERO);
    datacenter.advance(Duration.ofDays(1));
    assertFalse(replica.isRunning());
  }

  @Test
  void aReplicaTakesOverWithWhatItWasToldLast() throws Exception {
    write(web, "four");
    datacenter.advance(MINUTE.multipliedBy(5)); // it is told
    write(web, "nine");
    datacenter.advance(MINUTE.multipliedBy(5).minus(SECOND));
    web.failOverToReplica();
    assertFalse(web.isRunning());
    assertTrue(web.isReplica() && !replica.isReplica());
    assertTrue(replica.isRunning());
    assertEquals(Optional.of("four"), role(replica));
    assertEquals(1, Lab.events(replica.events()).size(), "the log comes along");
    assertTrue(replica.isActivated(), "and so does the activation");
    datacenter.advance(MINUTE);
    assertEquals("solo.invalid", replica.license().activatedBy().orElseThrow());
  }

  @Test
  void whatItWasToldAMomentAgoCounts() throws Exception {
    write(web, "four");
    datacenter.advance(MINUTE.multipliedBy(5));
    web.failOverToReplica();
    assertEquals(Optional.of("four"), role(replica));
  }

  @Test
  void rolesChangeBackWithWhatHappenedMeanwhile() throws Exception {
    web.failOverToReplica();
    write(replica, "there");
    datacenter.advance(MINUTE.multipliedBy(5));
    replica.failOverToReplica();
    assertTrue(web.isRunning() && replica.isReplica());
    assertEquals(Optional.of("there"), role(web));
    datacenter.advance(Duration.ofDays(8));
    assertTrue(web.isActivated());
    assertFalse(replica.isRunning());
  }

  /**
   * What was under way to the original must not reach the one that took over, nor the other way.
   */
  @Test
  void aMessageUnderWayDuringAFailoverMeetsNobody() throws Exception {
    datacenter.advance(MINUTE.multipliedBy(5));
    web.activateNow();
    datacenter.advance(Duration.ofMillis(7));
    assertEquals(2, Lab.codes(datacenter.host("node-1").events()).size());
    web.failOverToReplica();
    datacenter.advance(SECOND);
    assertEquals(2, Lab.codes(replica.events()).size());
    assertEquals(1, Lab.codes(datacenter.host("solo").events()).size());
    assertEquals(1, Lab.count(datacenter, TraceEntry.What.MESSAGE_LOST));
  }

  /** However often the roles change, a replica is brought up to date once in five minutes. */
  @Test
  void changingRolesLeavesNoReplicationBehind() {
    SimulatedDatacenter quiet =
        SimulatedDatacenter.builder()
            .host("a", Lab.builder().build().host("solo").trueProfile())
            .host("b", Lab.builder().build().host("solo").trueProfile())
            .guest("vm", "a", Lab.GUEST)
            .build();
    SimulatedGuest vm = quiet.guest("vm");
    SimulatedGuest other = vm.replicateTo(quiet.host("b"));
    for (int i = 0; i < 10; i++) {
      (i % 2 == 0 ? vm : other).failOverToReplica();
      quiet.advance(SECOND);
    }
    quiet.advance(Duration.ofMinutes(10));
    long before = quiet.eventCount();
    quiet.advance(Duration.ofHours(1));
    assertEquals(12, quiet.eventCount() - before);
  }

  @Test
  void aReplicaWhoseHostOrOriginalIsDownIsNotBroughtUpToDate() throws Exception {
    write(web, "before");
    datacenter.advance(MINUTE.multipliedBy(5));
    datacenter.host("solo").fail();
    write(web, "after");
    assertThrows(IllegalStateException.class, web::failOverToReplica);
    assertThrows(IllegalStateException.class, () -> web.testReplica("test"));
    datacenter.advance(MINUTE.multipliedBy(11));
    datacenter.host("solo").recover();
    web.failOverToReplica();
    assertEquals(Optional.of("before"), role(replica));
  }

  @Test
  void anOriginalThatFailedWithItsHostComesBackAsTheReplica() {
    SimulatedGuest db = datacenter.guest("db");
    db.start();
    SimulatedGuest copy = db.replicateTo(datacenter.host("spare"));
    datacenter.host("solo").fail();
    db.failOverToReplica();
    assertTrue(copy.isRunning());
    datacenter.host("solo").recover();
    datacenter.advance(MINUTE);
    assertFalse(db.isRunning(), "else the same VM would run twice");
    datacenter.advance(MINUTE.multipliedBy(10));
    copy.failOverToReplica();
    assertTrue(db.isRunning());
    db.stop();
    datacenter.host("solo").fail();
    datacenter.host("solo").recover();
    assertFalse(db.isRunning());
  }

  @Test
  void aNodeThatFailsLeavesAReplicaWhereItIsAndTheGuestFindsAnotherNode() {
    SimulatedGuest db = datacenter.guest("db");
    SimulatedGuest copy = db.replicateTo(datacenter.host("node-2"));
    assertEquals(1, datacenter.host("node-2").drain().size());
    datacenter.host("node-2").fail();
    assertEquals("node-2", copy.host().name());
    datacenter.host("node-2").recover();
    datacenter.advance(MINUTE);
    assertFalse(copy.isRunning());

    datacenter.host("node-3").create("busy", Lab.GUEST);
    datacenter.host("node-3").create("busier", Lab.GUEST);
    SimulatedGuest node1 = datacenter.host("node-1").create("crm", Lab.GUEST);
    node1.start();
    node1.replicateTo(datacenter.host("node-2"));
    datacenter.host("node-1").fail();
    assertEquals("node-3", node1.host().name(), "the node with its replica cannot take it");
  }

  @Test
  void aReplicaOfAGuestWhoseHostIsDownCannotBeMade() {
    datacenter.host("solo").fail();
    SimulatedHost spare = datacenter.host("spare");
    assertThrows(IllegalStateException.class, () -> datacenter.guest("db").replicateTo(spare));
    assertFalse(datacenter.hasGuest("db/replica"));
  }

  @Test
  void aTestOfTheReplicaIsAnotherVmWithTheSameDisks() throws Exception {
    write(web, "told");
    web.setDataExchange(false);
    datacenter.advance(MINUTE.multipliedBy(5));
    SimulatedGuest test = web.testReplica("test");
    assertNotEquals(web.vm(), test.vm());
    assertEquals("solo", test.host().name());
    assertTrue(test.isRunning() && web.isRunning());
    assertFalse(test.isActivated(), "an activation belongs to its VM");
    assertEquals(web.activation().key(), test.activation().key());
    assertEquals(Optional.of("told"), role(test));
    assertEquals(Ternary.NO, test.profile().dataExchange(), "it is configured as the VM");
    assertEquals(Optional.empty(), test.vmId(), "nobody has told it yet who it is");
    test.setDataExchange(true);
    datacenter.advance(Duration.ofHours(1));
    assertTrue(test.isActivated());
    assertTrue(replica.isReplica() && !replica.isRunning());
    assertEquals(
        web.pools().read(KvpPool.AUTO).items().get(0),
        test.pools().read(KvpPool.AUTO).items().get(0),
        "the computer name");
    assertThrows(IllegalArgumentException.class, () -> web.testReplica("test"));
  }

  @Test
  void theClockOfTheOneThatTakesOverIsItsOwn() {
    web.setClock(Duration.ofDays(3));
    datacenter.advance(MINUTE.multipliedBy(5));
    web.failOverToReplica();
    assertEquals(Duration.ZERO, replica.clockAhead());
    assertTrue(replica.isActivated());
    datacenter.advance(Duration.ofDays(8));
    assertTrue(replica.isActivated());
  }
}
