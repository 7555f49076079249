package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.avma.platform.HostId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The records of all hosts' logs, each once.
 *
 * @param distinct one reading of each record, by host and time
 * @param differing records of which there are several readings, with all of them
 */
record LogRecords(
    ImmutableListMultimap<HostId, Observation.HostLogged> distinct,
    ImmutableList<ImmutableList<Observation.HostLogged>> differing) {

  /** A record that was read under two names of one host counts for the first of them. */
  static LogRecords of(LicenseLedger ledger) {
    ImmutableListMultimap.Builder<HostId, Observation.HostLogged> distinct =
        ImmutableListMultimap.builder();
    ImmutableList.Builder<ImmutableList<Observation.HostLogged>> differing =
        ImmutableList.builder();
    Set<Marked> taken = new HashSet<>(); // asked, never iterated
    ledger
        .bySubject()
        .forEach(
            (subject, observations) -> {
              if (subject instanceof Subject.Host host) {
                for (List<Observation.HostLogged> readings : byRecord(observations)) {
                  Observation.HostLogged last = readings.get(readings.size() - 1);
                  if (last.key().recordId().isEmpty()
                      || taken.add(new Marked(last.provenance(), last.key()))) {
                    distinct.put(host.id(), last);
                  }
                  if (readings.size() > 1) {
                    differing.add(ImmutableList.copyOf(readings));
                  }
                }
              }
            });
    return new LogRecords(distinct.build(), differing.build());
  }

  /** Readings of one record are neighbours in the order of observations. */
  private static List<List<Observation.HostLogged>> byRecord(Iterable<Observation> observations) {
    List<List<Observation.HostLogged>> groups = new ArrayList<>();
    for (Observation observation : observations) {
      if (!(observation instanceof Observation.HostLogged logged)) {
        continue;
      }
      if (groups.isEmpty() || !sameRecord(groups.get(groups.size() - 1).get(0), logged)) {
        groups.add(new ArrayList<>(1));
      }
      groups.get(groups.size() - 1).add(logged);
    }
    return groups;
  }

  private static boolean sameRecord(Observation.HostLogged one, Observation.HostLogged other) {
    return one.key().recordId().isPresent()
        && one.provenance() == other.provenance()
        && one.key().equals(other.key());
  }

  private record Marked(Provenance provenance, RecordKey key) {}
}
