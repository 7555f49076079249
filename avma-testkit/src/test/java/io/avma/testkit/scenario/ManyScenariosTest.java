package io.avma.testkit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** More of {@link SwarmDigestTest}, for rare things; too many to be played for each mutant. */
class ManyScenariosTest {
  @Test
  void manyScenarios() {
    assertEquals(
        "43f0e0900162cdcb0cdcbae014cd09450b06e0db92d8f1614081b12606b747ed",
        SwarmDigestTest.digest(50, 300));
  }
}
