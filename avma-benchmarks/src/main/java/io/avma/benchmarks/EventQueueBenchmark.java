package io.avma.benchmarks;

import io.avma.sim.SimulatorHold;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event taken and one planned, with many pending: the simulator's queue, the JDK's binary heap
 * as what the machine allows to a queue of objects, and the whole loop of CloudSim Plus.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(EventQueueBenchmark.EVENTS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "-Xmx2g")
public class EventQueueBenchmark {
  static final int EVENTS = 10_000;

  private static final int CHECKED = 100_000;

  /** How many events are pending. */
  @State(Scope.Thread)
  public abstract static class Pending {
    /** The number. */
    @Param({"1000", "10000", "100000", "1000000"})
    public int pending;

    Hold hold = events -> 0;

    /** Fills the queue, and checks that it gives the events in the order of the JDK's. */
    @Setup
    public void fill() {
      long expected = new PriorityQueueHold(pending).hold(CHECKED);
      hold = make();
      long sum = hold.hold(CHECKED);
      if (sum != expected) {
        throw new IllegalStateException("another order: " + sum + ", not " + expected);
      }
      hold.hold(2 * pending); // from then on nothing is left of how it was filled
    }

    abstract Hold make();
  }

  /** Those of the simulator. */
  public static class Simulator extends Pending {
    @Override
    Hold make() {
      return new SimulatorHold(pending);
    }
  }

  /** Those of the JDK. */
  public static class BinaryHeap extends Pending {
    @Override
    Hold make() {
      return new PriorityQueueHold(pending);
    }
  }

  /** Those of CloudSim Plus. */
  public static class CloudSimPlus extends Pending {
    @Override
    Hold make() {
      return new CloudSimPlusHold(pending);
    }
  }

  /** This library. */
  @Benchmark
  public long simulator(Simulator state) {
    return state.hold.hold(EVENTS);
  }

  /** {@link java.util.PriorityQueue}. */
  @Benchmark
  public long priorityQueue(BinaryHeap state) {
    return state.hold.hold(EVENTS);
  }

  /** CloudSim Plus. */
  @Benchmark
  public long cloudSimPlus(CloudSimPlus state) {
    return state.hold.hold(EVENTS);
  }
}
