package io.avma.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.hash.Hashing;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.server.WsManServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the command comes by trust and secrets, at an endpoint that speaks HTTPS. */
@Timeout(120)
class HostLoginTest {
  private static final String SECRET = "Sehr-geheim-0815";

  @TempDir static Path folder;
  private static KeyStore keys;
  private static WsManServer server;

  @BeforeAll
  static void begin() throws Exception {
    keys = HostKeys.make(folder);
    server =
        WsManServer.builder(
                () ->
                    SimulatedDatacenter.builder()
                        .host("h", HostProfile.datacenter(WindowsRelease.WS_2022))
                        .build())
            .login("reader", SECRET.toCharArray())
            .tls(keys, HostKeys.PASSWORD)
            .start();
  }

  @AfterAll
  static void end() throws Exception {
    server.close();
  }

  private static String url() {
    return "https://localhost:" + server.endpoints().get(0).uri().getPort() + "/wsman";
  }

  private static Run doctor(Map<String, String> environment, String... more) {
    List<String> line = new ArrayList<>(List.of("host", "doctor", url(), "--json"));
    line.addAll(List.of("--auth", "basic"));
    line.addAll(List.of(more));
    Run run = Run.inEnvironment(environment, line.toArray(String[]::new));
    assertFalse((run.out() + run.err()).contains(SECRET), "the password is printed");
    return run;
  }

  private static Map<String, Object> last(Run run) {
    List<Map<String, Object>> steps = run.objects("host-step");
    return steps.get(steps.size() - 1);
  }

  private static Path pem() throws Exception {
    Certificate certificate = keys.getCertificate(HostKeys.ALIAS);
    return Files.writeString(
        folder.resolve("host.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                .encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n");
  }

  private static String pin() throws Exception {
    return Hashing.sha256().hashBytes(keys.getCertificate(HostKeys.ALIAS).getEncoded()).toString();
  }

  @Test
  void aCertificateIsBelievedThatWasNamedAndNoOther() throws Exception {
    String file = ServedHosts.credentials(folder, SECRET).toString();
    Map<String, String> none = Map.of();
    Run unknown = doctor(none, "--credentials", file).exits(1);
    assertEquals("tls", last(unknown).get("step"));
    assertTrue(String.valueOf(last(unknown).get("remedy")).contains("--pin"));
    doctor(none, "--credentials", file, "--pin", pin()).exits(0);
    doctor(none, "--credentials", file, "--trust", pem().toString()).exits(0);
    Run wrong = doctor(none, "--credentials", file, "--pin", "0".repeat(64)).exits(1);
    assertEquals("tls", last(wrong).get("step"));
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
    assertTrue(
        doctor(none, "--credentials", file, "--trust", empty.toString())
            .exits(2)
            .err()
            .contains("--trust"));
    doctor(none, "--credentials", file, "--trust", folder.resolve("none.pem").toString()).exits(2);
  }

  @Test
  void secretsComeFromTheFileBeforeTheEnvironment() throws Exception {
    Map<String, String> right = Map.of("AVMA_USER", "reader", "AVMA_PASSWORD", SECRET);
    Map<String, String> wrong = Map.of("AVMA_USER", "reader", "AVMA_PASSWORD", "wrong");
    doctor(right, "--pin", pin()).exits(0);
    Run refused = doctor(wrong, "--pin", pin()).exits(1);
    assertEquals("authentication", last(refused).get("step"));
    assertTrue(String.valueOf(last(refused).get("remedy")).contains("Auth\\Basic"));
    String file = ServedHosts.credentials(folder, SECRET).toString();
    doctor(wrong, "--pin", pin(), "--credentials", file).exits(0);
    doctor(Map.of("AVMA_USER", "reader"), "--pin", pin()).exits(2);
  }

  @Test
  void aFileThatOthersMayReadIsRefused() throws Exception {
    Path file = ServedHosts.credentials(folder, SECRET);
    Files.setPosixFilePermissions(
        file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
    Run run = doctor(Map.of(), "--pin", pin(), "--credentials", file.toString()).exits(1);
    assertEquals("authentication", last(run).get("step"));
    String message = String.valueOf(last(run).get("message"));
    assertTrue(message.contains(file.getFileName().toString()), message);
    assertTrue(message.contains("can be used by others"), message);
  }
}
