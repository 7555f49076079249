package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A million guests fit into a gigabyte as long as nobody lets a guest grow. */
final class MemoryPerGuestTest {
  private static final int GUESTS = 50_000;

  /** Measured: 385 bytes. One more object for each guest is at least 16. */
  private static final long MOST = 400;

  @Test
  void anActivatedGuestTakesFewBytes() {
    long before = used();
    try (SimulatedDatacenter datacenter =
        SimulatedDatacenter.builder()
            .traceCapacity(0)
            .generate(FleetShape.of(GUESTS / 50, 50))
            .build()) {
      datacenter.startAll(Duration.ofMinutes(10));
      datacenter.advance(Duration.ofHours(1));
      long bytes = (used() - before) / GUESTS;
      assertEquals(
          GUESTS, datacenter.guests().stream().filter(SimulatedGuest::isActivated).count());
      assertTrue(bytes <= MOST, bytes + " bytes a guest");
    }
  }

  /** The least of some measurements: what is garbage by then is not counted. */
  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
