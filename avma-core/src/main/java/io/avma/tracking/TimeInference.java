package io.avma.tracking;

import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
 * <p>A pair is inferred only if it is the only one possible from both ends: of all guests that can
 * have been on that host at that time exactly one logged this result, and of all hosts that this
 * guest can have been on exactly one record says so. Everything else stays open. Feed both sides,
 * then {@link #conclude}.
 */
final class TimeInference {
  private final Duration distance;
  private final List<Observation.HostLogged> hosts = new ArrayList<>();
  private final Map<Observation.GuestLogged, ImmutableSortedSet<HostId>> guests =
      new LinkedHashMap<>();
  private final TimeIndex<Where, Observation.HostLogged> hostsThere = new TimeIndex<>();
  private final TimeIndex<Where, Observation.GuestLogged> guestsThere = new TimeIndex<>();
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
    indexGuests();
    for (Map.Entry<Observation.GuestLogged, ImmutableSortedSet<HostId>> guest : guests.entrySet()) {
      List<Observation.HostLogged> fitting = fitting(guest.getKey(), guest.getValue());
      if (fitting.isEmpty()) {
        continue;
      }
      if (fitting.size() == 1 && countGuests(fitting.get(0)) == 1) {
        partners.put(guest.getKey(), fitting.get(0));
        attributed.add(fitting.get(0));
      } else {
        ambiguous.add(guest.getKey());
      }
    }
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

  /** The guests came VM by VM; the index wants them by time. */
  private void indexGuests() {
    List<Observation.GuestLogged> byTime = new ArrayList<>(guests.keySet());
    byTime.sort(null);
    for (Observation.GuestLogged record : byTime) {
      ImmutableSortedSet<HostId> where = guests.getOrDefault(record, ImmutableSortedSet.of());
      for (HostId host : where) {
        guestsThere.add(new Where(record.provenance(), host, record.result()), record);
      }
      if (where.isEmpty()) {
        guestsThere.add(new Where(record.provenance(), null, record.result()), record);
      }
    }
  }

  private List<Observation.HostLogged> fitting(
      Observation.GuestLogged guest, ImmutableSortedSet<HostId> where) {
    if (where.isEmpty()) {
      return around(hostsThere, guest.provenance(), null, guest.result(), guest.at());
    }
    List<Observation.HostLogged> fitting = new ArrayList<>(2);
    for (HostId host : where) {
      List<Observation.HostLogged> there =
          around(hostsThere, guest.provenance(), host, guest.result(), guest.at());
      fitting.addAll(there.subList(0, Math.min(2, there.size()))); // two are too many already
    }
    return fitting;
  }

  private int countGuests(Observation.HostLogged host) {
    Provenance mark = host.provenance();
    return around(guestsThere, mark, host.host(), host.result(), host.at()).size()
        + around(guestsThere, mark, null, host.result(), host.at()).size();
  }

  private <T extends Observation> List<T> around(
      TimeIndex<Where, T> index,
      Provenance provenance,
      @Nullable HostId host,
      Optional<Hresult> result,
      Instant at) {
    return index.around(new Where(provenance, host, result), at, distance);
  }

  /** A host, or null for anywhere, and what was logged there. */
  private record Where(Provenance provenance, @Nullable HostId host, Optional<Hresult> result) {}
}
