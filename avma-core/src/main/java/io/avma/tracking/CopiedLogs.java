package io.avma.tracking;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import io.avma.platform.VmId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Log records that stand in the logs of several guests: a disk with a log on it was copied.
 *
 * <p>Such a record counts for the one VM that hosts had seen by the time it was written, so a copy
 * takes nothing from the VM that it was made of. Had they seen several, or none, nobody knows whose
 * it is, and it counts for all, as far as hosts' records do not tell.
 *
 * @param byVm the records that others have too, by VM
 */
record CopiedLogs(ImmutableListMultimap<VmId, Shared> byVm) {

  static CopiedLogs of(Iterable<VmRecord> vms) {
    Map<Entry, List<Place>> places = new LinkedHashMap<>();
    for (VmRecord vm : vms) {
      for (Observation observation : vm.observations()) {
        VmRecord.key(observation)
            .filter(key -> key.recordId().isPresent())
            .ifPresent(
                key ->
                    places
                        .computeIfAbsent(Entry.of(observation, key), unused -> new ArrayList<>(1))
                        .add(new Place(vm, observation)));
      }
    }
    ImmutableListMultimap.Builder<VmId, Shared> shared = ImmutableListMultimap.builder();
    for (List<Place> all : places.values()) {
      if (all.size() > 1) {
        share(all, shared);
      }
    }
    return new CopiedLogs(shared.build());
  }

  private static void share(
      List<Place> places, ImmutableListMultimap.Builder<VmId, Shared> shared) {
    List<Place> seen = places.stream().filter(Place::wasSeen).toList();
    Optional<Place> original = seen.size() == 1 ? Optional.of(seen.get(0)) : Optional.empty();
    for (Place place : places) {
      if (!original.equals(Optional.of(place))) {
        Place other =
            original.orElseGet(() -> places.get(0).equals(place) ? places.get(1) : places.get(0));
        shared.put(
            place.vm().vm(),
            new Shared(place.record(), other.vm().vm(), other.record(), original.isEmpty()));
      }
    }
  }

  /** Returns the records in the log of {@code vm} that are another's. */
  ImmutableSet<Observation> copiesOf(VmId vm) {
    return byVm.get(vm).stream()
        .filter(shared -> !shared.counts())
        .map(Shared::record)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** The guest's log is, in part, that of another VM. */
  Optional<Finding> check(VmHistory history) {
    Draft draft = new Draft(Finding.Kind.COPIED_LOG).of(history.vm());
    TreeSet<VmId> others = new TreeSet<>();
    TreeSet<Observation> records = new TreeSet<>();
    boolean known = true;
    for (Shared shared : byVm.get(history.vm())) {
      draft.because(shared.record()).support(shared.otherRecord());
      records.add(shared.record());
      others.add(shared.other());
      known &= !shared.counts();
    }
    if (records.isEmpty()) {
      return Optional.empty();
    }
    String whose = others.first() + (others.size() == 1 ? "" : " and others");
    return draft
        .open(!wroteSince(history, records))
        .say(
            known
                ? "The guest's log is a copy of that of " + whose + ", which counts those records."
                : "Records of the guest's log stand in that of "
                    + whose
                    + " too; which is the copy, nobody knows.",
            "If the VM was made from a copy on purpose, nothing is to do; else find out who copied"
                + " its disk.");
  }

  /** What a copy has logged of its own since it is no copy any more. */
  private static boolean wroteSince(VmHistory history, TreeSet<Observation> records) {
    return history.observations().stream()
        .filter(one -> VmRecord.key(one).isPresent() && !records.contains(one))
        .anyMatch(one -> one.at().isAfter(records.last().at()));
  }

  /**
   * A record that stands in another guest's log too.
   *
   * @param record the record
   * @param other the VM whose it is, or another that has it
   * @param otherRecord the same there
   * @param counts whether it counts here, since nobody knows whose it is
   */
  record Shared(Observation record, VmId other, Observation otherRecord, boolean counts) {}

  private record Place(VmRecord vm, Observation record) {
    boolean wasSeen() {
      return vm.sightings().before(record.at()).isPresent();
    }
  }

  /** What makes two records the same, in whosever log. */
  private record Entry(
      Observation.Kind kind, Provenance provenance, RecordKey key, Collection<Object> said) {
    static Entry of(Observation record, RecordKey key) {
      List<Object> said =
          record instanceof Observation.GuestLogged logged
              ? List.of(logged.result())
              : record instanceof Observation.LicenseTold told
                  ? List.of(told.activated(), told.channel(), told.partialProductKey())
                  : List.of();
      return new Entry(record.kind(), record.provenance(), key, said);
    }
  }
}
