package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.hash.Hashing;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.realm.TestRealm;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.server.WsManServer;
import io.avma.sim.server.WsManServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kerberos as the command takes it by default: sealed over HTTP, and over HTTPS. */
@Timeout(120)
class HostKerberosTest {
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

  private static WsManServerBuilder server() {
    return WsManServer.builder(
            () ->
                SimulatedDatacenter.builder()
                    .host("h", HostProfile.datacenter(WindowsRelease.WS_2022))
                    .build())
        .kerberos(realm.keytab());
  }

  private static Run doctor(
      WsManServer server, String scheme, Map<String, String> environment, String... more)
      throws IOException {
    String url = scheme + "://localhost:" + server.endpoints().get(0).uri().getPort() + "/wsman";
    List<String> line = new ArrayList<>(List.of("host", "doctor", url, "--json"));
    line.addAll(List.of(more));
    Run run = Run.inEnvironment(environment, line.toArray(String[]::new));
    assertFalse((run.out() + run.err()).contains(TestRealm.PASSWORD), "the password is printed");
    return run;
  }

  @Test
  void ticketsAreTakenFromTheCacheThatWasNamed() throws Exception {
    try (WsManServer server = server().start()) {
      doctor(server, "http", Map.of(), "--ticket-cache", realm.ticketCache().toString()).exits(0);
      Run none =
          doctor(server, "http", Map.of(), "--ticket-cache", folder.resolve("none").toString())
              .exits(1);
      List<Map<String, Object>> steps = none.objects("host-step");
      Map<String, Object> last = steps.get(steps.size() - 1);
      assertEquals("authentication", last.get("step"));
      assertEquals("here: kinit USER@REALM", last.get("remedy"));
    }
  }

  @Test
  void aPasswordGetsATicketOverHttpAndHttps() throws Exception {
    Map<String, String> right =
        Map.of("AVMA_USER", TestRealm.USER, "AVMA_PASSWORD", TestRealm.PASSWORD);
    try (WsManServer server = server().start()) {
      doctor(server, "http", right).exits(0);
      Map<String, String> wrong = Map.of("AVMA_USER", TestRealm.USER, "AVMA_PASSWORD", "no");
      assertTrue(doctor(server, "http", wrong).exits(1).out().contains("no Kerberos ticket"));
    }
    KeyStore keys = HostKeys.make(folder);
    String pin =
        Hashing.sha256().hashBytes(keys.getCertificate(HostKeys.ALIAS).getEncoded()).toString();
    try (WsManServer server = server().tls(keys, HostKeys.PASSWORD).start()) {
      doctor(server, "https", right, "--pin", pin).exits(0);
      doctor(
              server,
              "https",
              Map.of(),
              "--pin",
              pin,
              "--ticket-cache",
              realm.ticketCache().toString())
          .exits(0);
    }
  }
}
