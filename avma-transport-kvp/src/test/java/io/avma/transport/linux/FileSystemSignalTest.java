package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileSystemSignalTest {
  @TempDir Path directory;
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final FileSystemSignal signal = new FileSystemSignal(Duration.ofMillis(20));

  private final ChangeSignal.Receiver receiver =
      new ChangeSignal.Receiver() {
        @Override
        public void changed(String fileName) {
          told.add(fileName);
        }

        @Override
        public void anythingChanged() {
          told.add("anything");
        }

        @Override
        public void retry() {
          told.add("retry");
        }
      };

  private void awaitTold(String what) throws InterruptedException {
    String next;
    do {
      next = told.poll(30, TimeUnit.SECONDS);
      assertNotNull(next, what + " was not told within 30 seconds");
    } while (!next.equals(what));
  }

  @Test
  void aDirectoryThatIsRemovedAndMadeAgainIsWatchedOn() throws Exception {
    Path pools = Files.createDirectory(directory.resolve("pools"));
    try (ChangeSignal.Started started = signal.start(pools, receiver)) {
      assertNotNull(started);
      Files.createFile(pools.resolve("first"));
      awaitTold("first");
      Files.delete(pools.resolve("first"));
      Files.delete(pools);
      awaitTold("anything");
      Files.createDirectory(pools);
      for (int i = 0; ; i++) { // a file may be made before the directory is asked about again
        Files.createFile(pools.resolve("again" + i));
        String next = told.poll(30, TimeUnit.SECONDS);
        assertNotNull(next, "nothing was told within 30 seconds");
        if (next.startsWith("again")) {
          break;
        }
      }
    }
  }

  @Test
  void aDirectoryThatCannotBeWatchedIsLookedAt() throws Exception {
    try (FileSystem zip =
            FileSystems.newFileSystem(directory.resolve("a.zip"), Map.of("create", "true"));
        ChangeSignal.Started started = signal.start(zip.getPath("/"), receiver)) {
      assertNotNull(started);
      awaitTold("anything");
      awaitTold("anything");
    }
  }

  @Test
  void usedUpWatchesAreAskedForAgain() throws Exception {
    AtomicInteger refusals = new AtomicInteger(2);
    Path stingy =
        (Path)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Path.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("register") && refusals.getAndDecrement() > 0) {
                    throw new IOException("User limit of inotify watches reached");
                  }
                  try {
                    return method.invoke(directory, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    try (ChangeSignal.Started started = signal.start(stingy, receiver)) {
      assertNotNull(started);
      awaitTold("anything");
      awaitTold("anything");
      assertTrue(refusals.get() <= 0);
      Files.createFile(directory.resolve("file"));
      awaitTold("file");
    }
  }

  @Test
  void aRetryComesOnceAndNotAfterTheEnd() throws Exception {
    ChangeSignal.Started started = signal.start(directory, receiver);
    started.retryAfter(Duration.ofMillis(1));
    awaitTold("retry");
    started.retryAfter(Duration.ofHours(1));
    started.close();
    started.close();
    started.retryAfter(Duration.ZERO);
    assertEquals(null, told.poll());
  }
}
