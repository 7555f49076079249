package io.avma.cli.fleet;

import io.avma.platform.HostId;
import java.util.Optional;

/**
 * What a cause does to one virtual machine.
 *
 * @param cause the cause
 * @param node the node that the machine may not fail over to; empty if it is wrong where it is
 * @param explanation what is wrong, in one sentence
 * @param remedy what to do about it, in one sentence; may be empty
 */
public record Finding(Cause cause, Optional<HostId> node, String explanation, String remedy) {
  /** Returns a finding that holds where the machine is. */
  static Finding here(Cause cause, String explanation, String remedy) {
    return new Finding(cause, Optional.empty(), explanation, remedy);
  }

  /** Returns what is wrong and, of a failover, where. */
  public String sentence() {
    return node.map(to -> "May not fail over to " + to + ": " + explanation).orElse(explanation);
  }
}
