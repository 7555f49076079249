package io.avma.transport.linux;

import com.google.common.collect.HashMultimap;
import com.google.common.collect.SetMultimap;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
 * Asks the file system: one sleeping thread per guest that watches. A directory does not tell that
 * it was moved away or that another one is in its place now, so those above it are asked as well,
 * for the one name that leads to it. While the file system cannot say all of that, for example
 * because the user's inotify watches are used up or a directory above may not be read, it looks
 * every two seconds and asks again.
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
    private boolean lookComes;
    private boolean closed;

    Running(Path directory, Receiver receiver) {
      this.directory = directory;
      this.receiver = receiver;
      timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Asks the file system from now on, or looks again later if it cannot tell. */
    private synchronized void ask() {
      closeService();
      if (closed) {
        return;
      }
      try {
        WatchService asked = directory.getFileSystem().newWatchService();
        service = asked;
        SetMultimap<WatchKey, Path> names = HashMultimap.create(); // looked up only
        if (!register(asked, names)) {
          lookLater();
        }
        DAEMONS.newThread(() -> pump(asked, names)).start();
      } catch (IOException | UnsupportedOperationException e) {
        LOG.debug("The file system cannot tell, looking again in {}: {}", pollEvery, directory, e);
        closeService();
        lookLater();
      }
    }

    /**
     * Registers the directory and those above it, from the root on: whatever is put in the place of
     * one of them meanwhile is told by the one above it. Puts into {@code names} which of them
     * matter in each directory above. Returns whether all of those may be asked.
     */
    private boolean register(WatchService asked, SetMultimap<WatchKey, Path> names)
        throws IOException {
      boolean complete = true;
      try {
        Path above = directory.toAbsolutePath().getRoot();
        for (Path name : directory.toAbsolutePath()) {
          try {
            WatchKey key =
                above.register(
                    asked,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_DELETE);
            names.put(key, name);
          } catch (AccessDeniedException e) {
            LOG.debug("The file system cannot tell whether this is moved: {} {}", above, name, e);
            complete = false;
          }
          above = above.resolve(name);
          // Behind a link nobody tells when a directory above its target is replaced.
          complete &= !Files.isSymbolicLink(above);
        }
        WatchKey key =
            directory.register(
                asked,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
        names.removeAll(key); // "." or ".." may have led here before; now all names matter
      } catch (NoSuchFileException | NotDirectoryException e) {
        LOG.debug("Waiting for the directory: {}", directory, e);
      }
      return complete;
    }

    /** In this order, so that nothing falls between. */
    private void askAndLook() {
      ask();
      receiver.anythingChanged();
    }

    private synchronized void lookLater() {
      if (!lookComes) {
        lookComes = true;
        later(
            () -> {
              synchronized (this) {
                lookComes = false;
              }
              askAndLook();
            },
            pollEvery);
      }
    }

    private void pump(WatchService asked, SetMultimap<WatchKey, Path> names) {
      try {
        while (true) {
          WatchKey key = next(asked);
          boolean isAbove = names.containsKey(key);
          boolean moved = false;
          for (WatchEvent<?> event : key.pollEvents()) {
            if (isAbove) {
              moved |= event.context() == null || names.containsEntry(key, event.context());
            } else if (event.context() instanceof Path file) {
              receiver.changed(file.toString());
            } else {
              receiver.anythingChanged(); // an overflow does not say what
            }
          }
          if (!key.reset() || moved) {
            askAndLook(); // closes this service
            return;
          }
        }
      } catch (ClosedWatchServiceException e) {
        LOG.trace("Stopped watching", e);
      }
    }

    /** Interrupts are none of ours: a listener may leave one behind. */
    private WatchKey next(WatchService asked) {
      while (true) {
        try {
          return asked.take();
        } catch (InterruptedException e) {
          LOG.trace("Watching on", e);
        }
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
