package io.avma.benchmarks;

import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What an event of the whole simulator costs, trace off, with a renewal pending for each guest: it
 * wakes, asks its host, is answered, and both write their logs. The guests were started at even
 * distances, so that renewals are spread over their whole period. {@code ns/op} of {@code events}
 * is what to look at: how long one event took.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class RenewalBenchmark {
  private static final int GUESTS_PER_HOST = 50;
  private static final long EVENTS_OF_A_RENEWAL = 4;
  private static final long EVENTS_AT_ONCE = 10_000;

  /** Of the default terms: valid for seven days, renewed a day before the end. */
  private static final Duration PERIOD = Duration.ofDays(6);

  /** How many guests there are, each with one event pending. */
  @Param({"1000", "10000", "100000", "1000000"})
  public int guests;

  private SimulatedDatacenter datacenter = SimulatedDatacenter.builder().build();
  private Duration step = Duration.ZERO;

  /** What is counted beside the time. */
  @AuxCounters
  @State(Scope.Thread)
  public static class Counts {
    /** Events of the loop. */
    public long events;
  }

  /** Starts and activates all; anew for each iteration, because the logs grow. */
  @Setup(Level.Iteration)
  public void start() {
    datacenter =
        SimulatedDatacenter.builder()
            .seed(1)
            .traceCapacity(0)
            .generate(FleetShape.of(guests / GUESTS_PER_HOST, GUESTS_PER_HOST))
            .build();
    datacenter.startAll(PERIOD);
    datacenter.advance(PERIOD);
    step = PERIOD.multipliedBy(EVENTS_AT_ONCE).dividedBy(EVENTS_OF_A_RENEWAL * guests);
    if (!datacenter.guests().stream().allMatch(SimulatedGuest::isActivated)) {
      throw new IllegalStateException("not all are activated");
    }
  }

  /** Lets the time of about {@value #EVENTS_AT_ONCE} events pass. */
  @Benchmark
  public void renew(Counts counts) {
    long before = datacenter.eventCount();
    datacenter.advance(step);
    counts.events += datacenter.eventCount() - before;
  }
}
