package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.sim.SimulatedDatacenter;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmReading;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import io.avma.transport.wsman.WsManSubscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Our own client at the served hosts: what it reads is what the simulated host itself says. */
@Timeout(60)
class ServedClientTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private WsManServer server;
  private WsManHost host;

  @BeforeEach
  void begin() throws Exception {
    server =
        WsManServer.builder(ServedClientTest::datacenter)
            .clock(InstantSource.fixed(NOW))
            .allowUnencrypted()
            .start();
    host = open("hv-1");
  }

  private static SimulatedDatacenter datacenter() {
    return new ServiceLab().started().datacenter;
  }

  private WsManClient client(String name) throws TransportException {
    WsManServer.Endpoint endpoint =
        server.endpoints().stream()
            .filter(each -> each.host().equals(name))
            .findFirst()
            .orElseThrow();
    return WsManClient.open(
        WsManEndpoint.parse(endpoint.uri().toString()),
        WsManLogin.basic(asked -> new Credentials(server.user(), server.password())),
        WsManOptions.STANDARD.allowingBasicWithoutTls());
  }

  private WsManHost open(String name) throws TransportException {
    return WsManHost.of(
        new HostId(name + ".invalid"), client(name), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void end() throws IOException {
    host.close();
    server.close();
  }

  private interface Work<T> {
    T of(SimulatedDatacenter datacenter) throws TransportException;
  }

  private <T> T simulated(Work<T> work) {
    return server.call(
        datacenter -> {
          try {
            return work.of(datacenter);
          } catch (TransportException e) {
            throw new UncheckedIOException(new IOException(e));
          }
        });
  }

  private VmId vm(String guest) {
    return simulated(datacenter -> datacenter.guest(guest).vm());
  }

  @Test
  void theProfileIsThatOfTheHost() throws Exception {
    HostProfile true1 = simulated(datacenter -> datacenter.host("hv-1").trueProfile());
    HostProfile read = host.profile();
    assertEquals(true1.release(), read.release());
    assertEquals(true1.edition(), read.edition());
    assertEquals(true1.evaluation(), read.evaluation());
    assertEquals(true1.activated(), read.activated());
    assertEquals(true1.channel(), read.channel());
    assertEquals(true1.processors(), read.processors());
    assertEquals(true1.physicalCores(), read.physicalCores());
    assertEquals(true1.hyperVRole(), read.hyperVRole());
  }

  @Test
  void aSweepReadsWhatTheHostKnows() throws Exception {
    simulated(
        datacenter -> {
          datacenter.guest("db").start();
          datacenter.advance(Duration.ofMinutes(1));
          datacenter
              .guest("web")
              .pools()
              .putAll(KvpPool.GUEST, List.of(new KvpItem("role", "a<b>&\"'c")));
          datacenter.guest("db").setDataExchange(false);
          datacenter
              .host("hv-1")
              .add(datacenter.guest("app").vm(), List.of(new KvpItem("owner", "x & y")));
          return true;
        });
    ImmutableList<VmReading> expected =
        simulated(datacenter -> datacenter.host("hv-1").sweep(SweepScope.everything()));
    ImmutableList<VmReading> read = host.sweep(SweepScope.everything());
    assertEquals(expected.size(), read.size());
    for (int i = 0; i < read.size(); i++) {
      VmReading.Read mine = (VmReading.Read) read.get(i);
      VmReading.Read theirs = (VmReading.Read) expected.get(i);
      assertEquals(theirs.facts(), mine.facts());
      for (KvpSource source : KvpSource.values()) {
        assertEquals(
            theirs.snapshot().items(source),
            mine.snapshot().items(source),
            mine.facts() + " " + source);
      }
    }
  }

  @Test
  void oneBloatedVmHidesNoOther() throws Exception {
    simulated(
        datacenter -> {
          datacenter
              .guest("web")
              .pools()
              .putAll(
                  KvpPool.GUEST,
                  IntStream.range(0, 700)
                      .mapToObj(i -> new KvpItem("key " + i, "<".repeat(500)))
                      .toList());
          for (int i = 0; i < 5; i++) {
            datacenter.host("hv-1").create("more " + i, datacenter.guest("web").profile());
          }
          return true;
        });
    ImmutableList<VmReading> read = host.sweep(SweepScope.everything());
    assertEquals(8, read.size());
    for (VmReading reading : read) {
      boolean bloated = reading.vm().equals(vm("web"));
      assertEquals(bloated, reading instanceof VmReading.Unreadable, reading::toString);
      if (reading instanceof VmReading.Unreadable unreadable) {
        assertEquals(Reason.TOO_LARGE, unreadable.reason());
      }
    }
  }

  @Test
  void itemsAreWrittenAndRefusalsAreTyped() throws Exception {
    VmId app = vm("app");
    host.add(app, List.of(new KvpItem("a", "1 < 2"), new KvpItem("b", "")));
    host.modify(app, List.of(new KvpItem("a", "2")));
    host.remove(app, List.of("b", "gone"));
    assertEquals(
        List.of(new KvpItem("a", "2")),
        simulated(
            datacenter ->
                ((VmReading.Read) datacenter.host("hv-1").sweep(SweepScope.of(app)).get(0))
                    .snapshot()
                    .items(KvpSource.HOST_WRITTEN)));
    TransportException twice =
        assertThrows(TransportException.class, () -> host.add(app, List.of(new KvpItem("a", "3"))));
    assertTrue(
        twice.reason() == Reason.INVALID || twice.reason() == Reason.ALREADY_EXISTS,
        twice.toString());
    assertEquals(
        Reason.NOT_FOUND,
        assertThrows(
                TransportException.class, () -> host.modify(app, List.of(new KvpItem("z", "3"))))
            .reason());
    assertEquals(
        Reason.NOT_FOUND,
        assertThrows(
                TransportException.class,
                () -> host.add(new VmId(new UUID(5, 6)), List.of(new KvpItem("a", "3"))))
            .reason());
  }

  @Test
  void theEventLogIsFollowed() throws Exception {
    EventSource log = host.events();
    EventBatch first = log.read(EventBookmark.start(), EventFilter.activations(), 100);
    assertEquals(1, first.events().size());
    ImmutableList<WindowsEvent> theirs =
        simulated(
            datacenter ->
                datacenter
                    .host("hv-1")
                    .events()
                    .read(EventBookmark.start(), EventFilter.activations(), 100)
                    .events());
    assertEquals(theirs.get(0).data(), first.events().get(0).data());
    assertEquals(theirs.get(0).timeCreated(), first.events().get(0).timeCreated());
    simulated(
        datacenter -> {
          datacenter.guest("app").start();
          datacenter.advance(Duration.ofMinutes(1));
          return true;
        });
    EventBatch second = log.read(first.next(), EventFilter.activations(), 100);
    assertEquals(1, second.events().size());
    assertEquals(2, second.events().get(0).recordId().orElseThrow());
    assertEquals(ImmutableList.of(), second.gaps());
  }

  @Test
  void aSubscriptionDeliversEventXml() throws Exception {
    try (WsManClient client = client("hv-1");
        WsManSubscription subscription =
            client.subscribe(
                ImmutableMap.of("Application", "*[System[(EventID=12310)]]"),
                ImmutableMap.of(),
                Duration.ofMillis(100))) {
      ImmutableList<String> events = subscription.pull(10);
      assertEquals(1, events.size());
      assertTrue(events.get(0).contains(">12310</EventID>"), events.get(0));
      assertEquals(ImmutableList.of(), subscription.pull(10));
    }
  }

  /** The connection ends with its client; another goes on where the last answer ended. */
  @Test
  void aBookmarkResumesASubscriptionWithoutLosingOrRepeatingEvents() throws Exception {
    simulated(
        datacenter -> {
          datacenter.host("hv-1").fillLog(5);
          return true;
        });
    List<String> seen = new ArrayList<>();
    ImmutableMap<String, Long> bookmarks = ImmutableMap.of();
    for (int i = 0; i < 3; i++) {
      WsManClient client = client("hv-1");
      WsManSubscription subscription =
          client.subscribe(ImmutableMap.of("Application", "*"), bookmarks, Duration.ofMillis(100));
      assertEquals(bookmarks, subscription.bookmarks());
      seen.addAll(subscription.pull(2));
      bookmarks = subscription.bookmarks();
      client.close(); // nothing is released
    }
    assertEquals(ImmutableMap.of("Application", 6L), bookmarks);
    assertEquals(6, seen.size());
    for (int i = 0; i < 6; i++) {
      String number = "<EventRecordID>" + (i + 1) + "</EventRecordID>";
      assertTrue(seen.get(i).contains(number), seen.get(i));
    }
  }

  @Test
  void severalLogsAreReadThroughSubscriptions() throws Exception {
    EventSource logs =
        host.events(
            List.of("Application", "Microsoft-Windows-Hyper-V-Worker-Admin"),
            Duration.ofMillis(100));
    EventBatch first = logs.read(EventBookmark.start(), EventFilter.activations(), 100);
    assertEquals(1, first.events().size());
    assertTrue(first.atEnd());
    simulated(
        datacenter -> {
          datacenter.host("hv-1").fillLog(3);
          datacenter.guest("app").start();
          datacenter.advance(Duration.ofMinutes(1));
          return true;
        });
    EventBatch second = logs.read(first.next(), EventFilter.all(), 100);
    assertEquals(4, second.events().size());
    assertEquals(12310, second.events().get(3).eventId());
    assertEquals(ImmutableList.of(), second.flaws());
    assertEquals(0, logs.read(second.next(), EventFilter.all(), 100).events().size());
  }

  @Test
  void aHostWithoutTheRoleSaysSo() throws Exception {
    simulated(
        datacenter -> {
          datacenter
              .host("hv-2")
              .change(profile -> profile.toBuilder().hyperVRole(Ternary.NO).build());
          return true;
        });
    try (WsManHost other = open("hv-2")) {
      assertEquals(Ternary.NO, other.profile().hyperVRole());
    }
  }
}
