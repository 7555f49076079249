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
    assertEquals("409e583f91ac18a46f3559b849d42b7845e56504caed36eabe3036f4e716f2b5", digest(0, 10));
  }

  @Test
  void someScenarios() {
    assertEquals(
        "8920a5de70e3c04ca1363159467621052b283ae99b849bb9e3c56217d993948f", digest(10, 50));
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
