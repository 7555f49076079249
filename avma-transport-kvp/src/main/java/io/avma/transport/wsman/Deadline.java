package io.avma.transport.wsman;

import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.time.Duration;

/** When a call has to be over, by a clock that nobody sets. */
final class Deadline {
  private final Duration limit;
  private final long end;

  Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Nanoseconds that are left, 0 or more. */
  long left() {
    return Math.max(0, end - System.nanoTime());
  }

  TransportException passed(String asked) {
    return new TransportException(
        Reason.TIMED_OUT, asked + ": not done within " + limit.toMillis() + " ms");
  }
}
