package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.KvpStore;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a write that fails, is cut off, or is met by others on its way. */
class PoolWriterTest {
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

  /** Leaves what a writer leaves that is killed after {@code written} bytes. */
  private Path killedWriter(PoolEdit edit, int written) throws Exception {
    WriteRules rules = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);
    PoolBytes old = PoolBytes.of(Files.readAllBytes(path(KvpPool.GUEST)));
    PoolPatch patch = edit.apply(old, rules).patch();
    Path redo = directory.resolve(".kvp_pool_1.avma-redo");
    Files.write(redo, RedoRecordTest.encoded(new RedoRecord(patch, edit, rules)));
    try (FileChannel pool = FileChannel.open(path(KvpPool.GUEST), StandardOpenOption.WRITE)) {
      int unused = pool.write(patch.newBytes().slice(0, written), patch.offset());
    }
    return redo;
  }

  @Test
  void aRedoRecordAboveTheLimitsOfAStoreIsKeptForOneThatMayReadIt() throws Exception {
    List<KvpItem> items = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      items.add(new KvpItem("k" + i, "v"));
    }
    store().putAll(KvpPool.GUEST, items);
    Path redo = killedWriter(PoolEdit.remove("k0"), 100 * 2560);
    KvpStore small = store(options.toBuilder().poolLimits(new PoolLimits(100)).build());
    TransportException refused =
        fails(Reason.TOO_LARGE, () -> assertNotNull(small.read(KvpPool.GUEST)));
    assertTrue(refused.getMessage().contains(redo.toString()), refused.getMessage());
    fails(Reason.TOO_LARGE, () -> small.put(KvpPool.GUEST, new KvpItem("a", "1")));
    assertEquals(items.subList(1, 300), store().read(KvpPool.GUEST).items());
    assertFalse(Files.exists(redo));
  }

  @Test
  void aRedoRecordOfAnotherVersionIsKeptAndNamed() throws Exception {
    store().put(KvpPool.GUEST, new KvpItem("a", "1"));
    Path redo = killedWriter(PoolEdit.remove("a"), 0);
    byte[] newer = RedoRecordTest.changed(Files.readAllBytes(redo), 8, 3);
    Files.write(redo, newer);
    TransportException refused =
        fails(Reason.NOT_SUPPORTED, () -> assertNotNull(store().read(KvpPool.GUEST)));
    assertTrue(
        refused.getMessage().contains(redo + " has version 3 (expected: 2)"), refused.getMessage());
    fails(Reason.NOT_SUPPORTED, () -> store().put(KvpPool.GUEST, new KvpItem("b", "2")));
    assertArrayEquals(newer, Files.readAllBytes(redo));
    assertEquals(2560, Files.size(path(KvpPool.GUEST)));
  }

  @Test
  void aNewerValueOfSomebodyElseOutlivesAWriteThatHadNotBegun() throws Exception {
    store().put(KvpPool.GUEST, new KvpItem("a", "0"));
    Path redo = killedWriter(PoolEdit.putAll(List.of(new KvpItem("a", "1"))), 0);
    List<KvpItem> theirs = List.of(new KvpItem("a", "2"), new KvpItem("b", "2"));
    byte[] foreign = PoolEditProperties.bytesOf(theirs).bytes();
    Files.write(path(KvpPool.GUEST), foreign);
    KvpStore strict = store(options.toBuilder().strictness(Strictness.STRICT).build());
    assertEquals(theirs, strict.read(KvpPool.GUEST).items());
    assertArrayEquals(foreign, Files.readAllBytes(path(KvpPool.GUEST)));
    assertFalse(Files.exists(redo));
  }

  /** Leaves a half-written pool in which the host has written since; its items are as they were. */
  private Path overtakenWriter() throws Exception {
    List<KvpItem> before = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      before.add(new KvpItem("k" + i, "old"));
    }
    store().putAll(KvpPool.GUEST, before);
    PoolEdit edit = PoolEdit.putAll(List.of(new KvpItem("k1", "ours"), new KvpItem("k3", "ours")));
    Path redo = killedWriter(edit, 2560);
    Files.write(
        path(KvpPool.GUEST),
        PoolCodec.encode(new KvpItem("host", "theirs")),
        StandardOpenOption.APPEND);
    return redo;
  }

  @Test
  void aHalfWrittenPoolInWhichTheHostWroteSinceIsFinishedAndSaysSo() throws Exception {
    Path redo = overtakenWriter();
    PoolContent merged = store().read(KvpPool.GUEST);
    assertEquals(List.of("write-merged"), merged.flaws().stream().map(Flaw::code).toList());
    assertEquals(
        List.of(
            new KvpItem("k0", "old"),
            new KvpItem("k1", "ours"),
            new KvpItem("k2", "old"),
            new KvpItem("k3", "ours"),
            new KvpItem("host", "theirs")),
        merged.items());
    assertFalse(Files.exists(redo));
    assertEquals(List.of(), store().read(KvpPool.GUEST).flaws(), "it is told once");
  }

  /** A merge writes its record beside the old one before that is replaced. */
  @Test
  void aMergeThatWasKilledBeforeItsRecordWasInPlaceLeavesNothing() throws Exception {
    Path redo = overtakenWriter();
    Path successor = directory.resolve(redo.getFileName() + ".new");
    Files.write(successor, new byte[] {1, 2, 3});
    assertEquals("ours", store().read(KvpPool.GUEST).firstWins().get("k3"));
    assertFalse(Files.exists(redo) || Files.exists(successor));
    Path another = killedWriter(PoolEdit.remove("k3"), 0);
    Files.write(successor, new byte[] {1, 2, 3});
    assertEquals(null, store().read(KvpPool.GUEST).firstWins().get("k3"));
    assertFalse(Files.exists(another) || Files.exists(successor));
  }

  @Test
  void aMergeThatIsCutOffItselfIsFinishedToo() throws Exception {
    Path redo = overtakenWriter();
    PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
    PoolLimits limits = PoolLimits.standard();
    assertThrows(
        TransportException.class,
        () ->
            file.locked(
                PoolFile.Mode.WRITE,
                (channel, attributes) ->
                    PoolWriter.recover(
                        file, new ScriptedChannel(channel).failingAtWrite(1), attributes, limits)));
    RedoRecord fresh = RedoRecord.decode(Files.readAllBytes(redo), "redo").orElseThrow();
    PoolBytes found = PoolBytes.of(Files.readAllBytes(path(KvpPool.GUEST)));
    assertEquals(Recovery.COMPLETED, fresh.recoveryOf(found), "the record is that of the merge");
    assertEquals("ours", store().read(KvpPool.GUEST).firstWins().get("k3"));
    try (var files = Files.list(directory)) {
      assertEquals(5, files.count(), "nothing is left beside the pools");
    }
  }

  @Test
  void anAppendOfAProgramWithoutTheLockIsNotCutOff() throws Exception {
    store().putAll(KvpPool.GUEST, List.of(new KvpItem("a", "1"), new KvpItem("b", "1")));
    byte[] foreign = PoolCodec.encode(new KvpItem("cloud-init", "x"));
    PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
    for (PoolEdit edit :
        List.of(
            PoolEdit.putAll(List.of(new KvpItem("a", "2"))),
            PoolEdit.putAll(List.of(new KvpItem("c", "1"))),
            PoolEdit.remove("b"))) {
      boolean inPlace = edit.puts().stream().anyMatch(item -> item.key().equals("a"));
      // The size is asked for before and after reading and before writing. What comes later still
      // is only safe from a change in place.
      for (int moment = 1; moment <= (inPlace ? 3 : 2); moment++) {
        WriteRules rules = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);
        WritePlan plan = new WritePlan(edit, rules, PoolLimits.standard(), new Scratch());
        byte[] before = Files.readAllBytes(path(KvpPool.GUEST));
        int appendAt = moment;
        boolean unused =
            file.locked(
                PoolFile.Mode.WRITE,
                (channel, attributes) ->
                    PoolWriter.write(
                        file,
                        new ScriptedChannel(channel).appendingAtSize(appendAt, foreign),
                        attributes,
                        plan));
        assertEquals(
            "x", store().read(KvpPool.GUEST).firstWins().get("cloud-init"), edit + " " + moment);
        Files.write(path(KvpPool.GUEST), before);
      }
    }
  }

  @Test
  void aWriteThatFailsHalfWayIsUndone() throws Exception {
    List<KvpItem> items = List.of(new KvpItem("a", "1"), new KvpItem("b", "1"));
    store().putAll(KvpPool.GUEST, items);
    byte[] before = Files.readAllBytes(path(KvpPool.GUEST));
    PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
    for (PoolEdit edit :
        List.of(
            PoolEdit.putAll(List.of(new KvpItem("a", "2".repeat(1000)))),
            PoolEdit.putAll(List.of(new KvpItem("c", "1"))),
            PoolEdit.remove("a"))) {
      WriteRules rules = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);
      WritePlan plan = new WritePlan(edit, rules, PoolLimits.standard(), new Scratch());
      TransportException failed =
          fails(
              Reason.FAILED,
              () ->
                  assertNotNull(
                      file.locked(
                          PoolFile.Mode.WRITE,
                          (channel, attributes) ->
                              PoolWriter.write(
                                  file,
                                  new ScriptedChannel(channel).failingAtWrite(1),
                                  attributes,
                                  plan))));
      assertTrue(failed.getMessage().contains("fails on purpose"), failed.getMessage());
      assertArrayEquals(before, Files.readAllBytes(path(KvpPool.GUEST)), edit.toString());
      assertFalse(Files.exists(directory.resolve(".kvp_pool_1.avma-redo")));
    }
  }

  /** What is undone is what we wrote, and not what somebody appended meanwhile. */
  @Test
  void undoingAWriteThatFailedCutsNothingOff() throws Exception {
    store().putAll(KvpPool.GUEST, List.of(new KvpItem("a", "1"), new KvpItem("b", "1")));
    byte[] foreign = PoolCodec.encode(new KvpItem("cloud-init", "x"));
    PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
    WritePlan plan =
        new WritePlan(
            PoolEdit.putAll(List.of(new KvpItem("a", "2".repeat(1000)))),
            new WriteRules(KvpLimits.SAFE, LongValues.REFUSE),
            PoolLimits.standard(),
            new Scratch());
    fails(
        Reason.FAILED,
        () ->
            assertNotNull(
                file.locked(
                    PoolFile.Mode.WRITE,
                    (channel, attributes) ->
                        PoolWriter.write(
                            file,
                            new ScriptedChannel(channel)
                                .appendingAtSize(3, foreign)
                                .failingAtWrite(1),
                            attributes,
                            plan))));
    assertEquals(
        List.of(new KvpItem("a", "1"), new KvpItem("b", "1"), new KvpItem("cloud-init", "x")),
        store().read(KvpPool.GUEST).items());
  }

  /** The merge writes a record of its own; if it has to begin anew, the former one counts. */
  @Test
  void aMergeBesideWhichSomebodyAppendsIsCarriedOutWhole() throws Exception {
    List<KvpItem> items = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      items.add(new KvpItem("k" + i, "old"));
    }
    store().putAll(KvpPool.GUEST, items);
    PoolEdit edit = PoolEdit.putAll(List.of(new KvpItem("k1", "ours"), new KvpItem("k3", "ours")));
    Path redo = killedWriter(edit, 2560);
    Files.write(
        path(KvpPool.GUEST), PoolCodec.encode(new KvpItem("host", "h")), StandardOpenOption.APPEND);
    byte[] foreign = PoolCodec.encode(new KvpItem("cloud-init", "x"));
    PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
    Recovery how =
        file.locked(
            PoolFile.Mode.WRITE,
            (channel, attributes) ->
                PoolWriter.recover(
                    file,
                    new ScriptedChannel(channel).appendingAtSize(2, foreign),
                    attributes,
                    PoolLimits.standard()));
    assertEquals(Recovery.MERGED, how);
    assertFalse(Files.exists(redo));
    assertEquals(
        List.of("old", "ours", "old", "ours", "h", "x"),
        store().read(KvpPool.GUEST).items().stream().map(KvpItem::value).toList());
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsReadAgainAndThenSaysSo() throws Exception {
    store().put(KvpPool.GUEST, new KvpItem("a", "1"));
    byte[] foreign = PoolCodec.encode(new KvpItem("cloud-init", "x"));
    assertEquals(List.of(), codesWhileGrowing(1, foreign, options));
    assertEquals(List.of(), codesWhileGrowing(3, foreign, options));
    assertEquals(
        List.of("changed-while-read", "duplicate-key"),
        codesWhileGrowing(0, foreign, options).stream().distinct().toList());
    PoolOptions strict = options.toBuilder().strictness(Strictness.STRICT).build();
    fails(Reason.DAMAGED, () -> assertNotNull(codesWhileGrowing(0, foreign, strict)));
  }

  private List<String> codesWhileGrowing(int question, byte[] foreign, PoolOptions how)
      throws Exception {
    Files.write(path(KvpPool.GUEST), PoolCodec.encode(new KvpItem("a", "1")));
    PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
    PoolFiles files = new PoolFiles(how, new FileSystemSignal());
    PoolContent content =
        file.locked(
            PoolFile.Mode.WRITE,
            (channel, attributes) ->
                files.decode(
                    file,
                    new ScriptedChannel(channel).appendingAtSize(question, foreign),
                    attributes,
                    Recovery.NOTHING_TO_DO));
    return content.flaws().stream().map(Flaw::code).toList();
  }

  @Test
  void aPoolThatGrowsAgainAndAgainIsNotWritten() throws Exception {
    store().put(KvpPool.GUEST, new KvpItem("a", "1"));
    byte[] foreign = PoolCodec.encode(new KvpItem("cloud-init", "x"));
    PoolFile file = new PoolFile(KvpPool.GUEST, directory, Duration.ZERO);
    WritePlan plan =
        new WritePlan(
            PoolEdit.putAll(List.of(new KvpItem("a", "2"))),
            new WriteRules(KvpLimits.SAFE, LongValues.REFUSE),
            PoolLimits.standard(),
            new Scratch());
    TransportException locked =
        fails(
            Reason.LOCKED,
            () ->
                assertNotNull(
                    file.locked(
                        PoolFile.Mode.WRITE,
                        (channel, attributes) ->
                            PoolWriter.write(
                                file,
                                new ScriptedChannel(channel).appendingAtSize(0, foreign),
                                attributes,
                                plan))));
    assertTrue(locked.getMessage().contains("again and again"), locked.getMessage());
    assertEquals("1", store().read(KvpPool.GUEST).firstWins().get("a"));
    assertFalse(Files.exists(directory.resolve(".kvp_pool_1.avma-redo")));
  }

  @Test
  void aWriteThatAKilledWriterLeftIsFinishedByTheNextReader() throws Exception {
    List<KvpItem> before = List.of(new KvpItem("a", "1"), new KvpItem("b", "2"));
    store().putAll(KvpPool.GUEST, before);
    PoolEdit edit = PoolEdit.putAll(List.of(new KvpItem("a", "new"), new KvpItem("c", "3")));
    WriteRules rules = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);
    PoolBytes old = PoolBytes.of(Files.readAllBytes(path(KvpPool.GUEST)));
    PoolPatch patch = edit.apply(old, rules).patch();
    Path redo = directory.resolve(".kvp_pool_1.avma-redo");
    Files.write(redo, RedoRecordTest.encoded(new RedoRecord(patch, edit, rules)));
    assertEquals(
        List.of(new KvpItem("a", "new"), new KvpItem("b", "2"), new KvpItem("c", "3")),
        store().read(KvpPool.GUEST).items());
    assertFalse(Files.exists(redo));
    assertEquals(3 * 2560, Files.size(path(KvpPool.GUEST)), "it is finished on disk too");
  }

  @Test
  void anUnfinishedRedoRecordMeansAnUntouchedPool() throws Exception {
    store().put(KvpPool.GUEST, new KvpItem("a", "1"));
    Path redo = directory.resolve(".kvp_pool_1.avma-redo");
    Files.write(redo, new byte[] {1, 2, 3});
    store().put(KvpPool.GUEST, new KvpItem("b", "2"));
    assertEquals(2, store().read(KvpPool.GUEST).items().size());
    assertFalse(Files.exists(redo));
  }
}
