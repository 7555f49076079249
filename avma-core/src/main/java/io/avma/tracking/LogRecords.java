package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The records of all hosts' logs, each once, and what is missing between them.
 *
 * @param distinct one reading of each record, by host and time
 * @param differing records of which there are several readings, with all of them
 * @param gaps the stretches of hosts' logs that are missing, by host and time
 */
record LogRecords(
    ImmutableListMultimap<HostId, Observation.HostLogged> distinct,
    ImmutableList<ImmutableList<Observation.HostLogged>> differing,
    ImmutableListMultimap<HostId, Observation.LogGap> gaps) {

  /**
   * A record that was read as of several hosts counts for the one that wrote it, by its key, and if
   * that is none of them, for the first.
   */
  static LogRecords of(CanonicalHosts hosts) {
    Readings readings = new Readings(hosts);
    ImmutableListMultimap.Builder<HostId, Observation.LogGap> gaps =
        ImmutableListMultimap.builder();
    for (ImmutableSortedSet<Observation> observations : hosts.ledger().bySubject().values()) {
      for (Observation observation : observations) {
        if (observation instanceof Observation.HostLogged logged) {
          readings.add(logged);
        } else if (observation instanceof Observation.LogGap gap
            && gap.subject() instanceof Subject.Host host) {
          gaps.put(host.id(), gap);
        }
      }
    }
    return readings.records(gaps.build());
  }

  /** Returns whether there are records of {@code host} from before and after {@code at}. */
  boolean surround(HostId host, Instant at) {
    ImmutableList<Observation.HostLogged> log = distinct.get(host);
    return !log.isEmpty()
        && !log.get(0).at().isAfter(at)
        && !log.get(log.size() - 1).at().isBefore(at);
  }

  /** Returns a gap in the log of {@code host} that {@code at} lies in. */
  Optional<Observation.LogGap> gapAt(HostId host, Instant at) {
    return gaps.get(host).stream()
        .filter(gap -> !gap.at().isBefore(at))
        .filter(gap -> gap.from().map(from -> !from.isAfter(at)).orElse(true))
        .findFirst();
  }

  /** Of several readings the last in order counts: it has the most exact time. */
  private static final class Readings {
    private final CanonicalHosts hosts;
    private final Map<Marked, List<Observation.HostLogged>> numbered = new LinkedHashMap<>();
    private final TreeMap<HostId, TreeSet<Observation.HostLogged>> distinct = new TreeMap<>();

    Readings(CanonicalHosts hosts) {
      this.hosts = hosts;
    }

    void add(Observation.HostLogged reading) {
      if (reading.key().recordId().isPresent()) {
        numbered
            .computeIfAbsent(
                new Marked(reading.provenance(), writer(reading), reading.key()),
                unused -> new ArrayList<>(1))
            .add(reading);
      } else {
        count(reading);
      }
    }

    LogRecords records(ImmutableListMultimap<HostId, Observation.LogGap> gaps) {
      ImmutableList.Builder<ImmutableList<Observation.HostLogged>> differing =
          ImmutableList.builder();
      numbered.forEach(
          (record, readings) -> {
            count(record, readings);
            if (readings.stream().map(Content::of).distinct().count() > 1) {
              differing.add(ImmutableList.sortedCopyOf(readings));
            }
          });
      ImmutableListMultimap.Builder<HostId, Observation.HostLogged> all =
          ImmutableListMultimap.builder();
      distinct.forEach(all::putAll);
      return new LogRecords(all.build(), differing.build(), gaps);
    }

    /** Machines of several domains may share the first label, which is all that a key keeps. */
    private String writer(Observation.HostLogged reading) {
      HostId host = reading.host();
      String machine = reading.key().machine();
      return machine.isEmpty() || HostNames.firstLabel(host.value()).equals(machine)
          ? host.value()
          : hosts.of(new HostId(machine), reading.provenance()).value();
    }

    private void count(Marked record, List<Observation.HostLogged> readings) {
      HostId host =
          readings.stream()
              .map(Observation.HostLogged::host)
              .filter(one -> one.value().equals(record.writer()))
              .findFirst()
              .orElse(readings.get(0).host()); // the ledger is ordered by host
      count(
          readings.stream()
              .filter(reading -> reading.host().equals(host))
              .max(Comparator.naturalOrder())
              .orElseThrow());
    }

    private void count(Observation.HostLogged record) {
      distinct.computeIfAbsent(record.host(), unused -> new TreeSet<>()).add(record);
    }
  }

  private record Marked(Provenance provenance, String writer, RecordKey key) {}

  /** What a record says; some readers give an empty string as none. */
  private record Content(Optional<Hresult> result, String detail) {
    static Content of(Observation.HostLogged reading) {
      return new Content(reading.result(), reading.detail().orElse("").strip());
    }
  }
}
