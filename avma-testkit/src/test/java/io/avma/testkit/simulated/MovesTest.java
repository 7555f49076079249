package io.avma.testkit.simulated;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.Rejected;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import io.avma.sim.GuestImage;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Where machines can be, what stops a call before it does half of something, what it answers. */
class MovesTest {
  private static final GuestProfile SYSTEM =
      GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
  private static final AvmaKey KEY =
      KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.STANDARD).orElseThrow();
  private static final HostProfile HOST = HostProfile.datacenter(WindowsRelease.WS_2022);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SimulatedDatacenter all =
      SimulatedDatacenter.builder()
          .host("h1", HOST)
          .host("h2", HOST)
          .host("h3", HOST)
          .guest("web", "h1", SYSTEM, KEY)
          .guest("db", "h1", SYSTEM, KEY)
          .build();
  private final SimulatedGuest web = all.guest("web");
  private final SimulatedGuest db = all.guest("db");
  private final SimulatedHost h1 = all.host("h1");
  private final SimulatedHost h2 = all.host("h2");
  private final SimulatedHost h3 = all.host("h3");

  private static void isIllegalNow(String part, Executable call) {
    String message = assertThrows(IllegalStateException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static void isIllegal(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void nothingMovesToAHostThatIsDown() {
    web.start();
    h2.fail();
    assertFalse(web.canMoveTo(h2));
    isIllegalNow("h2 cannot take web", () -> web.migrateTo(h2));
    isIllegalNow("h2 cannot take web", () -> web.quickMigrateTo(h2));
    isIllegalNow("h2 cannot take web", () -> web.cloneTo(h2, "twin"));
    isIllegalNow("h2 cannot take web", () -> web.replicateTo(h2));
    GuestImage image = web.checkpoint();
    isIllegalNow("h2 is down", () -> h2.create("new", SYSTEM));
    isIllegalNow("h2 is down", () -> h2.create("new", SYSTEM, KEY));
    isIllegalNow("h2 is down", () -> h2.restore("new", image));
    isIllegalNow("h2 is down", () -> h2.copy("new", image));
    isIllegalNow("h2 is down", h2::drain);
    isIllegalNow("h2 is down", () -> h2.upgrade(WindowsRelease.WS_2025));
    assertFalse(h2.canTake(web.vm()));
    assertFalse(all.hasGuest("new"));
    assertEquals(HOST, h2.trueProfile());
    assertEquals(h1.id(), web.host().id());
    assertTrue(web.isRunning());
  }

  @Test
  void nothingStartsOnAHostThatIsDown() {
    web.start();
    web.save();
    h1.fail();
    for (Executable call :
        ImmutableList.<Executable>of(
            web::start,
            web::restore,
            () -> web.migrateTo(h2),
            () -> web.quickMigrateTo(h2),
            () -> web.replicateTo(h2))) {
      isIllegalNow("web is on h1, which is down", call);
    }
    h1.recover();
    assertEquals(Optional.empty(), web.restore());
  }

  @Test
  void noHostHasTwoOfOneIdentity() {
    SimulatedGuest twin = web.cloneTo(h2, "twin");
    assertEquals(web.vm(), twin.vm());
    isIllegalNow("h2 cannot take web", () -> web.migrateTo(h2));
    isIllegalNow("h2 cannot take web", () -> web.quickMigrateTo(h2));
    isIllegalNow("h2 cannot take web", () -> web.replicateTo(h2));
    isIllegalNow("h2 cannot take web", () -> web.cloneTo(h2, "third"));
    isIllegalNow("has a VM " + web.vm(), () -> h1.restore("third", web.checkpoint()));
    assertNotEquals(web.vm(), h1.copy("third", web.checkpoint()).vm());
    assertFalse(h2.canTake(web.vm()));
    assertTrue(h3.canTake(web.vm()));
    assertEquals(Optional.empty(), web.migrateTo(h3));
  }

  @Test
  void namesAreGivenOnce() {
    isIllegal("second guest 'db'", () -> web.cloneTo(h2, "db"));
    isIllegal("second guest 'db'", () -> h2.create("db", SYSTEM));
    isIllegal("second guest 'db'", () -> h2.copy("db", web.checkpoint()));
    isIllegal("second guest 'db'", () -> h2.restore("db", web.checkpoint()));
    isIllegal("a guest without a name", () -> h2.create(" ", SYSTEM));
    isIllegal("is called as a host", () -> h2.create("h3", SYSTEM));
    isIllegal("gets the computer name", () -> h2.create("WEB", SYSTEM));
    isIllegal("gets the computer name", () -> h2.create("H3", SYSTEM));
    h2.create("web/replica", SYSTEM);
    isIllegal("second guest 'web/replica'", () -> web.replicateTo(h3));
    db.replicateTo(h2);
    isIllegal("second guest 'web'", () -> db.testReplica("web"));
    isIllegal("gets the computer name", () -> h2.create("DB", SYSTEM));
    h2.create("late", SYSTEM);
    isIllegal("gets the computer name", () -> h3.create("LATE", SYSTEM));
    assertEquals(5, all.guests().size());
  }

  @Test
  void imagesAndHostsOfAnotherDataCentreAreRefused() {
    SimulatedDatacenter other =
        SimulatedDatacenter.builder().host("h1", HOST).guest("web", "h1", SYSTEM).build();
    GuestImage foreign = other.guest("web").checkpoint();
    isIllegal("is from other hosts", () -> web.revertTo(foreign));
    isIllegal("is from other hosts", () -> h2.copy("new", foreign));
    isIllegal("is from other hosts", () -> h2.restore("new", foreign));
    isIllegal("is a host of another data centre", () -> web.canMoveTo(other.host("h1")));
    isIllegal("is a host of another data centre", () -> web.migrateTo(other.host("h1")));
    // A fork has the same hosts, and images are good for it.
    SimulatedDatacenter fork = all.fork();
    assertEquals(Optional.empty(), fork.guest("web").revertTo(web.checkpoint()));
  }

  @Test
  void replicasAreDrivenByTheirOriginal() {
    web.start();
    SimulatedGuest replica = web.replicateTo(h2);
    assertTrue(replica.isReplica());
    assertFalse(web.isReplica());
    assertFalse(replica.isPowered());
    isIllegalNow("is a replica", replica::start);
    isIllegalNow("is a replica", replica::restore);
    isIllegalNow("is a replica", () -> replica.migrateTo(h3));
    isIllegalNow("is a replica", () -> replica.replicateTo(h3));
    isIllegalNow("is replicated already", () -> web.replicateTo(h3));
    isIllegalNow("db has no replica", db::failOverToReplica);
    isIllegalNow("db has no replica", () -> db.testReplica("t"));
    h2.fail();
    isIllegalNow("the replica of web is on h2, which is down", web::failOverToReplica);
    isIllegalNow("the replica of web is on h2, which is down", () -> web.testReplica("t"));
    h2.recover();
    assertTrue(web.isRunning());
    assertEquals(Optional.empty(), web.failOverToReplica());
    assertTrue(all.guest("web/replica").isRunning());
    assertFalse(web.isRunning());
    assertTrue(web.isReplica());
    assertEquals(Optional.of("web"), all.guest("web/replica").replica().map(SimulatedGuest::name));
  }

  @Test
  void aTestOfAReplicaIsAsOldAsTheReplica() {
    web.start();
    all.advance(MINUTE);
    web.replicateTo(h2);
    assertTrue(web.removeKey().isEmpty());
    SimulatedGuest tested = web.testReplica("tested");
    assertTrue(tested.isRunning());
    assertNotEquals(web.vm(), tested.vm());
    assertEquals("h2", tested.host().name());
    assertTrue(tested.activation().avmaId().isPresent(), "the replica knows the key still");
    all.advance(Duration.ofMinutes(6));
    assertTrue(web.testReplica("again").activation().avmaId().isEmpty());
  }

  @Test
  void whatMakesNoSenseIsSaid() {
    assertEquals(reason(Rejected.Reason.NOT_RUNNING), web.stop().map(Rejected::reason));
    assertEquals(reason(Rejected.Reason.NOT_RUNNING), web.save().map(Rejected::reason));
    assertEquals(reason(Rejected.Reason.NOT_SAVED), web.restore().map(Rejected::reason));
    assertEquals(reason(Rejected.Reason.NOT_RUNNING), web.removeKey().map(Rejected::reason));
    web.start();
    web.save();
    assertEquals(
        reason(Rejected.Reason.NOT_RUNNING),
        web.installOther(LicenseChannel.MAK, "3V66T").map(Rejected::reason));
    assertFalse(web.install(KEY).isInstalled());
    assertEquals(reason(Rejected.Reason.SAVED), web.start().map(Rejected::reason));
    assertEquals(
        reason(Rejected.Reason.OTHER_VM), db.revertTo(web.checkpoint()).map(Rejected::reason));
  }

  private static Optional<Rejected.Reason> reason(Rejected.Reason reason) {
    return Optional.of(reason);
  }

  /** What was under way meets nobody when the guest has moved, stopped or booted meanwhile. */
  @Test
  void answersMeetNobodyWhoHasMoved() {
    for (Executable move :
        ImmutableList.<Executable>of(
            () -> web.migrateTo(web.host().name().equals("h1") ? h2 : h1),
            () -> web.quickMigrateTo(web.host().name().equals("h1") ? h2 : h1))) {
      web.start();
      all.advance(Duration.ofMillis(7)); // the answer is under way
      long before = lost();
      assertDoesNotThrow(move);
      all.advance(Duration.ofMillis(3));
      assertEquals(before + 1, lost());
      web.stop();
    }
    web.start();
    all.advance(Duration.ofMillis(7));
    long before = lost();
    web.start();
    all.advance(Duration.ofMillis(3));
    assertEquals(before + 1, lost());
  }

  private long lost() {
    return all.trace().entries().stream()
        .filter(entry -> entry.what().name().equals("MESSAGE_LOST"))
        .count();
  }

  @Test
  void aGuestLearnsWhereItIsWhenItStartsMovesOrGoesOn() throws Exception {
    web.start();
    assertEquals("h1.invalid", hostFact());
    web.migrateTo(h2);
    assertEquals("h2.invalid", hostFact());
    web.quickMigrateTo(h3);
    assertEquals("h3.invalid", hostFact());
    web.save();
    web.migrateTo(h1);
    web.restore();
    assertEquals("h1.invalid", hostFact());
    web.setDataExchange(false);
    web.migrateTo(h2);
    assertEquals("h1.invalid", hostFact());
    web.setDataExchange(true);
    assertEquals("h2.invalid", hostFact());
    // What the host writes for it while it is saved it finds when it goes on.
    web.save();
    h2.add(web.vm(), ImmutableList.of(new KvpItem("k", "v")));
    web.restore();
    assertEquals(
        ImmutableList.of(new KvpItem("k", "v")), web.pools().read(KvpPool.EXTERNAL).items());
  }

  private String hostFact() throws Exception {
    return web.pools().read(KvpPool.AUTO_EXTERNAL).items().stream()
        .filter(item -> item.key().equals("HostName"))
        .map(KvpItem::value)
        .findFirst()
        .orElse("");
  }

  @Test
  void aLogThatWasClearedBeginsAnewAndSaysSo() throws Exception {
    web.start();
    all.advance(MINUTE);
    for (EventSource log : ImmutableList.of(web.events(), h1.events())) {
      EventBatch first = log.read(EventBookmark.start(), EventFilter.all(), 10);
      assertEquals(1, first.events().size());
      assertEquals(ImmutableList.of(), first.gaps());
      for (int clearing = 0; clearing < 2; clearing++) {
        web.clearLog();
        h1.clearLog();
        web.activateNow();
        all.advance(MINUTE);
        EventBatch next = log.read(first.next(), EventFilter.all(), 10);
        assertEquals(1, next.events().size());
        assertEquals(
            ImmutableList.of(EventGap.Kind.RESTARTED),
            next.gaps().stream().map(EventGap::kind).toList());
      }
    }
  }

  @Test
  void whoeverListensIsToldWhereGuestsComeFromAndWhatLogsLose() {
    List<String> told = new ArrayList<>();
    SimulatedDatacenter small =
        SimulatedDatacenter.builder()
            .logCapacity(3, 2)
            .host("h1", HOST)
            .host("h2", HOST)
            .guest("web", "h1", SYSTEM, KEY)
            .build();
    small.listen(
        (datacenter, happenings) -> {
          for (Happening happening : happenings) {
            if (happening instanceof Happening.GuestPlaced placed) {
              told.add(
                  placed.guest().name()
                      + " "
                      + placed.from().map(SimulatedHost::name)
                      + " "
                      + placed.to().name());
            } else if (happening instanceof Happening.RecordsLost lost) {
              told.add(lost.machine() + " " + lost.cause());
            }
          }
        });
    SimulatedGuest guest = small.guest("web");
    SimulatedHost host = small.host("h1");
    guest.clearLog(); // nothing was in it
    host.clearLog();
    guest.fillLog(2); // as many as it keeps
    host.fillLog(3);
    guest.fillLog(1);
    host.fillLog(1);
    guest.clearLog();
    host.clearLog();
    guest.migrateTo(small.host("h2"));
    small.host("h1").create("new", SYSTEM);
    assertEquals(
        ImmutableList.of(
            "web PUSHED_OUT",
            "h1 PUSHED_OUT",
            "web CLEARED",
            "h1 CLEARED",
            "web Optional[h1] h2",
            "new Optional.empty h1"),
        told);
    isIllegal("0 records", () -> guest.fillLog(0));
    isIllegal("0 records", () -> host.fillLog(0));
  }

  @Test
  void aHostThatIsBackHasForgottenItsRequests() {
    SimulatedDatacenter busy =
        SimulatedDatacenter.builder()
            .terms(
                io.avma.activation.ActivationTerms.builder()
                    .throttle(1, Duration.ofDays(1))
                    .build())
            .host("h1", HOST)
            .guest("web", "h1", SYSTEM, KEY)
            .guest("db", "h1", SYSTEM, KEY)
            .build();
    busy.guest("web").start();
    busy.advance(MINUTE);
    assertTrue(busy.guest("web").isActivated());
    busy.host("h1").fail();
    busy.host("h1").recover();
    busy.guest("web").stop(); // it was started again, and its request is dropped
    busy.guest("db").start();
    busy.advance(MINUTE);
    assertTrue(busy.guest("db").isActivated());
    busy.guest("web").start();
    busy.advance(MINUTE);
    busy.host("h1").upgrade(WindowsRelease.WS_2025);
    busy.advance(MINUTE);
    assertEquals(
        ImmutableList.of("0x00000000", "0x00000000"),
        busy.guests().stream()
            .map(guest -> guest.activation().lastOutcome().orElseThrow().code().hex())
            .toList());
  }

  @Test
  void clocksReachAHundredYearsEitherWay() throws Exception {
    Duration most = Duration.ofDays(36_500);
    web.start();
    all.advance(MINUTE);
    web.setClock(most);
    assertEquals(most, web.clockAhead());
    web.setClock(most.negated());
    assertEquals(most.negated(), web.clockAhead());
    isIllegal("the clock is", () -> web.setClock(most.plusNanos(1)));
    isIllegal("the clock is", () -> web.setClock(most.plusNanos(1).negated()));
    web.setClock(Duration.ofHours(2));
    web.activateNow();
    all.advance(MINUTE);
    EventBatch logged = web.events().read(EventBookmark.start(), EventFilter.all(), 10);
    assertEquals(
        SimulatedDatacenter.START.plus(Duration.ofHours(2)).plus(MINUTE).plusMillis(10),
        logged.events().get(1).timeCreated().orElseThrow());
    assertEquals(Optional.of("h1.invalid"), web.license().activatedBy());
  }
}
