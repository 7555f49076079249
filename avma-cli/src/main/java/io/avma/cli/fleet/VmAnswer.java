package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import io.avma.compatibility.ClusterVerdict;
import io.avma.compatibility.Verdict;
import java.util.Optional;

/**
 * What the plan says of one virtual machine.
 *
 * @param vm the machine, where the plan puts it
 * @param here whether its host activates it
 * @param failover what the other nodes of its cluster say; empty if it is in no cluster of two
 * @param key whether its key is the one that belongs there
 * @param status the answer in one word
 * @param findings everything that is wrong or not known, most basic first
 */
public record VmAnswer(
    FleetVm vm,
    Verdict here,
    Optional<ClusterVerdict> failover,
    KeyCheck key,
    Status status,
    ImmutableList<Finding> findings) {

  /** The answer in one word. */
  public enum Status {
    /** It is activated where it is and wherever it may fail over to. */
    FINE,
    /** Something is wrong. */
    WRONG,
    /** Nothing is known to be wrong, but not everything is known. */
    OPEN,
    /** AVMA is not for it, and it is activated, or needs no activation, without. */
    OUTSIDE
  }

  /** Returns the first thing that is wrong or not known, if anything is. */
  public Optional<String> why() {
    return findings.stream().map(Finding::sentence).findFirst();
  }

  /** Returns this answer without what only keeps the machine from failing over. */
  public VmAnswer hereOnly() {
    return new VmAnswer(
        vm,
        here,
        failover,
        key,
        status,
        findings.stream()
            .filter(finding -> finding.node().isEmpty())
            .collect(ImmutableList.toImmutableList()));
  }
}
