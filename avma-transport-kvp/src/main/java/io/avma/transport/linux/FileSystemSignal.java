package io.avma.transport.linux;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the file system: one sleeping thread per guest that watches. Where the file system cannot
 * say it, for example because the user's inotify instances are used up, it looks every two seconds.
 */
final class FileSystemSignal implements ChangeSignal {
  private static final Logger LOG = LoggerFactory.getLogger(FileSystemSignal.class);
  private static final Duration POLL_EVERY = Duration.ofSeconds(2);

  @Override
  public Started start(Path directory, Receiver receiver) throws IOException {
    WatchService service;
    try {
      service = directory.getFileSystem().newWatchService();
    } catch (IOException | UnsupportedOperationException e) {
      LOG.info("Looking every {}, the file system cannot tell: {}", POLL_EVERY, directory, e);
      return poll(receiver);
    }
    try {
      directory.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      service.close();
      throw e;
    }
    daemon(() -> pump(service, receiver)).start();
    return () -> close(service);
  }

  private static void pump(WatchService service, Receiver receiver) {
    try {
      while (true) {
        WatchKey key = service.take();
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.context() instanceof Path name) {
            receiver.changed(name.toString());
          } else {
            receiver.anythingChanged(); // an overflow does not say what
          }
        }
        if (!key.reset()) {
          receiver.anythingChanged(); // the directory is gone: readers will say so
          return;
        }
      }
    } catch (ClosedWatchServiceException e) {
      LOG.trace("Stopped watching", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Started poll(Receiver receiver) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(FileSystemSignal::daemon);
    var unused =
        timer.scheduleWithFixedDelay(
            receiver::anythingChanged,
            POLL_EVERY.toMillis(),
            POLL_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
    return timer::shutdownNow;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "avma-pool-watch");
    thread.setDaemon(true);
    return thread;
  }

  private static void close(WatchService service) {
    try {
      service.close();
    } catch (IOException e) {
      LOG.debug("Closing the watch of the file system failed", e);
    }
  }
}
