package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import io.avma.transport.wsman.WsManSubscription;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hosts that are down or hang look from outside as real ones do, and pulls that wait hold nobody.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbsentHostTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** More than the server has threads. */
  private static final int MANY = 40;

  private static WsManServer serve(SimulatedDatacenter datacenter) throws IOException {
    return WsManServer.builder(datacenter.snapshot()::open).allowUnencrypted().start();
  }

  /** A host on which something runs, and another. */
  private static SimulatedDatacenter datacenter(FaultRule... rules) {
    HostProfile profile = HostProfile.datacenter(WindowsRelease.WS_2022);
    SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .faults(FaultPlan.of(rules))
            .host("hv-1", profile)
            .host("hv-2", profile)
            .guest(
                "web",
                "hv-1",
                GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD),
                ServiceLab.KEY)
            .build();
    datacenter.startAll(Duration.ZERO);
    datacenter.advance(Duration.ofSeconds(1));
    return datacenter;
  }

  private static WsManHost open(WsManServer server, int host, Duration patience)
      throws TransportException {
    WsManOptions options =
        WsManOptions.STANDARD
            .allowingBasicWithoutTls()
            .withTimeouts(Duration.ofSeconds(60), patience, Duration.ofSeconds(100));
    WsManEndpoint endpoint = WsManEndpoint.parse(server.endpoints().get(host).uri().toString());
    return WsManHost.of(
        new HostId(server.endpoints().get(host).host()),
        WsManClient.open(
            endpoint,
            WsManLogin.basic(asked -> new Credentials(server.user(), server.password())),
            options),
        Clock.systemUTC());
  }

  private static void change(
      WsManServer server, java.util.function.Consumer<SimulatedDatacenter> what) {
    boolean unused =
        server.call(
            datacenter -> {
              what.accept(datacenter);
              return true;
            });
  }

  @Test
  void aHostThatIsDownIsUnreachableUntilItIsBack() throws Exception {
    try (WsManServer server = serve(datacenter());
        WsManHost idle = open(server, 0, Duration.ofSeconds(60));
        WsManHost other = open(server, 1, Duration.ofSeconds(60))) {
      HostProfile before = idle.profile();
      change(server, datacenter -> datacenter.host("hv-1").fail());
      TransportException failure = assertThrows(TransportException.class, idle::profile);
      assertEquals(Reason.UNREACHABLE, failure.reason(), failure::toString);
      try (Wire wire = Wire.to(server)) {
        assertTrue(wire.closes());
      }
      assertEquals(before, other.profile(), "the other host goes on");
      change(server, datacenter -> datacenter.host("hv-1").recover());
      assertEquals(before, idle.profile());
    }
  }

  @Test
  void aHostThatHangsTakesConnectionsAndSaysNothing() throws Exception {
    SimulatedDatacenter datacenter =
        datacenter(
            FaultRule.of("hangs", FaultPoint.HOST, new Fault.Hung(HOUR)).onHosts("hv-1").atMost(1));
    try (WsManServer server = serve(datacenter);
        WsManHost hung = open(server, 0, Duration.ofMillis(200));
        WsManHost patient = open(server, 0, Duration.ofSeconds(60));
        WsManHost other = open(server, 1, Duration.ofSeconds(60))) {
      TransportException failure = assertThrows(TransportException.class, hung::profile);
      assertEquals(Reason.TIMED_OUT, failure.reason(), failure::toString);
      List<Wire> waiting = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        waiting.add(Wire.to(server).raw(Wire.head(Wire.SOAP, Wire.IDENTIFY.length())));
        waiting.get(i).raw(Wire.IDENTIFY);
      }
      HostProfile profile = other.profile(); // no thread is held
      change(server, dc -> dc.advance(HOUR));
      for (Wire wire : waiting) {
        assertEquals(
            "closed",
            assertThrows(IOException.class, wire::response).getMessage(),
            "what was asked of a host that hung is lost, and not even a login was refused");
        wire.close();
      }
      assertEquals(profile, patient.profile());
    }
  }

  @Test
  void pullsThatWaitHoldNoThreadAndHearOfEventsAtOnce() throws Exception {
    try (WsManServer server = serve(datacenter());
        WsManHost other = open(server, 1, Duration.ofSeconds(60))) {
      List<CompletableFuture<Integer>> pulls = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        pulls.add(pull(server));
      }
      while (server.heldPulls() < MANY) {
        for (CompletableFuture<Integer> pull : pulls) {
          assertFalse(pull.isDone(), () -> "ended before there were events: " + pull.join());
        }
      }
      assertEquals(WindowsRelease.WS_2022, other.profile().release().orElseThrow());
      change(server, datacenter -> datacenter.host("hv-1").fillLog(3));
      for (CompletableFuture<Integer> pull : pulls) {
        assertEquals(3, pull.join());
      }
    }
  }

  private static CompletableFuture<Integer> pull(WsManServer server) {
    CompletableFuture<Integer> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              WsManEndpoint endpoint =
                  WsManEndpoint.parse(server.endpoints().get(0).uri().toString());
              try (WsManClient client =
                      WsManClient.open(
                          endpoint,
                          WsManLogin.basic(
                              asked -> new Credentials(server.user(), server.password())),
                          WsManOptions.STANDARD
                              .allowingBasicWithoutTls()
                              .withTimeouts(
                                  Duration.ofSeconds(60),
                                  Duration.ofSeconds(60),
                                  Duration.ofSeconds(100)));
                  WsManSubscription subscription =
                      client.subscribe(
                          ImmutableMap.of("Application", "*[System[EventID!=12310]]"),
                          ImmutableMap.of(),
                          Duration.ofSeconds(59))) {
                result.complete(subscription.pull(10).size());
              } catch (TransportException | RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
