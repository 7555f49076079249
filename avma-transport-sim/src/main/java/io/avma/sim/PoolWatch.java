package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;

/**
 * A watch of one pool of a simulated guest. Its listener is called on the loop's thread, at once.
 */
final class PoolWatch implements KvpWatch {
  private final KvpPool pool;
  private final Listener listener;
  private final Runnable onClose;
  private ImmutableList<KvpItem> seen;
  private volatile boolean open = true; // any thread may close a watch

  PoolWatch(KvpPool pool, Listener listener, ImmutableList<KvpItem> seen, Runnable onClose) {
    this.pool = pool;
    this.listener = listener;
    this.seen = seen;
    this.onClose = onClose;
  }

  void look(Engine engine, GuestRecord guest) {
    if (!open) {
      onClose.run();
      return;
    }
    ImmutableList<KvpItem> now = GuestItems.pool(engine, guest, pool);
    ImmutableList<PoolChange> changes = PoolChange.between(seen, now);
    seen = now;
    if (!changes.isEmpty()) {
      listener.changed(pool, changes);
    }
  }

  @Override
  public void close() {
    open = false; // the loop drops the watch when it next looks at it
  }
}
