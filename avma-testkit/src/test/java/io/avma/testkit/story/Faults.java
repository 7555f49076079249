package io.avma.testkit.story;

import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import java.time.Duration;
import java.util.List;

/** One fault of each kind that can happen at a point. */
final class Faults {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final List<Fault> ALL =
      List.of(
          new Fault.Lost(),
          new Fault.Delayed(new Delay.Fixed(SECOND)),
          new Fault.Delayed(new Delay.Uniform(SECOND, SECOND.multipliedBy(90))),
          new Fault.Delayed(new Delay.Exponential(SECOND.multipliedBy(30))),
          new Fault.Duplicated(2, new Delay.Fixed(SECOND)),
          new Fault.Reordered(SECOND.multipliedBy(3)),
          new Fault.Damaged(3),
          new Fault.Hung(Duration.ofMinutes(30)),
          new Fault.Restarting(Duration.ofMinutes(10)),
          new Fault.Throttling(Duration.ofMinutes(20)),
          new Fault.Stale(Duration.ofMinutes(5)),
          new Fault.Truncated(4),
          new Fault.Tampered("forged"),
          new Fault.Interrupted());

  private Faults() {}

  static List<Fault> at(FaultPoint point) {
    return ALL.stream().filter(fault -> fault.points().contains(point)).toList();
  }
}
