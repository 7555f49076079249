package io.avma.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The extension in a real Jupiter engine, with tests that fail on purpose. */
class SimulatedFleetTest {
  private static final Map<String, String> DIGESTS = new ConcurrentHashMap<>();

  /** Not run by itself: no name that the build takes for a test's. */
  @SimulatedFleet(hosts = 2, guestsPerHost = 3, release = WindowsRelease.WS_2022)
  static class Sample {
    private SimulatedDatacenter before;

    @BeforeEach
    void start(SimulatedDatacenter datacenter) {
      before = datacenter;
      datacenter.startAll(Duration.ofMinutes(1));
    }

    @Test
    void sharesTheDataCentre(SimulatedDatacenter datacenter) {
      assertSame(before, datacenter);
      datacenter.advance(Duration.ofDays(1));
      assertEquals(6, datacenter.guests().stream().filter(SimulatedGuest::isActivated).count());
      DIGESTS.put("first", datacenter.trace().digest());
    }

    @Test
    void hasASeedOfItsOwn(SimulatedDatacenter datacenter) {
      datacenter.advance(Duration.ofDays(1));
      DIGESTS.put("second", datacenter.trace().digest());
    }

    @Test
    @SimulatedFleet(clusters = 2, hosts = 1, guestsPerHost = 1)
    void mayDescribeItsOwnFleet(SimulatedDatacenter datacenter) {
      assertEquals(2, datacenter.hosts().size());
    }

    @Test
    void fillsABuilder(DatacenterBuilder builder) {
      SimulatedDatacenter own =
          builder.host("n1", HostProfile.datacenter(WindowsRelease.WS_2016)).build();
      assertEquals(before.seed(), own.seed());
    }
  }

  /** Fails in the test. */
  @SimulatedFleet(hosts = 1, guestsPerHost = 1)
  static class FailsInTheTest {
    @Test
    void fails(SimulatedDatacenter datacenter) {
      datacenter.guests().get(0).start();
      datacenter.advance(Duration.ofMinutes(1));
      throw new AssertionError("as planned, digest " + datacenter.trace().digest());
    }
  }

  /** Fails behind the test. */
  @SimulatedFleet
  static class FailsAfterTheTest {
    @Test
    void passes(SimulatedDatacenter datacenter) {
      datacenter.startAll(Duration.ZERO);
      datacenter.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void fails(SimulatedDatacenter datacenter) {
      throw new AssertionError("as planned, " + datacenter.eventCount() + " events");
    }
  }

  /** Many at once. */
  @SimulatedFleet
  @Execution(ExecutionMode.CONCURRENT)
  static class Parallel {
    @RepeatedTest(40)
    void runs(SimulatedDatacenter datacenter) {
      datacenter.startAll(Duration.ofMinutes(1));
      datacenter.advance(Duration.ofDays(30));
    }
  }

  private static EngineExecutionResults run(
      List<? extends DiscoverySelector> what, Map<String, String> settings) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter").selectors(what.toArray(DiscoverySelector[]::new));
    settings.forEach(kit::configurationParameter);
    return kit.execute();
  }

  private static Throwable failure(EngineExecutionResults results) {
    Stream<Event> failed = results.testEvents().failed().stream();
    return failed
        .findFirst()
        .flatMap(event -> event.getPayload(org.junit.platform.engine.TestExecutionResult.class))
        .flatMap(org.junit.platform.engine.TestExecutionResult::getThrowable)
        .orElseThrow();
  }

  @Nested
  class Injected {
    @Test
    void eachTestGetsTheFleetThatIsDescribedAndAlwaysTheSame() {
      run(List.of(selectClass(Sample.class)), Map.of())
          .testEvents()
          .assertStatistics(found -> found.started(4).succeeded(4));
      Map<String, String> first = Map.copyOf(DIGESTS);
      assertNotEquals(first.get("first"), first.get("second"));
      DIGESTS.clear();
      run(List.of(selectClass(Sample.class)), Map.of());
      assertEquals(first, Map.copyOf(DIGESTS));
    }

    @Test
    void aSeedThatIsToldIsEverybodys() {
      EngineExecutionResults unused =
          run(List.of(selectClass(Sample.class)), Map.of(SimulatedFleet.SEED, "5"));
      assertEquals(DIGESTS.get("first"), DIGESTS.get("second"));
      Throwable refused =
          failure(
              run(List.of(selectClass(FailsInTheTest.class)), Map.of(SimulatedFleet.SEED, "five")));
      assertTrue(refused.getMessage().contains("a whole number"), refused.toString());
    }

    @Test
    void testsInParallelDoNotMeet() {
      run(
              List.of(selectClass(Parallel.class)),
              Map.of(
                  "junit.jupiter.execution.parallel.enabled", "true",
                  "junit.jupiter.execution.parallel.config.strategy", "fixed",
                  "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"))
          .testEvents()
          .assertStatistics(found -> found.started(40).succeeded(40));
    }
  }

  @Nested
  class Failed {
    @Test
    void aFailureShowsTheTraceAndTheLineThatRepeatsIt() {
      Throwable failure = failure(run(List.of(selectClass(FailsInTheTest.class)), Map.of()));
      String message = failure.getSuppressed()[0].getMessage();
      assertTrue(message.contains("vm-1 OUTCOME cluster-1/host-1 0x00000000"), message);
      Matcher line =
          Pattern.compile("-Dtest='([^#]+)#(\\w+)' -Davma.seed=(-?\\d+)$").matcher(message);
      assertTrue(line.find(), message);
      assertEquals("fails", line.group(2));
      Throwable again =
          failure(
              run(List.of(selectClass(line.group(1))), Map.of(SimulatedFleet.SEED, line.group(3))));
      assertEquals(failure.getMessage(), again.getMessage());
      assertEquals(message, again.getSuppressed()[0].getMessage());
    }

    @Test
    void aFailureBehindTheTestIsExplainedAsWell() {
      Throwable failure = failure(run(List.of(selectClass(FailsAfterTheTest.class)), Map.of()));
      assertTrue(failure.getSuppressed()[0].getMessage().contains("the same run again"));
    }
  }
}
