package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;

/**
 * What a host itself knows of a VM; evidence, as far as the host is believed.
 *
 * @param vm the VM's identifier
 * @param name its display name, as the host's administrator wrote it; {@code ""} if it has none
 * @param state what it is doing
 * @param dataExchange whether the Data Exchange integration service is enabled for it
 * @param replica whether it is the replica of a VM that runs elsewhere
 */
@CheckReturnValue
public record VmFacts(VmId vm, String name, VmState state, Ternary dataExchange, Ternary replica) {
  /** Returns the facts of a running VM with Data Exchange enabled that is no replica. */
  public static VmFacts running(VmId vm, String name) {
    return new VmFacts(vm, name, VmState.RUNNING, Ternary.YES, Ternary.NO);
  }

  /** Returns these facts with another state. */
  public VmFacts withState(VmState other) {
    return new VmFacts(vm, name, other, dataExchange, replica);
  }

  /** Returns these facts with Data Exchange as told. */
  public VmFacts withDataExchange(Ternary enabled) {
    return new VmFacts(vm, name, state, enabled, replica);
  }

  /** Returns these facts, of a replica or not. */
  public VmFacts withReplica(Ternary isReplica) {
    return new VmFacts(vm, name, state, dataExchange, isReplica);
  }

  /** Returns identifier, name and state, escaped. */
  @Override
  public String toString() {
    return vm + " '" + ForeignText.escape(name, 80) + "' " + state;
  }
}
