package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.VmId;
import io.avma.transport.HyperVGuest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One guest whose transport is tested, and its host. A fixture is made for one rule and closed
 * after it; when it is made, the guest runs and the pools {@link KvpPool#EXTERNAL} and {@link
 * KvpPool#GUEST} are empty.
 */
@CheckReturnValue
public interface TransportFixture extends ContractFixture {
  /** Returns a new handle on the guest. Every handle shows the same guest; the rule closes it. */
  HyperVGuest open() throws Exception;

  /** Lets the host make each of {@code items} the value of its key, in order. */
  void hostSets(List<KvpItem> items) throws Exception;

  /** Lets the host remove {@code keys}. */
  void hostDeletes(List<String> keys) throws Exception;

  /** Returns what the host sees in the pool that the guest writes. */
  ImmutableList<KvpItem> hostSees() throws Exception;

  /**
   * Lets happen what must happen before a change is told to those who watch. Does nothing by
   * default; a simulation lets time pass.
   */
  default void settle() throws Exception {}

  /** Returns how long a change may take after {@link #settle} until it is told; 30 seconds. */
  default Duration patience() {
    return Duration.ofSeconds(30);
  }

  /**
   * Returns what messages call the guest; empty, the default, if they need not name it because
   * there is but one, the machine that the program runs on.
   */
  default String name() {
    return "";
  }

  /**
   * Lets the host tell the guest which VM it is, unless it has done so.
   *
   * @return the VM; empty, the default, if the host tells it nothing
   */
  default Optional<VmId> vm() throws Exception {
    return Optional.empty();
  }

  /**
   * Switches the guest off, or takes away what its handles need.
   *
   * @return whether that can happen; if not, which is the default, what is said of it is not tried
   */
  default boolean goAway() throws Exception {
    return false;
  }
}
