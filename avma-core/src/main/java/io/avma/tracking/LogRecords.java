package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

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
    Readings readings = new Readings();
    for (ImmutableSortedSet<Observation> observations : ledger.bySubject().values()) {
      for (Observation observation : observations) {
        if (observation instanceof Observation.HostLogged logged) {
          readings.add(logged);
        }
      }
    }
    return readings.records();
  }

  /** Of several readings the last in order counts: it has the most exact time. */
  private static final class Readings {
    private final Map<Marked, List<Observation.HostLogged>> numbered = new LinkedHashMap<>();
    private final TreeMap<HostId, TreeSet<Observation.HostLogged>> distinct = new TreeMap<>();

    void add(Observation.HostLogged reading) {
      if (reading.key().recordId().isPresent()) {
        numbered
            .computeIfAbsent(
                new Marked(reading.provenance(), reading.key()), unused -> new ArrayList<>(1))
            .add(reading);
      } else {
        count(reading);
      }
    }

    LogRecords records() {
      ImmutableList.Builder<ImmutableList<Observation.HostLogged>> differing =
          ImmutableList.builder();
      for (List<Observation.HostLogged> readings : numbered.values()) {
        HostId host = readings.get(0).host(); // the ledger is ordered by host
        count(
            readings.stream()
                .filter(reading -> reading.host().equals(host))
                .max(Comparator.naturalOrder())
                .orElseThrow());
        if (readings.stream().map(Content::of).distinct().count() > 1) {
          differing.add(ImmutableList.sortedCopyOf(readings));
        }
      }
      ImmutableListMultimap.Builder<HostId, Observation.HostLogged> all =
          ImmutableListMultimap.builder();
      distinct.forEach(all::putAll);
      return new LogRecords(all.build(), differing.build());
    }

    private void count(Observation.HostLogged record) {
      distinct.computeIfAbsent(record.host(), unused -> new TreeSet<>()).add(record);
    }
  }

  private record Marked(Provenance provenance, RecordKey key) {}

  /** What a record says; some readers give an empty string as none. */
  private record Content(Optional<Hresult> result, String detail) {
    static Content of(Observation.HostLogged reading) {
      return new Content(reading.result(), reading.detail().orElse("").strip());
    }
  }
}
