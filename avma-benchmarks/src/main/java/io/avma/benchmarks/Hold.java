package io.avma.benchmarks;

import java.util.SplittableRandom;

/**
 * The hold model, by which queues of pending events are compared since the seventies: the earliest
 * is taken, and another is planned some time after it, so that their number stays.
 */
public interface Hold {
  /**
   * Does that {@code events} times.
   *
   * @return the sum of the times of the events that were taken
   */
  long hold(int events);

  /**
   * How long after an event the next one is planned: exponentially distributed, a second of
   * nanoseconds on average. All queues get the same, which were drawn before: more than events are
   * ever pending, or many would have one time. Whole numbers far below 2^53, so that a queue of
   * {@code double} has the very same times.
   */
  final class Increments {
    private static final long[] ALL =
        new SplittableRandom(1)
            .doubles(1 << 20)
            .mapToLong(drawn -> 1 + (long) (-Math.log(1 - drawn) * 1_000_000_000))
            .toArray();

    private int next;

    /** Returns the next one. */
    public long next() {
      return ALL[next++ & (ALL.length - 1)];
    }
  }
}
