package io.avma.testkit.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationTerms;
import io.avma.activation.AvmaId;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulationListener;
import io.avma.sim.TraceEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What can be built, how time passes, and what may be done from within an event. */
class DatacenterRulesTest {
  private static final GuestProfile SYSTEM =
      GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
  private static final AvmaKey KEY =
      KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.STANDARD).orElseThrow();
  private static final HostProfile HOST = HostProfile.datacenter(WindowsRelease.WS_2022);
  private static final Duration DAY = Duration.ofDays(1);

  private static DatacenterBuilder small() {
    return SimulatedDatacenter.builder().host("h1", HOST).guest("web", "h1", SYSTEM, KEY);
  }

  private static void isIllegal(String part, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  private static void isIllegalNow(String part, Executable call) {
    String message = assertThrows(IllegalStateException.class, call).getMessage();
    assertTrue(message.contains(part), message);
  }

  // Building.

  @Test
  void namesAndComputerNamesAreGivenOnce() {
    isIllegal("a guest without a name", () -> small().guest(" ", "h1", SYSTEM));
    isIllegal("second guest 'web'", () -> small().guest("web", "h1", SYSTEM));
    isIllegal("gets the computer name web", () -> small().guest("WEB", "h1", SYSTEM));
    isIllegal("gets the computer name h1", () -> small().guest("h1", "h1", SYSTEM));
    isIllegal("second guest 'cluster-1/host-1/vm-2'", () -> fleet().guest(vm(2), "h1", SYSTEM));
    fleet().guest(vm(3), "h1", SYSTEM); // only two are generated
    isIllegal(
        "second guest 'cluster-1/host-1/vm-1'",
        () ->
            SimulatedDatacenter.builder()
                .host("h1", HOST)
                .guest("cluster-1/host-1/vm-1", "h1", SYSTEM)
                .generate(FleetShape.of(1, 2)));
    isIllegal(
        "second guest 'cluster-1/host-1/vm-2'",
        () ->
            SimulatedDatacenter.builder()
                .host("h1", HOST)
                .guest("cluster-1/host-1/vm-2", "h1", SYSTEM)
                .generate(FleetShape.of(1, 2)));
    isIllegal(
        "gets the computer name",
        () ->
            SimulatedDatacenter.builder()
                .host("h1", HOST)
                .guest("CLUSTER-1/host-1/vm-2", "h1", SYSTEM)
                .generate(FleetShape.of(1, 2)));
  }

  private static DatacenterBuilder fleet() {
    return SimulatedDatacenter.builder().host("h1", HOST).generate(FleetShape.of(1, 2));
  }

  private static String vm(int number) {
    return "cluster-1/host-1/vm-" + number;
  }

  @Test
  void generatedGuestsAreFoundByNameBesideThoseThatWereGiven() {
    SimulatedDatacenter all =
        SimulatedDatacenter.builder()
            .host("h0", HOST)
            .guest("first", "h0", SYSTEM)
            .generate(new FleetShape(2, 2, 3, WindowsRelease.WS_2022))
            .guest("last", "cluster-2/host-2", SYSTEM)
            .build();
    assertEquals(14, all.guests().size());
    assertEquals(5, all.hosts().size());
    for (int i = 0; i < all.guests().size(); i++) {
      SimulatedGuest guest = all.guests().get(i);
      assertEquals(guest.vm(), all.guest(guest.name()).vm());
      assertTrue(guest.host().guests().stream().anyMatch(g -> g.vm().equals(guest.vm())));
    }
    assertEquals("cluster-1/host-1/vm-1", all.guests().get(1).name());
    assertEquals("cluster-2/host-2/vm-3", all.guests().get(12).name());
    assertEquals("cluster-2/host-2", all.guests().get(12).host().name());
    assertEquals("last", all.guests().get(13).name());
    for (String none :
        ImmutableList.of(
            "cluster-1/host-1/vm-0",
            "cluster-1/host-1/vm-4",
            "cluster-1/host-1/vm-01",
            "cluster-1/host-1/vm-+1",
            "cluster-1/host-1/vm-",
            "cluster-1/host-1/vm-4294967297",
            "cluster-1/host-3/vm-1",
            "h0/vm-1",
            "cluster-1/host-1")) {
      assertTrue(!all.hasGuest(none), none);
      isIllegal("no guest '" + none + "' (there are 14)", () -> all.guest(none));
    }
    isIllegal("no host 'web' (there are 5)", () -> all.host("web"));
  }

  @Test
  void whatIsOutOfRangeIsRefusedAndTheEndsAreTaken() {
    DatacenterBuilder builder = SimulatedDatacenter.builder();
    isIllegal("message delay", () -> builder.messageDelay(Duration.ofNanos(-1)));
    isIllegal("message delay", () -> builder.messageDelay(DAY.plusNanos(1)));
    isIllegal("log capacities", () -> builder.logCapacity(0, 1));
    isIllegal("log capacities", () -> builder.logCapacity(1, 0));
    isIllegal("log capacities", () -> builder.logCapacity(1 << 24, 1));
    isIllegal("log capacities", () -> builder.logCapacity(1, 1 << 24));
    isIllegal("trace capacity", () -> builder.traceCapacity(-1));
    builder.messageDelay(DAY).messageDelay(Duration.ZERO);
    builder.logCapacity((1 << 24) - 1, (1 << 24) - 1).logCapacity(1, 1);
    SimulatedDatacenter all = builder.traceCapacity(0).host("h1", HOST).build();
    isIllegalNow("this builder has built its data centre", builder::build);
    isIllegalNow("the trace is off", () -> all.trace().digest());
    assertEquals("off", all.trace().toString());
    assertEquals(100_000_000, FleetShape.of(1, 100_000_000).guestsPerHost());
    isIllegal("at most 100,000,000 guests", () -> FleetShape.of(1, 100_000_001));
    isIllegal("at most 100,000,000 guests", () -> FleetShape.of(100_000_001, 0));
  }

  @Test
  void keysRulesAndTermsAreThoseThatWereSaid() {
    AvmaKey azure =
        KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.AZURE_EDITION).orElseThrow();
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2022, Edition.AZURE_EDITION);
    CompatibilityMatrix lenient =
        CompatibilityMatrix.standard().withAzureEditionOnWindowsServer(true);
    for (boolean allowed : new boolean[] {false, true}) {
      SimulatedDatacenter all =
          SimulatedDatacenter.builder()
              .catalog(KeyCatalog.standard())
              .matrix(allowed ? lenient : CompatibilityMatrix.standard())
              .terms(ActivationTerms.brisk())
              .host("h1", HOST)
              .guest("azure", "h1", guest, azure)
              .build();
      all.guest("azure").start();
      all.advance(Duration.ofSeconds(1));
      assertEquals(allowed, all.guest("azure").isActivated());
      assertEquals(ActivationTerms.brisk(), all.terms());
      assertEquals(AvmaId.of(azure), all.guest("azure").activation().avmaId().orElseThrow());
      // In place, the host follows the same rules.
      all.host("h1").setActivated(false);
      all.host("h1").setActivated(true);
      all.guest("azure").activateNow();
      all.advance(Duration.ofSeconds(1));
      assertEquals(allowed, all.guest("azure").isActivated());
    }
  }

  @Test
  void whoeverWantsToIsToldWhenItIsBuilt() {
    List<String> told = new ArrayList<>();
    Consumer<SimulatedDatacenter> first = all -> told.add("first " + all.guests().size());
    SimulatedDatacenter built =
        small().whenBuilt(first).whenBuilt(all -> told.add("second " + all.now())).build();
    assertEquals(ImmutableList.of("first 1", "second " + built.now()), told);
  }

  @Test
  void identifiersAreTheGuestsOwn() {
    VmId vm = new VmId(new UUID(1, 2));
    DatacenterBuilder builder = small().guest("db", "h1", SYSTEM).vmId("web", vm).vmId("web", vm);
    isIllegal("which another guest has", () -> builder.vmId("db", vm));
    isIllegal("no guest 'dB'", () -> builder.vmId("dB", vm));
    SimulatedDatacenter all = builder.build();
    assertEquals(vm, all.guest("web").vm());
    assertNotEquals(vm, all.guest("db").vm());
    // Of one seed they are the same each time, and of another others.
    assertEquals(small().build().guest("web").vm(), small().build().guest("web").vm());
    assertNotEquals(small().build().guest("web").vm(), small().seed(1).build().guest("web").vm());
    assertEquals(8, small().build().guest("web").vm().value().version());
    assertEquals(2, small().build().guest("web").vm().value().variant());
  }

  // Time.

  @Test
  void timePassesForwardOnlyAndEnds() {
    SimulatedDatacenter all = small().build();
    Instant end = SimulatedDatacenter.START.plus(Duration.ofDays(36_500));
    assertEquals(SimulatedDatacenter.START, all.now());
    all.advance(Duration.ofNanos(7));
    assertEquals(SimulatedDatacenter.START.plusNanos(7), all.now());
    isIllegal("cannot advance to", () -> all.advance(Duration.ofNanos(-1)));
    isIllegal("cannot advance to", () -> all.advanceTo(end.plusNanos(1)));
    isIllegal("spread is PT-", () -> all.startAll(Duration.ofNanos(-1)));
    isIllegal("spread is", () -> all.startAll(Duration.ofDays(36_500).plusNanos(1)));
    all.advanceTo(end);
    assertEquals(end, all.now());
    all.guest("web").start(); // what it plans would come after the end
    all.advance(Duration.ZERO);
    assertEquals(end, all.now());
  }

  @Test
  void guestsStartOneAfterTheOther() {
    SimulatedDatacenter all =
        SimulatedDatacenter.generate(new FleetShape(1, 1, 4, WindowsRelease.WS_2022), 3);
    all.startAll(Duration.ofMinutes(4));
    for (int minute = 0; minute < 4; minute++) {
      long running = all.guests().stream().filter(SimulatedGuest::isRunning).count();
      assertEquals(minute, running);
      all.advanceTo(SimulatedDatacenter.START.plus(Duration.ofMinutes(minute)));
    }
    assertEquals(
        ImmutableList.of(0L, 60L, 120L, 180L),
        all.trace().entries().stream()
            .filter(entry -> entry.what() == TraceEntry.What.STARTED)
            .map(entry -> entry.after().toSeconds())
            .toList());
    SimulatedDatacenter twoGuests = small().guest("db", "h1", SYSTEM, KEY).build();
    twoGuests.guest("db").start();
    twoGuests.startAll(Duration.ZERO);
    twoGuests.advance(Duration.ZERO);
    assertTrue(twoGuests.guest("web").isRunning());
    assertEquals(
        2,
        twoGuests.trace().entries().stream()
            .filter(entry -> entry.what() == TraceEntry.What.STARTED)
            .count(),
        "who runs is not booted again");
  }

  // Forks and traces.

  @Test
  void aForkGoesOnAsItsOriginalAndNeitherChangesTheOther() {
    SimulatedDatacenter all = SimulatedDatacenter.generate(FleetShape.of(2, 10), 5);
    all.startAll(Duration.ofHours(1));
    all.advance(Duration.ofMinutes(30));
    SimulatedDatacenter fork = all.fork();
    SimulatedDatacenter.Snapshot snapshot = all.snapshot();
    String then = all.trace().digest();
    assertEquals(then, fork.trace().digest());
    assertEquals(all.now(), snapshot.takenAt());
    assertEquals("Snapshot[" + all.now() + ", guests 20]", snapshot.toString());
    fork.advance(DAY);
    fork.host("cluster-1/host-1").fail();
    assertEquals(then, all.trace().digest());
    all.advance(DAY);
    SimulatedDatacenter opened = snapshot.open();
    assertEquals(then, opened.trace().digest());
    opened.advance(DAY);
    assertEquals(all.trace().digest(), opened.trace().digest());
    assertEquals(all.eventCount(), opened.eventCount());
    assertEquals(all.trace().entries(), opened.trace().entries());
    assertNotEquals(all.trace().digest(), fork.trace().digest());
    assertEquals(
        "SimulatedDatacenter[" + all.now() + ", hosts 2, guests 20, seed 5]", all.toString());
  }

  @Test
  void theTraceKeepsTheLastOfWhatItWasToldToKeep() {
    SimulatedDatacenter all = small().traceCapacity(3).build();
    SimulatedDatacenter whole = small().build();
    for (SimulatedDatacenter one : ImmutableList.of(all, whole)) {
      one.guest("web").start();
      one.advance(DAY);
    }
    assertEquals(whole.trace().count(), all.trace().count());
    assertTrue(all.trace().isOn());
    List<TraceEntry> entries = whole.trace().entries();
    assertEquals(entries.subList(entries.size() - 3, entries.size()), all.trace().entries());
    assertEquals(entries.subList(entries.size() - 2, entries.size()), all.trace().last(2));
    assertEquals(ImmutableList.of(), all.trace().last(0));
    assertEquals(whole.trace().digest(), all.trace().digest());
    assertEquals(
        all.trace().count() + " entries, digest " + all.trace().digest(), all.trace().toString());
    assertEquals("+0d00h00m00.000s web STARTED", entries.get(0).toString());
    assertTrue(entries.get(1).toString().contains("web REQUEST_SENT h1 nonce …"));
    assertEquals("+0d00h00m00.005s h1 REQUEST_ANSWERED web 0x00000000", entries.get(2).toString());
    assertEquals("+0d00h00m00.010s web OUTCOME h1 0x00000000", entries.get(3).toString());
    assertEquals(4, entries.size());
  }

  // From within an event.

  @Test
  void aListenerLooksAndDoesNotTouch() {
    SimulatedDatacenter all = small().build();
    List<String> told = new ArrayList<>();
    SimulationListener listener =
        (datacenter, happenings) -> {
          assertTrue(!happenings.isEmpty());
          SimulatedDatacenter fork = datacenter.fork(); // allowed
          fork.advance(DAY);
          SimulatedGuest guest = datacenter.guest("web");
          isIllegalNow("a listener changes the simulation", guest::stop);
          isIllegalNow("a listener changes the simulation", guest::activateNow);
          isIllegalNow("a listener changes the simulation", () -> datacenter.advance(DAY));
          isIllegalNow("a listener changes the simulation", () -> datacenter.startAll(DAY));
          isIllegalNow("a listener changes the simulation", datacenter::heal);
          told.add(datacenter.now() + " " + guest.isRunning());
        };
    all.listen(listener);
    all.guest("web").start();
    all.advance(Duration.ofSeconds(1));
    Instant start = SimulatedDatacenter.START;
    assertEquals(
        ImmutableList.of(
            start + " true", start.plusMillis(5) + " true", start.plusMillis(10) + " true"),
        told);
  }

  @Test
  void aWatchOfAPoolMayWriteAndNotLetTimePass() throws Exception {
    SimulatedDatacenter all = small().build();
    SimulatedGuest web = all.guest("web");
    web.start();
    List<String> told = new ArrayList<>();
    var watch =
        web.pools()
            .watch(
                KvpPool.GUEST,
                (pool, changes) -> {
                  told.add(changes.size() + " changes");
                  isIllegalNow("time is advanced from within an event", () -> all.advance(DAY));
                  isIllegalNow("is copied from within an event", all::fork);
                  isIllegalNow("is copied from within an event", all::snapshot);
                  try {
                    if (told.size() == 1) {
                      assertEquals(
                          false, web.pools().remove(KvpPool.GUEST, "nothing of that name"));
                      web.pools().put(KvpPool.GUEST, new KvpItem("second", "2"));
                      assertTrue(web.pools().remove(KvpPool.GUEST, "first"));
                    }
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                });
    web.pools().put(KvpPool.GUEST, new KvpItem("first", "1"));
    assertEquals(ImmutableList.of("1 changes", "2 changes"), told);
    assertEquals(
        ImmutableList.of(new KvpItem("second", "2")), web.pools().read(KvpPool.GUEST).items());
    watch.close();
    web.pools().put(KvpPool.GUEST, new KvpItem("third", "3"));
    assertEquals(2, told.size());
  }
}
