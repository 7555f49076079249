package io.avma.sim;

import java.util.Arrays;

/**
 * The activation records of one event log: time, result code and the other machine, rendered when
 * somebody reads them. Bounded; when it is full the oldest record gives way, as in Windows.
 */
final class CompactLog {
  private final int capacity;
  private long[] times = {};
  private int[] codes = {};
  private int[] others = {};
  private int size;
  private int oldest;
  private long written;

  CompactLog(int capacity) {
    this.capacity = capacity;
  }

  void add(long time, int code, int other) {
    if (size == times.length && size < capacity) {
      int length = Math.min(capacity, Math.max(2, size + (size >>> 1)));
      times = Arrays.copyOf(times, length);
      codes = Arrays.copyOf(codes, length);
      others = Arrays.copyOf(others, length);
    }
    int place;
    if (size < capacity) {
      place = size++;
    } else {
      place = oldest;
      oldest = oldest + 1 == capacity ? 0 : oldest + 1;
    }
    times[place] = time;
    codes[place] = code;
    others[place] = other;
    written++;
  }

  int size() {
    return size;
  }

  /**
   * Returns the number of the record at {@code index}, counted from the oldest; numbers begin at 1.
   */
  long recordId(int index) {
    return written - size + index + 1;
  }

  long time(int index) {
    return times[place(index)];
  }

  int code(int index) {
    return codes[place(index)];
  }

  /** Returns the index of the other machine, or -1 for none. */
  int other(int index) {
    return others[place(index)];
  }

  private int place(int index) {
    int place = oldest + index;
    return place >= size ? place - size : place;
  }
}
