package io.avma.transport.eventlog;

/**
 * Bounds how often the same characters are read in vain. Behind the start of an event that cannot
 * be read the next one is searched, although what was read reaches far beyond; a crafted file could
 * have that happen at every few characters, and reading it would take the square of its length.
 */
final class VainReading {
  /** Far more than any file needs that was not made for it. */
  private static final int TIMES = 16;

  private long from;
  private long to;
  private long spent;

  /**
   * Takes note that reading from {@code start} to {@code end} was in vain and returns where to
   * search on: right behind the start, or behind all that was read when it was read too often.
   */
  long next(long start, long end) {
    if (start >= to) {
      from = start;
      to = start;
      spent = 0;
    }
    to = Math.max(to, end);
    spent += end - start;
    return spent > TIMES * (to - from) ? to : start + 1;
  }
}
