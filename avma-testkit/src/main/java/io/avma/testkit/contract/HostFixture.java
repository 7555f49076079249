package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.transport.HyperVHost;
import java.time.Instant;
import java.util.List;

/**
 * One host whose transport is tested, and its guests as far as a test needs them. A fixture is made
 * for one rule and closed after it; when it is made, the host has at least three VMs, the first
 * three of them run with Data Exchange enabled, and neither guest nor host has written an item.
 */
@CheckReturnValue
public interface HostFixture extends ContractFixture {
  /** Returns a new handle on the host. Every handle shows the same host; the rule closes it. */
  HyperVHost open() throws Exception;

  /** Returns what messages call the host, for example its computer name. */
  String name();

  /** Returns what the host is. */
  HostProfile profile();

  /** Returns every VM of the host, in any order. */
  ImmutableList<VmId> vms();

  /** Lets a program in the guest put {@code items}, as {@link io.avma.transport.KvpStore} does. */
  void guestPuts(VmId vm, List<KvpItem> items) throws Exception;

  /** Returns what the guest, which runs, reads in the pool that the host writes. */
  ImmutableList<KvpItem> guestReads(VmId vm) throws Exception;

  /** Starts or stops a VM. */
  void run(VmId vm, boolean running) throws Exception;

  /** Enables or disables Data Exchange for a VM. */
  void exchange(VmId vm, boolean enabled) throws Exception;

  /** Returns what the host keeps about a VM for itself; nothing unless told otherwise. */
  default ImmutableList<KvpItem> hostOnly(VmId vm) {
    return ImmutableList.of();
  }

  /**
   * Returns the oddest text that the transport carries: with a control character by default, which
   * XML has no way to write.
   */
  default String oddText() {
    return " \u0001";
  }

  /** Returns the time by the clock that readings are stamped with; the system's by default. */
  default Instant now() {
    return Instant.now();
  }

  /**
   * Makes a VM one that the host has and cannot read.
   *
   * @return whether there can be such a VM; if not, which is the default, what is said of one is
   *     not tried
   */
  default boolean spoil(VmId vm) throws Exception {
    return false;
  }

  /**
   * Takes the host away: nobody answers, or the connection breaks.
   *
   * @return whether that can happen; if not, which is the default, what is said of it is not tried
   */
  default boolean goAway() throws Exception {
    return false;
  }
}
