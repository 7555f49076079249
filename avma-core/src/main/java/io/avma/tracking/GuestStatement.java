package io.avma.tracking;

import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import java.util.Optional;

/**
 * What a guest's Data Exchange items say about it, as far as a ledger compares it with evidence.
 * Hearsay: whoever rules the guest can write any of it.
 *
 * @param vm the VM that the guest says it is
 * @param host the host that the guest says it runs on
 * @param computer the guest's own name, as it was written, at most 255 characters
 * @param system the operating system that the items add up to
 * @param avmaItems the keys of guest-written items that belong to AVMA; empty if nobody looked
 */
@CheckReturnValue
public record GuestStatement(
    Optional<VmId> vm,
    Optional<HostId> host,
    Optional<String> computer,
    Optional<String> system,
    Optional<ImmutableSortedSet<String>> avmaItems) {
  /** Returns whether it says nothing at all. */
  public boolean isEmpty() {
    return vm.isEmpty()
        && host.isEmpty()
        && computer.isEmpty()
        && system.isEmpty()
        && avmaItems.isEmpty();
  }

  /** Returns what is claimed, escaped and cut. */
  @Override
  public String toString() {
    return "claims"
        + vm.map(id -> " VM " + id).orElse("")
        + host.map(id -> " on " + id).orElse("")
        + computer.map(name -> " named '" + ForeignText.escape(name, 80) + "'").orElse("")
        + system.map(name -> " running " + ForeignText.escape(name, 80)).orElse("");
  }
}
