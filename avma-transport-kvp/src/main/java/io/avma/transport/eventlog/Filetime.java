package io.avma.transport.eventlog;

import java.time.Instant;

/**
 * FILETIME numbers: ticks of 100 nanoseconds since 1601-01-01T00:00:00Z, unsigned. Every FILETIME
 * is an {@link Instant}; an {@link Instant} before 1601 or too late is no FILETIME.
 */
final class Filetime {
  private Filetime() {}

  /** Seconds from 1601-01-01 to 1970-01-01. */
  static final long EPOCH_SECONDS = 11_644_473_600L;

  /** The instant of the FILETIME 0. */
  static final Instant ZERO = Instant.ofEpochSecond(-EPOCH_SECONDS);

  static final long TICKS_PER_SECOND = 10_000_000L;

  /** Days from 1601-01-01 to 1970-01-01. */
  static final long EPOCH_DAYS = 134_774L;

  private static final long LAST_SECOND = Long.divideUnsigned(-1L, TICKS_PER_SECOND) - 1;

  static Instant toInstant(long ticks) {
    long seconds = Long.divideUnsigned(ticks, TICKS_PER_SECOND);
    long rest = Long.remainderUnsigned(ticks, TICKS_PER_SECOND);
    return Instant.ofEpochSecond(seconds - EPOCH_SECONDS, rest * 100);
  }

  /** Returns the tick that holds {@code instant}: finer parts than 100 ns are cut off. */
  static long of(Instant instant) {
    long seconds = instant.getEpochSecond() + EPOCH_SECONDS;
    if (seconds < 0 || seconds > LAST_SECOND) {
      throw new IllegalArgumentException(
          instant + " is no FILETIME (expected: from 1601-01-01 to the year 60055)");
    }
    return seconds * TICKS_PER_SECOND + instant.getNano() / 100;
  }
}
