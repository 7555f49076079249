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
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.sim.TraceEntry.What;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault at its point: what it does, and that it does it there alone. */
class FaultTest {
  private static final Hresult SILENT = Hresult.INVALID_PLATFORM;
  private static final Hresult BROKEN = new Hresult(0x8007000D);

  private static FaultRule rule(FaultPoint point, Fault fault) {
    return FaultRule.of(fault.getClass().getSimpleName(), point, fault);
  }

  private static FaultRule once(FaultPoint point, Fault fault) {
    return rule(point, fault).atMost(1);
  }

  /** Starts {@code web} and lets a minute pass. */
  private static SimulatedDatacenter started(FaultRule... rules) {
    SimulatedDatacenter datacenter = Lab.with(rules);
    datacenter.guest("web").start();
    datacenter.advance(MINUTE);
    return datacenter;
  }

  private static List<Hresult> inGuest(SimulatedDatacenter datacenter) throws TransportException {
    return Lab.codes(datacenter.guest("web").events());
  }

  private static List<Hresult> onHost(SimulatedDatacenter datacenter) throws TransportException {
    return Lab.codes(datacenter.host("node-1").events());
  }

  @Test
  void aLostRequestNeverReachesTheHostAndALostResponseNeverTheGuest() throws Exception {
    SimulatedDatacenter request = started(once(FaultPoint.REQUEST, new Fault.Lost()));
    assertEquals(List.of(), onHost(request));
    assertEquals(List.of(SILENT), inGuest(request));
    request.advance(Duration.ofHours(1));
    assertTrue(request.guest("web").isActivated(), "it tries again");

    SimulatedDatacenter response = started(once(FaultPoint.RESPONSE, new Fault.Lost()));
    assertEquals(List.of(Hresult.OK), onHost(response));
    assertEquals(List.of(SILENT), inGuest(response));
  }

  @Test
  void aDelayedMessageArrivesLaterByThat() throws Exception {
    SimulatedDatacenter datacenter =
        Lab.with(once(FaultPoint.RESPONSE, new Fault.Delayed(new Delay.Fixed(SECOND))));
    datacenter.guest("web").start();
    datacenter.advance(SECOND.plusMillis(10).minusNanos(1));
    assertFalse(datacenter.guest("web").isActivated());
    datacenter.advance(Duration.ofNanos(1));
    assertTrue(datacenter.guest("web").isActivated());
  }

  @Test
  void anAnswerThatComesAfterTheTimeOutCountsForNothing() throws Exception {
    SimulatedDatacenter datacenter =
        started(
            once(FaultPoint.RESPONSE, new Fault.Delayed(new Delay.Fixed(SECOND.multipliedBy(40)))));
    assertEquals(List.of(Hresult.OK), onHost(datacenter));
    assertEquals(List.of(SILENT), inGuest(datacenter));
    assertFalse(datacenter.guest("web").isActivated());
    assertEquals(1, Lab.count(datacenter, What.REJECTED), "it did arrive");
  }

  @Test
  void aDuplicatedResponseCountsOnce() throws Exception {
    SimulatedDatacenter datacenter =
        started(once(FaultPoint.RESPONSE, new Fault.Duplicated(3, new Delay.Fixed(SECOND))));
    assertEquals(List.of(Hresult.OK), inGuest(datacenter));
    assertEquals(3, Lab.count(datacenter, What.REJECTED));
  }

  @Test
  void aDuplicatedRequestIsAnsweredAndLoggedEachTime() throws Exception {
    SimulatedDatacenter datacenter =
        started(once(FaultPoint.REQUEST, new Fault.Duplicated(2, new Delay.Fixed(SECOND))));
    assertEquals(3, onHost(datacenter).size());
    assertEquals(List.of(Hresult.OK), inGuest(datacenter));
  }

