package io.avma.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Random scenarios; {@code -Davma.swarm.runs=N} plays more of them. */
class SwarmTest {
  @Test
  void everyInvariantHoldsInRandomScenarios() {
    long runs = Long.getLong("avma.swarm.runs", 300);
    Optional<ScenarioReport> failed =
        new Swarm(PlayOptions.usual())
            .run(
                Long.getLong("avma.swarm.seed", 0),
                runs,
                done -> {
                  if (done % 1_000 == 0) {
                    System.out.println("swarm: " + done + " of " + runs);
                  }
                });
    assertEquals("", failed.map(ScenarioReport::toString).orElse(""));
  }

  @Test
  void theScenarioOfASeedIsAlwaysTheSame() {
    for (long seed = 0; seed < 200; seed++) {
      assertEquals(Swarm.scenario(seed), Swarm.scenario(seed));
    }
  }

  @Test
  void everyRandomScenarioIsReadAsItWasWritten() throws Exception {
    for (long seed = 0; seed < 500; seed++) {
      Scenario scenario = Swarm.scenario(seed);
      assertEquals(scenario, Scenario.fromJson(scenario.toJson()));
      assertEquals(scenario.toJson(), Scenario.fromJson(scenario.toJson()).toJson());
    }
  }
}
