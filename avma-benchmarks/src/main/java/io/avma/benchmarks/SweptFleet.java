package io.avma.benchmarks;

import io.avma.kvp.KvpSource;
import io.avma.platform.WindowsRelease;
import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.server.WsManServer;
import io.avma.transport.VmReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that {@link HostSweeps} asks: simulated hosts whose machines run, are activated and
 * have {@value #ITEMS} items each, 19 of Windows and 4 of AVMA. Prints the URLs and an empty line;
 * then for each line that it gets what its heap holds, until there are no more.
 */
public final class SweptFleet {
  static final int ITEMS = 23;
  static final String USER = "sweep";
  static final String PASSWORD = "sweep-of-a-benchmark";

  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private SweptFleet() {}

  /** Starts the process. */
  static Process start(int hosts, int machines) throws IOException {
    return new ProcessBuilder(
            JAVA,
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            SweptFleet.class.getName(),
            Integer.toString(hosts),
            Integer.toString(machines))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Reads what the process prints when its hosts answer. */
  static List<String> urls(BufferedReader told) throws IOException {
    List<String> urls = new ArrayList<>();
    for (String url = told.readLine(); url != null && !url.isEmpty(); url = told.readLine()) {
      urls.add(url);
    }
    return urls;
  }

  /** Takes the number of hosts and of machines on each. */
  public static void main(String[] arguments) throws IOException {
    int hosts = Integer.parseInt(arguments[0]);
    int machines = Integer.parseInt(arguments[1]);
    try (WsManServer server =
            WsManServer.builder(() -> datacenter(hosts, machines))
                .login(USER, PASSWORD.toCharArray())
                .allowUnencrypted()
                .start();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      server.endpoints().forEach(endpoint -> System.out.println(endpoint.uri()));
      System.out.println();
      while (in.readLine() != null) {
        System.out.println(Memory.used());
      }
    }
  }

  /** Returns hosts whose machines run and are activated. */
  static SimulatedDatacenter datacenter(int hosts, int machines) {
    SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .traceCapacity(0)
            .generate(new FleetShape(1, hosts, machines, WindowsRelease.WS_2025))
            .build();
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofHours(1));
    return datacenter;
  }

  /** Returns how many items a reading has. */
  static int count(VmReading reading) {
    int count = 0;
    if (reading instanceof VmReading.Read read) {
      for (KvpSource source : KvpSource.values()) {
        count += read.snapshot().items(source).size();
      }
    }
    return count;
  }
}
