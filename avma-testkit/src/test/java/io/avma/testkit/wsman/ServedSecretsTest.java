package io.avma.testkit.wsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.KeyCatalog;
import io.avma.kvp.KvpItem;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.server.WsManServer;
import io.avma.transport.TransportException;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * No password and no product key reaches a log, however much is logged, on either side. In a JVM of
 * its own, because levels are read once. Without Jetty's loggers: below INFO they print whatever
 * comes over the wire, this password among it (let them log here, and see); the page of the
 * simulator says so.
 */
class ServedSecretsTest {
  private static final String USER = "reader";
  private static final String PASSWORD = "Pa55-never-shown";
  private static final String WRONG = "Wr0ng-never-shown";
  private static final String MARK = "everything is logged";

  @Test
  void neitherSideLogsASecret(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-Dorg.slf4j.simpleLogger.log.org.eclipse.jetty=info",
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES), "it does not end");
    String text = Files.readString(log);
    assertEquals(0, process.exitValue(), text);
    assertTrue(text.contains("TRACE") && text.contains(MARK), text);
    assertTrue(text.contains("refused: "), text);
    for (String secret : List.of(PASSWORD, WRONG, key())) {
      assertFalse(text.contains(secret), "shown: " + secret);
      String basic = Base64.getEncoder().encodeToString((USER + ":" + secret).getBytes(UTF_8));
      assertFalse(text.contains(basic), "shown: " + secret);
    }
  }

  private static String key() {
    return KeyCatalog.standard().avmaKeys().get(0).key().reveal();
  }

  /** What is logged. */
  static final class Main {
    private Main() {}

    /** Logs in rightly and wrongly, writes a key as an item and reads it back. */
    public static void main(String[] arguments) throws Exception {
      LoggerFactory.getLogger("probe").trace(MARK);
      try (WsManServer server =
          WsManServer.builder(Main::datacenter)
              .login(USER, PASSWORD.toCharArray())
              .allowUnencrypted()
              .start()) {
        try (WsManHost host =
            WsManHost.of(new HostId("hv-1"), client(server, PASSWORD), Clock.systemUTC())) {
          VmId vm = server.call(all -> all.guest("web").vm());
          host.add(vm, List.of(new KvpItem("key", key())));
          System.out.println(host.profile() + " " + host);
        }
        try (WsManClient wrong = client(server, WRONG)) {
          TransportException e = assertThrows(TransportException.class, wrong::identify);
          System.out.println("refused: " + e + " " + wrong + " " + server);
        }
      }
    }

    private static SimulatedDatacenter datacenter() {
      SimulatedDatacenter all =
          SimulatedDatacenter.builder()
              .host("hv-1", HostProfile.datacenter(WindowsRelease.WS_2022))
              .guest("web", "hv-1", GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD))
              .build();
      all.guest("web").start();
      return all;
    }

    private static WsManClient client(WsManServer server, String password)
        throws TransportException {
      return WsManClient.open(
          WsManEndpoint.parse(server.endpoints().get(0).uri().toString()),
          WsManLogin.basic(asked -> new Credentials(USER, password.toCharArray())),
          WsManOptions.STANDARD.allowingBasicWithoutTls());
    }
  }
}
