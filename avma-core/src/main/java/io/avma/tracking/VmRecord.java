package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a ledger knows of one VM, ready to be read: only what is real, if anything is.
 *
 * @param vm the VM
 * @param provenance whether the VM is real
 * @param observations what is kept under the VM and counts, each log record once, ascending
 * @param leftOut what is simulated about a real VM, ascending
 * @param copies records of its log that are another VM's and do not count, ascending
 * @param sightings where hosts saw it
 * @param guestLog the guest's records among them, ascending
 * @param hostLog the records of hosts that name the VM, ascending
 */
record VmRecord(
    VmId vm,
    Provenance provenance,
    ImmutableSortedSet<Observation> observations,
    ImmutableSortedSet<Observation> leftOut,
    ImmutableSortedSet<Observation> copies,
    Sightings sightings,
    ImmutableList<Observation.GuestLogged> guestLog,
    ImmutableList<Observation.HostLogged> hostLog) {

  static VmRecord of(
      VmId vm,
      Collection<Observation> observations,
      Collection<Observation.HostLogged> namedByHosts) {
    Provenance provenance =
        Stream.concat(observations.stream(), namedByHosts.stream())
                .anyMatch(observation -> observation.provenance() == Provenance.REAL)
            ? Provenance.REAL
            : Provenance.SIMULATED;
    ImmutableSortedSet<Observation> counting = folded(with(provenance, true, observations));
    return new VmRecord(
        vm,
        provenance,
        counting,
        ImmutableSortedSet.<Observation>naturalOrder()
            .addAll(with(provenance, false, observations))
            .addAll(with(provenance, false, namedByHosts))
            .build(),
        ImmutableSortedSet.of(),
        Sightings.of(counting),
        guestLog(counting),
        with(provenance, true, namedByHosts).asList());
  }

  private static <T extends Observation> ImmutableSortedSet<T> with(
      Provenance provenance, boolean equal, Collection<T> observations) {
    ImmutableSortedSet.Builder<T> kept = ImmutableSortedSet.naturalOrder();
    for (T observation : observations) {
      if ((observation.provenance() == provenance) == equal) {
        kept.add(observation);
      }
    }
    return kept.build();
  }

  /**
   * Of several readings of one record the last counts, which has the most exact time. All are from
   * one log, so the name of the machine, which not every reader shows, tells nothing.
   */
  private static ImmutableSortedSet<Observation> folded(Iterable<Observation> observations) {
    Map<Place, Observation> numbered = new LinkedHashMap<>();
    ImmutableSortedSet.Builder<Observation> all = ImmutableSortedSet.naturalOrder();
    for (Observation observation : observations) {
      Optional<RecordKey> key = key(observation).filter(one -> one.recordId().isPresent());
      if (key.isPresent()) {
        numbered.put(Place.of(observation.kind(), key.get()), observation);
      } else {
        all.add(observation);
      }
    }
    return all.addAll(numbered.values()).build();
  }

  /** Returns this without {@code copied}, which are in another VM's log. */
  VmRecord without(Set<Observation> copied) {
    if (copied.isEmpty()) {
      return this;
    }
    ImmutableSortedSet<Observation> own =
        ImmutableSortedSet.copyOf(Sets.difference(observations, copied));
    return new VmRecord(
        vm,
        provenance,
        own,
        leftOut,
        ImmutableSortedSet.copyOf(copied),
        sightings,
        guestLog(own),
        hostLog);
  }

  /** Returns the key of a record of the guest's log. */
  static Optional<RecordKey> key(Observation observation) {
    return observation instanceof Observation.GuestLogged logged
        ? Optional.of(logged.key())
        : observation instanceof Observation.LicenseTold told ? told.key() : Optional.empty();
  }

  private static ImmutableList<Observation.GuestLogged> guestLog(Iterable<Observation> all) {
    ImmutableList.Builder<Observation.GuestLogged> log = ImmutableList.builder();
    for (Observation observation : all) {
      if (observation instanceof Observation.GuestLogged entry) {
        log.add(entry);
      }
    }
    return log.build();
  }

  private record Place(
      Observation.Kind kind, String channel, Optional<Long> recordId, Instant second) {
    static Place of(Observation.Kind kind, RecordKey key) {
      return new Place(kind, key.channel(), key.recordId(), key.time());
    }
  }
}
