package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.VmId;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which host's record belongs to which guest's, for all VMs at once.
 *
 * @param byVm the exchanges of each VM, ascending by time
 * @param unattributed the hosts' records that belong to no known VM, ascending by time
 */
record Exchanges(
    ImmutableSortedMap<VmId, ImmutableList<Exchange>> byVm,
    ImmutableSortedSet<Observation.HostLogged> unattributed) {

  static Exchanges of(
      ImmutableSortedSet<Observation.HostLogged> unnamed,
      Iterable<VmRecord> vms,
      Duration correlation) {
    TimeInference inference = new TimeInference(correlation);
    unnamed.forEach(inference::host);
    TreeMap<VmId, PairedRecords> paired = new TreeMap<>();
    for (VmRecord vm : vms) {
      PairedRecords pairs = PairedRecords.of(vm.hostLog(), vm.guestLog(), correlation);
      for (Observation.GuestLogged entry : pairs.guestOnly()) {
        inference.guest(entry, vm.sightings().plausibleHosts(entry.at()));
      }
      paired.put(vm.vm(), pairs);
    }
    inference.conclude();
    ImmutableSortedMap.Builder<VmId, ImmutableList<Exchange>> byVm =
        ImmutableSortedMap.naturalOrder();
    paired.forEach((vm, pairs) -> byVm.put(vm, pairs.exchanges(inference)));
    return new Exchanges(byVm.buildOrThrow(), inference.unattributed());
  }

  ImmutableList<Exchange> of(VmId vm) {
    return Optional.ofNullable(byVm.get(vm)).orElse(ImmutableList.of());
  }
}
