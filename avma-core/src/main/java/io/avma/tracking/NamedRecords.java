package io.avma.tracking;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.eventlog.VmExtractor;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The hosts' records whose text names a VM, and the rest.
 *
 * @param byVm the records that name a VM
 * @param rest the others, ascending by time
 */
record NamedRecords(
    ImmutableSortedMap<VmId, List<Observation.HostLogged>> byVm,
    ImmutableSortedSet<Observation.HostLogged> rest) {

  static NamedRecords of(LogRecords records, LicenseLedger ledger, VmExtractor extractor) {
    Map<Displayed, Optional<VmId>> names = names(ledger);
    TreeMap<VmId, List<Observation.HostLogged>> byVm = new TreeMap<>();
    ImmutableSortedSet.Builder<Observation.HostLogged> rest = ImmutableSortedSet.naturalOrder();
    for (Observation.HostLogged record : records.distinct().values()) {
      Optional<VmId> vm =
          record.detail().flatMap(text -> find(extractor, text, record.host(), names));
      if (vm.isPresent()) {
        byVm.computeIfAbsent(vm.get(), unused -> new ArrayList<>()).add(record);
      } else {
        rest.add(record);
      }
    }
    return new NamedRecords(ImmutableSortedMap.copyOfSorted(byVm), rest.build());
  }

  List<Observation.HostLogged> of(VmId vm) {
    return byVm.getOrDefault(vm, List.of());
  }

  /** A name stands for a VM if the host's sweeps have shown it for that one only. */
  private static Optional<VmId> find(
      VmExtractor extractor, String text, HostId host, Map<Displayed, Optional<VmId>> names) {
    return extractor
        .extract(text)
        .flatMap(
            reference ->
                reference
                    .id()
                    .or(
                        () ->
                            reference
                                .name()
                                .flatMap(
                                    name ->
                                        names.getOrDefault(
                                            new Displayed(host, name), Optional.empty()))));
  }

  /** Returns which VM each host shows under each name; empty where several share it. */
  private static Map<Displayed, Optional<VmId>> names(LicenseLedger ledger) {
    Map<Displayed, Optional<VmId>> names = new HashMap<>(); // asked, never iterated
    for (ImmutableSortedSet<Observation> observations : ledger.bySubject().values()) {
      for (Observation observation : observations) {
        if (observation instanceof Observation.HostSaw saw) {
          names.merge(
              new Displayed(saw.host(), saw.facts().name()),
              Optional.of(saw.facts().vm()),
              (one, other) -> one.equals(other) ? one : Optional.empty());
        }
      }
    }
    return names;
  }

  private record Displayed(HostId host, String name) {}
}
