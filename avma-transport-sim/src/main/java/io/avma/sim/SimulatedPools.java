package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpViolation;
import io.avma.transport.KvpStore;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException;
import java.util.List;

/** The pools of a simulated guest, as a program in the guest sees them. */
final class SimulatedPools implements KvpStore {
  private final Handle handle;
  private final GuestRecord guest;

  SimulatedPools(Handle handle, GuestRecord guest) {
    this.handle = handle;
    this.guest = guest;
  }

  @Override
  public PoolContent read(KvpPool pool) throws TransportException {
    handle.check();
    requireRunning(handle, guest);
    return PoolContent.of(pool, GuestItems.pool(handle.engine, guest, pool));
  }

  @Override
  public void putAll(KvpPool pool, List<KvpItem> items) throws TransportException {
    handle.check();
    requireRunning(handle, guest);
    writable(pool);
    requireAllowed(items, KvpLimits.SAFE, handle.name());
    handle.engine.act(
        () -> {
          GuestItems.put(handle.engine, guest, items);
          GuestItems.traceItems(handle.engine, guest);
          return items;
        });
  }

  @Override
  public boolean remove(KvpPool pool, String key) throws TransportException {
    handle.check();
    requireRunning(handle, guest);
    writable(pool);
    return handle.engine.act(
        () -> {
          boolean removed = GuestItems.remove(handle.engine, guest, ImmutableList.of(key));
          GuestItems.traceItems(handle.engine, guest);
          return removed;
        });
  }

  @Override
  public KvpWatch watch(KvpPool pool, KvpWatch.Listener listener) throws TransportException {
    handle.check();
    requireRunning(handle, guest);
    List<PoolWatch> watches = guest.extras().watches;
    watches.removeIf(watch -> !watch.isOpen());
    PoolWatch watch =
        new PoolWatch(handle, pool, listener, GuestItems.pool(handle.engine, guest, pool));
    watches.add(watch);
    return watch;
  }

  private void writable(KvpPool pool) throws TransportException {
    if (pool != KvpPool.GUEST) {
      throw new TransportException(
          TransportException.Reason.REFUSED,
          handle.name()
              + ": pool "
              + pool.label()
              + " belongs to the host or the integration service (write to "
              + KvpPool.GUEST.label()
              + ")");
    }
  }

  /** Within a guest that does not run there is nobody to ask. */
  static void requireRunning(Handle handle, GuestRecord guest) throws TransportException {
    if (!Engine.isRunning(guest)) {
      throw new TransportException(
          TransportException.Reason.UNREACHABLE, handle.name() + ": the guest does not run");
    }
  }

  /** Refuses {@code items} if one of them is against {@code limits}. */
  static void requireAllowed(List<KvpItem> items, KvpLimits limits, String machine)
      throws TransportException {
    for (KvpItem item : items) {
      for (KvpViolation violation : limits.violations(item)) {
        throw new TransportException(
            violation instanceof KvpViolation.TooLong
                ? TransportException.Reason.TOO_LARGE
                : TransportException.Reason.INVALID,
            machine + ": " + violation.message() + " (limits: " + limits + ")");
      }
    }
  }
}
