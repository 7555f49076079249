package io.avma.transport.wsman;

import static io.avma.transport.wsman.ScriptedPeer.soap;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Throwables;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsClientTest {
  private static final WsManBody IDENTITY =
      new WsManBody.IdentifyResponse("urn:p", "Microsoft Corporation", "OS: 10.0.20348");
  private static final CredentialSource SOURCE =
      endpoint -> new Credentials("user", "s3cret".toCharArray());

  @TempDir static Path folder;
  private static KeyStore host;
  private static KeyStore other;
  private static KeyStore person;

  @BeforeAll
  static void keys() throws Exception {
    host = TestKeys.make(folder, "host", "dns:localhost");
    other = TestKeys.make(folder, "other", "dns:other.invalid");
    person = TestKeys.make(folder, "person", "dns:person.invalid");
  }

  private static ScriptedPeer peer(KeyStore keys) throws Exception {
    return ScriptedPeer.start(
        TestKeys.server(keys, TestKeys.certificates(person)), (r, out) -> soap(out, r, IDENTITY));
  }

  private static WsManClient client(ScriptedPeer peer, TlsTrust trust) throws TransportException {
    return WsManClient.open(
        peer.tlsEndpoint(), WsManLogin.basic(SOURCE), WsManOptions.STANDARD.withTrust(trust));
  }

  private static void refused(KeyStore keys, TlsTrust trust) throws Exception {
    try (ScriptedPeer peer = peer(keys);
        WsManClient client = client(peer, trust)) {
      TransportException failure = assertThrows(TransportException.class, client::identify);
      assertEquals(Reason.REFUSED, failure.reason());
      assertFalse(Throwables.getStackTraceAsString(failure).contains("s3cret"));
      assertTrue(peer.requests().isEmpty(), "the password was sent");
    }
  }

  @Test
  void trustsNobodyWhomTheJvmDoesNotTrust() throws Exception {
    refused(host, TlsTrust.system());
  }

  @Test
  void trustsAStore() throws Exception {
    try (ScriptedPeer peer = peer(host);
        WsManClient client = client(peer, TlsTrust.store(TestKeys.certificates(host)))) {
      assertEquals(IDENTITY, client.identify());
      assertEquals("Basic dXNlcjpzM2NyZXQ=", peer.requests().get(0).header("Authorization"));
    }
    refused(host, TlsTrust.store(TestKeys.certificates(person)));
  }

  @Test
  void wantsTheNameThatWasAskedFor() throws Exception {
    refused(other, TlsTrust.store(TestKeys.certificates(other)));
  }

  @Test
  void trustsAPinnedCertificateAlone() throws Exception {
    String colons =
        TestKeys.fingerprint(other).toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:");
    try (ScriptedPeer peer = peer(other);
        WsManClient client = client(peer, TlsTrust.pinned(colons))) {
      assertEquals(IDENTITY, client.identify());
    }
    refused(host, TlsTrust.pinned(colons));
    assertThrows(IllegalArgumentException.class, () -> TlsTrust.pinned("12:34"));
  }

  private static ScriptedPeer wantingCertificates(String... protocols) throws Exception {
    SSLContext context = TestKeys.server(host, TestKeys.certificates(person));
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setNeedClientAuth(true);
    server.setEnabledProtocols(protocols);
    return ScriptedPeer.start(server, (r, out) -> soap(out, r, IDENTITY));
  }

  private static WsManClient certified(ScriptedPeer peer) throws Exception {
    return WsManClient.open(
        peer.tlsEndpoint(),
        WsManLogin.certificate(person, TestKeys.PASSWORD),
        WsManOptions.STANDARD.withTrust(TlsTrust.store(TestKeys.certificates(host))));
  }

  @Test
  void showsItsCertificateOverTls12() throws Exception {
    try (ScriptedPeer peer = wantingCertificates("TLSv1.2", "TLSv1.3")) {
      try (WsManClient client = certified(peer)) {
        assertEquals(IDENTITY, client.identify());
        assertTrue(peer.requests().get(0).header("Authorization").endsWith("/https/mutual"));
      }
      try (WsManClient without = client(peer, TlsTrust.store(TestKeys.certificates(host)))) {
        assertThrows(TransportException.class, without::identify);
      }
    }
    try (ScriptedPeer peer = wantingCertificates("TLSv1.3");
        WsManClient client = certified(peer)) {
      assertEquals(
          Reason.REFUSED, assertThrows(TransportException.class, client::identify).reason());
    }
  }

  @Test
  void sendsNoCertificateWithoutTls() throws Exception {
    WsManLogin login = WsManLogin.certificate(person, TestKeys.PASSWORD);
    assertEquals(
        Reason.REFUSED,
        assertThrows(
                TransportException.class,
                () ->
                    WsManClient.open(WsManEndpoint.http("h.invalid"), login, WsManOptions.STANDARD))
            .reason());
  }

  @Test
  void saysThatAPortKnowsNoTls() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread plain =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  int ignored = socket.getInputStream().read();
                  socket.getOutputStream().write("HTTP/1.1 400 X\r\n\r\n".getBytes(UTF_8));
                } catch (IOException e) {
                  // The client says what is wrong.
                }
              });
      plain.start();
      try (WsManClient client =
          WsManClient.open(
              WsManEndpoint.parse("https://localhost:" + server.getLocalPort()),
              WsManLogin.basic(SOURCE),
              WsManOptions.STANDARD)) {
        TransportException failure = assertThrows(TransportException.class, client::identify);
        assertTrue(failure.getMessage().contains("knows no TLS"), failure.getMessage());
      }
      plain.join();
    }
  }
}
