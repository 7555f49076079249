package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records that hosts have of one VM by name, brought together with the guest's own: same
 * result, close in time, each used once.
 *
 * @param matched the exchanges that a host's record stands behind
 * @param guestOnly the guest's records that are left, ascending by time
 */
record PairedRecords(
    ImmutableList<Exchange> matched, ImmutableList<Observation.GuestLogged> guestOnly) {
  private static final Comparator<Exchange> BY_TIME =
      Comparator.comparing(Exchange::at).thenComparing(exchange -> exchange.evidence().get(0));

  static PairedRecords of(
      List<Observation.HostLogged> hosts, List<Observation.GuestLogged> guests, Duration distance) {
    Map<Optional<Hresult>, List<Observation.HostLogged>> byResult = new LinkedHashMap<>();
    for (Observation.HostLogged record : hosts) {
      byResult.computeIfAbsent(record.result(), unused -> new ArrayList<>()).add(record);
    }
    ImmutableListMultimap<Optional<Hresult>, Observation.GuestLogged> byAnswer =
        Multimaps.index(guests, Observation.GuestLogged::result);
    ImmutableList.Builder<Exchange> matched = ImmutableList.builder();
    Set<Observation.GuestLogged> used = new HashSet<>();
    byResult.forEach(
        (result, records) -> {
          List<Observation.GuestLogged> same = byAnswer.get(result);
          int next = 0;
          for (Observation.HostLogged record : records) {
            while (next < same.size()
                && same.get(next).at().isBefore(record.at().minus(distance))) {
              next++;
            }
            Optional<Observation.GuestLogged> partner = Optional.empty();
            if (next < same.size() && !same.get(next).at().isAfter(record.at().plus(distance))) {
              partner = Optional.of(same.get(next));
              used.add(same.get(next));
              next++;
            }
            matched.add(Exchange.of(Optional.of(record), partner, Attribution.NAMED));
          }
        });
    return new PairedRecords(
        matched.build(),
        guests.stream()
            .filter(entry -> !used.contains(entry))
            .collect(ImmutableList.toImmutableList()));
  }

  /** Returns all exchanges of the VM, ascending by time. */
  ImmutableList<Exchange> exchanges(TimeInference inference) {
    List<Exchange> all = new ArrayList<>(matched);
    for (Observation.GuestLogged entry : guestOnly) {
      all.add(inference.exchange(entry));
    }
    return ImmutableList.sortedCopyOf(BY_TIME, all);
  }
}
