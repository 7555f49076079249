package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What users who are not root, and processes with another umask, meet. Needs root to become them.
 */
@Timeout(120)
class OtherUserTest {
  private static final WriteRules RULES = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);
  private static final PoolEdit EDIT = PoolEdit.putAll(List.of(new KvpItem("a", "2")));

  @TempDir Path directory;
  @TempDir Path library;
  private final List<String> copies = new ArrayList<>();
  private Path pool;

  @BeforeEach
  void makePool() throws IOException {
    mode(directory, "rwxr-xr-x");
    pool = directory.resolve(".kvp_pool_1");
    Files.write(pool, PoolCodec.encode(new KvpItem("a", "1")));
    mode(pool, "rw-r--r--");
  }

  private static void mode(Path path, String mode) throws IOException {
    Path unused = Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  /** Reads or writes, or leaves a redo record, and says what came of it. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      PoolOptions options = PoolOptions.in(directory).toBuilder().createMissing(true).build();
      try (LinuxGuest guest = LinuxGuest.open(options)) {
        switch (arguments[1]) {
          case "read" -> {
            PoolContent content = guest.pools().read(KvpPool.GUEST);
            System.out.println(
                content.items() + " " + content.flaws().stream().map(Flaw::code).toList());
          }
          case "put" -> {
            guest.pools().putAll(KvpPool.GUEST, EDIT.puts());
            System.out.println("put");
          }
          case "watch" -> watch(guest);
          default -> leaveRedoRecord(directory);
        }
      } catch (TransportException e) {
        System.out.println(e.reason() + " " + e.getMessage());
      }
    }

    private static void watch(LinuxGuest guest) throws Exception {
      KvpWatch watch =
          guest.pools().watch(KvpPool.GUEST, (pool, changes) -> System.out.println(changes));
      System.out.println("watching");
      while (System.in.read() >= 0) {
        // until the parent closes the pipe
      }
      watch.close();
    }

    private static void leaveRedoRecord(Path directory) throws Exception {
      PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
      boolean done =
          file.locked(
              PoolFile.Mode.WRITE,
              (channel, attributes) -> {
                file.redo().create(redo(file.path()), attributes);
                return true;
              });
      System.out.println(done);
    }
  }

  private static RedoRecord redo(Path pool) throws IOException {
    PoolBytes before = PoolBytes.of(Files.readAllBytes(pool));
    PoolPatch patch = EDIT.apply(before, RULES).patch();
    return new RedoRecord(patch, EDIT, RULES);
  }

  /** A directory above that may not be read cannot be asked, so the watch looks now and then. */
  @Test
  void aDirectoryThatIsReplacedUnderOneThatMayNotBeReadIsNoticed() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become nobody");
    Path above = Files.createDirectory(directory.resolve("above"));
    Path pools = Files.createDirectory(above.resolve("pools"));
    Path next = Files.createDirectory(above.resolve("next"));
    Files.copy(pool, pools.resolve(".kvp_pool_1"));
    Files.write(next.resolve(".kvp_pool_1"), PoolCodec.encode(new KvpItem("b", "2")));
    mode(next.resolve(".kvp_pool_1"), "rw-r--r--");
    mode(pools, "rwxr-xr-x");
    mode(next, "rwxr-xr-x");
    mode(above, "rwx--x--x");
    List<String> nobody =
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    try (ChildJvm watcher =
        ChildJvm.start(nobody, copyOfTheLibrary(), 64, Worker.class, pools.toString(), "watch")) {
      assertEquals("watching", watcher.line());
      Files.write(pools.resolve(".kvp_pool_1"), new byte[0]);
      assertEquals("[Removed[item=a=1]]", watcher.line());
      Path away = Files.move(pools, above.resolve("away"));
      Path there = Files.move(next, pools);
      assertEquals("[Added[item=b=2]]", watcher.line(), away + " replaced by " + there);
    }
  }

  private String underUmask(String work) throws IOException {
    List<String> prefix = List.of("sh", "-c", "umask 077; exec \"$@\"", "sh");
    String classPath = System.getProperty("java.class.path");
    return run(prefix, classPath, work);
  }

  private String asNobody(String work) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can become nobody");
    List<String> prefix =
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    return run(prefix, copyOfTheLibrary(), work);
  }

  private String run(List<String> prefix, String classPath, String work) throws IOException {
    try (ChildJvm child =
        ChildJvm.start(prefix, classPath, 64, Worker.class, directory.toString(), work)) {
      return child.line();
    }
  }

  /** Copies what the worker needs to where everybody may read it; Maven's place is root's own. */
  private String copyOfTheLibrary() throws IOException {
    if (!copies.isEmpty()) {
      return String.join(":", copies);
    }
    mode(library, "rwxr-xr-x");
    for (String entry : Splitter.on(':').split(System.getProperty("java.class.path"))) {
      Path from = Path.of(entry);
      Path to = library.resolve("entry" + copies.size());
      boolean needed = Files.isDirectory(from) || entry.matches(".*/(guava|slf4j|avma)[^/]*");
      if (needed) {
        try (Stream<Path> files = Files.walk(from)) {
          for (Path file : (Iterable<Path>) files::iterator) {
            Path copy = Files.copy(file, to.resolve(from.relativize(file).toString()));
            mode(copy, Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--");
          }
        }
        copies.add(to.toString());
      }
    }
    return String.join(":", copies);
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aCreatedPoolHasTheDaemonsModeWhateverTheUmask() throws Exception {
    Files.delete(pool);
    assertEquals("put", underUmask("put"));
    assertEquals("rw-r--r--", modeOf(pool));
  }

  @Test
  void aRedoRecordIsReadableForWhoMayReadThePool() throws Exception {
    assertEquals("true", underUmask("leave"));
    assertEquals("rw-r--r--", modeOf(directory.resolve(".kvp_pool_1.avma-redo")));
  }

  /** Finishing takes both the pool and the directory. */
  @Test
  void aReaderWithoutTheRightsToFinishAWriteSeesItFinishedAndChangesNothing() throws Exception {
    Path record = directory.resolve(".kvp_pool_1.avma-redo");
    Files.write(record, RedoRecordTest.encoded(redo(pool)));
    mode(record, "rw-r--r--");
    List<String> modes =
        List.of("rw-r--r-- rwxr-xr-x", "rw-rw-rw- rwxr-xr-x", "rw-r--r-- rwxrwxrwx");
    for (String poolAndDirectory : modes) {
      mode(pool, poolAndDirectory.substring(0, 9));
      mode(directory, poolAndDirectory.substring(10));
      String answer = asNobody("read");
      assertTrue(answer.startsWith("[a=2] "), poolAndDirectory + ": " + answer);
      assertTrue(Files.exists(record), poolAndDirectory);
      assertEquals("1", PoolRecords.of(PoolBytes.of(Files.readAllBytes(pool))).item(0).value());
    }
  }

  @Test
  void aRedoRecordThatMayNotBeReadIsAFlaw() throws Exception {
    Path record = directory.resolve(".kvp_pool_1.avma-redo");
    Files.write(record, RedoRecordTest.encoded(redo(pool)));
    mode(record, "rw-------");
    assertEquals("[a=1] [unfinished-write]", asNobody("read"));
    mode(pool, "rw-rw-rw-");
    mode(directory, "rwxrwxrwx");
    assertEquals("[a=1] [other-mode, unfinished-write]", asNobody("read"));
    String answer = asNobody("put");
    assertTrue(answer.startsWith("REFUSED pool_1: " + record + " may not be"), answer);
  }

  @Test
  void aWriterWithoutTheRightsToTheDirectoryIsToldSo() throws Exception {
    mode(pool, "rw-rw-rw-");
    String answer = asNobody("put");
    String redo = directory + "/.kvp_pool_1.avma-redo";
    assertTrue(answer.startsWith("REFUSED pool_1: " + redo + " may not be made"), answer);
    assertFalse(Files.exists(Path.of(redo)));
    mode(pool, "rw-r--r--");
    answer = asNobody("put");
    assertTrue(answer.startsWith("REFUSED pool_1: " + pool + " may not be opened"), answer);
  }

  @Test
  void aPoolOfAnotherOwnerThanItsDirectorysIsNoted() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
    Object unused = Files.setAttribute(pool, "unix:uid", 65534);
    assertEquals("[a=1] [other-owner]", asNobody("read"));
  }
}
