package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.activation.Activation;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.VmExtractor;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random commands on a small data centre, and what holds after each of them. */
class SimulationProperties {
  private static final List<GuestProfile> GUESTS =
      List.of(
          GuestProfile.of(WindowsRelease.WS_2022, Edition.DATACENTER),
          GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD),
          GuestProfile.of(WindowsRelease.WS_2012_R2, Edition.ESSENTIALS));
  private static final List<HostProfile> HOSTS =
      List.of(
          HostProfile.datacenter(WindowsRelease.WS_2022),
          HostProfile.datacenter(WindowsRelease.WS_2019),
          HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder()
              .edition(Edition.STANDARD)
              .build(),
          HostProfile.datacenter(WindowsRelease.WS_2025).toBuilder().activated(Ternary.NO).build());

  private record Command(int verb, int guest, int host, int millis) {}

  @Provide
  Arbitrary<List<Command>> commands() {
    Arbitrary<Integer> waits =
        Arbitraries.frequencyOf(
            Tuple.of(5, Arbitraries.integers().between(0, 12)), // a message takes 5
            Tuple.of(2, Arbitraries.integers().between(0, 9_000_000)),
            Tuple.of(2, Arbitraries.integers().between(0, 900_000_000)));
    return Combinators.combine(
            Arbitraries.integers().between(0, 12),
            Arbitraries.integers().between(0, GUESTS.size() - 1),
            Arbitraries.integers().between(0, HOSTS.size() - 1),
            waits)
        .as(Command::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property(tries = 300)
  void theLawsHoldAfterEveryCommand(@ForAll("commands") List<Command> commands)
      throws TransportException {
    SimulatedDatacenter datacenter = build();
    Map<VmId, List<Instant>> grants = new HashMap<>();
    InFlight inFlight = new InFlight("host-0");
    for (Command command : commands) {
      carryOut(datacenter, command);
      datacenter.advance(Duration.ofMillis(command.millis()));
      check(datacenter, grants);
      inFlight.check(datacenter.trace());
    }
  }

  private static SimulatedDatacenter build() {
    DatacenterBuilder builder = SimulatedDatacenter.builder().seed(3);
    for (int i = 0; i < HOSTS.size(); i++) {
      builder.host("host-" + i, HOSTS.get(i));
    }
    for (int i = 0; i < GUESTS.size(); i++) {
      builder.guest("vm-" + i, "host-0", GUESTS.get(i), key(i));
    }
    return builder.build();
  }

  private static io.avma.catalog.AvmaKey key(int guest) {
    var system = (io.avma.platform.GuestSystem.WindowsServer) GUESTS.get(guest).system();
    return KeyCatalog.standard().find(system.release(), system.edition()).orElseThrow();
  }

  private static void carryOut(SimulatedDatacenter datacenter, Command command) {
    SimulatedGuest guest = datacenter.guest("vm-" + command.guest());
    SimulatedHost host = datacenter.host("host-" + command.host());
    switch (command.verb()) {
      case 0, 1 -> guest.start();
      case 2 -> guest.stop();
      case 3 -> guest.crash();
      case 4 -> guest.save();
      case 5 -> guest.restore();
      case 6 -> guest.migrateTo(host);
      case 7 -> host.setActivated(command.millis() % 2 == 0);
      case 8 -> guest.setDataExchange(command.millis() % 2 == 0);
      case 9 -> guest.install(key(command.guest()));
      case 10 -> guest.installOther(LicenseChannel.RETAIL, "ABCDE");
      case 11 -> guest.activateNow();
      default -> guest.removeKey();
    }
  }

  private static void check(SimulatedDatacenter datacenter, Map<VmId, List<Instant>> grants)
      throws TransportException {
    Map<VmId, List<Instant>> granted = new HashMap<>();
    for (SimulatedHost host : datacenter.hosts()) {
      for (WindowsEvent event : events(host)) {
        ActivationLogEntry entry = ActivationLogEntry.of(event).orElseThrow();
        VmId vm = entry.vm(VmExtractor.firstGuid()).orElseThrow().id().orElseThrow();
        if (entry.result().equals(Optional.of(Hresult.OK))) {
          granted
              .computeIfAbsent(vm, unused -> new ArrayList<>())
              .add(event.timeCreated().orElseThrow());
          assertTrue(couldGrant(host, vm, datacenter), () -> host + " granted to " + vm);
        }
      }
    }
    Instant now = datacenter.now();
    for (SimulatedGuest guest : datacenter.guests()) {
      List<Instant> ofGuest = granted.getOrDefault(guest.vm(), List.of());
      Optional<Activation> activation = guest.activation().activationAt(now);
      activation.ifPresent(
          a -> {
            assertTrue(now.isBefore(a.expiresAt()));
            assertTrue(
                Duration.between(a.activatedAt(), a.expiresAt())
                        .compareTo(datacenter.terms().validity())
                    <= 0,
                "no longer than granted");
            assertTrue(
                ofGuest.stream()
                    .anyMatch(
                        at ->
                            !at.isAfter(a.activatedAt())
                                && Duration.between(at, a.activatedAt())
                                        .compareTo(Duration.ofSeconds(1))
                                    < 0),
                () -> "a grant for " + guest + " in a host's log at " + a.activatedAt());
          });
      if (!guest.isRunning()) {
        continue; // nobody to ask
      }
      long logged =
          events(guest).stream()
              .map(event -> ActivationLogEntry.of(event).orElseThrow())
              .filter(entry -> entry.result().equals(Optional.of(Hresult.OK)))
              .count();
      assertTrue(logged <= ofGuest.size(), "no success without a grant");
      assertEquals(
          activation.isPresent(),
          guest.license().activatedBy().isPresent(),
          "the licence reading agrees");
    }
    grants.forEach(
        (vm, earlier) ->
            assertTrue(
                granted.getOrDefault(vm, List.of()).containsAll(earlier), "logs lose nothing"));
    grants.putAll(granted);
  }

  /** Whether the host could ever have granted: by edition and release, which never change here. */
  private static boolean couldGrant(SimulatedHost host, VmId vm, SimulatedDatacenter datacenter) {
    GuestProfile guest =
        datacenter.guests().stream()
            .filter(g -> g.vm().equals(vm))
            .findFirst()
            .orElseThrow()
            .profile()
            .withDataExchange(Ternary.YES);
    HostProfile activated = host.trueProfile().toBuilder().activated(Ternary.YES).build();
    return CompatibilityMatrix.standard().verdict(activated, guest).isSupported();
  }

  private static List<WindowsEvent> events(SimulatedHost host) throws TransportException {
    return host.events().read(EventBookmark.start(), EventFilter.activations(), 100_000).events();
  }

  private static List<WindowsEvent> events(SimulatedGuest guest) throws TransportException {
    return guest.events().read(EventBookmark.start(), EventFilter.activations(), 100_000).events();
  }

  /**
   * Reads a trace and holds it to this: only the host that a guest is on answers it, and nothing
   * that was under way when the guest stopped, failed, moved, booted again or was saved arrives.
   */
  private static final class InFlight {
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, Boolean> asking = new HashMap<>();
    private final String firstHost;
    private long read;

    InFlight(String firstHost) {
      this.firstHost = firstHost;
    }

    void check(Trace trace) {
      for (TraceEntry entry : trace.last((int) (trace.count() - read))) {
        check(entry);
      }
      read = trace.count();
    }

    private void check(TraceEntry entry) {
      String guest = entry.machine();
      switch (entry.what()) {
        case REQUEST_SENT -> asking.put(guest, true);
        case STARTED, STOPPED, CRASHED, SAVED -> asking.put(guest, false);
        case MIGRATED -> {
          asking.put(guest, false);
          places.put(guest, entry.other());
        }
        case REQUEST_ANSWERED -> {
          String asker = entry.other();
          assertTrue(asking.getOrDefault(asker, false), () -> "nobody asks: " + entry);
          assertEquals(places.getOrDefault(asker, firstHost), entry.machine(), entry::toString);
        }
        case OUTCOME -> {
          if (!entry.other().isEmpty()) {
            assertTrue(asking.getOrDefault(guest, false), () -> "out of time: " + entry);
            assertEquals(places.getOrDefault(guest, firstHost), entry.other(), entry::toString);
          }
          asking.put(guest, false);
        }
        default -> {}
      }
    }
  }

  /** While a host is not activated nothing it logs is a grant. */
  @Property(tries = 100)
  void aHostWithoutALicenceNeverGrants(@ForAll("commands") List<Command> commands)
      throws TransportException {
    SimulatedDatacenter datacenter = build();
    for (Command command : commands) {
      if (command.verb() != 7) {
        carryOut(datacenter, command);
      }
      datacenter.advance(Duration.ofMillis(command.millis()));
    }
    for (WindowsEvent event : events(datacenter.host("host-3"))) {
      assertFalse(ActivationLogEntry.of(event).orElseThrow().result().orElseThrow().isSuccess());
    }
  }
}
