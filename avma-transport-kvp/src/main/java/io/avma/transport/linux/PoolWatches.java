package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ongoing watches of a guest. They share one signal, which starts with the first of them. */
final class PoolWatches implements ChangeSignal.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(PoolWatches.class);

  private final Path directory;
  private final ChangeSignal signal;
  private final Reader reader;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private ChangeSignal.@Nullable Started started;

  /** How a pool is read. */
  interface Reader {
    PoolContent read(KvpPool pool) throws TransportException;
  }

  PoolWatches(Path directory, ChangeSignal signal, Reader reader) {
    this.directory = directory;
    this.signal = signal;
    this.reader = reader;
  }

  /**
   * Starts a watch. The signal starts before the first reading, so that no change falls between.
   */
  KvpWatch add(KvpPool pool, KvpWatch.Listener listener) throws TransportException {
    synchronized (this) {
      if (started == null) {
        try {
          started = signal.start(directory, this);
        } catch (IOException e) {
          throw PoolFailure.of(pool, directory, e);
        }
      }
    }
    Watch watch = new Watch(pool, listener, reader.read(pool).items());
    watches.add(watch);
    watch.look(); // what changed since the reading and before the watch was in the list
    return watch;
  }

  synchronized void close() {
    watches.forEach(Watch::close);
    if (started != null) {
      started.close();
      started = null;
    }
  }

  @Override
  public void changed(String fileName) {
    for (Watch watch : watches) {
      if (fileName.equals(PoolLayout.fileName(watch.pool))) {
        watch.look();
      }
    }
  }

  @Override
  public void anythingChanged() {
    watches.forEach(Watch::look);
  }

  /** One watch; its monitor keeps calls to the listener apart. */
  private final class Watch implements KvpWatch {
    private final KvpPool pool;
    private final Listener listener;
    private ImmutableList<KvpItem> seen;
    private volatile boolean closed;

    Watch(KvpPool pool, Listener listener, ImmutableList<KvpItem> seen) {
      this.pool = pool;
      this.listener = listener;
      this.seen = seen;
    }

    private synchronized void look() {
      if (closed) {
        return;
      }
      try {
        tell();
      } catch (RuntimeException e) {
        // The listener is the user's; its failure must not end the watches of others.
        if (!closed) {
          LOG.warn("A listener failed: {}", PoolLayout.label(pool), e);
        }
      }
    }

    private void tell() {
      ImmutableList<KvpItem> now;
      try {
        now = reader.read(pool).items();
      } catch (TransportException e) {
        listener.failed(pool, e);
        return;
      }
      ImmutableList<PoolChange> changes = PoolChange.between(seen, now);
      seen = now;
      if (!changes.isEmpty()) {
        listener.changed(pool, changes);
      }
    }

    @Override
    public void close() {
      closed = true;
      watches.remove(this);
    }
  }
}
