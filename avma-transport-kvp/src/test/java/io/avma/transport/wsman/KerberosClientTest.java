package io.avma.transport.wsman;

import static io.avma.transport.wsman.ScriptedPeer.http;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.realm.TestRealm;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.cim.CimReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class KerberosClientTest {
  private static final WsManBody IDENTITY =
      new WsManBody.IdentifyResponse("urn:p", "Microsoft Corporation", "OS: 10.0.20348");

  @TempDir static Path folder;
  private static TestRealm realm;

  @BeforeAll
  static void begin() throws Exception {
    realm = TestRealm.start(folder);
  }

  @AfterAll
  static void end() throws Exception {
    realm.close();
  }

  private static WsManLogin login(String password) {
    return WsManLogin.kerberos(endpoint -> new Credentials(TestRealm.USER, password.toCharArray()));
  }

  private static WsManEndpoint named(ScriptedPeer peer) {
    return WsManEndpoint.parse("http://localhost:" + peer.endpoint().port());
  }

  private static WsManClient client(ScriptedPeer peer, WsManLogin login, WsManOptions options)
      throws TransportException {
    return WsManClient.open(named(peer), login, options);
  }

  private static WsManClient client(ScriptedPeer peer) throws TransportException {
    return client(peer, login(TestRealm.PASSWORD), WsManOptions.STANDARD);
  }

  private static TransportException failure(ScriptedPeer.Script script) throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.start(script);
        WsManClient client = client(peer)) {
      TransportException failure = assertThrows(TransportException.class, client::identify);
      String all = Throwables.getStackTraceAsString(failure);
      assertFalse(all.contains(TestRealm.PASSWORD), all);
      return failure;
    }
  }

  @Test
  void sealsEveryMessageOverHttp() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    try (ScriptedPeer peer = ScriptedPeer.start(host);
        WsManClient client = client(peer)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(IDENTITY, client.identify());
      }
      assertEquals(3, host.asked.size());
      assertEquals(1, host.contexts.size(), "one context on one connection");
      List<ScriptedPeer.Request> requests = peer.requests();
      assertEquals(4, requests.size(), "one round to authenticate");
      assertEquals(0, requests.get(0).body().length);
      for (ScriptedPeer.Request request : requests.subList(1, 4)) {
        String wire = new String(request.body(), StandardCharsets.ISO_8859_1);
        assertTrue(wire.startsWith("--Encrypted Boundary\r\n"), wire);
        assertFalse(wire.contains("Envelope"), "sent for all to read");
        assertEquals("", request.header("Authorization"));
      }
      assertEquals(TestRealm.USER, host.contexts.get(0).getSrcName().toString());
    }
  }

  @Test
  void takesTicketsFromAFile() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    try (ScriptedPeer peer = ScriptedPeer.start(host);
        WsManClient client =
            client(peer, WsManLogin.ticketCache(realm.ticketCache()), WsManOptions.STANDARD)) {
      assertEquals(IDENTITY, client.identify());
    }
  }

  @Test
  void saysThatThereIsNoTicket() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.start(new SealedHost(realm, request -> IDENTITY));
        WsManClient client =
            client(peer, WsManLogin.ticketCache(folder.resolve("none")), WsManOptions.STANDARD)) {
      TransportException failure = assertThrows(TransportException.class, client::identify);
      assertEquals(Reason.REFUSED, failure.reason());
      assertTrue(failure.getMessage().contains("kinit"), failure.getMessage());
      assertTrue(peer.requests().isEmpty());
    }
  }

  @Test
  void agreesOnAContextOfItsOwnForEachConnection() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    try (ScriptedPeer peer =
            ScriptedPeer.start(
                // Each connection is closed behind its first message.
                (request, out) -> host.answer(request, out) && request.number() < 1);
        WsManClient client = client(peer)) {
      assertEquals(IDENTITY, client.identify());
      assertEquals(IDENTITY, client.identify());
      assertEquals(2, host.contexts.size());
    }
  }

  @Test
  void leavesMessagesUnencryptedOnlyWhereThatIsAllowed() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    try (ScriptedPeer peer = ScriptedPeer.start(host);
        WsManClient client =
            client(peer, login(TestRealm.PASSWORD), WsManOptions.STANDARD.allowingUnencrypted())) {
      assertEquals(IDENTITY, client.identify());
      assertTrue(peer.requests().get(1).text().contains("Envelope"));
    }
  }

  @Test
  void takesNoPlainAnswerToASealedMessage() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    host.answersPlain = true;
    TransportException failure = failure(host);
    assertEquals(Reason.REFUSED, failure.reason());
    assertTrue(failure.getMessage().contains("without encryption"), failure.getMessage());
  }

  /** Else whoever is in between could have a host write everything twice. */
  @Test
  void repeatsNoCallForARefusalThatIsNotSealed() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    try (ScriptedPeer peer = ScriptedPeer.start(host);
        WsManClient client = client(peer)) {
      assertEquals(IDENTITY, client.identify());
      host.forgesRefusals = true;
      CimReference service =
          new CimReference(
              "", CimReference.WMI + "root/virtualization/v2/Msvm_X", ImmutableMap.of());
      assertThrows(
          TransportException.class, () -> client.invoke(service, "AddKvpItems", List.of()));
      assertEquals(
          1, host.asked.stream().filter(text -> text.contains("AddKvpItems_INPUT")).count());
    }
  }

  @Test
  void takesNoChangedAnswer() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    host.tampering =
        (message, number) -> {
          SealedPart part = message.parts().get(0);
          byte[] changed = part.sealed();
          changed[changed.length / 2] ^= 1;
          return SealedMessage.of(
              message.protocol(), part.clearLength(), part.signature(), changed);
        };
    assertEquals(Reason.DAMAGED, failure(host).reason());
  }

  @Test
  void takesNoAnswerTwice() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    List<SealedMessage> first = new ArrayList<>();
    host.tampering =
        (message, number) -> {
          first.add(message);
          return first.get(0);
        };
    try (ScriptedPeer peer = ScriptedPeer.start(host);
        WsManClient client = client(peer)) {
      assertEquals(IDENTITY, client.identify());
      assertEquals(
          Reason.DAMAGED, assertThrows(TransportException.class, client::identify).reason());
    }
  }

  @Test
  void readsMessagesInSeveralParts() throws Exception {
    SealedHost host = new SealedHost(realm, request -> IDENTITY);
    try (ScriptedPeer peer =
            ScriptedPeer.start(
                (request, out) -> {
                  if (host.contexts.get(request.connection()) == null) {
                    return host.answer(request, out);
                  }
                  org.ietf.jgss.GSSContext context = host.contexts.get(request.connection());
                  SealedMessage asked =
                      SealedMessage.decode(
                          request.header("Content-Type"), request.body(), WsManLimits.STANDARD);
                  byte[] token = KerberosWrap.token(asked.parts().get(0));
                  org.ietf.jgss.MessageProp how = new org.ietf.jgss.MessageProp(0, true);
                  byte[] clear = context.unwrap(token, 0, token.length, how);
                  byte[] envelope =
                      ScriptedPeer.envelope(
                          new ScriptedPeer.Request(0, 0, request.headers(), clear).messageId(),
                          IDENTITY);
                  ImmutableList.Builder<SealedPart> parts = ImmutableList.builder();
                  for (int from = 0; from < envelope.length; from += 100) {
                    int length = Math.min(100, envelope.length - from);
                    parts.add(
                        KerberosWrap.part(
                            context.wrap(
                                envelope, from, length, new org.ietf.jgss.MessageProp(0, true)),
                            length));
                  }
                  SealedMessage answer =
                      new SealedMessage(SealedMessage.Protocol.SPNEGO, parts.build());
                  http(out, 200, answer.contentType(), answer.encode());
                  return true;
                });
        WsManClient client = client(peer)) {
      assertEquals(IDENTITY, client.identify());
    }
  }

  @Test
  void refusesAWrongPasswordWithoutShowingIt() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.start(new SealedHost(realm, request -> IDENTITY));
        WsManClient client = client(peer, login("wr0ng horse"), WsManOptions.STANDARD)) {
      TransportException failure = assertThrows(TransportException.class, client::identify);
      assertEquals(Reason.REFUSED, failure.reason());
      assertFalse(Throwables.getStackTraceAsString(failure).contains("wr0ng"));
      assertTrue(peer.requests().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Negotiate", "NTLM", "Basic realm=\"WSMAN\""})
  void saysWhatToDoWithoutNtlm(String offer) throws Exception {
    List<Integer> asked = new ArrayList<>();
    TransportException failure =
        failure(
            (request, out) -> {
              asked.add(1);
              http(out, 401, "", new byte[0], "WWW-Authenticate: " + offer);
              return true;
            });
    assertEquals(Reason.REFUSED, failure.reason());
    assertTrue(failure.getMessage().contains("HTTPS with Basic"), failure.getMessage());
    assertEquals(1, asked.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "AAAA", "TlRMTVNTUAACAAAA", "oQcwBaADCgEC"})
  void refusesMalformedTokens(String token) throws Exception {
    List<Integer> asked = new ArrayList<>();
    TransportException failure =
        failure(
            (request, out) -> {
              asked.add(1);
              http(out, 401, "", new byte[0], "WWW-Authenticate: Negotiate " + token);
              return true;
            });
    assertEquals(Reason.REFUSED, failure.reason());
    assertTrue(asked.size() < 8, "asked " + asked.size() + " times");
  }

  @Test
  void refusesAHostThatClaimsSuccessWithoutProof() throws Exception {
    TransportException failure =
        failure(
            (request, out) -> {
              http(out, 200, "", new byte[0]);
              return true;
            });
    assertTrue(
        failure.reason() == Reason.REFUSED || failure.reason() == Reason.DAMAGED,
        failure.toString());
  }

  @Test
  void refusesATokenOfAnotherSession() throws Exception {
    String[] first = {null};
    ScriptedPeer.Script replay =
        (request, out) -> {
          if (first[0] == null) {
            byte[] token =
                realm.accept(
                    realm.acceptor(),
                    Base64.getDecoder().decode(request.header("Authorization").substring(10)));
            first[0] = Base64.getEncoder().encodeToString(token);
            return false;
          }
          http(out, 200, "", new byte[0], "WWW-Authenticate: Negotiate " + first[0]);
          return true;
        };
    assertEquals(Reason.UNREACHABLE, failure(replay).reason());
    assertEquals(Reason.REFUSED, failure(replay).reason());
  }
}
