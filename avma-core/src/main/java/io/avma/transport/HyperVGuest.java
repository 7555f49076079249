package io.avma.transport;

import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.VmId;
import java.util.Optional;

/**
 * A virtual machine, asked from within.
 *
 * <p>After {@link #close} every call that asks the guest fails with an {@link
 * IllegalStateException} that names it. Unless {@link Capability#CONCURRENT_CALLS} is declared, a
 * handle belongs to the thread that opened it, and any other gets an {@link IllegalStateException}.
 */
@CheckReturnValue
public interface HyperVGuest extends AutoCloseable {
  /** Returns what this guest can do; the same set as long as it is open. Never asks the guest. */
  ImmutableSet<Capability> capabilities();

  /** Returns the VM that this guest is, if its host has told it. */
  Optional<VmId> vmId() throws TransportException;

  /** Returns the guest's five pools. They close with the guest. */
  KvpStore pools();

  /**
   * Returns the license of the guest's Windows. Needs {@link Capability#LICENSE_STATE}.
   *
   * @throws UnsupportedOperationException without the capability
   */
  LicenseReading license() throws TransportException;

  /**
   * Returns the guest's event log, with event 12309 and its neighbours. Needs {@link
   * Capability#GUEST_EVENTS}. The caller closes it; closing the guest closes it too.
   *
   * @throws UnsupportedOperationException without the capability
   */
  EventSource events() throws TransportException;

  /** Gives back what the guest handle holds. Does nothing the second time. */
  @Override
  void close();
}
