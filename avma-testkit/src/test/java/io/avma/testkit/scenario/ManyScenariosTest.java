package io.avma.testkit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** More of {@link SwarmDigestTest}, for rare things; too many to be played for each mutant. */
class ManyScenariosTest {
  @Test
  void manyScenarios() {
    assertEquals(
        "65a233daeb859146245ce4e4fcb98bc9d16950774040c3c9293e96b550d13cd6",
        SwarmDigestTest.digest(50, 300));
  }
}
