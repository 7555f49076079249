package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.HostId;
import java.util.Map;
import java.util.Optional;

/**
 * Hosts and the virtual machines on them, in the order of their files.
 *
 * @param hosts the hosts by name
 * @param vms the virtual machines; each stands on one of the hosts
 * @param notes what the reader of the files should know, sentences: columns that were not used,
 *     facts that were assumed
 */
public record Fleet(
    ImmutableMap<HostId, FleetHost> hosts,
    ImmutableList<FleetVm> vms,
    ImmutableList<String> notes) {

  /** Returns the host. */
  public FleetHost host(HostId id) {
    FleetHost host = hosts.get(id);
    if (host == null) {
      throw new IllegalArgumentException("no host " + id);
    }
    return host;
  }

  /** Returns the nodes of each cluster, by the cluster's name in lower case. */
  public ImmutableListMultimap<String, FleetHost> clusters() {
    ImmutableListMultimap.Builder<String, FleetHost> clusters = ImmutableListMultimap.builder();
    for (FleetHost host : hosts.values()) {
      host.clusterKey().ifPresent(cluster -> clusters.put(cluster, host));
    }
    return clusters.build();
  }

  /** Returns the virtual machines on {@code host}. */
  public ImmutableList<FleetVm> on(HostId host) {
    return vms.stream()
        .filter(vm -> vm.host().equals(host))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns this fleet with the virtual machines of {@code moves} on other hosts. */
  public Fleet with(Map<FleetVm, HostId> moves) {
    ImmutableList<FleetVm> moved =
        vms.stream()
            .map(vm -> Optional.ofNullable(moves.get(vm)).map(vm::on).orElse(vm))
            .collect(ImmutableList.toImmutableList());
    return new Fleet(hosts, moved, notes);
  }

  /** Returns this fleet with {@code changed} in the place of the host of that name. */
  public Fleet with(FleetHost changed) {
    ImmutableMap.Builder<HostId, FleetHost> all = ImmutableMap.builder();
    hosts.forEach((id, host) -> all.put(id, id.equals(changed.id()) ? changed : host));
    return new Fleet(all.buildOrThrow(), vms, notes);
  }
}
