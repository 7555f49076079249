package io.avma.transport;

import com.google.common.collect.ImmutableList;
import io.avma.transport.EventBookmark.Mark;
import java.util.Map;
import java.util.TreeMap;

/** Which numbers of one log have been seen, as stretches without a hole. */
final class SeenRecords {
  private static final class Stretch {
    private Mark first;
    private Mark last;

    Stretch(Mark first, Mark last) {
      this.first = first;
      this.last = last;
    }
  }

  /** By the number of the first record. */
  private final TreeMap<Long, Stretch> stretches = new TreeMap<>(Long::compareUnsigned);

  private SeenRecords() {}

  /** Everything from one record to another. */
  static SeenRecords upTo(Mark first, Mark last) {
    SeenRecords records = new SeenRecords();
    boolean ascends = Long.compareUnsigned(first.recordId(), last.recordId()) <= 0;
    records.put(new Stretch(ascends ? first : last, last));
    return records;
  }

  private void put(Stretch stretch) {
    stretches.put(stretch.first.recordId(), stretch);
  }

  /** Adds a record and returns how many gaps there are more, -1 to 1. */
  int add(Mark mark) {
    long number = mark.recordId();
    Map.Entry<Long, Stretch> below = stretches.floorEntry(number);
    Map.Entry<Long, Stretch> above = stretches.higherEntry(number);
    Stretch joinsBelow = null;
    if (below != null) {
      long end = below.getValue().last.recordId();
      if (Long.compareUnsigned(number, end) <= 0) {
        return 0;
      }
      joinsBelow = end + 1 == number ? below.getValue() : null;
    }
    Stretch joinsAbove =
        above != null && above.getKey() - 1 == number ? stretches.remove(above.getKey()) : null;
    if (joinsBelow != null) {
      joinsBelow.last = joinsAbove == null ? mark : joinsAbove.last;
      return joinsAbove == null ? 0 : -1;
    }
    put(new Stretch(mark, joinsAbove == null ? mark : joinsAbove.last));
    return joinsAbove == null ? 1 : 0;
  }

  /** Takes what is left out behind the lowest stretch for seen; returns how many gaps that was. */
  int forgetLowestGap() {
    if (stretches.size() < 2) {
      return 0;
    }
    Stretch lowest = stretches.firstEntry().getValue();
    Map.Entry<Long, Stretch> second = stretches.higherEntry(lowest.first.recordId());
    lowest.last = second.getValue().last;
    stretches.remove(second.getKey());
    return 1;
  }

  ImmutableList<EventGap> gaps(LogName log) {
    if (stretches.size() < 2) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<EventGap> gaps = ImmutableList.builder();
    Mark before = null;
    for (Stretch stretch : stretches.values()) {
      if (before != null) {
        gaps.add(new EventGap(EventGap.Kind.MISSING_RECORDS, log, before, stretch.first));
      }
      before = stretch.last;
    }
    return gaps.build();
  }
}
