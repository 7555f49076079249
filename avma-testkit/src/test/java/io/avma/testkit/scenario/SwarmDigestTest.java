package io.avma.testkit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.avma.sim.scenario.ScenarioReport;
import io.avma.sim.scenario.Swarm;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Random scenarios do to the last bit what they did when this was written, and break no invariant.
 * Whoever changes what the simulator does changes these digests on purpose, and the version in the
 * line that replays a scenario with them.
 */
class SwarmDigestTest {
  @Test
  void aFewScenarios() {
    assertEquals("86d2db55d15106adf035eeacecd9aa9558d873c92268b239bfcb879387659ead", digest(0, 10));
  }

  @Test
  void someScenarios() {
    assertEquals(
        "2fa12d7d1edfea67f5f2a5285b932ed3e1bec881945402add37767a3848d86b8", digest(10, 50));
  }

  static String digest(long from, long until) {
    Hasher digest = Hashing.sha256().newHasher();
    for (long seed = from; seed < until; seed++) {
      ScenarioReport report = Swarm.scenario(seed).play().orThrow();
      String line =
          report.digest()
              + report.outcomes()
              + " "
              + report.done()
              + " "
              + report.senseless()
              + " "
              + report.strikes()
              + " "
              + report.events();
      digest.putString(line, StandardCharsets.UTF_8);
    }
    return digest.hash().toString();
  }
}
