package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.platform.VmId;
import io.avma.transport.Flaw;
import io.avma.transport.KvpStore;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class LinuxGuestTest {
  @TempDir Path directory;
  private PoolOptions options;

  @BeforeEach
  void makePoolsAsTheDaemonDoes() throws IOException {
    for (KvpPool pool : KvpPool.values()) {
      Path file = Files.createFile(path(pool));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    options = PoolOptions.in(directory).toBuilder().lockTimeout(Duration.ZERO).build();
  }

  private Path path(KvpPool pool) {
    return directory.resolve(".kvp_pool_" + pool.number());
  }

  private KvpStore store() {
    return store(options);
  }

  @SuppressWarnings("MustBeClosedChecker")
  private static KvpStore store(PoolOptions options) {
    return LinuxGuest.open(options).pools();
  }

  private static TransportException fails(Reason reason, Executable call) {
    TransportException failure = assertThrows(TransportException.class, call);
    assertEquals(reason, failure.reason(), failure.getMessage());
    return failure;
  }

  @Test
  void whatWasPutIsRead() throws TransportException {
    store().put(KvpPool.GUEST, new KvpItem("state", "ready \ud83d\ude00"));
    assertEquals(
        ImmutableList.of(new KvpItem("state", "ready \ud83d\ude00")),
        store().read(KvpPool.GUEST).items());
    assertEquals(ImmutableList.of(), store().read(KvpPool.GUEST).flaws());
  }

  /** A put that changes nothing need not disturb others, nor what the daemon left behind a NUL. */
  @Test
  void anItemThatIsThereAlreadyIsNotWritten() throws Exception {
    byte[] stale = PoolCodec.encode(new KvpItem("a", "1"));
    stale[100] = stale[2000] = 'x';
    Files.write(path(KvpPool.GUEST), stale);
    store().put(KvpPool.GUEST, new KvpItem("a", "1"));
    assertArrayEquals(stale, Files.readAllBytes(path(KvpPool.GUEST)));
  }

  /** A store reads into memory that it keeps; nothing of an earlier, longer pool may show. */
  @Test
  void aShortPoolReadBehindALongOneIsThatPoolAlone() throws TransportException {
    KvpStore store = store();
    store.putAll(
        KvpPool.GUEST,
        List.of(new KvpItem("a", "1"), new KvpItem("b", "2"), new KvpItem("c", "3")));
    ImmutableList<KvpItem> all = store.read(KvpPool.GUEST).items();
    assertEquals(ImmutableList.of(), store.read(KvpPool.EXTERNAL).items());
    assertTrue(store.remove(KvpPool.GUEST, "c"));
    assertEquals(all.subList(0, 2), store.read(KvpPool.GUEST).items());
    assertEquals(3, all.size());
  }

  @Test
  void whatWasRemovedIsGone() throws TransportException {
    store().put(KvpPool.GUEST, new KvpItem("a", "1"));
    assertTrue(store().remove(KvpPool.GUEST, "a"));
    assertFalse(store().remove(KvpPool.GUEST, "a"));
    assertEquals(ImmutableList.of(), store().read(KvpPool.GUEST).items());
  }

  @Test
  void writingKeepsTheFileItsOwnerAndItsMode() throws Exception {
    Path pool = path(KvpPool.GUEST);
    Files.setPosixFilePermissions(pool, PosixFilePermissions.fromString("rw-r-----"));
    Object file = Files.readAttributes(pool, BasicFileAttributes.class).fileKey();
    Object owner = Files.getOwner(pool);
    store().put(KvpPool.GUEST, new KvpItem("a", "1"));
    assertEquals(file, Files.readAttributes(pool, BasicFileAttributes.class).fileKey());
    assertEquals(owner, Files.getOwner(pool));
    assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(pool)));
    assertEquals(
        List.of("other-mode"),
        store().read(KvpPool.GUEST).flaws().stream().map(Flaw::code).toList());
    try (var files = Files.list(directory)) {
      assertEquals(5, files.count(), "nothing is left beside the pools");
    }
  }

  @Test
  void anItemAgainstTheLimitsIsRefusedAndNothingIsWritten() throws TransportException {
    KvpItem fine = new KvpItem("a", "1");
    TransportException tooLarge =
        fails(
            Reason.TOO_LARGE,
            () -> store().putAll(KvpPool.GUEST, List.of(fine, new KvpItem("b", "v".repeat(1023)))));
    assertEquals(
        "item 'b': value has 1023 UTF-16 units (expected: at most 1022). Nothing was written;"
            + " shorten it, raise the limits or choose LongValues to split it",
        tooLarge.getMessage());
    for (KvpItem bad :
        List.of(new KvpItem("", "x"), new KvpItem("a\0", ""), new KvpItem("a", "\udc00"))) {
      fails(Reason.INVALID, () -> store().putAll(KvpPool.GUEST, List.of(fine, bad)));
    }
    assertEquals(ImmutableList.of(), store().read(KvpPool.GUEST).items());
  }

  @Test
  void theFilesLimitsCountBytes() throws TransportException {
    PoolOptions wide = options.toBuilder().limits(KvpLimits.FILE).build();
    store(wide).put(KvpPool.GUEST, new KvpItem("k".repeat(511), "v".repeat(2047)));
    fails(
        Reason.TOO_LARGE,
        () -> store(wide).put(KvpPool.GUEST, new KvpItem("a", "\u2603".repeat(683))));
    assertEquals(1, store(wide).read(KvpPool.GUEST).items().size());
  }

  @Test
  void limitsThatARecordCannotHoldAreTheCallersMistake() {
    assertThrows(
        IllegalArgumentException.class,
        () -> assertNotNull(options.toBuilder().limits(KvpLimits.HOST_ONLY)));
  }

  @Test
  void aPoolOfAnotherOwnerIsNotWrittenUnlessNamed() throws TransportException {
    fails(Reason.REFUSED, () -> store().put(KvpPool.EXTERNAL, new KvpItem("a", "1")));
    fails(Reason.REFUSED, () -> store().remove(KvpPool.AUTO, "a"));
    PoolOptions named = options.toBuilder().writable(KvpPool.EXTERNAL).build();
    store(named).put(KvpPool.EXTERNAL, new KvpItem("a", "1"));
    assertEquals(1, store().read(KvpPool.EXTERNAL).items().size());
  }

  @Test
  void aMissingPoolIsUnreachableAndOnlyCreatedOnDemand() throws Exception {
    Files.delete(path(KvpPool.GUEST));
    TransportException missing =
        fails(Reason.UNREACHABLE, () -> assertNotNull(store().read(KvpPool.GUEST)));
    assertTrue(missing.getMessage().contains("the daemon running?"), missing.getMessage());
    fails(Reason.UNREACHABLE, () -> store().put(KvpPool.GUEST, new KvpItem("a", "1")));
    PoolOptions creating = options.toBuilder().createMissing(true).build();
    store(creating).put(KvpPool.GUEST, new KvpItem("a", "1"));
    assertEquals(1, store().read(KvpPool.GUEST).items().size());
  }

  @Test
  void aMissingDirectoryIsUnreachable() {
    KvpStore nowhere = store(PoolOptions.in(directory.resolve("none")));
    fails(Reason.UNREACHABLE, () -> assertNotNull(nowhere.read(KvpPool.GUEST)));
    fails(Reason.UNREACHABLE, () -> nowhere.watch(KvpPool.GUEST, (pool, changes) -> {}).close());
  }

  @Test
  @Timeout(60)
  void whatIsNoRegularFileIsNotOpened() throws Exception {
    Path pool = path(KvpPool.GUEST);
    Files.delete(pool);
    Files.createSymbolicLink(pool, path(KvpPool.EXTERNAL));
    fails(Reason.REFUSED, () -> assertNotNull(store().read(KvpPool.GUEST)));
    Files.delete(pool);
    Files.createDirectory(pool);
    fails(Reason.REFUSED, () -> store().put(KvpPool.GUEST, new KvpItem("a", "1")));
    Files.delete(pool);
    assertEquals(0, new ProcessBuilder("mkfifo", pool.toString()).inheritIO().start().waitFor());
    fails(Reason.REFUSED, () -> assertNotNull(store().read(KvpPool.GUEST)));
  }

  @Test
  void aStrictStoreStopsAtDamageAndALenientOneReturnsTheRest() throws Exception {
    store().put(KvpPool.GUEST, new KvpItem("a", "1"));
    Files.write(path(KvpPool.GUEST), new byte[100], StandardOpenOption.APPEND);
    assertEquals(1, store().read(KvpPool.GUEST).items().size());
    KvpStore strict = store(options.toBuilder().strictness(Strictness.STRICT).build());
    fails(Reason.DAMAGED, () -> assertNotNull(strict.read(KvpPool.GUEST)));
    store().put(KvpPool.GUEST, new KvpItem("b", "2"));
    assertEquals(2, strict.read(KvpPool.GUEST).items().size(), "writing drops a torn tail");
  }

  @Test
  void aPoolAboveTheLimitIsRefusedUnread() throws Exception {
    PoolOptions tiny = options.toBuilder().poolLimits(new PoolLimits(2)).build();
    store(tiny).putAll(KvpPool.GUEST, List.of(new KvpItem("a", "1"), new KvpItem("b", "2")));
    fails(Reason.TOO_LARGE, () -> store(tiny).put(KvpPool.GUEST, new KvpItem("c", "3")));
    assertEquals(2, store(tiny).read(KvpPool.GUEST).items().size());
    store().put(KvpPool.GUEST, new KvpItem("c", "3"));
    TransportException refused =
        fails(Reason.TOO_LARGE, () -> assertNotNull(store(tiny).read(KvpPool.GUEST)));
    assertTrue(refused.getMessage().contains("PoolLimits.maxRecords 2"), refused.getMessage());
  }

  @Test
  void aLockOfOtherCodeInThisJvmIsWaitedForAndThenNamed() throws Exception {
    try (FileChannel other =
            FileChannel.open(
                path(KvpPool.GUEST), StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      assertTrue(held.isValid());
      TransportException locked =
          fails(Reason.LOCKED, () -> store().put(KvpPool.GUEST, new KvpItem("a", "1")));
      assertTrue(locked.getMessage().contains("other code in this JVM"), locked.getMessage());
      assertTrue(locked.retryMayHelp());
    }
  }

  @Test
  void anInterruptedThreadGetsItsInterruptBack() {
    Thread.currentThread().interrupt();
    TransportException interrupted =
        fails(Reason.INTERRUPTED, () -> store().put(KvpPool.GUEST, new KvpItem("a", "1")));
    assertTrue(Thread.interrupted(), interrupted.getMessage());
  }

  @Test
  void theHostSaysWhichVmThisIs() throws TransportException {
    LinuxGuest guest = LinuxGuest.open(options.toBuilder().writable(KvpPool.AUTO_EXTERNAL).build());
    assertEquals(Optional.empty(), guest.vmId());
    guest
        .pools()
        .put(
            KvpPool.AUTO_EXTERNAL,
            new KvpItem("VirtualMachineId", "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"));
    assertEquals(VmId.parse("0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"), guest.vmId());
    guest.close();
  }

  @Test
  void whatALinuxGuestCannotDoIsRefusedByName() {
    LinuxGuest guest = LinuxGuest.open(options);
    assertTrue(
        assertThrows(UnsupportedOperationException.class, () -> assertNotNull(guest.license()))
            .getMessage()
            .contains("license-state"));
    assertThrows(UnsupportedOperationException.class, () -> assertNotNull(guest.events()));
    guest.close();
  }

  @Test
  void useAfterCloseNamesTheGuest() {
    LinuxGuest guest = LinuxGuest.open(options);
    KvpStore pools = guest.pools();
    guest.close();
    guest.close();
    for (Executable use :
        List.<Executable>of(
            () -> assertNotNull(guest.pools()),
            () -> assertNotNull(guest.vmId()),
            () -> assertNotNull(pools.read(KvpPool.GUEST)))) {
      String message = assertThrows(IllegalStateException.class, use).getMessage();
      assertTrue(message.contains(directory.toString()), message);
    }
  }

  @Test
  void thePresetsAreTheDaemonsPlaces() {
    assertEquals("/var/lib/hyperv", PoolOptions.linux().toString());
    assertEquals("/var/db/hyperv/pool", PoolOptions.freeBsd().toString());
    assertEquals(directory + ", lockTimeout=PT0S", options.toString());
  }
}
