package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.VmId;
import java.util.Collection;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a ledger knows of one VM, ready to be read: only what is real, if anything is.
 *
 * @param vm the VM
 * @param provenance whether the VM is real
 * @param observations what is kept under the VM and counts, ascending
 * @param leftOut what is simulated about a real VM, ascending
 * @param sightings where hosts saw it
 * @param guestLog the guest's records, each once, ascending
 * @param hostLog the records of hosts that name the VM, ascending
 */
record VmRecord(
    VmId vm,
    Provenance provenance,
    ImmutableSortedSet<Observation> observations,
    ImmutableSortedSet<Observation> leftOut,
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
    ImmutableSortedSet<Observation> counting = with(provenance, true, observations);
    return new VmRecord(
        vm,
        provenance,
        counting,
        ImmutableSortedSet.<Observation>naturalOrder()
            .addAll(with(provenance, false, observations))
            .addAll(with(provenance, false, namedByHosts))
            .build(),
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

  /** Of several readings of one record the last counts; they are neighbours. */
  private static ImmutableList<Observation.GuestLogged> guestLog(Iterable<Observation> all) {
    ImmutableList.Builder<Observation.GuestLogged> log = ImmutableList.builder();
    Observation.@Nullable GuestLogged pending = null;
    for (Observation observation : all) {
      if (observation instanceof Observation.GuestLogged entry) {
        if (pending != null && !sameRecord(pending.key(), entry.key())) {
          log.add(pending);
        }
        pending = entry;
      }
    }
    if (pending != null) {
      log.add(pending);
    }
    return log.build();
  }

  private static boolean sameRecord(RecordKey one, RecordKey other) {
    return one.recordId().isPresent() && one.equals(other);
  }
}
