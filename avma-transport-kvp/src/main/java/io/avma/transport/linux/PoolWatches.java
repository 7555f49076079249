package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ongoing watches of a guest. They share one signal, which starts with the first of them and
 * ends with the last.
 */
final class PoolWatches implements ChangeSignal.Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(PoolWatches.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Path directory;
  private final ChangeSignal signal;
  private final Reader reader;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private int users; // of the signal: watches, and calls that are about to become one
  private boolean closed;
  private boolean retryComes;
  private Duration pause = FIRST_PAUSE;
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
   *
   * @throws IllegalStateException if the guest is closed
   */
  KvpWatch add(KvpPool pool, KvpWatch.Listener listener) throws TransportException {
    useSignal();
    Watch watch;
    try {
      watch = new Watch(pool, listener, reader.read(pool).items());
      enlist(watch);
    } catch (TransportException | RuntimeException e) {
      leaveSignal();
      throw e;
    }
    watch.look(); // what changed since the reading and before the watch was in the list
    return watch;
  }

  private synchronized void useSignal() {
    checkOpen();
    if (started == null) {
      started = signal.start(directory, this);
    }
    users++;
  }

  private synchronized void enlist(Watch watch) {
    checkOpen();
    watches.add(watch);
  }

  private synchronized void leaveSignal() {
    users--;
    if (users == 0 && started != null) {
      started.close();
      started = null;
      retryComes = false;
      pause = FIRST_PAUSE;
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("Linux guest " + directory + " is closed");
    }
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    watches.forEach(Watch::close);
  }

  @Override
  public void changed(String fileName) {
    for (Watch watch : watches) {
      if (fileName.equals(PoolLayout.fileName(watch.pool))) {
        lookOnOwnThread(watch);
      }
    }
  }

  @Override
  public void anythingChanged() {
    watches.forEach(PoolWatches::lookOnOwnThread);
  }

  @Override
  public void retry() {
    synchronized (this) {
      retryComes = false;
    }
    for (Watch watch : watches) {
      if (watch.behind) {
        lookOnOwnThread(watch);
      }
    }
  }

  private static void lookOnOwnThread(Watch watch) {
    watch.look();
    boolean unused = Thread.interrupted(); // left by a listener; the next reading would fail
  }

  /** Whoever held a pool may have changed it, and lets it go without a signal. */
  private synchronized void retryLater() {
    if (started != null && !retryComes) {
      retryComes = true;
      started.retryAfter(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }
  }

  private synchronized void caughtUp() {
    pause = FIRST_PAUSE;
  }

  /** One watch; its monitor keeps calls to the listener apart. */
  private final class Watch implements KvpWatch {
    private final KvpPool pool;
    private final Listener listener;
    private ImmutableList<KvpItem> seen;
    private TransportException.@Nullable Reason told;
    private volatile boolean behind;
    private volatile boolean ended;

    Watch(KvpPool pool, Listener listener, ImmutableList<KvpItem> seen) {
      this.pool = pool;
      this.listener = listener;
      this.seen = seen;
    }

    private synchronized void look() {
      if (ended) {
        return;
      }
      try {
        tell();
      } catch (Throwable e) {
        // The listener is the user's; whatever it throws must not end the watches of others.
        if (!ended) {
          LOG.warn("A listener or a reading failed: {}", PoolLayout.label(pool), e);
        }
      }
    }

    private void tell() {
      ImmutableList<KvpItem> now;
      try {
        now = reader.read(pool).items();
      } catch (TransportException e) {
        boolean again = behind && e.reason() == told;
        behind = true;
        told = e.reason();
        retryLater();
        if (!again) {
          listener.failed(pool, e);
        }
        return;
      } catch (RuntimeException | Error e) {
        behind = true; // out of memory, say, which need not last
        retryLater();
        throw e;
      }
      if (behind) {
        behind = false;
        caughtUp();
      }
      ImmutableList<PoolChange> changes = PoolChange.between(seen, now);
      seen = now;
      if (!changes.isEmpty()) {
        listener.changed(pool, changes);
      }
    }

    @Override
    public void close() {
      ended = true;
      if (watches.remove(this)) {
        leaveSignal();
      }
    }
  }
}
