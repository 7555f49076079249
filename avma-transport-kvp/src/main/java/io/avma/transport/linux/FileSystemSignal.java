package io.avma.transport.linux;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the file system: one sleeping thread per guest that watches. While the file system cannot
 * say it, for example because the user's inotify watches are used up or the directory is gone, it
 * looks every two seconds and asks again.
 */
final class FileSystemSignal implements ChangeSignal {
  private static final Logger LOG = LoggerFactory.getLogger(FileSystemSignal.class);
  private static final ThreadFactory DAEMONS =
      new ThreadFactoryBuilder().setNameFormat("avma-pool-watch").setDaemon(true).build();

  private final Duration pollEvery;

  FileSystemSignal() {
    this(Duration.ofSeconds(2));
  }

  FileSystemSignal(Duration pollEvery) {
    this.pollEvery = pollEvery;
  }

  @Override
  public Started start(Path directory, Receiver receiver) {
    Running running = new Running(directory, receiver);
    running.ask();
    return running;
  }

  private final class Running implements Started {
    private final Path directory;
    private final Receiver receiver;
    private final ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, DAEMONS); // has no thread before its first task
    private @Nullable WatchService service;
    private boolean closed;

    Running(Path directory, Receiver receiver) {
      this.directory = directory;
      this.receiver = receiver;
      timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Asks the file system from now on, or looks again later if it cannot tell. */
    private synchronized boolean ask() {
      if (closed) {
        return false;
      }
      try {
        WatchService asked = directory.getFileSystem().newWatchService();
        service = asked;
        WatchKey unused =
            directory.register(
                asked,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        DAEMONS.newThread(() -> pump(asked)).start();
        return true;
      } catch (IOException | UnsupportedOperationException e) {
        LOG.debug("The file system cannot tell, looking again in {}: {}", pollEvery, directory, e);
        closeService();
        later(this::lookAndAsk, pollEvery);
        return false;
      }
    }

    private void lookAndAsk() {
      boolean asked = ask();
      receiver.anythingChanged(); // after asking, so that nothing falls between
      LOG.trace("Looked: {} {}", asked, directory);
    }

    private void pump(WatchService asked) {
      try {
        while (true) {
          WatchKey key = asked.take();
          for (WatchEvent<?> event : key.pollEvents()) {
            if (event.context() instanceof Path name) {
              receiver.changed(name.toString());
            } else {
              receiver.anythingChanged(); // an overflow does not say what
            }
          }
          if (!key.reset()) {
            lost();
            return;
          }
        }
      } catch (ClosedWatchServiceException e) {
        LOG.trace("Stopped watching", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** The directory is gone: readers say so, and it may come back. */
    private void lost() {
      receiver.anythingChanged();
      synchronized (this) {
        closeService();
        later(this::lookAndAsk, pollEvery);
      }
    }

    @Override
    public void retryAfter(Duration time) {
      later(receiver::retry, time);
    }

    private synchronized void later(Runnable work, Duration time) {
      if (!closed) {
        var unused = timer.schedule(work, time.toMillis(), TimeUnit.MILLISECONDS);
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      timer.shutdown(); // without an interrupt: a listener may be the one who closes
      closeService();
    }

    private void closeService() {
      WatchService open = service;
      service = null;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          LOG.debug("Closing the watch of the file system failed", e);
        }
      }
    }
  }
}
