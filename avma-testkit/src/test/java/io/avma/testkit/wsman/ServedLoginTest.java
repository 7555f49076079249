package io.avma.testkit.wsman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.server.WsManServer;
import io.avma.sim.server.WsManServerBuilder;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our client logs in at our endpoint: each holds the other to what both have read. */
@Timeout(60)
class ServedLoginTest {
  private static final String REALM = "AVMA.INVALID";
  private static final String USER = "reader@" + REALM;

  private static WsManServerBuilder server() {
    return WsManServer.builder(
        () ->
            SimulatedDatacenter.builder()
                .host("hv-1", HostProfile.datacenter(WindowsRelease.WS_2022))
                .build());
  }

  private static WsManEndpoint endpoint(WsManServer server, String name) {
    return WsManEndpoint.parse(
        "http://" + name + ":" + server.endpoints().get(0).uri().getPort() + "/wsman");
  }

  @Test
  void byBasicWhereBothAllowIt() throws Exception {
    WsManOptions options = WsManOptions.STANDARD.allowingBasicWithoutTls();
    try (WsManServer server = server().allowUnencrypted().start()) {
      WsManEndpoint endpoint = endpoint(server, "127.0.0.1");
      try (WsManClient client =
          WsManClient.open(
              endpoint,
              WsManLogin.basic(asked -> new Credentials(server.user(), server.password())),
              options)) {
        assertFalse(client.identify().productVendor().isEmpty());
      }
      try (WsManClient client =
          WsManClient.open(
              endpoint,
              WsManLogin.basic(asked -> new Credentials(server.user(), "wrong".toCharArray())),
              options)) {
        assertEquals(
            Reason.REFUSED, assertThrows(TransportException.class, client::identify).reason());
      }
    }
  }

  @Test
  void byKerberosWithSealedMessages(@TempDir Path folder) throws Exception {
    SimpleKdcServer kdc = kdc(folder);
    File keytab = folder.resolve("service.keytab").toFile();
    kdc.createPrincipal(USER, "secret");
    kdc.createAndExportPrincipals(keytab, "HTTP/localhost@" + REALM);
    try (WsManServer server = server().kerberos(keytab.toPath()).start();
        WsManClient client =
            WsManClient.open(
                endpoint(server, "localhost"),
                WsManLogin.kerberos(asked -> new Credentials(USER, "secret".toCharArray())),
                WsManOptions.STANDARD)) {
      String vendor = client.identify().productVendor();
      for (int i = 0; i < 20; i++) {
        assertEquals(vendor, client.identify().productVendor());
      }
      try (WsManClient unsealed =
          WsManClient.open(
              client.endpoint(),
              WsManLogin.kerberos(asked -> new Credentials(USER, "secret".toCharArray())),
              WsManOptions.STANDARD.allowingUnencrypted())) {
        TransportException failure = assertThrows(TransportException.class, unsealed::identify);
        assertTrue(failure.getMessage().contains(client.endpoint().toString()));
      }
    } finally {
      kdc.stop();
    }
  }

  private static SimpleKdcServer kdc(Path folder) throws Exception {
    int port = freePort();
    SimpleKdcServer kdc = new SimpleKdcServer();
    kdc.setWorkDir(folder.toFile());
    kdc.setKdcHost("127.0.0.1");
    kdc.setKdcRealm(REALM);
    kdc.setAllowUdp(false);
    kdc.setKdcTcpPort(port);
    kdc.init();
    Path conf = folder.resolve("client.conf");
    Files.writeString(
        conf,
        "[libdefaults]\n default_realm = AVMA.INVALID\n dns_canonicalize_hostname = false\n"
            + " dns_lookup_kdc = false\n dns_lookup_realm = false\n udp_preference_limit = 1\n"
            + "[realms]\n AVMA.INVALID = {\n  kdc = 127.0.0.1:"
            + port
            + "\n }\n[domain_realm]\n localhost = AVMA.INVALID\n");
    System.setProperty("java.security.krb5.conf", conf.toString());
    System.setProperty("sun.security.krb5.disableReferrals", "true");
    kdc.start();
    return kdc;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
