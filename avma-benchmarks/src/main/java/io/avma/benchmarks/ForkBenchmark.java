package io.avma.benchmarks;

import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** An independent copy of a data centre of 10,000 activated guests on 200 hosts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class ForkBenchmark {
  private static final FleetShape SHAPE = FleetShape.of(200, 50);

  /** How long they have been running: their logs grow. */
  @Param({"1", "365"})
  public int days;

  private SimulatedDatacenter datacenter = SimulatedDatacenter.builder().build();

  /** Activates all, and checks that a copy goes on as the original does. */
  @Setup
  public void play() {
    datacenter = SimulatedDatacenter.builder().seed(1).traceCapacity(0).generate(SHAPE).build();
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofDays(days));
    if (!datacenter.guests().stream().allMatch(SimulatedGuest::isActivated)) {
      throw new IllegalStateException("not all are activated");
    }
    SimulatedDatacenter copy = datacenter.fork();
    copy.advance(Duration.ofDays(30));
    long events = copy.eventCount();
    datacenter.advance(Duration.ofDays(30));
    if (events == 0 || events != datacenter.eventCount()) {
      throw new IllegalStateException(events + " events, not " + datacenter.eventCount());
    }
  }

  /** The copy. */
  @Benchmark
  public SimulatedDatacenter fork() {
    return datacenter.fork();
  }
}
