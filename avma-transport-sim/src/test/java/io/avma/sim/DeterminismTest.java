package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same run does the same: in this JVM, in others, with other hash codes, on another JDK. */
class DeterminismTest {
  private static final String PINNED = "14588 62e83e00ebe40cd7 a59ad2bd84937cdf b5d3b24218aff190";

  @Test
  void theTraceOfThePinnedRunIsPinned() {
    assertEquals(PINNED, PinnedRun.digest());
  }

  /** Else a change of what it misses would leave the digest as it is. */
  @Test
  void thePinnedRunTouchesEverything() {
    EnumSet<TraceEntry.What> seen = EnumSet.noneOf(TraceEntry.What.class);
    SimulatedDatacenter datacenter = PinnedRun.play();
    assertEquals(datacenter.trace().count(), datacenter.trace().entries().size(), "trace cut");
    datacenter.trace().entries().forEach(entry -> seen.add(entry.what()));
    assertEquals(EnumSet.allOf(TraceEntry.What.class), seen);
  }

  @Test
  void theSameRunInAnotherJvmWithOtherHashCodesGivesTheSameTrace() throws Exception {
    assertEquals(
        PINNED,
        run(
            Path.of(System.getProperty("java.home")),
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:hashCode=2"));
  }

  /** Every JDK that the machine has beside the one that runs this test, and any that is named. */
  @Test
  void theSameRunOnAnotherJdkGivesTheSameTrace() throws Exception {
    Set<Path> homes = new TreeSet<>(installed());
    String named = System.getProperty("avma.other.jdk", "");
    if (!named.isEmpty()) {
      Path home = real(Path.of(named));
      assertNotEquals(real(Path.of(System.getProperty("java.home"))), home, "this is no other JDK");
      homes.add(home);
    }
    if (homes.isEmpty()) {
      System.out.println("no other JDK (-Davma.other.jdk=HOME): the trace was compared on one");
    }
    for (Path home : homes) {
      assertEquals(PINNED, run(home), home.toString());
    }
  }

  @Test
  void anotherSeedGivesAnotherTrace() {
    assertNotEquals(digestOf(1), digestOf(2));
    assertEquals(digestOf(1), digestOf(1));
  }

  private static String digestOf(long seed) {
    SimulatedDatacenter datacenter = SimulatedDatacenter.generate(FleetShape.of(2, 10), seed);
    datacenter.startAll(Duration.ofHours(1));
    datacenter.advance(Duration.ofDays(30));
    return datacenter.trace().digest();
  }

  private static List<Path> installed() throws IOException {
    List<Path> homes = new ArrayList<>();
    Path running = real(Path.of(System.getProperty("java.home")));
    Path installed = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(installed)) {
      try (Stream<Path> found = Files.list(installed)) {
        found
            .filter(home -> home.getFileName().toString().matches(".*(17|21|25).*"))
            .filter(home -> Files.isExecutable(home.resolve("bin/java")))
            .map(DeterminismTest::real)
            .distinct()
            .filter(home -> !home.equals(running))
            .forEach(homes::add);
      }
    }
    return homes;
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path;
    }
  }

  private static String run(Path home, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("bin/java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), PinnedRun.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertEquals(0, process.waitFor(), output);
    return output;
  }
}
