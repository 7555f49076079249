package io.avma.sim.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SimulationLoopTest {
  /** Whoever looks on behind each job may fail; jobs are done and answered all the same. */
  @Test
  void theLoopOutlivesWhoeverLooksOn() {
    AtomicReference<Runnable> look = new AtomicReference<>(() -> {});
    try (SimulationLoop loop =
        SimulationLoop.start(
            8, () -> new SimulationLoop.Stage(Served.datacenter(1), new IdentifyService()))) {
      loop.afterEach(stage -> look.get().run());
      look.set(
          () -> {
            throw new IllegalStateException("looks on and fails");
          });
      assertEquals(1, loop.<Integer>call(stage -> stage.datacenter().hosts().size()));
      look.set(
          () -> {
            throw new AssertionError("looks on and fails badly");
          });
      assertEquals(1, loop.<Integer>call(stage -> stage.datacenter().hosts().size()));
      IllegalArgumentException failure =
          assertThrows(
              IllegalArgumentException.class,
              () -> loop.call(stage -> stage.datacenter().host("nobody")));
      assertEquals("no host 'nobody' (there are 1)", failure.getMessage());
      look.set(() -> {});
      assertEquals("hv-1", loop.call(stage -> stage.datacenter().hosts().get(0).name()));
    }
  }
}
