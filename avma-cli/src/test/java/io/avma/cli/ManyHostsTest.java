package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.FleetWriter;
import io.avma.cli.fleet.ReadHost;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.sim.server.WsManServer;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmReading;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManHosts;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Forty hosts with fifty machines each at the end of a line on which a round trip takes 50 ms; two
 * of them are dead and one is slow. All options that say how long something may take are left as
 * they are.
 */
@Timeout(400)
class ManyHostsTest {
  private static final int HOSTS = 40;
  private static final int MACHINES = 50;
  private static final int ITEMS = 19;

  /** Nobody listens there. */
  private static final String REFUSING = "hv-07";

  /** Takes connections and says nothing. */
  private static final String SILENT = "hv-19";

  /** Its answers come at two bytes a second, without a pause that would tell. */
  private static final String SLOW = "hv-31";

  @TempDir static Path folder;

  private static ServedHosts served;
  private static ServerSocket silent;
  private static Socket refusing = new Socket();
  private static final List<SlowLine> LINES = new ArrayList<>();
  private static final Map<String, String> URLS = new LinkedHashMap<>();

  @BeforeAll
  static void serve() throws Exception {
    served = ServedHosts.of(fleet(), folder);
    assertEquals(HOSTS, served.server().call(ManyHostsTest::fill));
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    for (WsManServer.Endpoint endpoint : served.server().endpoints()) {
      URLS.put(endpoint.host(), url(endpoint.host(), endpoint.uri()));
    }
    assertEquals(HOSTS, URLS.size());
  }

  private static String url(String host, URI target) throws IOException {
    if (host.equals(REFUSING)) {
      refusing = new Socket(); // takes a port, and listens to nobody
      refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return "http://127.0.0.1:" + refusing.getLocalPort() + "/wsman";
    } else if (host.equals(SILENT)) {
      return "http://127.0.0.1:" + silent.getLocalPort() + "/wsman";
    }
    SlowLine line =
        host.equals(SLOW)
            ? SlowLine.trickling(target, Duration.ofMillis(500))
            : SlowLine.roundTrip(target, Duration.ofMillis(50));
    LINES.add(line);
    return line.url();
  }

  @AfterAll
  static void end() throws IOException {
    for (SlowLine line : LINES) {
      line.close();
    }
    silent.close();
    refusing.close();
    served.close();
  }

  private static Path fleet() throws IOException {
    Path fleet = Files.createDirectory(folder.resolve("fleet"));
    StringBuilder hosts = new StringBuilder("host,release,edition\n");
    StringBuilder vms = new StringBuilder("vm,host,release,edition\n");
    List<String> systems = List.of("2025,datacenter", "2022,standard", "2019,standard", ",");
    for (int h = 1; h <= HOSTS; h++) {
      String host = String.format("hv-%02d", h);
      hosts.append(host).append(",2025,datacenter\n");
      for (int m = 1; m <= MACHINES; m++) {
        vms.append(host).append("-vm-").append(m).append(',').append(host).append(',');
        vms.append(systems.get((h + m) % systems.size())).append('\n');
      }
    }
    Files.writeString(fleet.resolve("hosts.csv"), hosts);
    Files.writeString(fleet.resolve("vms.csv"), vms);
    return fleet;
  }

