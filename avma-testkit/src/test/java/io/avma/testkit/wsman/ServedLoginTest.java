package io.avma.testkit.wsman;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.realm.TestRealm;
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
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our client logs in at our endpoint: each holds the other to what both have read. */
@Timeout(60)
class ServedLoginTest {
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
    try (TestRealm realm = TestRealm.start(folder);
        WsManServer server = server().kerberos(realm.keytab()).start();
        WsManClient client =
            WsManClient.open(
                endpoint(server, "localhost"),
                WsManLogin.kerberos(
                    asked -> new Credentials(TestRealm.USER, TestRealm.PASSWORD.toCharArray())),
                WsManOptions.STANDARD)) {
      String vendor = client.identify().productVendor();
      for (int i = 0; i < 20; i++) {
        assertEquals(vendor, client.identify().productVendor());
      }
      try (WsManClient unsealed =
          WsManClient.open(
              client.endpoint(),
              WsManLogin.kerberos(
                  asked -> new Credentials(TestRealm.USER, TestRealm.PASSWORD.toCharArray())),
              WsManOptions.STANDARD.allowingUnencrypted())) {
        TransportException failure = assertThrows(TransportException.class, unsealed::identify);
        assertTrue(failure.getMessage().contains(client.endpoint().toString()));
      }
    }
  }
}
