package io.avma.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One enumeration of the Data Exchange components of each host, host after host over open
 * connections, by this library and by OpenNMS' client, each in a process of its own, by turns:
 * {@code java -cp benchmarks.jar io.avma.benchmarks.EnumerateBesideOpenNms HOSTS MACHINES_PER_HOST
 * ROUNDS}. The hosts are those of {@link SweptFleet}. OpenNMS' client is where Maven puts it for
 * the tests ({@code mvn -pl avma-transport-sim -am process-test-resources}); {@code -Davma.opennms}
 * says where else. Both make all that they read: ours lists of values, theirs a tree.
 */
public final class EnumerateBesideOpenNms {
  private static final Path OPENNMS =
      Path.of(
          System.getProperty("avma.opennms", "avma-transport-sim/target/foreign/opennms/target"));
  private static final int INTRINSIC = 19;

  private EnumerateBesideOpenNms() {}

  /** A process that enumerates for each line it gets, and what its rounds took. */
  private record Peer(String name, Process process, BufferedReader says, List<Long> nanos) {
    static Peer start(String name, List<String> program, List<String> urls) throws IOException {
      List<String> line = new ArrayList<>(List.of(SweptFleet.JAVA, "-Xmx256m"));
      line.addAll(program);
      line.add(SweptFleet.USER);
      line.addAll(urls);
      ProcessBuilder builder =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("AVMA_PASSWORD", SweptFleet.PASSWORD);
      Process process = builder.start();
      return new Peer(name, process, process.inputReader(), new ArrayList<>());
    }

    void round(long items) throws IOException {
      long start = System.nanoTime();
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      String found = says.readLine();
      nanos.add(System.nanoTime() - start);
      if (!Long.toString(items).equals(found)) {
        throw new AssertionError(name + " finds " + found + " items (expected: " + items + ")");
      }
    }

    /** Of the second half of the rounds, when all is compiled. */
    long medianNanos() {
      List<Long> warm = nanos.subList(nanos.size() / 2, nanos.size()).stream().sorted().toList();
      return warm.get(warm.size() / 2);
    }
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int hosts = Integer.parseInt(arguments[0]);
    int machines = Integer.parseInt(arguments[1]);
    int rounds = Integer.parseInt(arguments[2]);
    Process server = SweptFleet.start(hosts, machines);
    List<Peer> peers = new ArrayList<>();
    try (BufferedReader told = server.inputReader()) {
      List<String> urls = SweptFleet.urls(told);
      peers.add(
          Peer.start(
              "this library",
              List.of("-cp", System.getProperty("java.class.path"), EnumerateByUs.class.getName()),
              urls));
      if (Files.exists(OPENNMS.resolve("class-path"))) {
        peers.add(Peer.start("OpenNMS", opennms(), urls));
      } else {
        System.out.println("OpenNMS' client is not in " + OPENNMS + ", so it is not measured");
      }
      for (int round = 0; round < rounds; round++) {
        for (Peer peer : peers) {
          peer.round((long) hosts * machines * INTRINSIC);
        }
      }
      for (Peer peer : peers) {
        System.out.println(
            String.format(
                Locale.ROOT,
                "%s: %,.0f VMs a second (median of the later half of %d rounds); %,d ms of CPU in all",
                peer.name(),
                hosts * machines * 1e9 / peer.medianNanos(),
                rounds,
                HostSweeps.cpu(peer.process().toHandle())));
      }
    } finally {
      peers.forEach(peer -> peer.process().destroy());
      server.getOutputStream().close();
    }
  }

  private static List<String> opennms() throws IOException {
    return List.of(
        "--add-opens",
        "java.base/java.lang=ALL-UNNAMED",
        "--add-opens",
        "java.base/java.net=ALL-UNNAMED",
        "-cp",
        OPENNMS.resolve("classes")
            + File.pathSeparator
            + Files.readString(OPENNMS.resolve("class-path")).strip(),
        "EnumerateByOpenNms");
  }
}
