package io.avma.sim.server;

import static io.avma.sim.server.Wire.IDENTIFY;
import static io.avma.sim.server.Wire.SOAP;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManLimits;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WsManServerTest {
  private static WsManServer open() throws IOException {
    return Served.identifying().allowUnencrypted().start();
  }

  private static WsManBody body(Wire.Response response) throws Exception {
    return WsManCodec.decode(response.body(), WsManLimits.STANDARD).body();
  }

  private static String fault(Wire.Response response) throws Exception {
    assertEquals("application/soap+xml;charset=UTF-8", response.header("content-type"));
    return ((WsManBody.Fault) body(response)).subcode().orElseThrow().name();
  }

  @Test
  void ourClientIsAnsweredByEveryHost() throws Exception {
    try (WsManServer server =
        WsManServer.builder(() -> Served.datacenter(3))
            .service(
                (datacenter, time) ->
                    (caller, host, envelope, charset) ->
                        new Answer(
                            200,
                            WsManCodec.encode(
                                new io.avma.transport.wsman.WsManMessage(
                                    io.avma.transport.wsman.WsManHeader.builder().build(),
                                    new WsManBody.IdentifyResponse(
                                        "urn:p", host, caller.user().orElse("nobody"))))))
            .allowUnencrypted()
            .start()) {
      assertEquals(
          ImmutableList.of("hv-1", "hv-2", "hv-3"),
          server.endpoints().stream()
              .map(WsManServer.Endpoint::host)
              .collect(ImmutableList.toImmutableList()));
      for (WsManServer.Endpoint endpoint : server.endpoints()) {
        assertTrue(
            endpoint.uri().toString().matches("http://127\\.0\\.0\\.1:[1-9][0-9]*/wsman"),
            endpoint.toString());
        try (WsManClient client =
            WsManClient.open(
                WsManEndpoint.parse(endpoint.uri().toString()),
                WsManLogin.basic(asked -> new Credentials(server.user(), server.password())),
                WsManOptions.STANDARD.allowingBasicWithoutTls())) {
          assertEquals(
              new WsManBody.IdentifyResponse("urn:p", endpoint.host(), "avma-sim"),
              client.identify());
        }
      }
    }
  }

  @Test
  void aLoginIsMadeByChanceUnlessGiven() throws Exception {
    try (WsManServer one = open();
        WsManServer other = open();
        WsManServer given =
            Served.identifying()
                .allowUnencrypted()
                .login("Reader", "geheim:ü".toCharArray())
                .start()) {
      assertTrue(one.password().length >= 20);
      assertNotEquals(new String(one.password()), new String(other.password()));
      assertArrayEquals("geheim:ü".toCharArray(), given.password());
      try (Wire wire = Wire.to(given)) {
        assertEquals(200, wire.post(SOAP + Wire.basic("reader", "geheim:ü"), IDENTIFY).status());
        assertEquals(401, wire.post(SOAP + Wire.basic("Reader", "Geheim:ü"), IDENTIFY).status());
        assertEquals(401, wire.post(SOAP + Wire.basic(other), IDENTIFY).status());
      }
      assertFalse(given.toString().contains("geheim"));
    }
  }

  @Test
  void anEmptyFirstPostHearsHowToLogInOnAConnectionThatStays() throws Exception {
    try (WsManServer server = open();
        Wire wire = Wire.to(server)) {
      Wire.Response challenge = wire.post(SOAP, "");
      assertEquals(401, challenge.status());
      assertEquals("Basic realm=\"WSMAN\"", challenge.header("WWW-Authenticate"));
      assertEquals(401, wire.post("", IDENTIFY).status());
      assertEquals(200, wire.post(SOAP + Wire.basic(server), IDENTIFY).status());
      assertEquals(401, wire.post(SOAP, IDENTIFY).status(), "Basic is for one request");
    }
  }

  @Test
  void anyLoginStillChallengesWhoBeginsEmpty() throws Exception {
    try (WsManServer server = Served.identifying().anyLogin().start();
        Wire wire = Wire.to(server)) {
      assertEquals(401, wire.post(SOAP, "").status());
      assertEquals(200, wire.post(SOAP, IDENTIFY).status());
      assertEquals(200, wire.post(SOAP + Wire.basic("who", "ever"), IDENTIFY).status());
      assertEquals(200, wire.post(SOAP + "Authorization: Digest x\r\n", IDENTIFY).status());
    }
  }

  /** A page of somebody else, whose name was turned to this machine, comes with its own name. */
  @Test
  void anyLoginIsForThisMachinesOwnNames() throws Exception {
    try (WsManServer server = Served.identifying().anyLogin().start();
        Wire page = Wire.to(server)) {
      page.raw(
          "POST /wsman HTTP/1.1\r\nHost: page.example\r\n"
              + SOAP
              + "Content-Length: "
              + IDENTIFY.length()
              + "\r\n\r\n"
              + IDENTIFY);
      assertEquals(421, page.response().status());
    }
  }

  @Test
  void aCallWithinACallIsRefusedAndTheServerGoesOn() throws Exception {
    try (WsManServer server = open()) {
      IllegalStateException inner =
          assertThrows(
              IllegalStateException.class, () -> server.call(all -> server.call(same -> 1)));
      assertTrue(inner.getMessage().startsWith("call from within a call"), inner.getMessage());
      IllegalStateException closing =
          assertThrows(IllegalStateException.class, () -> server.call(all -> closed(server)));
      assertTrue(closing.getMessage().startsWith("close from within"), closing.getMessage());
      int answer = server.call(all -> 2);
      assertEquals(2, answer);
    }
  }

  private static boolean closed(AutoCloseable resource) {
    try (resource) {
      return true;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void isAsStrictAsAHostByDefault() throws Exception {
    IllegalStateException nobody =
        assertThrows(IllegalStateException.class, () -> Served.identifying().start().close());
    assertTrue(nobody.toString().contains("nobody could log in"), nobody.toString());
    assertThrows(
        IllegalStateException.class,
        () ->
            Served.identifying()
                .anyLogin()
                .address(InetAddress.getByAddress(new byte[4]))
                .start()
                .close());
  }

  @Test
  void whoAnswersIsToldWithoutALogin() throws Exception {
    try (WsManServer server = open();
        Wire wire = Wire.to(server)) {
      Wire.Response response = wire.post(SOAP + "wsmanidentify: unauthenticated\r\n", IDENTIFY);
      assertTrue(body(response) instanceof WsManBody.IdentifyResponse);
    }
  }

  @Test
  void namesOfHeadersAndSchemesComeInAnyCase() throws Exception {
    try (WsManServer server = open();
        Wire wire = Wire.to(server)) {
      String headers =
          (SOAP + Wire.basic(server))
              .replace("Content-Type", "CONTENT-TYPE")
              .replace("Authorization: Basic", "authorization: bAsIc")
              .replace("charset=UTF-8", "Charset=\"utf-8\"");
      assertEquals(200, wire.post(headers, IDENTIFY).status());
    }
  }

  @Test
  void answersInUtf16WhoAsksInIt() throws Exception {
    try (WsManServer server = open();
        Wire wire = Wire.to(server)) {
      for (byte[] asked :
          List.of(
              ("\uFEFF" + IDENTIFY).getBytes(StandardCharsets.UTF_16LE),
              IDENTIFY.getBytes(StandardCharsets.UTF_16))) {
        Wire.Response response =
            wire.post(SOAP.replace("UTF-8", "UTF-16") + Wire.basic(server), asked);
        assertEquals(200, response.status());
        assertEquals("application/soap+xml;charset=UTF-16", response.header("content-type"));
        assertTrue(
            new String(response.body(), StandardCharsets.UTF_16).contains("IdentifyResponse"));
        assertTrue(body(response) instanceof WsManBody.IdentifyResponse);
      }
    }
  }

  @Test
  void refusesWhatIsNoMessage() throws Exception {
    try (WsManServer server = open();
        Wire wire = Wire.to(server)) {
      String login = Wire.basic(server);
      assertEquals(415, wire.post("Content-Type: text/plain\r\n" + login, IDENTIFY).status());
      assertEquals(
          415, wire.post(SOAP.replace("UTF-8", "EBCDIC-CP-US") + login, IDENTIFY).status());
      assertEquals(500, wire.post(SOAP + login, "<x/>").status());
      assertEquals(405, wire.raw("GET /wsman HTTP/1.1\r\nHost: h\r\n\r\n").response().status());
      assertEquals(404, wire.raw("GET / HTTP/1.1\r\nHost: h\r\n\r\n").response().status());
      assertEquals(200, wire.post(SOAP + login, IDENTIFY).status(), "on the same connection");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Negotiate TlRMTVNTUAABAAAAl4II4gAAAAAAAAAAAAAAAAAAAAAKAGFKAAAADw==",
        "NTLM TlRMTVNTUAABAAAAl4II4gAAAAAAAAAAAAAAAAAAAAAKAGFKAAAADw==",
        // SPNEGO with NTLM as its one mechanism
        "Negotiate YBwGBisGAQUFAqASMBCgDjAMBgorBgEEAYI3AgIK"
      })
  void saysWhatToUseInsteadOfNtlm(String authorization) throws Exception {
    try (WsManServer server = open();
        Wire wire = Wire.to(server)) {
      Wire.Response response =
          wire.post(SOAP + "Authorization: " + authorization + "\r\n", IDENTIFY);
      assertEquals(401, response.status());
      assertTrue(response.text().contains("HTTPS with Basic or a certificate"), response.text());
    }
  }

  @Test
  void aFullQueueIsAFaultAndThePlaceIsKept() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    BlockingQueue<String> began = new LinkedBlockingQueue<>();
    try (WsManServer server =
            WsManServer.builder(() -> Served.datacenter(1))
                .service(
                    (datacenter, time) ->
                        (caller, host, envelope, charset) -> {
                          began.add(host);
                          try {
                            go.await();
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                          return new IdentifyService().answer(caller, host, envelope, charset);
                        })
                .allowUnencrypted()
                .limits(ServerLimits.STANDARD.withQueueLength(1))
                .start();
        Wire first = Wire.to(server);
        Wire second = Wire.to(server);
        Wire third = Wire.to(server)) {
      String headers = SOAP + Wire.basic(server);
      String whole = Wire.head(headers, IDENTIFY.length()) + IDENTIFY;
      first.raw(whole);
      assertEquals("hv-1", began.take());
      // One of these two waits, whichever comes first; the other is refused at once.
      second.raw(whole);
      third.raw(whole);
      BlockingQueue<Wire.Response> answers = new LinkedBlockingQueue<>();
      for (Wire wire : List.of(second, third)) {
        Thread reader =
            new Thread(
                () -> {
                  try {
                    answers.add(wire.response());
                  } catch (IOException e) {
                    // Nothing is added, and the test times out.
                  }
                });
        reader.setDaemon(true);
        reader.start();
      }
      Wire.Response refused = answers.take();
      assertEquals(500, refused.status());
      assertEquals("QuotaLimit", fault(refused));
      go.countDown();
      assertEquals(200, first.response().status());
      assertEquals(200, answers.take().status());
      assertEquals(200, third.post(headers, IDENTIFY).status());
    }
  }

  @Test
  void closingEndsListenersConnectionsAndTheDataCentre() throws Exception {
    WsManServer server = open();
    URI uri = server.endpoints().get(0).uri();
    assertEquals(1, server.<Integer>call(datacenter -> datacenter.hosts().size()));
    try (Wire wire = Wire.to(server)) {
      assertEquals(200, wire.post(SOAP + Wire.basic(server), IDENTIFY).status());
      server.close();
      assertTrue(wire.closes());
    }
    assertThrows(IOException.class, () -> new Socket(uri.getHost(), uri.getPort()).close());
    assertThrows(
        java.util.concurrent.RejectedExecutionException.class,
        () -> server.<String>call(Object::toString));
    server.close();
  }

  @Test
  void whatTheDataCentreThrowsIsThrown() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                WsManServer.builder(
                        () -> {
                          throw new IllegalArgumentException("no such fleet");
                        })
                    .anyLogin()
                    .start()
                    .close());
    assertEquals("no such fleet", failure.getMessage());
  }

  @Test
  void portsFollowOneAnotherAndATakenOneIsNamed() throws Exception {
    try (WsManServer server = open()) {
      int taken = server.endpoints().get(0).uri().getPort();
      IOException failure =
          assertThrows(
              IOException.class,
              () -> Served.identifying().allowUnencrypted().port(taken).start().close());
      assertTrue(failure.toString().contains(String.valueOf(taken)), failure.toString());
    }
  }

  @Test
  void basicIsOneGuessAtAnyLength() {
    PasswordLogins logins = new PasswordLogins();
    logins.add("u", "p".toCharArray());
    Base64.Encoder base64 = Base64.getEncoder();
    for (String wrong : List.of("", "u", "u:", ":", "u:pp", "u:p\0", "U\u0130:p", "::::")) {
      assertEquals(
          Optional.empty(),
          logins.user(base64.encodeToString(wrong.getBytes(StandardCharsets.UTF_8))),
          wrong);
    }
    assertEquals(Optional.empty(), logins.user("*"));
    assertEquals(
        Optional.of("u"),
        logins.user(base64.encodeToString("U:p".getBytes(StandardCharsets.UTF_8))));
  }
}
