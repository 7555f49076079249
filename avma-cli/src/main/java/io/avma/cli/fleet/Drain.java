package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.compatibility.ClusterVerdict;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Verdict;
import io.avma.platform.HostId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the virtual machines of a host could go, and where they would stay activated.
 *
 * @param host the host that is to be emptied
 * @param nodes the other nodes of its cluster that are not emptied as well; may be none
 * @param moves one for each machine on the host, in the order of the fleet
 */
public record Drain(HostId host, ImmutableList<HostId> nodes, ImmutableList<Move> moves) {
  /**
   * One machine that has to go.
   *
   * @param vm the machine
   * @param verdicts what each node says; empty if there is none
   * @param target the node we suggest: of those that activate it, else of those that may, else of
   *     those with the fewest obstacles, the one that then has the fewest machines, else the first
   *     of the file; empty if there is no node
   */
  public record Move(FleetVm vm, Optional<ClusterVerdict> verdicts, Optional<HostId> target) {
    /** Returns what the suggested node says. */
    public Optional<Verdict> atTarget() {
      return verdicts.flatMap(
          cluster -> target.flatMap(node -> Optional.ofNullable(cluster.nodes().get(node))));
    }
  }

  /** Returns where the machines on {@code host} could go; {@code emptied} are no targets. */
  public static Drain of(
      Fleet fleet, HostId host, Set<HostId> emptied, CompatibilityMatrix matrix) {
    ImmutableList<FleetHost> nodes =
        fleet
            .host(host)
            .clusterKey()
            .map(cluster -> fleet.clusters().get(cluster))
            .orElse(ImmutableList.of())
            .stream()
            .filter(node -> !node.id().equals(host) && !emptied.contains(node.id()))
            .collect(ImmutableList.toImmutableList());
    Map<HostId, Integer> load = new LinkedHashMap<>();
    nodes.forEach(node -> load.put(node.id(), fleet.on(node.id()).size()));
    Verdicts verdicts = new Verdicts(matrix);
    ImmutableList.Builder<Move> moves = ImmutableList.builder();
    for (FleetVm vm : fleet.on(host)) {
      Optional<ClusterVerdict> verdict = verdicts.of(nodes, vm.guest());
      Optional<HostId> target = verdict.map(cluster -> target(cluster, load));
      target.ifPresent(node -> load.merge(node, 1, Integer::sum));
      moves.add(new Move(vm, verdict, target));
    }
    return new Drain(host, ImmutableList.copyOf(load.keySet()), moves.build());
  }

  /** Returns the moves that have a target, for a plan of the fleet afterwards. */
  public ImmutableMap<FleetVm, HostId> targets() {
    ImmutableMap.Builder<FleetVm, HostId> targets = ImmutableMap.builder();
    moves.forEach(move -> move.target().ifPresent(target -> targets.put(move.vm(), target)));
    return targets.buildOrThrow();
  }

  private static HostId target(ClusterVerdict verdict, Map<HostId, Integer> load) {
    return verdict.nodes().entrySet().stream()
        .min(
            Comparator.<Map.Entry<HostId, Verdict>>comparingInt(
                    node -> unwillingness(node.getValue()))
                .thenComparing(node -> load.getOrDefault(node.getKey(), 0)))
        .orElseThrow() // a cluster verdict has at least one node
        .getKey();
  }

  private static int unwillingness(Verdict verdict) {
    return switch (verdict.kind()) {
      case SUPPORTED -> 0;
      case UNDETERMINED -> 1;
      case UNSUPPORTED -> 1 + verdict.obstacles().size();
    };
  }
}
