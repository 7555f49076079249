package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The log in an array against one that is simply a list. */
class CompactLogProperties {
  private enum What {
    ADD,
    LOSE,
    FILL,
    CLEAR
  }

  private record Step(What what, long time, int code, int other, int records) {}

  private record Entry(
      long number, long time, int code, int other, boolean there, boolean foreign) {}

  private static final class Naive {
    private final int capacity;
    private final List<Entry> entries = new ArrayList<>();
    private long written;

    Naive(int capacity) {
      this.capacity = capacity;
    }

    void add(long time, int code, int other, boolean there, boolean foreign) {
      entries.add(new Entry(++written, time, code, other, there, foreign));
      if (entries.size() > capacity) {
        entries.remove(0);
      }
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(8, What.ADD),
                net.jqwik.api.Tuple.of(2, What.LOSE),
                net.jqwik.api.Tuple.of(2, What.FILL),
                net.jqwik.api.Tuple.of(1, What.CLEAR)),
            Arbitraries.longs(),
            Arbitraries.integers(),
            Arbitraries.integers().between(-1, Integer.MAX_VALUE),
            Arbitraries.integers().between(1, 30))
        .as(Step::new)
        .list()
        .ofMaxSize(60);
  }

  @Property
  void holdsWhatAListWouldHold(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 20) int capacity) {
    long[] log = CompactLog.EMPTY;
    Naive naive = new Naive(capacity);
    for (Step step : steps) {
      switch (step.what()) {
        case ADD -> {
          log = CompactLog.add(log, capacity, step.time(), step.code(), step.other());
          naive.add(step.time(), step.code(), step.other(), true, false);
        }
        case LOSE -> {
          log = CompactLog.lose(log, capacity, step.time());
          naive.add(step.time(), 0, 0, false, false);
        }
        case FILL -> {
          log = CompactLog.fill(log, capacity, step.time(), step.records());
          for (int i = 0; i < step.records(); i++) {
            naive.add(step.time(), 0, 0, true, true);
          }
        }
        case CLEAR -> {
          log = CompactLog.EMPTY;
          naive.entries.clear();
          naive.written = 0;
        }
      }
      assertEquals(naive.entries, entries(log));
    }
    assertArrayEquals(new long[] {0}, CompactLog.EMPTY);
  }

  private static List<Entry> entries(long[] log) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < CompactLog.size(log); i++) {
      boolean there = CompactLog.isThere(log, i);
      boolean foreign = CompactLog.isForeign(log, i);
      entries.add(
          new Entry(
              CompactLog.recordId(log, i),
              CompactLog.time(log, i),
              CompactLog.code(log, i),
              there && !foreign ? CompactLog.other(log, i) : 0,
              there,
              foreign));
    }
    return entries;
  }

  /** A million guests have one each: room for what is there, and little more. */
  @Example
  void aLogTakesTheRoomOfItsRecords() {
    long[] log = CompactLog.EMPTY;
    for (int records = 1; records <= 1_000; records++) {
      log = CompactLog.add(log, 1_000, records, 0, 0);
      assertEquals(records, CompactLog.size(log));
      int slots = (log.length - 1) / 2;
      assertEquals(true, slots <= Math.max(2, records * 3 / 2), records + " in " + slots);
    }
    int full = log.length;
    assertEquals(2_001, full);
    for (int records = 0; records < 5_000; records++) {
      log = CompactLog.add(log, 1_000, records, 0, 0);
    }
    assertEquals(full, log.length);
  }
}
