package io.avma.tracking;

import io.avma.platform.HostId;
import io.avma.transport.VmState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Checks whether one VM runs in two places. */
final class PlacementChecks {
  private PlacementChecks() {}

  /**
   * Sightings of a running VM contradict each other if they take place on two hosts at one instant;
   * on one host, another, and the first again within a time in which nothing moves there and back;
   * or on the same two hosts in turn, close together twice. A single change of host, however quick,
   * is a migration.
   */
  static Optional<Finding> twoHosts(VmHistory history) {
    List<Stay> stays = stays(history.sightings().seen());
    Duration quick = history.terms().simultaneity();
    Draft draft = new Draft(Finding.Kind.SEEN_ON_TWO_HOSTS).of(history.vm());
    TreeSet<HostId> hosts = new TreeSet<>();
    boolean open = false;
    for (int i = 1; i < stays.size(); i++) {
      int first = contradictionEndingAt(stays, i, quick);
      if (first == i) {
        continue;
      }
      draft.because(stays.get(first).last()).because(stays.get(i).first());
      stays.subList(first + 1, i).forEach(stay -> draft.because(stay.first()).because(stay.last()));
      stays.subList(first, i + 1).forEach(stay -> hosts.add(stay.host()));
      open = i == stays.size() - 1 && stays.get(i).isSingle();
    }
    return draft
        .open(open)
        .say(
            "The VM ran on "
                + hosts.stream().limit(8).map(HostId::toString).collect(Collectors.joining(" and "))
                + " at the same time.",
            "Find the copy: import it again as a copy, which gives it an identifier of its own, or"
                + " remove it.");
  }

  /** Returns the stay where a contradiction begins that ends with {@code i}; {@code i} if none. */
  private static int contradictionEndingAt(List<Stay> stays, int i, Duration quick) {
    if (stays.get(i - 1).last().at().equals(stays.get(i).first().at())) {
      return i - 1;
    }
    boolean returned = i >= 2 && sameHost(stays, i - 2, i);
    if (returned && quick(stays, i - 2, i, quick)) {
      return i - 2;
    }
    boolean inTurn =
        returned
            && i >= 3
            && sameHost(stays, i - 3, i - 1)
            && stays.get(i - 1).isSingle()
            && stays.get(i - 2).isSingle();
    return inTurn && quick(stays, i - 3, i - 2, quick) && quick(stays, i - 1, i, quick) ? i - 3 : i;
  }

  private static boolean sameHost(List<Stay> stays, int one, int other) {
    return HostNames.maybeSame(stays.get(one).host(), stays.get(other).host());
  }

  private static boolean quick(List<Stay> stays, int from, int to, Duration distance) {
    return !stays.get(to).first().at().isAfter(stays.get(from).last().at().plus(distance));
  }

  private static List<Stay> stays(Iterable<Observation.HostSaw> seen) {
    List<Stay> stays = new ArrayList<>();
    for (Observation.HostSaw saw : seen) {
      if (saw.facts().state() != VmState.RUNNING) {
        continue;
      }
      int end = stays.size() - 1;
      if (end >= 0 && HostNames.maybeSame(stays.get(end).host(), saw.host())) {
        stays.set(end, new Stay(stays.get(end).first(), saw));
      } else {
        stays.add(new Stay(saw, saw));
      }
    }
    return stays;
  }

  /** A row of sightings on one host. */
  private record Stay(Observation.HostSaw first, Observation.HostSaw last) {
    HostId host() {
      return first.host();
    }

    boolean isSingle() {
      return first.equals(last);
    }
  }
}
