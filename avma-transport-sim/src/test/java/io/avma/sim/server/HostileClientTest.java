package io.avma.sim.server;

import static io.avma.sim.server.Wire.IDENTIFY;
import static io.avma.sim.server.Wire.SOAP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Ticker;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one client does, the next is served. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileClientTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicLong nanos = new AtomicLong();

  private static WsManServer open(ServerLimits limits) throws IOException {
    return Served.identifying().allowUnencrypted().limits(limits).start();
  }

  private static void assertServes(WsManServer server) throws IOException {
    try (Wire wire = Wire.to(server)) {
      assertEquals(200, wire.post(SOAP + Wire.basic(server), IDENTIFY).status());
    }
  }

  private static String fault(Wire.Response response) throws Exception {
    WsManBody body = WsManCodec.decode(response.body(), WsManLimits.STANDARD).body();
    return ((WsManBody.Fault) body).subcode().orElseThrow().name();
  }

  @Test
  void anEnvelopeOfAGibibyteIsRefusedByItsLength() throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD);
        Wire wire = Wire.to(server)) {
      wire.raw(Wire.head(SOAP + Wire.basic(server), 1L << 30));
      wire.raw(" ".repeat(600_000));
      Wire.Response response = wire.response();
      assertEquals(500, response.status());
      assertEquals("EncodingLimit", fault(response));
      assertTrue(wire.closes());
      assertServes(server);
    }
  }

  @Test
  void anEnvelopeThatNeverEndsIsReadToItsLimit() throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD)) {
      for (String login : List.of(Wire.basic(server), "")) {
        try (Wire wire = Wire.to(server)) {
          wire.raw(
              "POST /wsman HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                  + SOAP
                  + login
                  + "\r\n");
          for (int i = 0; i < 8; i++) {
            wire.raw("10000\r\n" + "x".repeat(0x10000) + "\r\n");
          }
          assertEquals(login.isEmpty() ? 401 : 500, wire.response().status());
          assertTrue(wire.closes());
        }
      }
      assertServes(server);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + IDENTIFY,
        "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
            + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><x>&c;</x>",
        "<x>&e;</x>",
        "\0\0\0\0",
        "<"
      })
  void xmlThatReachesOutIsAFault(String envelope) throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD);
        Wire wire = Wire.to(server)) {
      Wire.Response response = wire.post(SOAP + Wire.basic(server), envelope);
      assertEquals(500, response.status());
      assertFalse(response.text().contains("root:"), response.text());
      assertEquals(200, wire.post(SOAP + Wire.basic(server), IDENTIFY).status());
    }
  }

  @Test
  void deepNestingIsAFault() throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD);
        Wire wire = Wire.to(server)) {
      String deep = "<x>".repeat(170_000);
      assertEquals(500, wire.post(SOAP + Wire.basic(server), deep).status());
      assertEquals(
          500,
          wire.post(
                  SOAP + Wire.basic(server),
                  IDENTIFY.replace("<i:Identify/>", "<i:Identify>" + "<x>".repeat(150_000)))
              .status());
      assertServes(server);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "POST /wsman HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        "POST /wsman HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /wsman HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        "POST /wsman HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST /wsman HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "POST /../../etc/passwd HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "GARBAGE\r\n\r\n"
      })
  void brokenHttpIsRefusedAndClosed(String request) throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD);
        Wire wire = Wire.to(server)) {
      Wire.Response response = wire.raw(request).response();
      assertTrue(response.status() >= 400 && response.status() < 500, "" + response.status());
      assertEquals("", response.text());
      assertServes(server);
    }
  }

  @Test
  void aHeaderHasABound() throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD);
        Wire wire = Wire.to(server)) {
      wire.raw("POST /wsman HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(70_000));
      assertEquals(431, wire.response().status());
      assertTrue(wire.closes());
    }
  }

  /** A server whose requests may take an hour of the test's own time. */
  private WsManServer timed() throws IOException {
    return Served.identifying()
        .allowUnencrypted()
        .limits(ServerLimits.STANDARD.withTimeouts(LONG, LONG))
        .ticker(
            new Ticker() {
              @Override
              public long read() {
                return nanos.get();
              }
            })
        .start();
  }

  private void pass(WsManServer server, Duration time) {
    nanos.addAndGet(time.toNanos());
    server.sweep();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aContentThatIsShorterThanSaidIsGivenUp() throws Exception {
    try (WsManServer server = timed();
        Wire wire = Wire.to(server)) {
      wire.raw(Wire.head(SOAP + Wire.basic(server), IDENTIFY.length() + 1) + IDENTIFY);
      await(() -> server.connections() == 1);
      pass(server, LONG);
      assertEquals(1, server.connections(), "its hour is not over");
      pass(server, Duration.ofNanos(1));
      assertTrue(wire.closes());
      assertServes(server);
    }
  }

  /** Each sends a byte now and then, so that it is never idle, and gets no further. */
  @Test
  void whoDripsIsClosedWhereverTheyAre() throws Exception {
    try (WsManServer server = timed()) {
      String login = SOAP + Wire.basic(server);
      String whole = Wire.head(login, IDENTIFY.length()) + IDENTIFY;
      for (int from :
          new int[] {
            0, // nothing was sent
            40, // within the header
            whole.length() - 100 // within the body
          }) {
        try (Wire wire = Wire.to(server)) {
          await(() -> server.connections() == 1);
          wire.raw(whole.substring(0, from));
          pass(server, LONG);
          wire.raw(whole.substring(from, from + 1));
          assertEquals(1, server.connections());
          pass(server, Duration.ofNanos(1));
          assertTrue(wire.closes(), "" + from);
        }
        await(() -> server.connections() == 0);
      }
      try (Wire wire = Wire.to(server)) {
        assertEquals(200, wire.post(login, IDENTIFY).status());
        await(() -> server.exchanging() == 0);
        int sent = 0;
        while (server.exchanging() == 0) { // until it is seen that the second has begun
          if (sent < whole.length() - 100) {
            wire.raw(whole.substring(sent, ++sent));
          }
          server.sweep();
        }
        pass(server, LONG.plusNanos(1));
        assertTrue(wire.closes(), "within a second request");
      }
      assertServes(server);
    }
  }

  @Test
  void silenceEndsAConnectionOnlyInTime() throws Exception {
    ServerLimits quick = ServerLimits.STANDARD.withTimeouts(Duration.ofMillis(500), LONG);
    try (WsManServer server = open(quick);
        Wire silent = Wire.to(server)) {
      assertTrue(silent.closes());
      try (Wire between = answered(server)) {
        assertTrue(between.closes());
      }
    }
    try (WsManServer server = timed();
        Wire between = Wire.to(server)) {
      assertEquals(200, between.post(SOAP + Wire.basic(server), IDENTIFY).status());
      await(() -> server.exchanging() == 0);
      pass(server, LONG.multipliedBy(3));
      pass(server, LONG.multipliedBy(3));
      assertEquals(200, between.post(SOAP + Wire.basic(server), IDENTIFY).status(), "owes nothing");
    }
  }

  /** A connection that was answered: on a slow machine an earlier one may have been closed. */
  private static Wire answered(WsManServer server) throws IOException {
    while (true) {
      Wire wire = Wire.to(server);
      try {
        assertEquals(200, wire.post(SOAP + Wire.basic(server), IDENTIFY).status());
        return wire;
      } catch (IOException e) {
        wire.close();
      }
    }
  }

  @Test
  void strangersMakeRoomForWhoLogsIn() throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD.withMaxConnections(5));
        Wire known = Wire.to(server)) {
      assertEquals(200, known.post(SOAP + Wire.basic(server), IDENTIFY).status());
      List<Wire> strangers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        strangers.add(Wire.to(server).raw("POST /wsman HTTP/1.1\r\n"));
      }
      // First let all of them have come, for one that comes late may take a newcomer's place.
      Set<Wire> closed = new HashSet<>();
      while (closed.size() < 35) {
        for (Wire stranger : strangers) {
          if (!closed.contains(stranger) && stranger.closesWithin(Duration.ofMillis(1))) {
            closed.add(stranger);
          }
        }
      }
      assertEquals(200, known.post(SOAP + Wire.basic(server), IDENTIFY).status());
      assertServes(server);
      assertTrue(server.connections() <= 5, "connections: " + server.connections());
      for (Wire stranger : strangers) {
        stranger.close();
      }
    }
  }

  /** To ask anonymously who somebody is makes nobody known. */
  @Test
  void strangersThatIdentifyMakeRoomToo() throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD.withMaxConnections(5))) {
      List<Wire> strangers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Wire stranger = Wire.to(server);
        strangers.add(stranger);
        assertEquals(
            200, stranger.post(SOAP + "WSMANIDENTIFY: unauthenticated\r\n", IDENTIFY).status());
      }
      try (Wire known = Wire.to(server)) {
        assertEquals(200, known.post(SOAP + Wire.basic(server), IDENTIFY).status());
      }
      for (Wire stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void whoLogsInIsBoundedToo() throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD.withMaxConnections(2));
        Wire one = Wire.to(server);
        Wire two = Wire.to(server)) {
      for (Wire wire : List.of(one, two)) {
        assertEquals(200, wire.post(SOAP + Wire.basic(server), IDENTIFY).status());
      }
      try (Wire third = Wire.to(server)) {
        assertTrue(third.closes());
      }
      assertEquals(200, one.post(SOAP + Wire.basic(server), IDENTIFY).status());
    }
  }

  /** Ten thousand guesses on four connections; meanwhile a caller with the password asks. */
  @Test
  void wrongPasswordsSlowNobodyDown() throws Exception {
    try (WsManServer server = open(ServerLimits.STANDARD);
        Wire known = Wire.to(server)) {
      String login = SOAP + Wire.basic(server);
      List<Thread> guessers = new ArrayList<>();
      List<Integer> refused = java.util.Collections.synchronizedList(new ArrayList<>());
      for (int i = 0; i < 4; i++) {
        String wrong = SOAP + Wire.basic(server.user(), "guess" + i);
        Thread guesser =
            new Thread(
                () -> {
                  try (Wire wire = Wire.to(server)) {
                    for (int n = 0; n < 2500; n++) {
                      refused.add(wire.post(wrong, IDENTIFY).status());
                    }
                  } catch (IOException e) {
                    refused.add(0);
                  }
                });
        guessers.add(guesser);
        guesser.start();
      }
      int most = 0;
      while (guessers.stream().anyMatch(Thread::isAlive)) {
        int before = refused.size();
        assertEquals(200, known.post(login, IDENTIFY).status());
        most = Math.max(most, refused.size() - before);
      }
      assertEquals(10_000, refused.size());
      assertTrue(refused.stream().allMatch(status -> status == 401));
      assertTrue(most < 1000, most + " guesses were answered before one request");
    }
  }
}
