package io.avma.benchmarks;

import io.avma.sim.FleetShape;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import java.lang.management.ManagementFactory;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 100,000 guests on 2,000 hosts of one simulated data centre: started within ten minutes of virtual
 * time, each asks its host and is activated. Counted are the events of the loop and the heap that
 * the whole keeps alive afterwards, trace off.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class DatacenterBenchmark {
  private static final FleetShape SHAPE = FleetShape.of(2_000, 50);
  private static final int GUESTS = 100_000;

  private SimulatedDatacenter datacenter;
  private long before;

  /** What is counted beside the time. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Counts {
    /** Events of the loop in one run. */
    public long events;
  }

  /** Builds the data centre; every guest is off. */
  @Setup(Level.Iteration)
  public void build() {
    before = used();
    datacenter = SimulatedDatacenter.builder().seed(1).traceCapacity(0).generate(SHAPE).build();
  }

  /** Starts all and lets an hour pass. */
  @Benchmark
  public void startAndActivate(Counts counts) {
    datacenter.startAll(Duration.ofMinutes(10));
    datacenter.advance(Duration.ofHours(1));
    counts.events = datacenter.eventCount();
  }

  /** Prints the heap that is kept alive, and checks that every guest is activated. */
  @TearDown(Level.Iteration)
  public void check() {
    System.out.println("bytes per guest: " + (used() - before) / GUESTS);
    int activated = 0;
    for (SimulatedGuest guest : datacenter.guests()) {
      activated += guest.isActivated() ? 1 : 0;
    }
    if (activated != GUESTS) {
      throw new IllegalStateException(activated + " of " + GUESTS + " guests are activated");
    }
    datacenter.close();
    datacenter = null; // the next measurement of the heap begins without it
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
