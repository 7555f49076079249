package io.avma.transport;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import java.util.List;

/**
 * A virtualization host, asked from the outside, without any access to its guests.
 *
 * <p>Every call may fail with a {@link TransportException}. After {@link #close} every call that
 * asks the host fails with an {@link IllegalStateException} that names it. Unless {@link
 * Capability#CONCURRENT_CALLS} is declared, a handle belongs to the thread that opened it, and any
 * other gets an {@link IllegalStateException}.
 */
@CheckReturnValue
public interface HyperVHost extends AutoCloseable {
  /** Returns the name by which this host is known. Never asks the host. */
  HostId id();

  /** Returns what this host can do; the same set as long as it is open. Never asks the host. */
  ImmutableSet<Capability> capabilities();

  /** Returns what the host says about itself; whatever it does not say is unknown. */
  HostProfile profile() throws TransportException;

  /**
   * Asks for many VMs at once. One bad VM hides no other: it is {@link VmReading.Unreadable}.
   *
   * @return one reading for each VM asked for, or for each VM that the host has, ascending by VM
   * @throws TransportException if the host itself cannot be asked
   */
  ImmutableList<VmReading> sweep(SweepScope scope) throws TransportException;

  /**
   * Writes new host-written items, which the guest will see: all of them, or none if one of them is
   * refused. Needs {@link Capability#WRITE_HOST_ITEMS}.
   *
   * @throws TransportException {@code ALREADY_EXISTS}, or {@code INVALID} on builds of Windows that
   *     say no more, if an item with one of the keys exists; {@code TOO_LARGE} for an item or a
   *     number of items above a limit; {@code NOT_FOUND} without such a VM
   * @throws UnsupportedOperationException without the capability
   */
  void add(VmId vm, List<KvpItem> items) throws TransportException;

  /**
   * Gives existing host-written items new values: all of them, or none if one of them is refused.
   * Needs {@link Capability#WRITE_HOST_ITEMS}.
   *
   * @throws TransportException {@code NOT_FOUND}, or {@code INVALID} on builds of Windows that say
   *     no more, if there is no item with one of the keys; else as {@link #add}
   * @throws UnsupportedOperationException without the capability
   */
  void modify(VmId vm, List<KvpItem> items) throws TransportException;

  /**
   * Removes host-written items. Needs {@link Capability#WRITE_HOST_ITEMS}.
   *
   * <p>Without an item with one of the keys it succeeds from Windows Server 2012 R2 on; earlier
   * builds say {@code INVALID}. Both were observed.
   *
   * @throws TransportException as {@link #modify}
   * @throws UnsupportedOperationException without the capability
   */
  void remove(VmId vm, List<String> keys) throws TransportException;

  /**
   * Returns the host's event log, with event 12310 and its neighbours. The caller closes it;
   * closing the host closes it too.
   */
  EventSource events() throws TransportException;

  /** Gives back what the host handle holds. Does nothing the second time. */
  @Override
  void close();
}
