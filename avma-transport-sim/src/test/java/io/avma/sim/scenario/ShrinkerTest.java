package io.avma.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  private static boolean has(Scenario scenario, Class<? extends Command> kind) {
    return scenario.steps().stream().anyMatch(step -> kind.isInstance(step.command()));
  }

  private static Scenario large() {
    Scenario.Builder scenario =
        ScenarioTest.small()
            .startAll()
            .fault(FaultRule.of("a", FaultPoint.REQUEST, new Fault.Lost()))
            .fault(FaultRule.of("b", FaultPoint.RESPONSE, new Fault.Lost()));
    for (int i = 1; i <= 40; i++) {
      scenario.at(Duration.ofMillis(i * 1_234_567L), new GuestCommand.Start("old"));
    }
    scenario.at(Duration.ofMillis(70_001), new GuestCommand.Stop("web"));
    scenario.at(Duration.ofMillis(80_000_002), new HostCommand.Fail("hv-1"));
    return scenario.build();
  }

  @Test
  void whatIsNotNeededIsLeftOutAndTimesBecomeRound() {
    Predicate<Scenario> fails =
        scenario ->
            has(scenario, GuestCommand.Stop.class)
                && has(scenario, HostCommand.Fail.class)
                && scenario.faults().rules().stream().anyMatch(rule -> rule.name().equals("b"));
    Scenario smallest = new Shrinker(fails, 2_000).shrink(large());
    assertEquals(
        List.of(
            new Step(Duration.ofMinutes(1), new GuestCommand.Stop("web")),
            new Step(Duration.ofMinutes(1_333), new HostCommand.Fail("hv-1"))),
        smallest.steps());
    assertEquals(1, smallest.faults().rules().size());
    assertEquals(1, smallest.hosts().size(), "the other has no part in it");
    assertEquals(1, smallest.guests().size());
    assertTrue(smallest.length().compareTo(Duration.ofDays(2)) < 0, smallest.length().toString());
    assertEquals(smallest, new Shrinker(fails, 2_000).shrink(smallest), "it stays");
  }

  @Test
  void whatFailsWheneverItIsPlayedBecomesNothingButAHost() {
    Scenario smallest = new Shrinker(unused -> true, 2_000).shrink(large());
    assertEquals(List.of(), smallest.steps());
    assertEquals(List.of(), smallest.guests());
    assertEquals(1, smallest.hosts().size());
  }

  @Test
  void noMorePlaysThanAllowed() {
    List<Scenario> played = new ArrayList<>();
    Scenario smallest =
        new Shrinker(
                scenario -> {
                  played.add(scenario);
                  return has(scenario, HostCommand.Fail.class);
                },
                7)
            .shrink(large());
    assertEquals(7, played.size());
    assertTrue(has(smallest, HostCommand.Fail.class), "what is left fails");
  }

  @Test
  void aSwarmStopsAtTheFirstFailureAndShrinksItToTheSameInvariant() {
    Swarm swarm = new Swarm(PlayOptions.usual().with(new ScenarioTest.NobodyMoves()));
    List<Long> sound = new ArrayList<>();
    Optional<ScenarioReport> found = swarm.run(100, 1_000, sound::add);
    ScenarioReport smallest = found.orElseThrow();
    assertEquals("nobody-moves", smallest.broken().orElseThrow().invariant());
    assertEquals(100 + sound.size(), smallest.scenario().seed(), "the seed that failed");
    assertTrue(smallest.scenario().steps().size() <= 2, smallest::toString);
    assertFalse(smallest.trace().isEmpty());
    assertThrows(
        IllegalArgumentException.class,
        () -> swarm.shrink(ScenarioTest.small().build().play()),
        "nothing failed");
    assertThrows(IllegalArgumentException.class, () -> swarm.run(0, 0, unused -> {}));
  }
}
