package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableMap;
import io.avma.realm.TestRealm;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is logged at the finest level, thrown or shown: no password and no ticket is in it. */
@Timeout(60)
class SecretsTest {
  private static final WsManBody IDENTITY = new WsManBody.IdentifyResponse("urn:p", "v", "w");

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          seen.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    handler.setLevel(Level.ALL);
    root.addHandler(handler);
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void restore() {
    root.setLevel(before);
    root.removeHandler(handler);
  }

  private void ask(WsManEndpoint endpoint, WsManLogin login, boolean succeeds)
      throws TransportException {
    WsManOptions options = WsManOptions.STANDARD.allowingBasicWithoutTls();
    try (WsManClient client = WsManClient.open(endpoint, login, options)) {
      if (succeeds) {
        assertEquals(IDENTITY, client.identify());
      } else {
        seen.add(
            Throwables.getStackTraceAsString(
                assertThrows(TransportException.class, client::identify)));
        seen.add(
            Throwables.getStackTraceAsString(
                assertThrows(
                    TransportException.class,
                    () ->
                        client.get(
                            CimReference.wmi("root/cimv2", "X", ImmutableMap.of("a", "b"))))));
      }
      seen.add(client + " " + login + " " + options + " " + endpoint);
    }
  }

  private void assertSecret(String... secrets) {
    assertTrue(seen.size() >= 2, "nothing was looked at");
    for (String secret : secrets) {
      assertFalse(String.join("\n", seen).contains(secret), secret);
    }
  }

  @Test
  void ofBasicAreShownNowhere() throws Exception {
    String password = "s3cret pässword";
    String token = Base64.getEncoder().encodeToString(("user:" + password).getBytes(UTF_8));
    WsManLogin login =
        WsManLogin.basic(endpoint -> new Credentials("user", password.toCharArray()));
    try (ScriptedPeer peer =
        ScriptedPeer.start((request, out) -> ScriptedPeer.soap(out, request, IDENTITY))) {
      ask(peer.endpoint(), login, true);
      assertEquals("Basic " + token, peer.requests().get(0).header("Authorization"));
    }
    try (ScriptedPeer peer =
        ScriptedPeer.start(
            (request, out) -> {
              ScriptedPeer.http(
                  out, 401, "", new byte[0], "WWW-Authenticate: Basic realm=\"WSMAN\"");
              return true;
            })) {
      ask(peer.endpoint(), login, false);
    }
    assertSecret(password, token);
  }

  @Test
  void ofKerberosAreShownNowhere(@TempDir Path folder) throws Exception {
    try (TestRealm realm = TestRealm.start(folder);
        ScriptedPeer peer = ScriptedPeer.start(new SealedHost(realm, request -> IDENTITY))) {
      WsManEndpoint named = WsManEndpoint.parse("http://localhost:" + peer.endpoint().port());
      ask(
          named,
          WsManLogin.kerberos(
              endpoint -> new Credentials(TestRealm.USER, TestRealm.PASSWORD.toCharArray())),
          true);
      ask(
          named,
          WsManLogin.kerberos(
              endpoint -> new Credentials(TestRealm.USER, "wr0ng horse".toCharArray())),
          false);
      Optional<ScriptedPeer.Request> first = peer.requests().stream().findFirst();
      String ticket = first.orElseThrow().header("Authorization").substring(10);
      assertSecret(TestRealm.PASSWORD, "wr0ng horse", ticket, ticket.substring(40, 80));
    }
  }
}
