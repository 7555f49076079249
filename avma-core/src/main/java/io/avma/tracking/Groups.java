package io.avma.tracking;

import com.google.common.collect.LinkedHashMultimap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Observations that belong together, because others between them do. For one thread. */
final class Groups {
  private final List<Observation> members = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();
  private final Map<Observation, Integer> numbers = new HashMap<>(); // asked, never iterated

  /** Puts {@code one} and {@code other}, and all that belong to either, into one group. */
  void join(Observation one, Observation other) {
    int first = root(number(one));
    int second = root(number(other));
    parents.set(Math.max(first, second), Math.min(first, second));
  }

  /** Returns the members of each group, in the order in which they were first named. */
  Iterable<Collection<Observation>> all() {
    LinkedHashMultimap<Integer, Observation> groups = LinkedHashMultimap.create();
    for (int i = 0; i < members.size(); i++) {
      groups.put(root(i), members.get(i));
    }
    return groups.asMap().values();
  }

  private int number(Observation observation) {
    return numbers.computeIfAbsent(
        observation,
        added -> {
          members.add(added);
          parents.add(parents.size());
          return members.size() - 1;
        });
  }

  /** Halves the path on the way, so that long chains stay cheap. */
  private int root(int number) {
    int at = number;
    while (parents.get(at) != at) {
      parents.set(at, parents.get(parents.get(at)));
      at = parents.get(at);
    }
    return at;
  }
}
