package io.avma.tracking;

import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings hosts' records that name no VM together with guests' records that nothing else explains.
 *
 * <p>A host's and a guest's record fit if both tell the same result within the correlation and the
 * guest can have been on that host. Records that fit each other, or fit a common third, form a
 * group: after a host has booted, all its guests may be in one. In a group that is about one host,
 * has as many of its records as of guests', and lets each guest have one of its own, every guest
 * was answered whichever the pairing, so they are paired in the order of time. Everything else
 * stays open. Feed both sides, then {@link #conclude}.
 */
final class TimeInference {
  private final Duration distance;
  private final List<Observation.HostLogged> hosts = new ArrayList<>();
  private final Map<Observation.GuestLogged, ImmutableSortedSet<HostId>> guests =
      new LinkedHashMap<>();
  private final TimeIndex<Where, Observation.HostLogged> hostsThere = new TimeIndex<>();
  private final Map<Observation.GuestLogged, Observation.HostLogged> partners = new HashMap<>();
  private final Set<Observation.GuestLogged> ambiguous = new HashSet<>();
  private final Set<Observation.HostLogged> attributed = new HashSet<>();

  TimeInference(Duration distance) {
    this.distance = distance;
  }

  /** Takes a host's record; they must come ascending by time. */
  void host(Observation.HostLogged record) {
    hosts.add(record);
    hostsThere.add(new Where(record.provenance(), record.host(), record.result()), record);
    hostsThere.add(new Where(record.provenance(), null, record.result()), record);
  }

  /** Takes a guest's record and the hosts that the guest can have been on; none for any. */
  void guest(Observation.GuestLogged record, ImmutableSortedSet<HostId> where) {
    guests.put(record, where);
  }

  void conclude() {
    Groups groups = new Groups();
    guests.forEach(
        (guest, where) -> {
          if (where.isEmpty()) {
            hostsThere.joinAround(Where.of(guest, null), guest, distance, groups);
          }
          for (HostId host : where) {
            hostsThere.joinAround(Where.of(guest, host), guest, distance, groups);
          }
        });
    groups.all().forEach(this::conclude);
  }

  private void conclude(Collection<Observation> group) {
    List<Observation.HostLogged> answers = sorted(group, Observation.HostLogged.class);
    List<Observation.GuestLogged> asked = sorted(group, Observation.GuestLogged.class);
    if (!ofOneHost(answers) || !pairUp(answers, asked)) {
      ambiguous.addAll(asked);
      return;
    }
    for (int i = 0; i < asked.size(); i++) {
      partners.put(asked.get(i), answers.get(i));
      attributed.add(answers.get(i));
    }
  }

  private static <T extends Observation> List<T> sorted(
      Collection<Observation> group, Class<T> type) {
    return group.stream().filter(type::isInstance).map(type::cast).sorted().toList();
  }

  private static boolean ofOneHost(List<Observation.HostLogged> answers) {
    return answers.stream().map(Observation.HostLogged::host).distinct().count() == 1;
  }

  /** If everybody can have one of their own, they also can in the order of time. */
  private boolean pairUp(
      List<Observation.HostLogged> answers, List<Observation.GuestLogged> asked) {
    if (answers.size() != asked.size()) {
      return false;
    }
    for (int i = 0; i < asked.size(); i++) {
      Duration apart = Duration.between(answers.get(i).at(), asked.get(i).at()).abs();
      if (apart.compareTo(distance) > 0) {
        return false;
      }
    }
    return true;
  }

  Exchange exchange(Observation.GuestLogged record) {
    Optional<Observation.HostLogged> partner = Optional.ofNullable(partners.get(record));
    Attribution attribution =
        partner.isPresent()
            ? Attribution.INFERRED
            : ambiguous.contains(record) ? Attribution.AMBIGUOUS : Attribution.UNMATCHED;
    return Exchange.of(partner, Optional.of(record), attribution);
  }

  ImmutableSortedSet<Observation.HostLogged> unattributed() {
    ImmutableSortedSet.Builder<Observation.HostLogged> rest = ImmutableSortedSet.naturalOrder();
    for (Observation.HostLogged record : hosts) {
      if (!attributed.contains(record)) {
        rest.add(record);
      }
    }
    return rest.build();
  }

  /** A host, or null for anywhere, and what was logged there. */
  private record Where(Provenance provenance, @Nullable HostId host, Optional<Hresult> result) {
    static Where of(Observation.GuestLogged guest, @Nullable HostId host) {
      return new Where(guest.provenance(), host, guest.result());
    }
  }
}
