package io.avma.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code avma sim serve} in a process of its own, as scripts start it. */
@Timeout(120)
class SimServeTest {
  private static final Path ROOT =
      Path.of(System.getProperty("avma.root", "..")).toAbsolutePath().normalize();
  private static final String FLEET = ROOT.resolve("samples/fleet").toString();
  private static final String IDENTIFY =
      "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\""
          + " xmlns:i=\"http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd\">"
          + "<s:Header/><s:Body><i:Identify/></s:Body></s:Envelope>";

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process serve(ProcessBuilder.Redirect input, String... args) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.avma.cli.Avma"));
    line.addAll(List.of("sim", "serve"));
    line.addAll(List.of(args));
    Process process =
        new ProcessBuilder(line)
            .redirectInput(input)
            .redirectError(folder.resolve("err").toFile())
            .start();
    started.add(process);
    return process;
  }

  /** Reads the lines of that many hosts. */
  private static Map<String, String> lines(BufferedReader out, int hosts) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    for (int i = 0; i < 3 * hosts; i++) {
      String[] parts = out.readLine().split("=", 2);
      lines.put(parts[0], parts[1]);
    }
    return lines;
  }

  private static HttpResponse<String> identify(String url, String user, String password)
      throws Exception {
    String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/soap+xml;charset=UTF-8")
                .header("Authorization", "Basic " + login)
                .POST(HttpRequest.BodyPublishers.ofString(IDENTIFY))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void servesAFleetUntilStandardInputIsClosed() throws Exception {
    Path ready = Files.writeString(folder.resolve("ready"), "old");
    Process process =
        serve(ProcessBuilder.Redirect.PIPE, FLEET, "--port", "0", "--ready-file", ready.toString());
    try (BufferedReader out = process.inputReader(UTF_8)) {
      int hosts = Files.readAllLines(ROOT.resolve("samples/fleet/hosts.csv")).size() - 1;
      Map<String, String> lines = lines(out, hosts);
      String user = lines.get("AVMA_USER_1");
      String password = lines.get("AVMA_PASSWORD_1");
      for (int i = 1; i <= hosts; i++) {
        String url = lines.get("AVMA_HOST_" + i);
        assertTrue(url.matches("http://127\\.0\\.0\\.1:[0-9]+/wsman"), url);
        HttpResponse<String> answer = identify(url, user, password);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().contains("IdentifyResponse"), answer.body());
        assertEquals(401, identify(url, user, "guess").statusCode());
      }
      while (Files.readString(ready).equals("old")) {
        Thread.onSpinWait();
      }
      assertEquals(
          List.copyOf(lines.entrySet()).stream().map(Object::toString).toList(),
          Files.readAllLines(ready));
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(ready)));
      process.getOutputStream().close();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
      assertFalse(Files.exists(ready), "nobody answers there any more");
      assertThrows(
          ConnectException.class, () -> identify(lines.get("AVMA_HOST_1"), user, password));
      for (String note : Files.readAllLines(folder.resolve("err"))) {
        assertTrue(note.startsWith("avma sim: The key of "), note);
      }
    }
  }

  /** A script puts it into the background, with nothing at standard input. */
  @Test
  void servesInTheBackgroundUntilASignal() throws Exception {
    Path ready = folder.resolve("ready");
    Process process =
        serve(
            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()),
            FLEET,
            "--ready-file",
            ready.toString());
    while (!Files.exists(ready)) {
      assertTrue(process.isAlive());
      Thread.onSpinWait();
    }
    String url = Files.readAllLines(ready).get(0).split("=", 2)[1];
    assertEquals(401, identify(url, "a", "b").statusCode());
    process.destroy();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertFalse(Files.exists(ready));
    assertEquals(143, process.exitValue());
  }

  @Test
  void servesWhatAScenarioLeavesToAnybody() throws Exception {
    Path scenario = folder.resolve("scenario.json");
    Run.avma("simulate", "--preset", "license-lost", "--write-scenario", scenario.toString())
        .exits(0);
    Process process = serve(ProcessBuilder.Redirect.PIPE, scenario.toString(), "--any-login");
    try (BufferedReader out = process.inputReader(UTF_8)) {
      String url = lines(out, 1).get("AVMA_HOST_1");
      assertEquals(200, identify(url, "who", "ever").statusCode());
      process.getOutputStream().close();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    }
  }

  @Test
  void endsAtOnceWhereInputIsClosedAlready() {
    Run run = Run.avma("sim", "serve", FLEET).exits(0);
    assertTrue(run.out().startsWith("AVMA_HOST_1=http://127.0.0.1:"), run.out());
  }

  @Test
  void saysWhatCannotBeServed() throws Exception {
    Path nothing = Files.createDirectory(folder.resolve("nothing"));
    assertTrue(Run.avma("sim", "serve", nothing.toString()).exits(2).err().contains("hosts.csv"));
    assertTrue(Run.avma("sim", "serve", FLEET, "--port", "65536").exits(2).err().contains("65535"));
    assertTrue(Run.avma("sim", "dance", FLEET).exits(2).err().contains("dance"));
    Path key = Files.writeString(folder.resolve("key.p12"), "no key");
    assertTrue(
        Run.avma("sim", "serve", FLEET, "--tls", key.toString())
            .exits(2)
            .err()
            .contains("key.p12"));
    assertTrue(
        Run.avma("sim", "serve", FLEET, "--keytab", folder.resolve("none").toString())
            .exits(3)
            .err()
            .contains("keytab none cannot be read"));
    assertTrue(
        Run.avma("sim", "serve", FLEET, "--ready-file", folder.resolve("missing/ready").toString())
            .exits(3)
            .err()
            .contains("ready file cannot be written"));
  }
}
