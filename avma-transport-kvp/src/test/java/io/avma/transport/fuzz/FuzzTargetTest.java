package io.avma.transport.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a fuzzer is given is sound where the fuzzer starts and a little beyond. */
class FuzzTargetTest {
  @ParameterizedTest
  @MethodSource("io.avma.transport.fuzz.FuzzTarget#all")
  void everySeedAndItsNeighborsAreReadAsTheyShould(FuzzTarget target) throws Exception {
    List<byte[]> seeds = target.seeds();
    assertFalse(seeds.isEmpty());
    Random random = new Random(1);
    for (byte[] seed : seeds) {
      target.driver().run(seed);
      for (int i = 0; i < 5; i++) {
        byte[] changed = seed.clone();
        if (changed.length > 0) {
          changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        target.driver().run(changed);
      }
    }
  }
}
