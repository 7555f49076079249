package io.avma.tracking;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Observations by a key and then by time, to ask how many there are around an instant without
 * looking at each: thousands of guests may log in the same second.
 */
final class TimeIndex<K, T extends Observation> {
  private final Map<K, List<T>> byKey = new HashMap<>(); // asked, never iterated

  /** Adds an entry; for one key they must come ascending by time. */
  void add(K key, T entry) {
    byKey.computeIfAbsent(key, unused -> new ArrayList<>()).add(entry);
  }

  /** Returns the entries of {@code key} no further than {@code distance} from {@code at}. */
  List<T> around(K key, Instant at, Duration distance) {
    List<T> entries = byKey.get(key);
    if (entries == null) {
      return List.of();
    }
    int from = firstNotBefore(entries, at.minus(distance));
    int to = firstNotBefore(entries, at.plus(distance).plusNanos(1));
    return entries.subList(from, to);
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
}
