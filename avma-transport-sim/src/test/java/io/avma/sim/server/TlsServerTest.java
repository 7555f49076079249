package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.avma.transport.TransportException;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.TlsTrust;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsServerTest {
  private static final char[] PASSWORD = ServerKeys.PASSWORD;

  @TempDir static Path folder;
  private static KeyStore host;
  private static KeyStore reader;
  private static KeyStore stranger;

  private final BlockingQueue<Caller> callers = new LinkedBlockingQueue<>();

  @BeforeAll
  static void makeKeys() throws Exception {
    host = ServerKeys.make(folder, "host", "CN=localhost");
    reader = ServerKeys.make(folder, "reader", "CN=reader,O=avma.invalid");
    stranger = ServerKeys.make(folder, "stranger", "CN=stranger,O=avma.invalid");
  }

  private static KeyStore trusting(KeyStore other) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    String alias = other.aliases().nextElement();
    store.setCertificateEntry(alias, other.getCertificate(alias));
    return store;
  }

  private WsManServerBuilder https() throws Exception {
    return WsManServer.builder(() -> Served.datacenter(1))
        .service(
            (datacenter, time) ->
                (caller, name, envelope, charset) -> {
                  callers.add(caller);
                  return new IdentifyService().answer(caller, name, envelope, charset);
                })
        .tls(host, PASSWORD);
  }

  private static WsManClient client(WsManServer server, WsManLogin login) throws Exception {
    return WsManClient.open(
        WsManEndpoint.parse(server.endpoints().get(0).uri().toString()),
        login,
        WsManOptions.STANDARD.withTrust(TlsTrust.store(trusting(host))));
  }

  @Test
  void passwordsComeOverTls() throws Exception {
    try (WsManServer server = https().start()) {
      assertEquals("https", server.endpoints().get(0).uri().getScheme());
      try (WsManClient client =
          client(
              server,
              WsManLogin.basic(asked -> new Credentials(server.user(), server.password())))) {
        var unused = client.identify();
        assertEquals(new Caller(Optional.of("avma-sim"), true), callers.take());
      }
      try (WsManClient client =
          client(
              server,
              WsManLogin.basic(asked -> new Credentials("avma-sim", "guess".toCharArray())))) {
        TransportException refused = assertThrows(TransportException.class, client::identify);
        assertEquals(TransportException.Reason.REFUSED, refused.reason());
      }
    }
  }

  @Test
  void aCertificateLogsInWhereItIsTrusted() throws Exception {
    try (WsManServer server = https().clientCertificates(trusting(reader)).start()) {
      try (WsManClient client = client(server, WsManLogin.certificate(reader, PASSWORD))) {
        var unused = client.identify();
        assertEquals(new Caller(Optional.of("CN=reader,O=avma.invalid"), true), callers.take());
      }
      try (WsManClient client = client(server, WsManLogin.certificate(stranger, PASSWORD))) {
        assertThrows(TransportException.class, client::identify);
      }
      try (WsManClient client =
          client(
              server,
              WsManLogin.basic(asked -> new Credentials(server.user(), server.password())))) {
        var unused = client.identify();
        assertEquals(new Caller(Optional.of("avma-sim"), true), callers.take());
      }
    }
    try (WsManServer server = https().start();
        WsManClient client = client(server, WsManLogin.certificate(reader, PASSWORD))) {
      assertThrows(TransportException.class, client::identify);
    }
    assertEquals(0, callers.size());
  }

  @Test
  void certificatesNeedTls() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            Served.identifying()
                .allowUnencrypted()
                .clientCertificates(trusting(reader))
                .start()
                .close());
  }

  /** A client that speaks no TLS, or begins and does not go on, holds nothing for long. */
  @Test
  void whoSpeaksNoTlsIsClosed() throws Exception {
    ServerLimits quick =
        ServerLimits.STANDARD.withTimeouts(
            java.time.Duration.ofHours(1), java.time.Duration.ofMillis(500));
    try (WsManServer server = https().limits(quick).start();
        Wire plain = Wire.to(server);
        Wire silent = Wire.to(server)) {
      assertEquals(true, plain.raw("POST /wsman HTTP/1.1\r\nHost: h\r\n\r\n").closes());
      silent.raw(new byte[] {22, 3, 1, 1, 0});
      assertEquals(true, silent.closes());
    }
  }
}
