package io.avma.sim;

/**
 * The activation records of one event log: time, result code and the other machine, rendered when
 * somebody reads them. Bounded; when it is full the oldest record gives way, as in Windows.
 *
 * <p>An array and no object, because each of a million guests has one. The first element holds how
 * many records were written since the log was cleared, and how many of them are there; two elements
 * follow for each, of which record number <i>n</i> has the places modulo the length.
 */
final class CompactLog {
  /** A log in which nothing was written. Never changed: the first record needs a longer one. */
  static final long[] EMPTY = {0};

  private static final int SIZE_BITS = 24;

  /** The most records that a log can keep. */
  static final int LARGEST = (1 << SIZE_BITS) - 1;

  /** In place of the other machine: a record whose number was used up, and which is not there. */
  private static final int MISSING = Integer.MIN_VALUE;

  /** In place of the other machine: a record of another program. */
  private static final int FOREIGN = Integer.MIN_VALUE + 1;

  private CompactLog() {}

  /** Adds a record and returns the log, which may be another array. */
  static long[] add(long[] log, int capacity, long time, int code, int other) {
    int size = size(log);
    long written = written(log) + 1;
    long[] grown = log;
    if (size == slots(log) && size < capacity) {
      grown = grown(log, Math.min(capacity, Math.max(1, size + (size >>> 1) + (size & 1))));
    }
    int place = place(grown, written);
    grown[place] = time;
    grown[place + 1] = (long) code << Integer.SIZE | (other & 0xFFFF_FFFFL);
    grown[0] = written << SIZE_BITS | Math.min(capacity, size + 1);
    return grown;
  }

  /** As {@link #add} for a record that got lost on its way into the log. */
  static long[] lose(long[] log, int capacity, long time) {
    return add(log, capacity, time, 0, MISSING);
  }

  /** Lets other programs write {@code records} records. */
  static long[] fill(long[] log, int capacity, long time, int records) {
    long[] filled = log;
    if (records > capacity) { // those before the last ones leave nothing but their numbers
      filled = new long[1 + 2 * capacity];
      filled[0] = (written(log) + records - capacity) << SIZE_BITS;
    }
    for (int i = 0; i < Math.min(records, capacity); i++) {
      filled = add(filled, capacity, time, 0, FOREIGN);
    }
    return filled;
  }

  /** Returns the number of records, lost ones included. */
  static int size(long[] log) {
    return (int) log[0] & LARGEST;
  }

  /** Returns whether the record at {@code index} is there. */
  static boolean isThere(long[] log, int index) {
    return other(log, index) != MISSING;
  }

  /** Returns whether the record at {@code index} is of another program. */
  static boolean isForeign(long[] log, int index) {
    return other(log, index) == FOREIGN;
  }

  /**
   * Returns the number of the record at {@code index}, counted from the oldest; numbers begin at 1,
   * and again when the log was cleared.
   */
  static long recordId(long[] log, int index) {
    return written(log) - size(log) + index + 1;
  }

  static long time(long[] log, int index) {
    return log[place(log, recordId(log, index))];
  }

  static int code(long[] log, int index) {
    return (int) (log[place(log, recordId(log, index)) + 1] >> Integer.SIZE);
  }

  /** Returns the index of the other machine, or -1 for none. */
  static int other(long[] log, int index) {
    return (int) log[place(log, recordId(log, index)) + 1];
  }

  private static long written(long[] log) {
    return log[0] >>> SIZE_BITS;
  }

  private static int slots(long[] log) {
    return (log.length - 1) >>> 1;
  }

  private static int place(long[] log, long recordId) {
    return 1 + 2 * (int) (recordId % slots(log));
  }

  /** Every record moves to its place among more of them. */
  private static long[] grown(long[] log, int slots) {
    long[] grown = new long[1 + 2 * slots];
    grown[0] = log[0];
    for (int i = 0; i < size(log); i++) {
      int from = place(log, recordId(log, i));
      int to = place(grown, recordId(log, i));
      grown[to] = log[from];
      grown[to + 1] = log[from + 1];
    }
    return grown;
  }
}
