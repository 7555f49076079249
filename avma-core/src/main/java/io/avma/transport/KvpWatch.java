package io.avma.transport;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpPool;

/** An ongoing watch of a pool; closing it ends it. Any thread may close it. */
public interface KvpWatch extends AutoCloseable {
  /** Ends the watch. A call to the listener that is under way may still finish. Idempotent. */
  @Override
  void close();

  /** Whoever wants to know about changes in a pool. */
  interface Listener {
    /**
     * The pool has changed.
     *
     * @param changes the differences, at least one; removed keys first, then the others in the
     *     pool's order
     */
    void changed(KvpPool pool, ImmutableList<PoolChange> changes);

    /**
     * The pool could not be read. The watch goes on, and tells the differences to what it last saw
     * when it can read again. Does nothing by default.
     */
    default void failed(KvpPool pool, TransportException failure) {}
  }
}
