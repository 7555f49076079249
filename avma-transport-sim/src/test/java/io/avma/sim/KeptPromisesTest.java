package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.VmExtractor;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.GuestClaims;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSource;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Promises of {@code docs/spec/promises.md} that need host and guest together. */
class KeptPromisesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final GuestProfile GUEST =
      GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);
  private static final AvmaKey KEY =
      KeyCatalog.standard().find(WindowsRelease.WS_2019, Edition.STANDARD).orElseThrow();

  /** One host and nothing else: no other host, no cluster, no service that it could ask. */
  private static SimulatedDatacenter site(String... guests) {
    DatacenterBuilder builder =
        SimulatedDatacenter.builder()
            .seed(11)
            .host("site", HostProfile.datacenter(WindowsRelease.WS_2022));
    for (String guest : guests) {
      builder.guest(guest, "site", GUEST, KEY);
    }
    return builder.build();
  }

  @Test
  void aHostOnItsOwnActivatesItsGuestsAndKeepsThemActivated() throws Exception {
    SimulatedDatacenter datacenter = site("till", "files", "print");
    datacenter.startAll(MINUTE);
    datacenter.advance(MINUTE.multipliedBy(2));
    for (int day = 0; day < 30; day++) {
      for (SimulatedGuest guest : datacenter.guests()) {
        assertTrue(guest.isActivated(), guest + " on day " + day);
        assertEquals(Optional.of("site.invalid"), guest.license().activatedBy());
      }
      datacenter.advance(Duration.ofDays(1));
    }
    Set<String> asked = new TreeSet<>();
    for (TraceEntry entry : datacenter.trace().entries()) {
      if (entry.what() == TraceEntry.What.REQUEST_SENT) {
        asked.add(entry.other());
      }
    }
    assertEquals(Set.of("site"), asked);
  }

  @Test
  void aSweepShowsAtOnceWhatChanged() throws TransportException {
    SimulatedDatacenter datacenter = site("web");
    SimulatedGuest web = datacenter.guest("web");
    HyperVHost host = datacenter.host("site");
    assertEquals(VmState.OFF, read(host, web.vm()).facts().state());
    assertEquals(ImmutableList.of(), read(host, web.vm()).snapshot().items(KvpSource.INTRINSIC));

    web.start();
    VmReading.Read started = read(host, web.vm());
    assertEquals(VmState.RUNNING, started.facts().state());
    assertEquals(GUEST.system(), GuestClaims.of(started.snapshot()).system());

    Instant before = datacenter.now();
    web.pools().putAll(KvpPool.GUEST, ImmutableList.of(new KvpItem("load", "12 %")));
    assertEquals(
        Optional.of("12 %"),
        read(host, web.vm()).snapshot().first(KvpSource.GUEST_WRITTEN, "load"));
    web.pools().putAll(KvpPool.GUEST, ImmutableList.of(new KvpItem("load", "97 %")));
    assertEquals(
        Optional.of("97 %"),
        read(host, web.vm()).snapshot().first(KvpSource.GUEST_WRITTEN, "load"));
    assertEquals(before, datacenter.now(), "no time has passed");

    web.stop();
    assertEquals(VmState.OFF, read(host, web.vm()).facts().state());
  }

  @Test
  void oneKeyServesEveryGuestOfItsEdition() throws Exception {
    DatacenterBuilder builder =
        SimulatedDatacenter.builder()
            .seed(12)
            .host("site", HostProfile.datacenter(WindowsRelease.WS_2022));
    for (int i = 0; i < 100; i++) {
      builder.guest("tenant-" + i, "site", GUEST, KEY);
    }
    SimulatedDatacenter datacenter = builder.build();
    datacenter.startAll(MINUTE.multipliedBy(30));
    datacenter.advance(Duration.ofDays(1));
    for (SimulatedGuest guest : datacenter.guests()) {
      assertTrue(guest.isActivated(), guest::toString);
      assertEquals(Optional.of(KEY.key().lastFive()), guest.license().partialProductKey());
    }
  }

  @Test
  void aHostAloneTellsOfItsGuests() throws TransportException {
    SimulatedDatacenter datacenter = site("anna", "bob", "idle");
    datacenter.guest("anna").start();
    datacenter.guest("bob").start();
    datacenter.advance(MINUTE);
    assertEquals(
        Map.of(
            "anna", "RUNNING, Windows Server 2019 Standard, activated",
            "bob", "RUNNING, Windows Server 2019 Standard, activated",
            "idle", "OFF, unknown system, not activated"),
        told(datacenter.host("site")));
  }

  /** What can be known of the VMs of a host by asking nobody but the host. */
  private static Map<String, String> told(HyperVHost host) throws TransportException {
    Set<VmId> activated = new TreeSet<>();
    for (ActivationLogEntry entry : activations(host.events())) {
      if (entry.result().equals(Optional.of(Hresult.OK))) {
        activated.add(vm(entry));
      }
    }
    Map<String, String> told = new TreeMap<>();
    for (VmReading reading : host.sweep(SweepScope.everything())) {
      VmReading.Read read = (VmReading.Read) reading;
      told.put(
          read.facts().name(),
          read.facts().state()
              + ", "
              + GuestClaims.of(read.snapshot()).system().displayName()
              + (activated.contains(read.vm()) ? ", activated" : ", not activated"));
    }
    return told;
  }

  @Test
  void nothingOfARenewalIsSeenInTheGuestButItsLog() throws TransportException {
    SimulatedDatacenter datacenter = site("web");
    SimulatedGuest web = datacenter.guest("web");
    web.start();
    datacenter.advance(MINUTE);
    Set<TraceEntry.What> happened = new TreeSet<>();
    for (int hour = 0; hour < 30 * 24; hour++) {
      datacenter.advance(Duration.ofHours(1));
      assertTrue(web.isRunning() && web.isActivated(), "hour " + hour);
      assertEquals(1, web.license().licenseStatusNumber());
    }
    List<TraceEntry> entries = datacenter.trace().entries();
    entries.stream().skip(1).forEach(entry -> happened.add(entry.what()));
    assertEquals(TraceEntry.What.STARTED, entries.get(0).what());
    assertEquals(
        ImmutableSet.of(
            TraceEntry.What.REQUEST_SENT,
            TraceEntry.What.REQUEST_ANSWERED,
            TraceEntry.What.OUTCOME),
        happened,
        "no restart, no interruption, no expiry");
    List<ActivationLogEntry> log = activations(web.events());
    assertTrue(log.size() > 3, () -> "renewals: " + log);
    for (ActivationLogEntry entry : log) {
      assertEquals(Optional.of(Hresult.OK), entry.result());
    }
  }

  @Test
  void theHostsLogIsTheHistoryOfEveryRequest() throws TransportException {
    SimulatedDatacenter datacenter = site("anna", "bob");
    SimulatedHost host = datacenter.host("site");
    datacenter.guest("anna").start();
    datacenter.advance(Duration.ofDays(3));
    datacenter.guest("bob").start();
    datacenter.advance(Duration.ofDays(3));
    host.setActivated(false);
    datacenter.advance(Duration.ofDays(2));
    host.setActivated(true);
    datacenter.advance(Duration.ofDays(2));

    List<ActivationLogEntry> log = activations(host.events());
    List<TraceEntry> answered =
        datacenter.trace().entries().stream()
            .filter(entry -> entry.what() == TraceEntry.What.REQUEST_ANSWERED)
            .toList();
    assertEquals(answered.size(), log.size(), "one entry a request");
    List<String> stories = new ArrayList<>();
    Instant last = SimulatedDatacenter.START;
    for (int i = 0; i < log.size(); i++) {
      Instant at = log.get(i).event().timeCreated().orElseThrow();
      assertFalse(at.isBefore(last), "in order");
      assertEquals(SimulatedDatacenter.START.plus(answered.get(i).after()), at);
      last = at;
      String guest = vm(log.get(i)).equals(datacenter.guest("anna").vm()) ? "anna " : "bob ";
      String story = guest + log.get(i).result().orElseThrow().equals(Hresult.OK);
      if (!stories.contains(story)) {
        stories.add(story);
      }
    }
    assertEquals(List.of("anna true", "bob true", "anna false"), stories.subList(0, 3));
    assertEquals(Optional.of(Hresult.OK), log.get(log.size() - 1).result());
  }

  private static VmReading.Read read(HyperVHost host, VmId vm) throws TransportException {
    return (VmReading.Read) host.sweep(SweepScope.of(vm)).get(0);
  }

  private static List<ActivationLogEntry> activations(EventSource source)
      throws TransportException {
    List<ActivationLogEntry> entries = new ArrayList<>();
    for (WindowsEvent event :
        source.read(EventBookmark.start(), EventFilter.activations(), 1_000).events()) {
      entries.add(ActivationLogEntry.of(event).orElseThrow());
    }
    return entries;
  }

  private static VmId vm(ActivationLogEntry entry) {
    return entry.vm(VmExtractor.firstGuid()).flatMap(reference -> reference.id()).orElseThrow();
  }
}
