package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpStore;
import io.avma.transport.TransportException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class PoolLockTest {
  @TempDir Path directory;

  private KvpStore store(Duration lockTimeout) {
    return LinuxGuest.open(PoolOptions.in(directory).toBuilder().lockTimeout(lockTimeout).build())
        .pools();
  }

  private static TransportException.Reason failure(KvpStore store) {
    return assertThrows(TransportException.class, () -> assertNotNull(store.read(KvpPool.GUEST)))
        .reason();
  }

  @Test
  void whoTriesOnceDoesNotWaitForWhoWaitsAndWhoWaitsCanBeInterrupted() throws Exception {
    Path pool = Files.createFile(directory.resolve(".kvp_pool_1"));
    try (ChildJvm holder = ChildJvm.start(64, OtherProcessTest.LockHolder.class, pool.toString())) {
      assertEquals("locked", holder.line());
      KvpStore patient = store(ChronoUnit.FOREVER.getDuration());
      FutureTask<TransportException.Reason> waiting = new FutureTask<>(() -> failure(patient));
      Thread waiter = new Thread(waiting, "waiter");
      waiter.start();
      while (waiter.getState() != Thread.State.TIMED_WAITING && waiter.isAlive()) {
        Thread.onSpinWait();
      }
      assertEquals(TransportException.Reason.LOCKED, failure(store(Duration.ZERO)));
      assertTrue(waiter.isAlive(), "it still waits");
      waiter.interrupt();
      assertEquals(TransportException.Reason.INTERRUPTED, waiting.get());
    }
  }

  @Test
  void aPoolThatIsReplacedWhileItsLockIsWaitedForIsReadAnew() throws Exception {
    Path pool = Files.createFile(directory.resolve(".kvp_pool_1"));
    KvpItem item = new KvpItem("new", "file");
    Path other = Files.write(directory.resolve("other"), PoolCodec.encode(item));
    FutureTask<List<KvpItem>> waiting =
        new FutureTask<>(() -> store(Duration.ofMinutes(2)).read(KvpPool.GUEST).items());
    Thread waiter = new Thread(waiting, "waiter");
    try (ChildJvm holder = ChildJvm.start(64, OtherProcessTest.LockHolder.class, pool.toString())) {
      assertEquals("locked", holder.line());
      waiter.start();
      while (waiter.getState() != Thread.State.TIMED_WAITING && waiter.isAlive()) {
        Thread.onSpinWait();
      }
      Path there = Files.move(other, pool, StandardCopyOption.REPLACE_EXISTING);
      assertEquals(pool, there);
    }
    assertEquals(List.of(item), waiting.get());
  }

  /** POSIX drops a lock when any descriptor of the file is closed, the creator's too. */
  @Test
  void creatingAPoolDropsNoLockOfAnotherThread() throws Exception {
    Path locks = Path.of("/proc/locks");
    assumeTrue(Files.isReadable(locks), "no /proc/locks");
    for (int round = 0; round < 100; round++) {
      Path here = Files.createDirectory(directory.resolve("round" + round));
      PoolFile file = new PoolFile(KvpPool.GUEST, here, Duration.ZERO);
      FutureTask<Void> creating =
          new FutureTask<>(
              () -> {
                file.createIfMissing();
                return null;
              });
      Thread creator = new Thread(creating, "creator");
      creator.start();
      while (!Files.exists(file.path())) {
        Thread.onSpinWait();
      }
      boolean held =
          file.locked(
              PoolFile.Mode.WRITE,
              (channel, attributes) -> {
                while (creator.getState() == Thread.State.RUNNABLE) {
                  Thread.onSpinWait();
                }
                String inode = ":" + Files.getAttribute(file.path(), "unix:ino") + " ";
                return Files.readString(locks).contains(inode);
              });
      assertTrue(held, "the lock is there until it is given back, round " + round);
      assertEquals(null, creating.get());
    }
  }
}
