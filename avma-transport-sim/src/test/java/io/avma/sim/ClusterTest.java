package io.avma.sim;

import static io.avma.sim.Lab.MINUTE;
import static io.avma.sim.Lab.SECOND;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.kvp.KvpItem;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.TraceEntry.What;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Hosts that fail, hang, come back, are drained and upgraded. */
class ClusterTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static SimulatedDatacenter running(FaultRule... rules) {
    SimulatedDatacenter datacenter = Lab.with(rules);
    datacenter.startAll(Duration.ZERO);
    datacenter.advance(SECOND);
    return datacenter;
  }

  private static FaultRule restarting(String name, Duration time) {
    return FaultRule.of(name, FaultPoint.HOST, new Fault.Restarting(time)).atMost(1);
  }

  @Test
  void aNodeThatFailsLeavesItsGuestsToTheNodeWithTheFewest() throws Exception {
    SimulatedDatacenter datacenter = running();
    datacenter.host("node-2").create("busy", Lab.GUEST);
    SimulatedGuest idle = datacenter.host("node-1").create("idle", Lab.GUEST);
    SimulatedGuest web = datacenter.guest("web");
    datacenter.host("node-1").fail();
    assertFalse(web.isRunning());
    assertEquals("node-3", web.host().name());
    assertEquals("node-2", idle.host().name(), "now they have one each, and the first is taken");
    datacenter.advance(Duration.ofSeconds(30).minusNanos(1));
    assertFalse(web.isRunning());
    datacenter.advance(Duration.ofNanos(1));
    assertTrue(web.isRunning());
    datacenter.advance(SECOND);
    assertEquals("node-3.invalid", web.license().activatedBy().orElseThrow());
    assertFalse(idle.isRunning(), "it did not run before");
    assertTrue(datacenter.host("node-1").guests().isEmpty());
    datacenter.host("node-1").recover();
    assertEquals("node-3", web.host().name(), "nobody moves it back");
  }

  @Test
  void aHostThatStandsAloneStartsItsGuestsWhenItIsBack() {
    SimulatedDatacenter datacenter = running();
    SimulatedGuest db = datacenter.guest("db");
    datacenter.host("solo").fail();
    datacenter.startAll(MINUTE);
    datacenter.advance(HOUR);
    assertEquals("solo", db.host().name());
    assertFalse(db.isRunning());
    assertThrows(IllegalStateException.class, db::start);
    assertThrows(IllegalStateException.class, db::restore);
    datacenter.host("solo").recover();
    assertTrue(db.isRunning());
    db.stop();
    datacenter.host("solo").fail();
    datacenter.host("solo").recover();
    assertFalse(db.isRunning(), "it was off when the host failed");
  }

  @Test
  void aGuestWhoseNextNodeFailsTooStartsAsSoonAsThereIsOne() {
    SimulatedDatacenter datacenter = running();
    SimulatedGuest web = datacenter.guest("web");
    datacenter.host("node-1").fail();
    datacenter.advance(SECOND.multipliedBy(10));
    datacenter.host("node-2").fail();
    assertEquals("node-3", web.host().name());
    datacenter.advance(SECOND.multipliedBy(29));
    assertFalse(web.isRunning(), "the second failure counts");
    datacenter.advance(SECOND);
    assertTrue(web.isRunning());

    datacenter.host("node-3").fail();
    datacenter.advance(HOUR);
    assertEquals("node-3", web.host().name(), "no node is left");
    datacenter.host("node-3").recover();
    assertTrue(web.isRunning());
  }

  @Test
  void aGuestThatWaitsForItsStartIsNotForgottenWhenItsNodeFails() {
    SimulatedDatacenter datacenter = running();
    SimulatedGuest web = datacenter.guest("web");
    datacenter.host("node-1").fail();
    datacenter.host("node-3").fail();
    datacenter.advance(SECOND);
    datacenter.host("node-2").fail(); // it was to start there
    datacenter.advance(HOUR);
    assertFalse(web.isRunning());
    datacenter.heal();
    assertTrue(web.isRunning());
  }

  @Test
  void aGuestThatSomebodyStartedAndStoppedMeanwhileStaysOff() {
    SimulatedDatacenter datacenter = running();
    SimulatedGuest web = datacenter.guest("web");
    datacenter.host("node-1").fail();
    web.start();
    web.stop();
    datacenter.advance(MINUTE);
    assertFalse(web.isRunning());
    assertEquals(2, Lab.story(datacenter, "web").stream().filter(w -> w == What.STARTED).count());
  }

  @Test
  void aSavedGuestStaysSavedOnAnotherNode() {
    SimulatedDatacenter datacenter = running();
    SimulatedGuest web = datacenter.guest("web");
    web.save();
    datacenter.host("node-1").fail();
    datacenter.advance(MINUTE);
    assertFalse(web.isRunning());
    assertEquals("node-2", web.host().name());
    web.restore();
    assertTrue(web.isRunning() && web.isActivated());
  }

  @Test
  void aHostThatFailedByHandStaysAwayThoughAnEarlierFaultWouldBringItBack() {
    SimulatedDatacenter datacenter = running(restarting("power", HOUR).onHosts("solo"));
    SimulatedHost solo = datacenter.host("solo");
    assertFalse(solo.isUp(), "the first request struck it");
    solo.recover();
    datacenter.advance(MINUTE);
    solo.fail();
    datacenter.advance(HOUR.multipliedBy(2));
    assertFalse(solo.isUp());
    solo.recover();
    assertTrue(solo.isUp());
  }

  @Test
  void ofTwoFaultsTheLongerOneCounts() {
    FaultRule brief = restarting("brief", MINUTE);
    FaultRule lasting = restarting("lasting", HOUR);
    for (FaultRule[] rules :
        List.of(new FaultRule[] {brief, lasting}, new FaultRule[] {lasting, brief})) {
      SimulatedDatacenter datacenter = running(rules);
      SimulatedHost struck =
          datacenter.hosts().stream().filter(host -> !host.isUp()).findFirst().orElseThrow();
      datacenter.advance(HOUR.minus(SECOND));
      assertFalse(struck.isUp());
      datacenter.advance(SECOND);
      assertTrue(struck.isUp());
    }
  }

  @Test
  void drainingMovesWhatRunsWithoutInterruption() {
    SimulatedDatacenter datacenter = running();
    SimulatedHost node = datacenter.host("node-1");
    SimulatedGuest web = datacenter.guest("web");
    node.create("idle", Lab.GUEST);
    assertTrue(node.drain().isEmpty());
    assertTrue(node.guests().isEmpty());
    assertTrue(web.isRunning() && web.isActivated());
    assertEquals(1, Lab.count(datacenter, What.STARTED) - 1, "nothing was started again");

    SimulatedHost solo = datacenter.host("solo");
    assertEquals(List.of("db"), solo.drain().stream().map(SimulatedGuest::name).toList());
    datacenter.host("node-2").fail();
    datacenter.host("node-3").fail();
    assertEquals(2, node.drain().size(), "nobody is left to take them");
    node.fail();
    assertThrows(IllegalStateException.class, node::drain);
  }

  @Test
  void nobodyCanAskAHostThatIsDown() {
    SimulatedDatacenter datacenter = running();
    SimulatedHost solo = datacenter.host("solo");
    EventSource log = solo.events();
    solo.fail();
    for (Executable call : calls(solo, log)) {
      assertEquals(
          TransportException.Reason.UNREACHABLE,
          assertThrows(TransportException.class, call).reason());
    }
    assertThrows(IllegalStateException.class, () -> solo.create("new", Lab.GUEST));
    assertThrows(IllegalStateException.class, () -> solo.upgrade(WindowsRelease.WS_2025));
    assertEquals(1, solo.guests().size(), "the test may look");
    assertDoesNotThrow(solo::trueProfile);
    solo.recover();
    assertDoesNotThrow(solo::profile);
  }

  @Test
  void aHostThatHangsKeepsItsCallersWaiting() {
    SimulatedDatacenter datacenter =
        running(
            FaultRule.of("hangs", FaultPoint.HOST, new Fault.Hung(MINUTE))
                .onHosts("solo")
                .atMost(1));
    SimulatedHost solo = datacenter.host("solo");
    assertTrue(solo.isUp());
    for (Executable call : calls(solo, solo.events())) {
      assertEquals(
          TransportException.Reason.TIMED_OUT,
          assertThrows(TransportException.class, call).reason());
    }
    assertTrue(datacenter.guest("db").isRunning(), "its guests go on");
    datacenter.advance(MINUTE);
    for (Executable call : calls(solo, solo.events()).subList(0, 3)) {
      assertDoesNotThrow(call);
    }
  }

  private static List<Executable> calls(SimulatedHost host, EventSource log) {
    var vm = host.guests().get(0).vm();
    List<KvpItem> items = List.of(new KvpItem("role", "till"));
    List<Executable> calls = new ArrayList<>();
    calls.add(host::profile);
    calls.add(() -> host.sweep(SweepScope.everything()));
    calls.add(() -> log.read(EventBookmark.start(), EventFilter.all(), 1));
    calls.add(() -> host.add(vm, items));
    calls.add(() -> host.modify(vm, items));
    calls.add(() -> host.remove(vm, List.of("role")));
    return calls;
  }

  @Test
  void anUpgradeSavesTheGuestsAndActivatesWhatTheOldReleaseDidNot() {
    AvmaKey key =
        KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.STANDARD).orElseThrow();
    SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .host("old", HostProfile.datacenter(WindowsRelease.WS_2016))
            .guest("new", "old", GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD), key)
            .build();
    SimulatedGuest guest = datacenter.guest("new");
    guest.start();
    datacenter.advance(MINUTE);
    assertFalse(guest.isActivated());
    datacenter.host("old").upgrade(WindowsRelease.WS_2022);
    assertEquals(
        List.of(What.SAVED, What.RESTORED), Lab.story(datacenter, "new").stream().skip(3).toList());
    datacenter.advance(MINUTE);
    assertTrue(guest.isActivated());
  }

  @Test
  void aRestartOfTheHostEndsItsHang() {
    SimulatedDatacenter datacenter =
        running(FaultRule.of("hangs", FaultPoint.HOST, new Fault.Hung(HOUR)).atMost(2));
    SimulatedHost solo = datacenter.host("solo");
    assertThrows(TransportException.class, solo::profile);
    solo.upgrade(WindowsRelease.WS_2025);
    assertDoesNotThrow(solo::profile);
    assertThrows(TransportException.class, datacenter.host("node-1")::profile);
    datacenter.heal();
    assertDoesNotThrow(datacenter.host("node-1")::profile);
  }
}