  /** Lets programs in the guests write items until each machine has at least so many. */
  private static int fill(SimulatedDatacenter datacenter) {
    try {
      for (SimulatedHost host : datacenter.hosts()) {
        for (VmReading reading : host.sweep(SweepScope.everything())) {
          SimulatedGuest guest =
              host.guests().stream().filter(g -> g.vm().equals(reading.vm())).findAny().get();
          guest
              .pools()
              .putAll(
                  KvpPool.GUEST,
                  IntStream.range(Math.min(ITEMS, items(reading)), ITEMS)
                      .mapToObj(i -> new KvpItem("Key" + i, "<" + guest.name() + "> & item " + i))
                      .toList());
        }
      }
      return HOSTS;
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  private static int items(VmReading reading) {
    int items = 0;
    for (KvpSource source : KvpSource.values()) {
      items += ((VmReading.Read) reading).snapshot().items(source).size();
    }
    return items;
  }

  /** What the simulated host says itself. */
  private static ImmutableList<VmReading> truth(String host) {
    return served
        .server()
        .call(
            datacenter -> {
              try {
                return datacenter.host(host).sweep(SweepScope.everything());
              } catch (TransportException e) {
                throw new AssertionError(e);
              }
            });
  }

  private static HostProfile profile(String host) {
    return served.server().call(datacenter -> datacenter.host(host).trueProfile());
  }

  private static boolean answers(String host) {
    return !List.of(REFUSING, SILENT, SLOW).contains(host);
  }

  private static void tell(String what, long start) {
    System.out.printf(
        "%s of %d hosts with %d machines each, two dead and one slow: %d ms%n",
        what, HOSTS, MACHINES, Duration.ofNanos(System.nanoTime() - start).toMillis());
  }

  @Test
  void theCommandWritesAllMachinesOfTheOthersAndNamesTheThree() throws Exception {
    List<String> lines =
        URLS.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList();
    Path hosts = Files.write(folder.resolve("hosts.txt"), lines);
    long start = System.nanoTime();
    Run run =
        Run.avma(
                "host",
                "inventory",
                "--hosts",
                hosts.toString(),
                "--out",
                folder.toString(),
                "--json",
                "--auth",
                "basic",
                "--basic-over-http",
                "--credentials",
                ServedHosts.credentials(folder, ServedHosts.PASSWORD).toString())
            .exits(3);
    tell("avma host inventory", start);
    assertEquals(
        List.of(REFUSING + " unreachable", SILENT + " timed-out", SLOW + " timed-out"),
        run.objects("asked-host").stream()
            .filter(host -> host.get("answered").equals(false))
            .map(host -> host.get("host") + " " + host.get("reason"))
            .toList());
    for (String host : List.of(REFUSING, SILENT, SLOW)) {
      assertTrue(run.err().contains("avma host: " + host + ": " + URLS.get(host)), run.err());
    }
    List<ReadHost> others =
        URLS.keySet().stream()
            .filter(ManyHostsTest::answers)
            .map(
                host ->
                    new ReadHost(new HostId(host), profile(host), Optional.empty(), truth(host)))
            .toList();
    FleetWriter expected = FleetWriter.of(others);
    assertEquals(expected.hosts(), Files.readString(folder.resolve("hosts.csv")));
    assertEquals(expected.vms(), Files.readString(folder.resolve("vms.csv")));
    assertEquals((HOSTS - 3) * MACHINES, expected.vms().lines().count() - 1);
    assertTrue(
        expected.hosts().lines().anyMatch(row -> row.startsWith("hv-01,")), expected.hosts());
    assertTrue(
        expected
            .vms()
            .lines()
            .anyMatch(row -> row.matches("hv-40-vm-50,[0-9A-F-]{36},hv-40,.*,running")));
  }

  @Test
  void theLibraryReadsAllItemsOfTheOthersAndNamesTheThree() throws Exception {
    WsManLogin login =
        WsManLogin.basic(endpoint -> new Credentials("reader", ServedHosts.PASSWORD.toCharArray()));
    List<WsManHosts.Question<ImmutableList<VmReading>>> questions = new ArrayList<>();
    for (String url : URLS.values()) {
      questions.add(
          WsManHosts.question(
              () ->
                  WsManHost.open(
                      WsManEndpoint.parse(url),
                      login,
                      WsManOptions.STANDARD.allowingBasicWithoutTls()),
              host -> host.sweep(SweepScope.everything())));
    }
    long start = System.nanoTime();
    var outcomes = WsManHosts.ask(questions, 16, Duration.ofMinutes(5), outcome -> {});
    tell("sweep", start);
    assertEquals(HOSTS, outcomes.size());
    int compared = 0;
    Map<String, Reason> failed = new LinkedHashMap<>();
    List<String> hosts = List.copyOf(URLS.keySet());
    for (WsManHosts.Outcome<ImmutableList<VmReading>> outcome : outcomes) {
      String host = hosts.get(outcome.index());
      Optional<TransportException> failure = outcome.failure();
      failure.ifPresent(e -> failed.put(host, e.reason()));
      if (outcome.answer().isPresent()) {
        compare(truth(host), outcome.answer().get());
        compared++;
      }
    }
    assertEquals(
        Map.of(REFUSING, Reason.UNREACHABLE, SILENT, Reason.TIMED_OUT, SLOW, Reason.TIMED_OUT),
        failed);
    assertEquals(HOSTS - 3, compared);
  }

  private static void compare(List<VmReading> expected, List<VmReading> read) {
    assertEquals(MACHINES, read.size());
    for (int i = 0; i < MACHINES; i++) {
      VmReading.Read theirs = (VmReading.Read) expected.get(i);
      VmReading.Read mine = (VmReading.Read) read.get(i);
      assertTrue(items(mine) >= ITEMS, mine.facts()::toString);
      assertEquals(theirs.facts(), mine.facts());
      for (KvpSource source : KvpSource.values()) {
        assertEquals(theirs.snapshot().items(source), mine.snapshot().items(source));
      }
    }
  }
}
