package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostId;
import io.avma.platform.Ternary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where hosts saw one VM that is no replica, ascending by time.
 *
 * @param seen the sightings
 */
record Sightings(ImmutableList<Observation.HostSaw> seen) {
  static Sightings of(Iterable<Observation> observations) {
    ImmutableList.Builder<Observation.HostSaw> seen = ImmutableList.builder();
    for (Observation observation : observations) {
      if (observation instanceof Observation.HostSaw saw && saw.facts().replica() != Ternary.YES) {
        seen.add(saw);
      }
    }
    return new Sightings(seen.build());
  }

  /** Returns the last sighting at {@code at} or before. */
  Optional<Observation.HostSaw> before(Instant at) {
    int index = countUntil(at);
    return index == 0 ? Optional.empty() : Optional.of(seen.get(index - 1));
  }

  /** Returns the first sighting after {@code at}. */
  Optional<Observation.HostSaw> after(Instant at) {
    int index = countUntil(at);
    return index == seen.size() ? Optional.empty() : Optional.of(seen.get(index));
  }

  /** Returns the hosts that the VM can have been on; empty if nobody ever saw it: then any. */
  ImmutableSortedSet<HostId> plausibleHosts(Instant at) {
    ImmutableSortedSet.Builder<HostId> hosts = ImmutableSortedSet.naturalOrder();
    before(at).ifPresent(saw -> hosts.add(saw.host()));
    after(at).ifPresent(saw -> hosts.add(saw.host()));
    return hosts.build();
  }

  /** Returns whether {@code host} had the VM no further than {@code distance} from {@code at}. */
  boolean anyWithin(Instant at, Duration distance, HostId host) {
    int from = countUntil(at.minus(distance).minusNanos(1));
    int to = countUntil(at.plus(distance));
    return seen.subList(from, to).stream().anyMatch(saw -> HostNames.maybeSame(saw.host(), host));
  }

  /** Returns how many sightings are not after {@code at}. */
  private int countUntil(Instant at) {
    return TimeIndex.firstNotBefore(seen, at.plusNanos(1));
  }
}
