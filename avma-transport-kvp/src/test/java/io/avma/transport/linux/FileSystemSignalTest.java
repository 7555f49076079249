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
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
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

  /**
   * Makes files until one of them is told: the first may be made before the file system is asked.
   */
  private void awaitWatched(Path pools) throws Exception {
    for (int i = 0; ; i++) {
      Path file = Files.createTempFile(pools, "new", "");
      String next = told.poll(30, TimeUnit.SECONDS);
      assertNotNull(next, "nothing was told within 30 seconds");
      if (next.startsWith("new")) {
        assertTrue(Files.exists(pools.resolve(next)), next);
        return;
      }
      assertTrue(i < 1000, file + " was not told");
    }
  }

  /** Looks at nothing by itself, so all that is told comes from the file system. */
  private ChangeSignal.Started startWithoutLooking(Path pools) {
    return new FileSystemSignal(Duration.ofHours(1)).start(pools, receiver);
  }

  @Test
  void aDirectoryThatIsMovedAwayAndReplacedIsToldAndWatchedOn() throws Exception {
    Path above = Files.createDirectory(directory.resolve("above"));
    Path pools = Files.createDirectory(above.resolve("pools"));
    try (ChangeSignal.Started started = startWithoutLooking(pools)) {
      assertNotNull(started);
      awaitWatched(pools);
      Path away = Files.move(pools, above.resolve("away"));
      awaitTold("anything");
      Files.createDirectory(pools);
      awaitTold("anything");
      Files.createFile(away.resolve("elsewhere"));
      awaitWatched(pools);
      Path allAway = Files.move(above, directory.resolve("all-away"));
      awaitTold("anything");
      Files.createDirectories(pools);
      awaitWatched(pools);
      Files.delete(Files.createFile(allAway.resolve("elsewhere")));
      assertTrue(told.stream().noneMatch(name -> name.equals("elsewhere")), told.toString());
    }
  }

  @Test
  void aDirectoryThatAppearsLaterIsToldAndWatched() throws Exception {
    Path pools = directory.resolve("later/pools");
    try (ChangeSignal.Started started = startWithoutLooking(pools)) {
      assertNotNull(started);
      Files.createFile(directory.resolve("another"));
      Files.createDirectories(pools);
      awaitTold("anything");
      awaitWatched(pools);
      assertTrue(told.stream().noneMatch(name -> name.equals("another")), told.toString());
    }
  }

  @Test
  void aLinkThatLeadsElsewhereNowIsFollowed() throws Exception {
    Path link = directory.resolve("pools");
    Files.createSymbolicLink(link, Files.createDirectory(directory.resolve("one")));
    try (ChangeSignal.Started started = startWithoutLooking(link)) {
      assertNotNull(started);
      awaitWatched(link);
      Path other = Files.createDirectory(directory.resolve("other"));
      Path next = Files.createSymbolicLink(directory.resolve("next"), other);
      Path same = Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
      assertEquals(link, same);
      awaitTold("anything");
      awaitWatched(link);
    }
  }

  /** Nobody tells what happens above the target of a link, so it is looked at. */
  @Test
  void theTargetOfALinkMayGoAwayAndComeBack() throws Exception {
    Path data = Files.createDirectory(directory.resolve("data"));
    Path target = Files.createDirectory(data.resolve("target"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), target);
    try (ChangeSignal.Started started = signal.start(link, receiver)) {
      assertNotNull(started);
      awaitWatched(link);
      Files.move(target, data.resolve("away"));
      told.clear();
      awaitTold("anything");
      told.clear();
      awaitTold("anything"); // it was missing when that was told
      Files.createDirectory(target);
      for (int i = 0; ; i++) {
        Path file = Files.createTempFile(target, "again", "");
        if (told.poll(30, TimeUnit.SECONDS).startsWith("again")) {
          break;
        }
        assertTrue(i < 1000, file + " was not told");
      }
    }
  }

  @Test
  void aPathThatGoesBackAndForthIsWatched() throws Exception {
    Path pools = Files.createDirectory(directory.resolve("pools"));
    for (String way : List.of("pools/.", "pools/../pools", "pools/../pools/.")) {
      try (ChangeSignal.Started started = startWithoutLooking(directory.resolve(way))) {
        assertNotNull(started);
        awaitWatched(pools);
      }
    }
  }

  @Test
  void anInterruptThatAReceiverLeavesEndsNoWatch() throws Exception {
    ChangeSignal.Receiver interrupting =
        new ChangeSignal.Receiver() {
          @Override
          public void changed(String fileName) {
            Thread.currentThread().interrupt();
            told.add(fileName);
          }

          @Override
          public void anythingChanged() {}

          @Override
          public void retry() {}
        };
    try (ChangeSignal.Started started = signal.start(directory, interrupting)) {
      assertNotNull(started);
      Files.createFile(directory.resolve("one"));
      awaitTold("one");
      Files.createFile(directory.resolve("other"));
      awaitTold("other");
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
