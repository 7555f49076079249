package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetReader;
import io.avma.platform.HostPlatform;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code avma host} against the endpoints of simulated hosts. */
@Timeout(120)
class HostCommandTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("avma.root", "..")).resolve("samples/fleet");

  @TempDir Path folder;

  private ServedHosts sample() throws Exception {
    return ServedHosts.of(SAMPLE, folder);
  }

  private Fleet written() throws Exception {
    return FleetReader.read(folder, KeyCatalog.standard());
  }

  /** Returns each machine with its host; the simulation puts an identifier behind a name twice. */
  private static List<String> places(Fleet fleet) {
    return fleet.vms().stream()
        .map(vm -> vm.name().replaceFirst(" [0-9A-F]{8}-.*", "") + " on " + vm.host())
        .sorted()
        .toList();
  }

  /** Returns the URL of a host that refuses connections. */
  private static String dead() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/wsman";
    }
  }

  @Test
  void inventoryWritesTheFleetThatWasServed() throws Exception {
    Fleet served = FleetReader.read(SAMPLE, KeyCatalog.standard());
    try (ServedHosts hosts = sample()) {
      hosts
          .run("inventory", "--hosts", hosts.hosts().toString(), "--out", folder.toString())
          .exits(0);
    }
    Fleet fleet = written();
    assertEquals(served.hosts().keySet(), fleet.hosts().keySet());
    assertEquals(served.vms().size(), fleet.vms().size());
    served
        .hosts()
        .forEach(
            (id, host) -> {
              assertEquals(host.clusterKey(), fleet.hosts().get(id).clusterKey(), id.value());
              var read = fleet.hosts().get(id).profile();
              // An endpoint is one of Hyper-V: a host of another vendor is served as if it were
              // one.
              if (host.profile().platform() != HostPlatform.OTHER_HYPERVISOR) {
                assertEquals(host.profile().platform(), read.platform(), id.value());
                assertEquals(host.profile().release(), read.release(), id.value());
              }
            });
    assertEquals(places(served), places(fleet));
    assertTrue(Run.avma("plan", folder.toString()).code() < 2);
  }

  @Test
  void aClusterThatTheAccountMayNotReadIsNamedAndHidesNothing() throws Exception {
    try (ServedHosts hosts = sample();
        HostFront front =
            HostFront.of(hosts.url(), HostFront.refusing("root/MSCluster/", "AccessDenied", 5))) {
      Run run = hosts.run("inventory", front.url(), "--out", folder.toString(), "--json").exits(3);
      Map<String, Object> cluster = run.objects("host-cluster").get(0);
      assertEquals(false, cluster.get("known"));
      assertEquals(null, cluster.get("cluster"));
      assertEquals("refused", cluster.get("reason"));
      assertTrue(run.err().contains("whether it stands in a cluster is not known"), run.err());
      assertEquals(true, run.objects("asked-host").get(0).get("answered"));
      assertFalse(run.objects("host-vm").isEmpty());
    }
    var read = written().hosts().values().asList().get(0);
    assertEquals(Optional.empty(), read.cluster());
    assertTrue(read.profile().release().isPresent());
  }

  @Test
  void aHostThatHangsUpWhenItIsAskedForItsClusterIsWrittenAllTheSame() throws Exception {
    try (ServedHosts hosts = sample();
        HostFront front =
            HostFront.of(
                hosts.url(),
                envelope -> {
                  if (envelope.contains("root/MSCluster/")) {
                    throw new IllegalStateException("hangs up");
                  }
                  return Optional.empty();
                })) {
      Run run = hosts.run("inventory", front.url(), "--out", folder.toString(), "--json").exits(3);
      assertEquals("unreachable", run.objects("host-cluster").get(0).get("reason"));
      assertEquals(true, run.objects("asked-host").get(0).get("answered"));
      assertFalse(run.objects("host-vm").isEmpty());
    }
    assertEquals(1, written().hosts().size());
  }

  @Test
  void deadHostsAreNamedAndHideNobody() throws Exception {
    try (ServedHosts hosts = sample()) {
      Path file = hosts.hosts(dead() + " dead-1", dead() + " dead-2");
      Run run =
          hosts.run("inventory", "--hosts", file.toString(), "--out", folder.toString(), "--json");
      run.exits(3);
      List<String> failed =
          run.objects("asked-host").stream()
              .filter(host -> host.get("answered").equals(false))
              .map(host -> host.get("host") + " " + host.get("reason"))
              .toList();
      assertEquals(List.of("dead-1 unreachable", "dead-2 unreachable"), failed);
      assertTrue(run.err().contains("dead-1: http://127.0.0.1:"), run.err());
    }
    assertEquals(
        FleetReader.read(SAMPLE, KeyCatalog.standard()).hosts().keySet(),
        written().hosts().keySet());
  }

  /** It takes the connection and says nothing; only its time ends it. */
  @Test
  void aSilentHostIsCutOff() throws Exception {
    try (ServedHosts hosts = sample();
        ServerSocket silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Run run =
          hosts.run(
              "kvp",
              hosts.url(),
              "http://127.0.0.1:" + silent.getLocalPort() + "/wsman",
              "--limit",
              "10",
              "--json");
      run.exits(3);
      assertEquals(
          List.of("null", "timed-out"),
          run.objects("asked-host").stream().map(h -> String.valueOf(h.get("reason"))).toList());
      assertFalse(run.objects("host-item").isEmpty());
    }
  }

  @Test
  void nothingIsWrittenWhereNobodyAnswers() throws Exception {
    Path hosts = Files.writeString(folder.resolve("hosts.csv"), "old");
    try (ServedHosts served = sample()) {
      Run run = served.runWith("wrong", "inventory", served.url(), "--out", folder.toString());
      assertTrue(run.exits(3).err().contains("login not taken"), run.err());
    }
    assertEquals("old", Files.readString(hosts));
  }

  @Test
  void namesOfTenantsBecomeNoFormulasAndBreakOutOfNoCell() throws Exception {
    Path fleet = Files.createDirectory(folder.resolve("fleet"));
    Files.writeString(fleet.resolve("hosts.csv"), "host,release,edition\nh,2022,datacenter\n");
    Files.writeString(
        fleet.resolve("vms.csv"),
        """
        vm,host,release,edition
        "=cmd|' /C calc'!A0",h,2022,standard
        "a,b""c;\u202Ed",h,2022,standard
        @SUM(1),h,2022,standard
        """);
    try (ServedHosts hosts = ServedHosts.of(fleet, folder)) {
      hosts
          .run("inventory", "--hosts", hosts.hosts().toString(), "--out", folder.toString())
          .exits(0);
      Run kvp = hosts.run("kvp", hosts.url()).exits(0);
      assertFalse(kvp.out().contains("\u202E"));
    }
    assertEquals(
        List.of("'=cmd|' /C calc'!A0", "'@SUM(1)", "a,b\"c;\\u{202E}d"),
        written().vms().stream().map(vm -> vm.name()).sorted().toList());
  }

  @Test
  void eventsGoOnBehindTheBookmark() throws Exception {
    Path bookmarks = folder.resolve("bookmarks");
    try (ServedHosts hosts = sample()) {
      String file = hosts.hosts().toString();
      String since = bookmarks.toString();
      Run first = hosts.run("events", "--hosts", file, "--since", since, "--json").exits(0);
      assertTrue(first.objects("event").stream().anyMatch(e -> e.get("id").equals(12310L)));
      Run second = hosts.run("events", "--hosts", file, "--since", since, "--json").exits(0);
      assertEquals(List.of(), second.objects("event"));
      Files.writeString(bookmarks, "h\tnonsense\n");
      assertTrue(
          hosts.run("events", "--hosts", file, "--since", since).exits(2).err().contains(":1: "));
    }
  }

  @Test
  void theDoctorSaysWhichStepFailsAndWhatMendsIt() throws Exception {
    try (ServedHosts hosts = sample()) {
      Run well = hosts.run("doctor", hosts.url(), "--json").exits(0);
      assertEquals(
          List.of(
              "name",
              "port",
              "authentication",
              "virtualization-rights",
              "system-rights",
              "log-rights",
              "quotas",
              "cluster-rights"),
          well.objects("host-step").stream().map(step -> step.get("step")).toList());
      Run login = hosts.runWith("wrong", "doctor", hosts.url()).exits(1);
      assertTrue(login.out().contains("authentication  fails: "), login.out());
      String plain = hosts.url().replace("http:", "https:");
      Run tls = hosts.run("doctor", plain, "--json").exits(1);
      assertEquals("tls", last(tls).get("step"));
      Run port = hosts.run("doctor", dead(), "--json").exits(1);
      assertEquals("port", last(port).get("step"));
      assertEquals("on the host: Enable-PSRemoting -Force", last(port).get("remedy"));
      Run name = hosts.run("doctor", "http://no-such-host.invalid/", "--json").exits(1);
      assertEquals("name", last(name).get("step"));
    }
  }

  /** Each step behind the login fails alone, and says what mends it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "root/virtualization/v2/| AccessDenied | 5 | virtualization-rights | Hyper-V Administrators",
        "root/virtualization/v2/| DestinationUnreachable | 2150858778 | virtualization-rights |"
            + " Install-WindowsFeature Hyper-V",
        "Win32_OperatingSystem | AccessDenied | 2147749891 | system-rights | wmimgmt.msc",
        "Win32_NTLogEvent | AccessDenied | 5 | log-rights | Event Log Readers",
        "Msvm_VirtualSystemSettingData | QuotaLimit | 2150859174 | quotas |"
            + " MaxConcurrentOperationsPerUser",
        "Msvm_ComputerSystem | EncodingLimit | 2150858807 | quotas | MaxEnvelopeSizekb",
        "root/MSCluster/ | AccessDenied | 5 | cluster-rights | Grant-ClusterAccess",
        "root/MSCluster/ | TimedOut | 2150858793 | cluster-rights | Get-Service ClusSvc",
      })
  void theDoctorTellsEachRightAndQuotaApart(
      String part, String subcode, long code, String step, String remedy) throws Exception {
    try (ServedHosts hosts = sample();
        HostFront front = HostFront.of(hosts.url(), HostFront.refusing(part, subcode, code))) {
      Run run = hosts.run("doctor", front.url(), "--json").exits(1);
      List<Map<String, Object>> failed =
          run.objects("host-step").stream().filter(s -> s.get("passed").equals(false)).toList();
      assertEquals(1, failed.size(), run::toString);
      assertEquals(step, failed.get(0).get("step"));
      String command = String.valueOf(failed.get(0).get("remedy"));
      assertTrue(command.contains(remedy), command);
      assertTrue(
          String.valueOf(failed.get(0).get("message")).contains("refused in a test"),
          run::toString);
    }
  }

  private static Map<String, Object> last(Run run) {
    List<Map<String, Object>> steps = run.objects("host-step");
    return steps.get(steps.size() - 1);
  }

  @Test
  void badInputIsRefusedBeforeAnybodyIsAsked() throws Exception {
    assertTrue(Run.avma("host", "kvp").exits(2).err().contains("names no host"));
    Run login = Run.avma("host", "kvp", "http://u:geheim@h/wsman").exits(2);
    assertTrue(login.err().contains("holds a login"), login.err());
    assertFalse(login.err().contains("geheim"), login.err());
    Path file = Files.writeString(folder.resolve("h"), "http://a/\nftp://b/\n");
    assertTrue(
        Run.avma("host", "kvp", "--hosts", file.toString()).exits(2).err().contains("h:2: "));
    assertTrue(Run.avma("host", "kvp", "http://a/", "http://a/").exits(2).err().contains("before"));
    assertTrue(
        Run.avma("host", "kvp", "http://a/", "--auth", "basic").exits(2).err().contains("AVMA_"));
    assertTrue(Run.avma("host", "kvp", "http://a/", "--pin", "12").exits(2).err().contains("SHA"));
  }
}
