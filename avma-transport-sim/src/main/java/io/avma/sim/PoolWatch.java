package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;

/**
 * A watch of one pool of a simulated guest, until it or the handle that it was made with is closed.
 * Its listener is called on the loop's thread, at once; what it changes itself it is told when it
 * has returned.
 */
final class PoolWatch implements KvpWatch {
  private final Handle handle;
  private final KvpPool pool;
  private final Listener listener;
  private ImmutableList<KvpItem> seen;
  private boolean telling;
  private boolean changedMeanwhile;
  private volatile boolean open = true; // any thread may close a watch

  PoolWatch(Handle handle, KvpPool pool, Listener listener, ImmutableList<KvpItem> seen) {
    this.handle = handle;
    this.pool = pool;
    this.listener = listener;
    this.seen = seen;
  }

  boolean isOpen() {
    return open && handle.isOpen();
  }

  void look(Engine engine, GuestRecord guest) {
    if (telling) {
      changedMeanwhile = true;
      return;
    }
    telling = true;
    try {
      do {
        changedMeanwhile = false;
        ImmutableList<KvpItem> now = GuestItems.pool(engine, guest, pool);
        ImmutableList<PoolChange> changes = PoolChange.between(seen, now);
        seen = now;
        if (!changes.isEmpty()) {
          listener.changed(pool, changes);
        }
      } while (changedMeanwhile && isOpen());
    } finally {
      telling = false;
    }
  }

  @Override
  public void close() {
    open = false; // the loop drops the watch when it next looks at it
  }
}
