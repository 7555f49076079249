package io.avma.transport.wsman;

import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.time.Duration;

/** When a call has to be over, by a clock that nobody sets. */
final class Deadline {
  private final Duration limit;
  private final String otherwise;
  private final long end;

  Deadline(Duration limit) {
    this(limit, "not done");
  }

  /**
   * Begins now.
   *
   * @param otherwise what is to be said when it has passed
   */
  Deadline(Duration limit, String otherwise) {
    this.limit = limit;
    this.otherwise = otherwise;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Nanoseconds that are left, 0 or more. */
  long left() {
    return Math.max(0, end - System.nanoTime());
  }

  TransportException passed(String asked) {
    return new TransportException(
        Reason.TIMED_OUT, asked + ": " + otherwise + " within " + limit.toMillis() + " ms");
  }
}
