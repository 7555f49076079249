package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpStore;
import io.avma.transport.TransportException;
import java.io.RandomAccessFile;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OtherProcessTest {
  @TempDir Path directory;

  @BeforeEach
  void makePool() throws Exception {
    Files.createFile(directory.resolve(".kvp_pool_1"));
  }

  /** Locks a file until its input ends. */
  static final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
      try (FileChannel channel =
              FileChannel.open(
                  Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        System.out.println(lock.isValid() ? "locked" : "not locked");
        while (System.in.read() >= 0) {
          // until the parent closes the pipe
        }
      }
    }
  }

  @Test
  void aPoolThatAnotherProcessHoldsIsLocked() throws Exception {
    KvpStore store =
        LinuxGuest.open(PoolOptions.in(directory).toBuilder().lockTimeout(Duration.ZERO).build())
            .pools();
    Path pool = directory.resolve(".kvp_pool_1");
    try (ChildJvm holder = ChildJvm.start(64, LockHolder.class, pool.toString())) {
      assertEquals("locked", holder.line());
      TransportException locked =
          assertThrows(TransportException.class, () -> assertEquals(0, store.read(KvpPool.GUEST)));
      assertEquals(TransportException.Reason.LOCKED, locked.reason());
      assertTrue(locked.getMessage().contains("another process"), locked.getMessage());
    }
    store.put(KvpPool.GUEST, new KvpItem("a", "1"));
  }

  /** Reads a pool and says what came of it. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) {
      try (LinuxGuest guest = LinuxGuest.open(PoolOptions.in(Path.of(arguments[0])))) {
        System.out.println(guest.pools().read(KvpPool.GUEST));
      } catch (TransportException e) {
        System.out.println(e.reason());
      }
    }
  }

  @Test
  void aPoolOfOneGibibyteIsRefusedWithin64MebibytesOfHeap() throws Exception {
    try (RandomAccessFile pool =
        new RandomAccessFile(directory.resolve(".kvp_pool_1").toFile(), "rw")) {
      pool.setLength(1L << 30);
    }
    try (ChildJvm reader = ChildJvm.start(64, Reader.class, directory.toString())) {
      assertEquals("TOO_LARGE", reader.line());
    }
  }

  @Test
  void thePoolOfTheDefaultLimitIsReadWithin64MebibytesOfHeap() throws Exception {
    KvpStore store = LinuxGuest.open(PoolOptions.in(directory)).pools();
    List<KvpItem> items = new ArrayList<>();
    for (int i = 0; i < 4096; i++) {
      items.add(new KvpItem("key" + i, "v".repeat(1022)));
    }
    store.putAll(KvpPool.GUEST, items);
    try (ChildJvm reader = ChildJvm.start(64, Reader.class, directory.toString())) {
      assertEquals("guest (4096 items, 0 flaws)", reader.line());
    }
  }

  /** Removes the first item, which moves all others, or is about to be killed while doing so. */
  static final class Remover {
    private Remover() {}

    public static void main(String[] arguments) throws Exception {
      try (LinuxGuest guest = LinuxGuest.open(PoolOptions.in(Path.of(arguments[0])))) {
        System.out.println(guest.pools().remove(KvpPool.GUEST, "key0"));
      }
    }
  }

  /** Puts an item, and says what came of it. */
  static final class Adder {
    private Adder() {}

    public static void main(String[] arguments) {
      try (LinuxGuest guest = LinuxGuest.open(PoolOptions.in(Path.of(arguments[0])))) {
        guest.pools().put(KvpPool.GUEST, new KvpItem("last", "x"));
        System.out.println("put");
      } catch (TransportException e) {
        System.out.println(e.reason() + " " + e.getMessage());
      }
    }
  }

  @Test
  void aPoolForWhichThereIsNoRoomStaysAsItWas() throws Exception {
    KvpStore store = LinuxGuest.open(PoolOptions.in(directory)).pools();
    List<KvpItem> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(new KvpItem("key" + i, "v"));
    }
    store.putAll(KvpPool.GUEST, items);
    Path pool = directory.resolve(".kvp_pool_1");
    byte[] before = Files.readAllBytes(pool);
    int[] rooms = {before.length + 1000, 1000}; // for the redo record alone, and not even for it
    for (int room : rooms) {
      List<String> littleRoom =
          List.of(
              "env",
              "JDK_JAVA_OPTIONS=-XX:-UsePerfData", // which would want a file of its own
              "prlimit",
              "--fsize=" + room); // as a full disk would
      String classPath = System.getProperty("java.class.path");
      try (ChildJvm adder =
          ChildJvm.start(littleRoom, classPath, 64, Adder.class, directory.toString())) {
        String answer = adder.line();
        assertTrue(answer.startsWith("FAILED pool_1: " + pool + " failed: "), answer);
      }
      assertArrayEquals(before, Files.readAllBytes(pool));
      try (var files = Files.list(directory)) {
        assertEquals(1, files.count(), "no redo record is left");
      }
    }
  }

  @Test
  void thePoolOfTheDefaultLimitIsChangedAndRecoveredWithin64MebibytesOfHeap() throws Exception {
    KvpStore store = LinuxGuest.open(PoolOptions.in(directory)).pools();
    List<KvpItem> items = new ArrayList<>();
    for (int i = 0; i < 4096; i++) {
      items.add(new KvpItem("key" + i, "\u00fc".repeat(1000)));
    }
    store.putAll(KvpPool.GUEST, items);
    Path pool = directory.resolve(".kvp_pool_1");
    byte[] before = Files.readAllBytes(pool);
    try (ChildJvm remover = ChildJvm.start(64, Remover.class, directory.toString())) {
      assertEquals("true", remover.line());
    }
    assertEquals(4095, store.read(KvpPool.GUEST).items().size());
    WriteRules rules = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);
    PoolEdit edit = PoolEdit.remove("key0");
    PoolPatch patch = edit.apply(PoolBytes.of(before), rules).patch();
    Files.write(pool, before);
    Files.write(
        directory.resolve(".kvp_pool_1.avma-redo"),
        RedoRecordTest.encoded(new RedoRecord(patch, edit, rules)));
    try (ChildJvm reader = ChildJvm.start(64, Reader.class, directory.toString())) {
      assertEquals("guest (4095 items, 0 flaws)", reader.line());
    }
  }

  /** Puts more items than the pool may have. */
  static final class Flooder {
    private Flooder() {}

    public static void main(String[] arguments) {
      List<KvpItem> items = new ArrayList<>();
      for (int i = 0; i < 40_000; i++) { // 100 MB as records
        items.add(new KvpItem("key" + i, "v"));
      }
      KvpStore store = LinuxGuest.open(PoolOptions.in(Path.of(arguments[0]))).pools();
      System.out.println(
          assertThrows(TransportException.class, () -> store.putAll(KvpPool.GUEST, items))
              .reason());
    }
  }

  @Test
  void moreItemsThanAPoolMayHaveAreRefusedWithoutMakingTheirRecords() throws Exception {
    try (ChildJvm flooder = ChildJvm.start(64, Flooder.class, directory.toString())) {
      assertEquals("TOO_LARGE", flooder.line());
    }
  }

  /** A channel moves bytes through memory of its own, as large as each call. */
  @Test
  void aLargePoolIsChangedInLittleMemoryOutsideOfTheHeap() throws Exception {
    List<KvpItem> items = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      items.add(new KvpItem("key" + i, "v"));
    }
    LinuxGuest.open(PoolOptions.in(directory)).pools().putAll(KvpPool.GUEST, items);
    List<String> little = List.of("env", "JDK_JAVA_OPTIONS=-XX:MaxDirectMemorySize=1m");
    String classPath = System.getProperty("java.class.path");
    try (ChildJvm remover = // what it removes moves all other records
        ChildJvm.start(little, classPath, 64, Remover.class, directory.toString())) {
      assertEquals("true", remover.line());
    }
  }

  /** What each copy of the library does. */
  public static final class Putter {
    private Putter() {}

    /** Puts {@code count} items, one by one. */
    public static void put(String directory, String prefix, int count) throws Exception {
      try (LinuxGuest guest = LinuxGuest.open(PoolOptions.in(Path.of(directory)))) {
        for (int i = 0; i < count; i++) {
          guest.pools().put(KvpPool.GUEST, new KvpItem(prefix + i, "x"));
        }
      }
    }
  }

  private static URLClassLoader copyOfTheLibrary() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : Splitter.on(':').split(System.getProperty("java.class.path"))) {
      path.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  /** Reads without waiting for a lock, and so closes a channel of the pool soon. */
  public static final class Taster {
    private Taster() {}

    /** Returns the reason why it could not be read, or null. */
    public static String read(String directory) {
      PoolOptions options =
          PoolOptions.in(Path.of(directory)).toBuilder().lockTimeout(Duration.ZERO).build();
      try (LinuxGuest guest = LinuxGuest.open(options)) {
        assertNotNull(guest.pools().read(KvpPool.GUEST));
        return null;
      } catch (TransportException e) {
        return e.reason().toString();
      }
    }
  }

  /** POSIX drops the locks of a process on a file when it closes any descriptor of it. */
  @Test
  void aCopyOfTheLibraryDropsNoLockOfThisOne() throws Exception {
    Path locks = Path.of("/proc/locks");
    assumeTrue(Files.isReadable(locks), "no /proc/locks");
    PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
    try (URLClassLoader loader = copyOfTheLibrary()) {
      Method read = loader.loadClass(Taster.class.getName()).getMethod("read", String.class);
      FutureTask<Object> tasting = new FutureTask<>(() -> read.invoke(null, directory.toString()));
      Thread taster = new Thread(tasting, "taster");
      boolean held =
          file.locked(
              PoolFile.Mode.WRITE,
              (channel, attributes) -> {
                taster.start();
                while (taster.getState() != Thread.State.BLOCKED && taster.isAlive()) {
                  Thread.onSpinWait();
                }
                String inode = ":" + Files.getAttribute(file.path(), "unix:ino") + " ";
                return Files.readString(locks).contains(inode);
              });
      assertTrue(held, "the lock is there until it is given back");
      assertNull(tasting.get(), "it waits for its turn and reads");
    }
  }

  @Test
  void copiesOfTheLibraryInOneJvmLoseNothing() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<Void>> copies = new ArrayList<>();
    for (int copy = 0; copy < 4; copy++) {
      String prefix = "copy" + copy + "-";
      Callable<Void> work =
          () -> {
            try (URLClassLoader loader = copyOfTheLibrary()) {
              Method put =
                  loader
                      .loadClass(Putter.class.getName())
                      .getMethod("put", String.class, String.class, int.class);
              return (Void) put.invoke(null, directory.toString(), prefix, 25);
            }
          };
      copies.add(threads.submit(work));
    }
    for (Future<Void> copy : copies) {
      copy.get();
    }
    threads.shutdown();
    assertEquals(
        100,
        LinuxGuest.open(PoolOptions.in(directory)).pools().read(KvpPool.GUEST).firstWins().size());
  }
}
