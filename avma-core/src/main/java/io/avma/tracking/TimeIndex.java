package io.avma.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Observations by a key and then by time, to find those around an instant without looking at each:
 * thousands of guests may log in the same second.
 */
final class TimeIndex<K, T extends Observation> {
  private final Map<K, Entries<T>> byKey = new HashMap<>(); // asked, never iterated

  /** Adds an entry; for one key they must come ascending by time. */
  void add(K key, T entry) {
    byKey.computeIfAbsent(key, unused -> new Entries<>()).all.add(entry);
  }

  /**
   * Puts {@code other} into one group with every entry of {@code key} that is no further than
   * {@code distance} from it.
   */
  void joinAround(K key, Observation other, Duration distance, Groups groups) {
    Entries<T> entries = byKey.get(key);
    if (entries == null) {
      return;
    }
    int from = firstNotBefore(entries.all, other.at().minus(distance));
    int to = firstNotBefore(entries.all, other.at().plus(distance).plusNanos(1));
    if (from == to) {
      return;
    }
    groups.join(other, entries.all.get(from));
    for (int i = entries.joined.nextClearBit(from);
        i + 1 < to;
        i = entries.joined.nextClearBit(i)) {
      groups.join(entries.all.get(i), entries.all.get(i + 1));
      entries.joined.set(i);
    }
  }

  /** Returns the place of the first of the ascending {@code entries} at {@code at} or later. */
  static int firstNotBefore(List<? extends Observation> entries, Instant at) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).at().isBefore(at)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The entries of one key; a bit says that an entry and the next are in one group already. */
  private static final class Entries<T> {
    final List<T> all = new ArrayList<>();
    final BitSet joined = new BitSet();
  }
}
