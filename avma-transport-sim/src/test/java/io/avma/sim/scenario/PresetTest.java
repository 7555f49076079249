package io.avma.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.VmId;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.TraceEntry;
import io.avma.tracking.Finding;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each preset shows what it is there for. */
class PresetTest {
  private static ScenarioReport play(Preset preset) {
    return preset.scenario().play(PlayOptions.usual().tracing(1_000_000)).orThrow();
  }

  private static long count(ScenarioReport report, TraceEntry.What what, String machine) {
    return report.trace().stream()
        .filter(entry -> entry.what() == what && entry.machine().equals(machine))
        .count();
  }

  private static ScenarioReport.Outcome outcome(ScenarioReport report, String guest) {
    return report.outcomes().stream()
        .filter(one -> one.guest().equals(guest))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void everyPresetIsFoundByNameAndDoesAllThatItSays(Preset preset) throws Exception {
    assertEquals(Optional.of(preset), Preset.named(preset.label()));
    ScenarioReport report = play(preset);
    assertEquals(0, report.senseless());
    assertEquals(preset.scenario(), Scenario.fromJson(preset.scenario().toJson()));
    assertTrue(preset.scenario().replayToken().isPresent());
  }

  @Test
  void anUnknownNameIsNoPreset() {
    assertEquals(Optional.empty(), Preset.named("QUIET_MONTH"));
  }

  @Test
  void inAQuietMonthEverybodyIsActivatedAllTheTime() {
    ScenarioReport report = play(Preset.QUIET_MONTH);
    for (ScenarioReport.Outcome outcome : report.outcomes()) {
      assertTrue(outcome.activated(), outcome.toString());
      assertEquals(
          6, count(report, TraceEntry.What.REQUEST_SENT, outcome.guest()), "day 0, 6, ...");
      assertEquals(0, count(report, TraceEntry.What.EXPIRED, outcome.guest()));
    }
  }

  @Test
  void guestsOfAHostWithoutLicenseRunOutAndComeBackWithIt() {
    ScenarioReport report = play(Preset.LICENSE_LOST);
    for (String guest : List.of("web", "db")) {
      assertEquals(1, count(report, TraceEntry.What.EXPIRED, guest));
      assertTrue(outcome(report, guest).activated());
    }
    assertEquals(0, count(report, TraceEntry.What.EXPIRED, "mail"), "its host kept the license");
  }

  @Test
  void aClusterIsUpgradedNodeByNodeWithoutAnybodyLosingAnything() {
    ScenarioReport report = play(Preset.ROLLING_UPGRADE);
    Set<String> moved = new HashSet<>();
    for (ScenarioReport.Outcome outcome : report.outcomes()) {
      assertTrue(outcome.running() && outcome.activated(), outcome.toString());
      assertEquals(0, count(report, TraceEntry.What.EXPIRED, outcome.guest()));
      if (count(report, TraceEntry.What.MIGRATED, outcome.guest()) > 0) {
        moved.add(outcome.guest());
      }
    }
    assertEquals(6, report.outcomes().size());
    assertEquals(1, count(report, TraceEntry.What.CRASHED, "prod/node-2/vm-1"));
    assertTrue(moved.size() >= 4, moved.toString());
  }

  @Test
  void inANoisyNetworkMuchGoesWrongAndEverybodyIsActivated() {
    ScenarioReport report = play(Preset.NOISY_NETWORK);
    Map<String, Integer> strikes = new HashMap<>();
    report.trace().stream()
        .filter(entry -> entry.what() == TraceEntry.What.FAULT)
        .forEach(entry -> strikes.merge(entry.detail(), 1, Integer::sum));
    assertEquals(4, strikes.size(), strikes.toString());
    assertTrue(report.outcomes().stream().allMatch(ScenarioReport.Outcome::activated));
  }

  @Test
  void itemsLeftByAnAvmaKeyAreFoundUntilSomebodyTidies() {
    Set<VmId> found = new HashSet<>();
    Invariant finder =
        new Invariant() {
          @Override
          public String name() {
            return "finder";
          }

          @Override
          public Watch watch(SimulatedDatacenter datacenter) {
            return new Watch() {
              @Override
              public Optional<String> after(List<Happening> happenings) {
                return Optional.empty();
              }

              @Override
              public Optional<String> afterRound(Monitoring monitoring) {
                found.clear();
                for (Finding finding : monitoring.ledger().view().findings()) {
                  if (finding.open() && finding.kind() == Finding.Kind.AVMA_ITEMS_LEFT) {
                    finding.vm().ifPresent(found::add);
                  }
                }
                return Optional.empty();
              }
            };
          }
        };
    ScenarioReport report =
        Preset.KEYS_REPLACED.scenario().play(PlayOptions.usual().with(finder)).orThrow();
    assertEquals(Set.of(outcome(report, "forgotten").vm()), found);
    assertTrue(outcome(report, "stays").activated());
    assertEquals(Optional.empty(), outcome(report, "tidied").last());
  }

  @Test
  void aReplicaTakesOverAndIsActivatedByItsNewHost() {
    ScenarioReport report = play(Preset.REPLICA_FAILOVER);
    ScenarioReport.Outcome replica = outcome(report, "web/replica");
    assertEquals("away", replica.host());
    assertTrue(replica.running() && replica.activated(), replica.toString());
    assertEquals(outcome(report, "web").vm(), replica.vm(), "the same VM");
    assertNotEquals(replica.vm(), outcome(report, "web-test").vm());
    assertTrue(
        report.trace().stream()
            .anyMatch(
                entry ->
                    entry.what() == TraceEntry.What.REQUEST_SENT
                        && entry.machine().equals("web/replica")
                        && entry.after().compareTo(Duration.ofDays(5)) > 0),
        "renewed there");
  }
}
