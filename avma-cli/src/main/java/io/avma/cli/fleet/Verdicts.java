package io.avma.cli.fleet;

import com.google.common.collect.HashBasedTable;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Table;
import io.avma.compatibility.ClusterVerdict;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Verdict;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import java.util.List;
import java.util.Optional;

/**
 * The verdicts of one fleet, each pair of profiles examined once: fleets are large, but have few
 * kinds of guests and hosts. For one thread.
 */
final class Verdicts {
  private final CompatibilityMatrix matrix;
  private final Table<HostProfile, GuestProfile, Verdict> known = HashBasedTable.create();

  Verdicts(CompatibilityMatrix matrix) {
    this.matrix = matrix;
  }

  Verdict of(FleetHost host, GuestProfile guest) {
    Verdict verdict = known.get(host.profile(), guest);
    if (verdict == null) {
      verdict = matrix.verdict(host.profile(), guest);
      known.put(host.profile(), guest, verdict);
    }
    return verdict;
  }

  /** Returns the verdict of each of {@code nodes}; empty if there are none. */
  Optional<ClusterVerdict> of(List<FleetHost> nodes, GuestProfile guest) {
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    ImmutableMap.Builder<io.avma.platform.HostId, Verdict> verdicts = ImmutableMap.builder();
    nodes.forEach(node -> verdicts.put(node.id(), of(node, guest)));
    return Optional.of(new ClusterVerdict(verdicts.buildOrThrow()));
  }
}