  @Test
  void ofALostMessageThereIsNothingToDuplicateAndACopyMadeBeforeArrives() throws Exception {
    FaultRule lost = once(FaultPoint.REQUEST, new Fault.Lost());
    FaultRule twice =
        once(FaultPoint.REQUEST, new Fault.Duplicated(1, new Delay.Fixed(Duration.ZERO)));
    assertEquals(0, onHost(started(lost, twice)).size());
    assertEquals(1, onHost(started(twice, lost)).size());
  }

  @Test
  void reorderedMessagesOvertakeEachOther() throws Exception {
    SimulatedDatacenter datacenter =
        Lab.with(rule(FaultPoint.REQUEST, new Fault.Reordered(SECOND)));
    SimulatedHost host = datacenter.host("node-1");
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      SimulatedGuest guest = host.create("vm-" + i, Lab.GUEST, Lab.KEY);
      guest.start();
      sent.add(guest.name());
      datacenter.advance(Duration.ofMillis(1));
    }
    datacenter.advance(SECOND.plusMillis(5));
    List<String> arrived =
        datacenter.trace().entries().stream()
            .filter(entry -> entry.what() == What.REQUEST_ANSWERED)
            .map(TraceEntry::other)
            .toList();
    assertEquals(20, arrived.size(), "within the second all are there");
    assertNotEquals(sent, arrived);
  }

  /** Whether the bit was in the nonce or in the seal: it is no answer, and never an activation. */
  @Test
  void aDamagedResponseIsInvalidData() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      SimulatedDatacenter datacenter =
          Lab.builder()
              .seed(seed)
              .faults(FaultPlan.of(once(FaultPoint.RESPONSE, new Fault.Damaged(1))))
              .build();
      SimulatedGuest web = datacenter.guest("web");
      web.start();
      datacenter.advance(MINUTE);
      assertEquals(List.of(BROKEN), Lab.codes(web.events()), "seed " + seed);
      assertFalse(web.isActivated());
      assertEquals(List.of(Hresult.OK), onHost(datacenter));
      datacenter.advance(Duration.ofMinutes(10));
      assertTrue(web.isActivated(), "the rule struck once");
    }
  }

  @Test
  void aDamagedRequestIsIgnoredOrAnsweredForAnotherNonce() throws Exception {
    int ignored = 0;
    int answered = 0;
    for (int seed = 0; seed < 40; seed++) {
      SimulatedDatacenter datacenter =
          Lab.builder()
              .seed(seed)
              .faults(FaultPlan.of(once(FaultPoint.REQUEST, new Fault.Damaged(1))))
              .build();
      datacenter.guest("web").start();
      datacenter.advance(MINUTE);
      assertFalse(datacenter.guest("web").isActivated());
      if (onHost(datacenter).isEmpty()) {
        ignored++;
        assertEquals(1, Lab.count(datacenter, What.REQUEST_IGNORED));
        assertEquals(List.of(SILENT), inGuest(datacenter));
      } else {
        answered++;
        assertEquals(List.of(BROKEN), inGuest(datacenter));
      }
    }
    assertTrue(ignored > answered && answered > 0, ignored + " ignored, " + answered);
  }

  @Test
  void aHostThatHangsAnswersNobodyUntilItsTimeIsOver() throws Exception {
    SimulatedDatacenter datacenter =
        started(once(FaultPoint.HOST, new Fault.Hung(Duration.ofMinutes(10))));
    datacenter.guest("web").migrateTo(datacenter.host("node-2"));
    SimulatedGuest late = datacenter.host("node-1").create("late", Lab.GUEST, Lab.KEY);
    late.start();
    datacenter.advance(Duration.ofMinutes(2));
    assertEquals(List.of(SILENT), Lab.codes(late.events()), "the rule is over, the hang is not");
    datacenter.advance(Duration.ofHours(1));
    assertTrue(late.isActivated());
  }

  @Test
  void theRequestThatMeetsAHangIsTheFirstWithoutAnAnswer() throws Exception {
    SimulatedDatacenter datacenter = started(once(FaultPoint.HOST, new Fault.Hung(Duration.ZERO)));
    assertEquals(List.of(), onHost(datacenter));
    assertEquals(List.of(SILENT), inGuest(datacenter));
  }

  @Test
  void aThrottlingHostSaysSoUnlessItAnswersNobody() throws Exception {
    FaultRule busy = once(FaultPoint.HOST, new Fault.Throttling(Duration.ofMinutes(10)));
    SimulatedDatacenter datacenter = started(busy);
    assertEquals(List.of(Hresult.THROTTLED), onHost(datacenter));
    assertEquals(List.of(Hresult.THROTTLED), inGuest(datacenter));
    datacenter.advance(Duration.ofHours(1));
    assertEquals(Hresult.OK, onHost(datacenter).get(onHost(datacenter).size() - 1));
    assertEquals(
        2,
        onHost(datacenter).stream().filter(Hresult.THROTTLED::equals).count(),
        "at the start and five minutes later");

    SimulatedDatacenter silent =
        SimulatedDatacenter.builder()
            .host("x", HostProfile.builder().platform(HostPlatform.OTHER_HYPERVISOR).build())
            .guest("web", "x", Lab.GUEST, Lab.KEY)
            .faults(FaultPlan.of(busy))
            .build();
    silent.guest("web").start();
    silent.advance(MINUTE);
    assertEquals(List.of(SILENT), inGuest(silent));
    assertEquals(List.of(), Lab.codes(silent.host("x").events()));
  }

  @Test
  void aRestartingHostTakesItsGuestsWithIt() throws Exception {
    SimulatedDatacenter datacenter =
        Lab.with(once(FaultPoint.HOST, new Fault.Restarting(MINUTE)).onHosts("solo"));
    SimulatedGuest db = datacenter.guest("db");
    db.start();
    datacenter.advance(Duration.ofMillis(5));
    assertFalse(db.isRunning());
    assertFalse(datacenter.host("solo").isUp());
    datacenter.advance(MINUTE.plusMillis(10));
    assertTrue(db.isActivated());
    assertEquals(
        List.of(
            What.STARTED,
            What.REQUEST_SENT,
            What.FAULT,
            What.CRASHED,
            What.MESSAGE_LOST,
            What.STARTED,
            What.REQUEST_SENT,
            What.OUTCOME),
        Lab.story(datacenter, "db"));
  }

  @Test
  void itemsAreLostCutOrTamperedWithOnTheirWay() throws Exception {
    assertEquals(List.of(), items(started(rule(FaultPoint.GUEST_ITEMS, new Fault.Lost()))));
    for (KvpItem item : items(started(rule(FaultPoint.GUEST_ITEMS, new Fault.Truncated(3))))) {
      assertEquals(3, item.value().length());
    }
    List<KvpItem> tampered =
        items(started(rule(FaultPoint.GUEST_ITEMS, new Fault.Tampered("licensed"))));
    assertEquals(4, tampered.size());
    for (KvpItem item : tampered) {
      assertEquals("licensed", item.value());
    }
    SimulatedDatacenter emoji = started(rule(FaultPoint.GUEST_ITEMS, new Fault.Truncated(2)));
    emoji.guest("web").pools().putAll(KvpPool.GUEST, List.of(new KvpItem("face", "a\uD83D\uDE00")));
    assertTrue(items(emoji).contains(new KvpItem("face", "a")), "no half a character");
  }

  private static List<KvpItem> items(SimulatedDatacenter datacenter) throws TransportException {
    return datacenter.guest("web").pools().read(KvpPool.GUEST).items();
  }

  @Test
  void staleItemsComeLateAsTheyWereWritten() throws Exception {
    SimulatedDatacenter datacenter =
        Lab.with(rule(FaultPoint.GUEST_ITEMS, new Fault.Stale(MINUTE)));
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    List<KvpItem> mine = new ArrayList<>(List.of(new KvpItem("load", "12 %")));
    web.pools().putAll(KvpPool.GUEST, mine);
    mine.set(0, new KvpItem("load", "99 %")); // the caller's list is the caller's
    datacenter.advance(MINUTE.minusNanos(1));
    assertEquals(List.of(), items(datacenter));
    String digest = datacenter.trace().digest();
    datacenter.advance(Duration.ofNanos(1));
    assertEquals(List.of(new KvpItem("load", "12 %")), items(datacenter));
    assertNotEquals(digest, datacenter.trace().digest(), "what a tool reads is in the digest");
    datacenter.advance(MINUTE);
    assertEquals(5, items(datacenter).size(), "those of AVMA came late as well");
  }

  @Test
  void whatIsCutAndLateComesLateAndCut() throws Exception {
    SimulatedDatacenter datacenter =
        Lab.with(
            rule(FaultPoint.GUEST_ITEMS, new Fault.Stale(MINUTE)),
            rule(FaultPoint.GUEST_ITEMS, new Fault.Truncated(2)));
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    web.pools().putAll(KvpPool.GUEST, List.of(new KvpItem("load", "12 %")));
    datacenter.advance(MINUTE);
    assertEquals(List.of(new KvpItem("load", "12")), items(datacenter));
  }

  @Test
  void itemsThatAreHeldUpAreForgottenWhenTheGuestStops() throws Exception {
    SimulatedDatacenter datacenter =
        Lab.with(rule(FaultPoint.GUEST_ITEMS, new Fault.Stale(MINUTE)));
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    web.pools().putAll(KvpPool.GUEST, List.of(new KvpItem("load", "12 %")));
    web.stop();
    web.start();
    datacenter.advance(MINUTE);
    assertFalse(items(datacenter).contains(new KvpItem("load", "12 %")));
  }

  @Test
  void aFaultStrikesOnlyAtItsPoint() throws Exception {
    SimulatedDatacenter clean = started();
    for (FaultPoint point : FaultPoint.values()) {
      Fault harmless =
          switch (point) {
            case REQUEST, RESPONSE -> new Fault.Delayed(new Delay.Fixed(Duration.ZERO));
            case HOST -> new Fault.Throttling(Duration.ZERO);
            case GUEST_ITEMS -> new Fault.Truncated(1_000);
            case GUEST_LOG, HOST_LOG -> new Fault.Lost();
            case MIGRATION -> new Fault.Interrupted();
          };
      SimulatedDatacenter datacenter =
          started(FaultRule.of("here", point, harmless).onHosts("node-?").onGuests("w*"));
      long struck = Lab.count(datacenter, What.FAULT);
      assertEquals(point == FaultPoint.MIGRATION ? 0 : 1, struck, point::label);
      assertEquals(clean.trace().count() + struck, datacenter.trace().count(), point::label);
      datacenter.guest("db").start();
      datacenter.advance(SECOND);
      assertEquals(struck, Lab.count(datacenter, What.FAULT), "another guest, another host");
    }
  }

  @Test
  void healingEndsWhatFaultsDidAndNoRuleStrikesAgain() throws Exception {
    SimulatedDatacenter datacenter =
        started(
            rule(FaultPoint.RESPONSE, new Fault.Lost()),
            FaultRule.of("hangs", FaultPoint.HOST, new Fault.Hung(Duration.ofDays(300)))
                .skipping(1));
    datacenter.advance(Duration.ofHours(1));
    datacenter.host("solo").fail();
    assertThrows(TransportException.class, datacenter.host("node-1")::profile);
    datacenter.heal();
    long struck = Lab.count(datacenter, What.FAULT);
    assertTrue(datacenter.host("solo").isUp());
    datacenter.guest("db").start();
    datacenter.advance(Duration.ofHours(3));
    assertTrue(datacenter.guest("web").isActivated());
    assertTrue(datacenter.guest("db").isActivated());
    assertEquals(struck, Lab.count(datacenter, What.FAULT));
    assertEquals(1, Lab.count(datacenter, What.HEALED));
  }
}
