package io.avma.compatibility;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;

/**
 * Whether a guest stays activated wherever in its cluster it runs.
 *
 * @param nodes the verdict of each node, in the order asked, at least one
 */
@CheckReturnValue
public record ClusterVerdict(ImmutableMap<HostId, Verdict> nodes) {
  /** Refuses a cluster without nodes. */
  public ClusterVerdict {
    checkArgument(!nodes.isEmpty(), "no node (expected: at least 1)");
  }

  /**
   * Returns the answer for the whole cluster: unsupported if one node is, else undetermined if one
   * node is, else supported.
   */
  public Verdict.Kind kind() {
    Verdict.Kind worst = Verdict.Kind.SUPPORTED;
    for (Verdict verdict : nodes.values()) {
      if (verdict.kind() == Verdict.Kind.UNSUPPORTED) {
        return Verdict.Kind.UNSUPPORTED;
      }
      worst = verdict.kind() == Verdict.Kind.UNDETERMINED ? verdict.kind() : worst;
    }
    return worst;
  }

  /** Returns the nodes that do not, or may not, activate the guest, in order. */
  public ImmutableMap<HostId, Verdict> doubtful() {
    return ImmutableMap.copyOf(Maps.filterValues(nodes, verdict -> !verdict.isSupported()));
  }
}
