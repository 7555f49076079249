package io.avma.transport.linux;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long one thread goes on trying, with pauses that grow. */
final class Patience {
  private static final long FIRST_PAUSE_NANOS = 100_000;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000;

  private final long start = System.nanoTime();
  private final long nanos;
  private long pause = FIRST_PAUSE_NANOS;

  /** Starts now; a time of more than 292 years never ends. */
  Patience(Duration time) {
    nanos = TimeUnit.NANOSECONDS.convert(time); // at most Long.MAX_VALUE, where toNanos throws
  }

  boolean isUsedUp() {
    return left() <= 0;
  }

  /** Waits a little, less if the thread is interrupted. */
  void pause() {
    LockSupport.parkNanos(Math.min(pause, left()));
    pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
  }

  private long left() {
    return nanos - (System.nanoTime() - start);
  }
}
