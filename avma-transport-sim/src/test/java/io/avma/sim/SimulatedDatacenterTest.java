package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationOutcome;
import io.avma.activation.ActivationTerms;
import io.avma.activation.Rejected;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.VmExtractor;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.GuestClaims;
import io.avma.kvp.HostFacts;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.tracking.LedgerTerms;
import io.avma.tracking.LicenseLedger;
import io.avma.tracking.Observation;
import io.avma.tracking.Observer;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class SimulatedDatacenterTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Hresult MISMATCH = new Hresult(0xC004F069);
  private static final GuestProfile GUEST =
      GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);

  private static AvmaKey key(WindowsRelease release, Edition edition) {
    return KeyCatalog.standard().find(release, edition).orElseThrow();
  }

  private static DatacenterBuilder twoHosts() {
    return SimulatedDatacenter.builder()
        .seed(7)
        .host("good", HostProfile.datacenter(WindowsRelease.WS_2022))
        .host("other", HostProfile.datacenter(WindowsRelease.WS_2022))
        .host(
            "dark",
            HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder()
                .activated(Ternary.NO)
                .build())
        .guest("web", "good", GUEST, key(WindowsRelease.WS_2019, Edition.STANDARD));
  }

  private static List<Hresult> codes(EventSource source) throws TransportException {
    List<Hresult> codes = new ArrayList<>();
    for (WindowsEvent event :
        source.read(EventBookmark.start(), EventFilter.activations(), 1_000).events()) {
      codes.add(ActivationLogEntry.of(event).orElseThrow().result().orElseThrow());
    }
    return codes;
  }

  @Test
  void aGuestIsActivatedWhenItStarts() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    assertFalse(web.isActivated(), "the answer is still under way");
    datacenter.advance(MINUTE);
    assertTrue(web.isActivated());
    assertEquals(1, web.license().licenseStatusNumber());
    assertEquals(Optional.of("good.invalid"), web.license().activatedBy());
    assertEquals(List.of(Hresult.OK), codes(web.events()));
    assertEquals(List.of(Hresult.OK), codes(datacenter.host("good").events()));
    assertEquals(List.of(), codes(datacenter.host("dark").events()));
  }

  @Test
  void theHostsLogNamesTheVmInOurOwnForm() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    datacenter.guest("web").start();
    datacenter.advance(MINUTE);
    WindowsEvent event =
        datacenter
            .host("good")
            .events()
            .read(EventBookmark.start(), EventFilter.all(), 1)
            .events()
            .get(0);
    assertEquals(Optional.of("good.invalid"), event.computer());
    ActivationLogEntry entry = ActivationLogEntry.of(event).orElseThrow();
    assertEquals(
        Optional.of(datacenter.guest("web").vm()),
        entry.vm(VmExtractor.firstGuid()).orElseThrow().id());
    assertTrue(entry.detail().orElseThrow().startsWith("simulated"));
  }

  @Test
  void anActivationIsRenewedBeforeItEnds() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    for (int day = 0; day < 60; day++) {
      datacenter.advance(Duration.ofDays(1));
      assertTrue(web.isActivated(), "day " + day);
    }
    assertTrue(codes(web.events()).size() > 5, "renewals");
    assertEquals(codes(web.events()), codes(datacenter.host("good").events()));
  }

  @Test
  void aGuestOfAHostThatLostItsLicenceIsActivatedUntilItsTimeIsOver() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    Duration left = web.license().remaining().orElseThrow();
    datacenter.host("good").setActivated(false);
    datacenter.advance(left.minus(MINUTE));
    assertTrue(web.isActivated());
    datacenter.advance(MINUTE.multipliedBy(2));
    assertFalse(web.isActivated());
    assertTrue(codes(web.events()).contains(Hresult.HOST_NOT_ACTIVATED));

    datacenter.host("good").setActivated(true);
    datacenter.advance(Duration.ofDays(2));
    assertTrue(web.isActivated(), "it tries again and succeeds");
  }

  @Test
  void liveMigrationKeepsTheActivationAndTheNextRequestGoesToTheNewHost() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    assertEquals(
        Optional.of("good.invalid"),
        HostFacts.of(factsOf(web)).physicalHostNameFullyQualified().map(id -> id.value()));

    web.migrateTo(datacenter.host("other"));
    assertTrue(web.isActivated());
    assertEquals("other", web.host().name());
    assertEquals(
        Optional.of("other.invalid"),
        HostFacts.of(factsOf(web)).physicalHostNameFullyQualified().map(id -> id.value()));
    assertFalse(web.pools().read(KvpPool.GUEST).items().isEmpty(), "its items travel along");

    datacenter.advance(Duration.ofDays(10));
    assertTrue(web.isActivated());
    assertEquals(List.of(Hresult.OK), codes(datacenter.host("good").events()));
    assertFalse(codes(datacenter.host("other").events()).isEmpty());
  }

  @Test
  void liveMigrationOntoABadNodeFailsOnlyWhenTheActivationIsDue() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    web.migrateTo(datacenter.host("dark"));
    datacenter.advance(Duration.ofDays(5));
    assertTrue(web.isActivated());
    datacenter.advance(Duration.ofDays(5));
    assertFalse(web.isActivated());
    assertTrue(codes(datacenter.host("dark").events()).contains(Hresult.HOST_NOT_ACTIVATED));
  }

  @Test
  void aRequestThatIsUnderWayDuringLiveMigrationIsLostAndAskedAgain() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    web.migrateTo(datacenter.host("other"));
    datacenter.advance(Duration.ofDays(1));
    assertTrue(web.isActivated());
    assertEquals(List.of(), codes(datacenter.host("good").events()));
    assertEquals(List.of(Hresult.OK), codes(datacenter.host("other").events()));
    assertTrue(
        datacenter.trace().entries().stream()
            .anyMatch(entry -> entry.what() == TraceEntry.What.MESSAGE_LOST));
  }

  @Test
  void withoutDataExchangeNobodyAnswersAndTheHostLearnsNothing() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.setDataExchange(false);
    web.start();
    datacenter.advance(Duration.ofHours(1));
    assertFalse(web.isActivated());
    assertEquals(
        Optional.of(ActivationOutcome.Kind.INVALID_HOST),
        web.activation().lastOutcome().map(ActivationOutcome::kind));
    VmReading.Read reading = reading(datacenter.host("good"));
    assertEquals(Ternary.NO, reading.facts().dataExchange());
    assertTrue(reading.snapshot().isEmpty());
    assertTrue(web.vmId().isEmpty(), "nobody has told it");

    web.setDataExchange(true);
    datacenter.advance(Duration.ofDays(1));
    assertTrue(web.isActivated());
    assertEquals(Optional.of(web.vm()), web.vmId());
    GuestClaims claims = GuestClaims.of(reading(datacenter.host("good")).snapshot());
    assertEquals(Optional.of("web.invalid"), claims.hostName());
    assertTrue(claims.problems().isEmpty(), () -> claims.problems().toString());
  }

  @Test
  void aKeyOfAnotherChannelEndsAvmaAndLeavesItsItemsBehind() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    web.installOther(LicenseChannel.KMS_CLIENT, "J464C");
    assertFalse(web.isActivated());
    assertEquals(LicenseChannel.KMS_CLIENT, web.license().channel());
    assertEquals(Optional.of("J464C"), web.license().partialProductKey());
    assertFalse(web.pools().read(KvpPool.GUEST).items().isEmpty());
    assertTrue(web.removeActivationItems());
    assertTrue(web.pools().read(KvpPool.GUEST).items().isEmpty());
    assertFalse(web.removeActivationItems());
  }

  @Test
  void windowsRefusesAKeyOfAnotherReleaseOrEdition() {
    SimulatedDatacenter datacenter =
        twoHosts()
            .guest("wrong", "good", GUEST, key(WindowsRelease.WS_2022, Edition.STANDARD))
            .guest(
                "trial",
                "good",
                GuestProfile.of(
                    new GuestSystem.WindowsServer(
                        WindowsRelease.WS_2019, Edition.STANDARD, Ternary.YES)))
            .build();
    SimulatedGuest wrong = datacenter.guest("wrong");
    wrong.start();
    datacenter.advance(Duration.ofDays(1));
    assertFalse(wrong.isActivated());
    assertEquals(
        new KeyAnswer.WrongProduct(),
        wrong.install(key(WindowsRelease.WS_2019, Edition.DATACENTER)));
    assertEquals(
        new KeyAnswer.WrongProduct(),
        datacenter.guest("trial").install(key(WindowsRelease.WS_2019, Edition.STANDARD)));
    assertEquals(MISMATCH, new KeyAnswer.WrongProduct().code());
    assertTrue(wrong.install(key(WindowsRelease.WS_2019, Edition.STANDARD)).isInstalled());
    datacenter.advance(MINUTE);
    assertTrue(wrong.isActivated());
  }

  @Test
  void nobodyInstallsAKeyInASavedGuest() {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    web.save();
    KeyAnswer answer = web.install(key(WindowsRelease.WS_2019, Edition.STANDARD));
    assertEquals(Rejected.Reason.NOT_RUNNING, ((KeyAnswer.NotPossible) answer).why().reason());
    assertFalse(answer.isInstalled());
    assertTrue(web.installOther(LicenseChannel.MAK, "ABCDE").isPresent());
    for (TraceEntry entry : datacenter.trace().entries()) {
      assertFalse(
          entry.what() == TraceEntry.What.KEY_INSTALLED
              || entry.what() == TraceEntry.What.OTHER_KEY_INSTALLED,
          entry::toString);
    }
  }

  @Test
  void withinAGuestThatDoesNotRunThereIsNobodyToAsk() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    EventSource log = web.events();
    web.stop();
    List<Executable> calls =
        List.of(
            () -> web.license().toString(),
            () -> web.vmId().toString(),
            () -> web.events().close(),
            () -> web.pools().read(KvpPool.GUEST).toString(),
            () -> web.pools().put(KvpPool.GUEST, new KvpItem("a", "b")),
            () -> web.pools().remove(KvpPool.GUEST, "a"),
            () -> web.pools().watch(KvpPool.GUEST, (pool, changes) -> {}).close(),
            () -> log.read(EventBookmark.start(), EventFilter.all(), 1).toString());
    for (Executable call : calls) {
      assertEquals(
          TransportException.Reason.UNREACHABLE,
          assertThrows(TransportException.class, call).reason());
    }
    web.start();
    for (Executable call : calls) {
      assertDoesNotThrow(call);
    }
  }

  @Test
  void whatExpiredWhileTheGuestWasOffIsGivenAsTheReason() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    assertEquals(Optional.empty(), web.license().reason());
    web.stop();
    datacenter.host("good").setActivated(false);
    datacenter.advance(datacenter.terms().validity());
    web.start();
    assertEquals(5, web.license().licenseStatusNumber());
    assertEquals(Optional.of(new Hresult(0xC004F009)), web.license().reason());
    datacenter.advance(MINUTE);
    assertEquals(Optional.of(Hresult.HOST_NOT_ACTIVATED), web.license().reason());
  }

  @Test
  void startingAllStartsOnlyThoseThatAreOffByThen() {
    SimulatedDatacenter datacenter = SimulatedDatacenter.generate(FleetShape.of(1, 4), 1);
    List<SimulatedGuest> guests = datacenter.guests();
    guests.get(0).start();
    guests.get(1).start();
    guests.get(1).save();
    datacenter.advance(Duration.ofMinutes(1));
    datacenter.startAll(Duration.ofMinutes(1));
    datacenter.advance(Duration.ofMinutes(2));
    assertEquals(
        3,
        datacenter.trace().entries().stream()
            .filter(
                entry -> entry.what() == TraceEntry.What.STARTED && entry.after().toSeconds() < 240)
            .filter(entry -> !entry.machine().equals(guests.get(1).name()))
            .count());
    assertFalse(guests.get(1).isRunning());
    assertTrue(
        datacenter.trace().entries().stream()
            .noneMatch(entry -> entry.what() == TraceEntry.What.REJECTED));
    assertThrows(
        IllegalArgumentException.class, () -> datacenter.startAll(Duration.ofDays(200_000)));
  }

  @Test
  void aListenerThatMovesTheTimeIsToldThatItMayNot() throws Exception {
    SimulatedDatacenter datacenter = SimulatedDatacenter.generate(FleetShape.of(1, 1), 1);
    SimulatedGuest guest = datacenter.guests().get(0);
    guest.start();
    datacenter.advance(Duration.ofMinutes(1));
    AtomicReference<RuntimeException> refused = new AtomicReference<>();
    KvpWatch unused =
        guest
            .pools()
            .watch(
                KvpPool.GUEST,
                (pool, changes) -> {
                  try {
                    datacenter.advance(Duration.ofDays(1));
                  } catch (IllegalStateException e) {
                    refused.set(e);
                  }
                });
    datacenter.advance(Duration.ofDays(7)); // the renewal publishes anew
    assertTrue(refused.get().getMessage().contains("within an event"), refused.toString());
    assertEquals(
        SimulatedDatacenter.START.plus(Duration.ofDays(7)).plusSeconds(60), datacenter.now());
  }

  @Test
  void callsToOneListenerNeverOverlap() throws Exception {
    SimulatedDatacenter datacenter = SimulatedDatacenter.generate(FleetShape.of(1, 1), 1);
    SimulatedGuest guest = datacenter.guests().get(0);
    guest.start();
    List<String> told = new ArrayList<>();
    KvpWatch unused =
        guest
            .pools()
            .watch(
                KvpPool.GUEST,
                (pool, changes) -> {
                  told.add("from");
                  if (told.size() < 4) {
                    put(guest, "nested-" + told.size());
                  }
                  told.add("to");
                });
    put(guest, "first");
    assertEquals(List.of("from", "to", "from", "to", "from", "to"), told);
  }

  private static void put(SimulatedGuest guest, String key) {
    try {
      guest.pools().put(KvpPool.GUEST, new KvpItem(key, "value"));
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aWatchEndsWithTheGuestThatItWasMadeOf() throws Exception {
    SimulatedDatacenter datacenter = SimulatedDatacenter.generate(FleetShape.of(1, 1), 1);
    SimulatedGuest guest = datacenter.guests().get(0);
    guest.start();
    List<KvpPool> told = new ArrayList<>();
    SimulatedGuest handle = datacenter.guest(guest.name());
    KvpWatch unused = handle.pools().watch(KvpPool.GUEST, (pool, changes) -> told.add(pool));
    put(guest, "one");
    handle.close();
    put(guest, "two");
    assertEquals(List.of(KvpPool.GUEST), told);
  }

  @Test
  void whatToolsCanReadShowsInTheDigest() throws Exception {
    Set<String> digests = new HashSet<>();
    for (int variant = 0; variant < 6; variant++) {
      SimulatedDatacenter datacenter = SimulatedDatacenter.generate(FleetShape.of(1, 1), 1);
      SimulatedGuest guest = datacenter.guests().get(0);
      SimulatedHost host = datacenter.hosts().get(0);
      guest.start();
      datacenter.advance(Duration.ofMinutes(1));
      switch (variant) {
        case 1 -> put(guest, "key");
        case 2 -> host.add(guest.vm(), List.of(new KvpItem("key", "value")));
        case 3 -> host.setActivated(false);
        case 4 -> host.setActivated(true);
        case 5 -> guest.removeActivationItems();
        default -> {}
      }
      digests.add(datacenter.trace().digest());
    }
    assertEquals(6, digests.size());
  }

  @Test
  void machinesThatCouldNotBeToldApartAreRefused() {
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2022);
    GuestProfile profile = GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
    DatacenterBuilder builder =
        SimulatedDatacenter.builder().host("n1", host).guest("web", "n1", profile);
    for (String name : List.of(" ", "WEB", "n1")) {
      assertThrows(IllegalArgumentException.class, () -> builder.guest(name, "n1", profile), name);
    }
    VmId vm = new VmId(new UUID(1, 1));
    DatacenterBuilder two =
        SimulatedDatacenter.builder()
            .host("n1", host)
            .guest("web", "n1", profile)
            .guest("db", "n1", profile)
            .vmId("web", vm);
    assertThrows(IllegalArgumentException.class, () -> two.vmId("db", vm));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FleetShape(1 << 22, 1 << 21, 1 << 21, WindowsRelease.WS_2022));
  }

  @Test
  void aGeneratedFleetLooksLikeNoCopyOfAnything() throws Exception {
    SimulatedDatacenter datacenter =
        SimulatedDatacenter.generate(new FleetShape(4, 2, 5, WindowsRelease.WS_2022), 7);
    datacenter.startAll(Duration.ZERO);
    datacenter.advance(Duration.ofDays(1));
    Observer observer = Observer.simulated();
    List<Observation> all = new ArrayList<>();
    for (SimulatedHost host : datacenter.hosts()) {
      assertEquals(2, datacenter.nodes(host.cluster().orElseThrow()).size());
      host.sweep(SweepScope.everything())
          .forEach(reading -> all.addAll(observer.sweep(host.id(), reading)));
      for (WindowsEvent event : activations(host.events())) {
        observer.hostEvent(host.id(), event).ifPresent(all::add);
      }
    }
    for (SimulatedGuest guest : datacenter.guests()) {
      for (WindowsEvent event : activations(guest.events())) {
        observer.guestEvent(guest.vm(), event).ifPresent(all::add);
      }
    }
    LedgerTerms terms =
        LedgerTerms.standard().toBuilder().extractor(VmExtractor.firstGuid()).build();
    assertEquals(List.of(), LicenseLedger.of(all).view(terms).findings());
  }

  @Test
  void anAzureLocalHostActivatesByItsLicenseAlone() {
    for (Ternary activated : Ternary.values()) {
      HostProfile host =
          HostProfile.azureLocal(new AzureLocalLicense.HostKey(WindowsRelease.WS_2022)).toBuilder()
              .activated(activated)
              .build();
      GuestProfile profile = GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
      AvmaKey key =
          KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.STANDARD).orElseThrow();
      SimulatedDatacenter datacenter =
          SimulatedDatacenter.builder().host("n1", host).guest("web", "n1", profile, key).build();
      datacenter.guest("web").start();
      datacenter.advance(Duration.ofMinutes(1));
      assertTrue(datacenter.guest("web").isActivated(), activated.toString());
      datacenter.host("n1").unlicense();
      datacenter.advance(Duration.ofDays(8));
      assertFalse(datacenter.guest("web").isActivated(), activated.toString());
    }
  }

  @Test
  void askingForActivationNowAsksAtOnceAndOnlyOnce() throws Exception {
    SimulatedDatacenter datacenter = SimulatedDatacenter.generate(FleetShape.of(1, 1), 1);
    SimulatedGuest guest = datacenter.guests().get(0);
    assertTrue(guest.activateNow().isPresent(), "it is off");
    guest.start();
    datacenter.advance(Duration.ofMinutes(1));
    assertEquals(Optional.empty(), guest.activateNow());
    assertTrue(guest.activateNow().isPresent(), "a request is under way");
    datacenter.advance(Duration.ofMinutes(1));
    assertEquals(2, activations(guest.host().events()).size());
  }

  private static ImmutableList<WindowsEvent> activations(EventSource source)
      throws TransportException {
    return source.read(EventBookmark.start(), EventFilter.activations(), 1_000).events();
  }

  @Test
  void noGuestMovesToAnotherDataCentre() {
    SimulatedGuest web = twoHosts().build().guest("web");
    SimulatedHost elsewhere = twoHosts().build().host("good");
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> web.migrateTo(elsewhere));
    assertEquals("good is a host of another data centre than web", refused.getMessage());
    assertEquals("good", web.host().name());
  }

  @Test
  void aTraceThatIsOffHasNoDigest() {
    Trace trace = twoHosts().traceCapacity(0).build().trace();
    assertThrows(IllegalStateException.class, trace::digest);
    assertEquals("off", trace.toString());
  }

  @Test
  void aBusyHostThrottles() throws Exception {
    ActivationTerms terms = ActivationTerms.builder().throttle(2, Duration.ofHours(1)).build();
    DatacenterBuilder builder = twoHosts().terms(terms);
    for (int i = 0; i < 4; i++) {
      builder.guest("g" + i, "other", GUEST, key(WindowsRelease.WS_2019, Edition.STANDARD));
    }
    SimulatedDatacenter datacenter = builder.build();
    datacenter.startAll(Duration.ZERO);
    datacenter.advance(MINUTE);
    assertEquals(
        List.of(Hresult.OK, Hresult.OK, Hresult.THROTTLED, Hresult.THROTTLED),
        codes(datacenter.host("other").events()));
    datacenter.advance(Duration.ofDays(1));
    for (int i = 0; i < 4; i++) {
      assertTrue(datacenter.guest("g" + i).isActivated(), "g" + i);
    }
  }

  @Test
  void hostItemsReachARunningGuestAndItsWatcher() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    SimulatedHost host = datacenter.host("good");
    List<PoolChange> seen = new ArrayList<>();
    host.add(web.vm(), List.of(new KvpItem("role", "front")));
    web.start();
    assertEquals(List.of(new KvpItem("role", "front")), web.pools().read(KvpPool.EXTERNAL).items());
    KvpWatch watch = web.pools().watch(KvpPool.EXTERNAL, (pool, changes) -> seen.addAll(changes));
    host.modify(web.vm(), List.of(new KvpItem("role", "back")));
    host.remove(web.vm(), List.of("role"));
    watch.close();
    host.add(web.vm(), List.of(new KvpItem("role", "unseen")));
    assertEquals(
        List.of(
            new PoolChange.Changed(new KvpItem("role", "front"), new KvpItem("role", "back")),
            new PoolChange.Removed(new KvpItem("role", "back"))),
        seen);
    assertThrows(
        TransportException.class, () -> host.add(web.vm(), List.of(new KvpItem("role", "x"))));
    assertThrows(
        TransportException.class, () -> host.modify(web.vm(), List.of(new KvpItem("no", "x"))));
    host.remove(web.vm(), List.of("no"));
  }

  @Test
  void aLogThatWrapsShowsAGap() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().logCapacity(3, 3).build();
    datacenter.guest("web").start();
    datacenter.advance(MINUTE);
    EventSource log = datacenter.host("good").events();
    EventBookmark bookmark = log.read(EventBookmark.start(), EventFilter.all(), 10).next();
    datacenter.advance(Duration.ofDays(70));
    var batch = log.read(bookmark, EventFilter.all(), 10);
    assertEquals(3, batch.events().size());
    assertEquals(1, batch.gaps().size());
    assertEquals(EventGap.Kind.MISSING_RECORDS, batch.gaps().get(0).kind());
    assertTrue(log.read(batch.next(), EventFilter.all(), 10).events().isEmpty());
  }

  @Test
  void readingInSmallStepsReturnsEveryEventOnce() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    datacenter.guest("web").start();
    datacenter.advance(Duration.ofDays(100));
    EventSource log = datacenter.host("good").events();
    List<WindowsEvent> whole = log.read(EventBookmark.start(), EventFilter.all(), 1_000).events();
    List<WindowsEvent> steps = new ArrayList<>();
    EventBookmark bookmark = EventBookmark.start();
    boolean atEnd = false;
    while (!atEnd) {
      var batch = log.read(bookmark, EventFilter.all(), 1);
      steps.addAll(batch.events());
      bookmark = batch.next();
      atEnd = batch.atEnd() && batch.events().isEmpty();
    }
    assertEquals(whole, steps);
  }

  @Test
  void anotherThreadIsTurnedAwayAndAClosedHandleSaysSo() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedHost host = datacenter.host("good");
    List<Throwable> caught = new ArrayList<>();
    Thread other =
        new Thread(
            () -> caught.add(assertThrows(IllegalStateException.class, host::profile)), "other");
    other.start();
    other.join();
    assertTrue(caught.get(0).getMessage().contains("other"), caught.get(0).getMessage());
    EventSource events = host.events();
    host.close();
    host.close();
    assertThrows(IllegalStateException.class, host::profile);
    assertThrows(
        IllegalStateException.class,
        () -> events.read(EventBookmark.start(), EventFilter.all(), 1));
    assertEquals(
        WindowsRelease.WS_2022, datacenter.host("good").trueProfile().release().orElseThrow());
  }

  @Test
  void aLinuxGuestHasNoLicenceAndNoWindowsLog() {
    SimulatedDatacenter datacenter =
        twoHosts()
            .guest("db", "good", GuestProfile.of(new GuestSystem.NotWindows("Debian GNU/Linux")))
            .build();
    SimulatedGuest db = datacenter.guest("db");
    db.start();
    datacenter.advance(MINUTE);
    assertThrows(UnsupportedOperationException.class, db::license);
    assertThrows(UnsupportedOperationException.class, db::events);
    assertEquals(10, read(db, KvpPool.AUTO).size());
  }

  @Test
  void identifiersDependOnSeedAndNameAlone() {
    VmId first = twoHosts().build().guest("web").vm();
    VmId second = twoHosts().guest("more", "good", GUEST).build().guest("web").vm();
    assertEquals(first, second);
    assertFalse(first.equals(twoHosts().seed(8).build().guest("web").vm()));
  }

  @Test
  void aVmThatIsElsewhereIsUnreadableAndHidesNobody() throws Exception {
    SimulatedDatacenter datacenter = twoHosts().build();
    SimulatedGuest web = datacenter.guest("web");
    VmId stranger = VmId.parse("11111111-2222-3333-4444-555555555555").orElseThrow();
    ImmutableList<VmReading> readings =
        datacenter.host("good").sweep(SweepScope.of(web.vm(), stranger));
    assertEquals(2, readings.size());
    assertEquals(1, readings.stream().filter(VmReading.Unreadable.class::isInstance).count());
  }

  private static ImmutableList<KvpItem> read(SimulatedGuest guest, KvpPool pool) {
    try {
      return guest.pools().read(pool).items();
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  private static KvpSnapshot factsOf(SimulatedGuest guest) {
    return KvpSnapshot.builder()
        .items(KvpSource.HOST_FACTS, read(guest, KvpPool.AUTO_EXTERNAL))
        .build();
  }

  private static VmReading.Read reading(SimulatedHost host) {
    try {
      return (VmReading.Read) host.sweep(SweepScope.everything()).get(0);
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }
}
