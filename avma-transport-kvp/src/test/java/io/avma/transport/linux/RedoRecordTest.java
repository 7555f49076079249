package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Every place at which a writer can be killed, one after the other. */
class RedoRecordTest {
  private static final WriteRules RULES = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);

  private static List<KvpItem> items(int count) {
    List<KvpItem> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new KvpItem("key" + i, ("value" + i).repeat(30)));
    }
    return items;
  }

  private static List<PoolEdit> edits() {
    return List.of(
        PoolEdit.putAll(List.of(new KvpItem("key2", "other"))),
        PoolEdit.putAll(List.of(new KvpItem("new", "item"), new KvpItem("newer", "item"))),
        PoolEdit.putAll(List.of(new KvpItem("key0", "x"), new KvpItem("new", "y"))),
        PoolEdit.remove("key0"),
        PoolEdit.remove("key5"),
        PoolEdit.remove("key2"));
  }

  private static RedoRecord record(PoolBytes before, PoolEdit edit) {
    PoolPatch patch = edit.apply(before, RULES).patch();
    return new RedoRecord(patch, edit, RULES);
  }

  /** Returns the pool after the first {@code written} bytes of the stretch. */
  private static PoolBytes halfWritten(PoolBytes before, PoolPatch patch, int written) {
    int end = patch.offset() + written;
    byte[] half =
        Arrays.copyOf(
            Arrays.copyOf(before.bytes(), before.length()), Math.max(before.length(), end));
    patch.newBytes().get(0, half, patch.offset(), written);
    return PoolBytes.of(half);
  }

  @Test
  void aWriteCutOffAtAnySectorIsFinished() {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    for (PoolEdit edit : edits()) {
      RedoRecord redo = record(before, edit);
      PoolBytes after = edit.apply(before, RULES).after();
      for (int written = 0; written <= redo.patch().newBytes().limit(); written += 512) {
        PoolBytes half = halfWritten(before, redo.patch(), written);
        assertEquals(Recovery.COMPLETED, redo.recoveryOf(half), edit + " cut off at " + written);
        assertTrue(after.sameAs(redo.finished(Recovery.COMPLETED, half)));
      }
      assertEquals(Recovery.COMPLETED, redo.recoveryOf(after), "finished already");
      assertTrue(after.sameAs(redo.finished(Recovery.COMPLETED, after)));
    }
  }

  static byte[] encoded(RedoRecord redo) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer part : redo.encode()) {
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes.writeBytes(copy);
    }
    return bytes.toByteArray();
  }

  @Test
  void aRecordCutOffAtAnyByteCountsAsNone() throws TransportException {
    byte[] whole = encoded(record(PoolEditProperties.bytesOf(items(3)), edits().get(0)));
    for (int length = 0; length < whole.length; length++) {
      assertEquals(Optional.empty(), RedoRecord.decode(Arrays.copyOf(whole, length), "redo"));
    }
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 1;
      assertEquals(Optional.empty(), RedoRecord.decode(flipped, "redo"));
    }
  }

  /** Returns the record with the four bytes at {@code offset} replaced and a right checksum. */
  static byte[] changed(byte[] record, int offset, int value) {
    byte[] changed = record.clone();
    ByteBuffer.wrap(changed).putInt(offset, value);
    CRC32C checksum = new CRC32C();
    checksum.update(changed, 0, changed.length - 4);
    ByteBuffer.wrap(changed).putInt(changed.length - 4, (int) checksum.getValue());
    return changed;
  }

  @Test
  void aWholeRecordThatIsNotUnderstoodIsNeverTakenForOneThatWasCutOff() {
    byte[] whole = encoded(record(PoolEditProperties.bytesOf(items(3)), edits().get(0)));
    Map<Integer, TransportException.Reason> reasons =
        ImmutableMap.of(
            0, TransportException.Reason.DAMAGED,
            8, TransportException.Reason.NOT_SUPPORTED,
            12, TransportException.Reason.DAMAGED,
            20, TransportException.Reason.DAMAGED,
            24, TransportException.Reason.DAMAGED);
    reasons.forEach(
        (offset, reason) -> {
          TransportException refused =
              assertThrows(
                  TransportException.class,
                  () ->
                      assertNotNull(RedoRecord.decode(changed(whole, offset, 0x7777_7777), "redo")),
                  "offset " + offset);
          assertEquals(reason, refused.reason(), refused.getMessage());
          assertTrue(refused.getMessage().startsWith("redo "), refused.getMessage());
        });
  }

  /** Version 1 had a checksum of what the record does not hold, behind the offset. */
  @Test
  void aRecordOfVersion1IsUnderstood() throws TransportException {
    RedoRecord redo = record(PoolEditProperties.bytesOf(items(3)), edits().get(0));
    byte[] now = encoded(redo);
    ByteBuffer then = ByteBuffer.allocate(now.length + 4);
    then.put(now, 0, 24).putInt(0x1234_5678).put(now, 24, now.length - 24);
    assertEquals(Optional.of(redo), RedoRecord.decode(changed(then.array(), 8, 1), "redo"));
  }

  @Test
  void decodingAnEncodedRecordGivesTheSameRecord() throws TransportException {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    for (PoolEdit edit : edits()) {
      for (LongValues policy : LongValues.values()) {
        RedoRecord redo =
            new RedoRecord(
                record(before, edit).patch(), edit, new WriteRules(KvpLimits.FILE, policy));
        RedoRecord back = RedoRecord.decode(encoded(redo), "redo").orElseThrow();
        assertEquals(edit, back.edit());
        assertEquals(redo.rules(), back.rules());
        assertEquals(redo.patch(), back.patch());
      }
    }
  }

  @Test
  void aWriteThatADaemonBuiltUponIsCarriedOutOnTop() {
    PoolBytes before = PoolEditProperties.bytesOf(items(4));
    PoolEdit edit = PoolEdit.putAll(List.of(new KvpItem("key1", "ours"), new KvpItem("n", "ours")));
    RedoRecord redo = record(before, edit);
    PoolEdit theirs = PoolEdit.putAll(List.of(new KvpItem("host", "theirs")));
    PoolBytes half = halfWritten(before, redo.patch(), 2560);
    PoolBytes found = theirs.apply(half, RULES).after();
    assertEquals(Recovery.MERGED, redo.recoveryOf(found));
    List<KvpItem> items = PoolEditProperties.itemsOf(redo.finished(Recovery.MERGED, found));
    assertTrue(
        items.containsAll(
            ImmutableList.of(
                new KvpItem("key1", "ours"),
                new KvpItem("n", "ours"),
                new KvpItem("host", "theirs"))));
  }

  /** Kills at every sector, then a foreign writer: only a write that began may be carried on. */
  @Test
  void aWriteThatSomebodyElseOvertookIsCarriedOnOnlyIfItHadBegun() {
    PoolBytes before = PoolEditProperties.bytesOf(items(4));
    PoolEdit theirs = PoolEdit.putAll(List.of(new KvpItem("host", "theirs")));
    for (PoolEdit edit : edits()) {
      RedoRecord redo = record(before, edit);
      for (int written = 0; written <= redo.patch().newBytes().limit(); written += 512) {
        PoolBytes half = halfWritten(before, redo.patch(), written);
        boolean begun = !half.sameAs(before);
        PoolBytes found = theirs.apply(half, RULES).after();
        if (found.length() % 2560 == 0 && half.length() % 2560 == 0) {
          assertEquals(
              begun ? Recovery.MERGED : Recovery.DROPPED,
              redo.recoveryOf(found),
              edit + " cut off at " + written);
        }
      }
    }
  }

  @Test
  void aNewItemOfOursIsFoundAgainAfterTheDaemonMovedIt() {
    PoolBytes before = PoolEditProperties.bytesOf(items(4));
    PoolEdit edit =
        PoolEdit.putAll(List.of(new KvpItem("key2", "ours"), new KvpItem("key3", "ours")));
    RedoRecord redo = record(before, edit);
    PoolBytes half = halfWritten(before, redo.patch(), 2560);
    PoolBytes moved = PoolEdit.remove("key0").apply(half, RULES).after();
    assertEquals(Recovery.MERGED, redo.recoveryOf(moved));
    PoolBytes untouched = PoolEdit.remove("key0").apply(before, RULES).after();
    assertEquals(Recovery.DROPPED, redo.recoveryOf(untouched));
  }

  /** As {@link #halfWritten}, but in any order of sectors, as a disk may write them. */
  @Test
  void aWriteOfWhichAnySectorsReachedTheDiskIsFinished() {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    PoolEdit edit = PoolEdit.putAll(List.of(new KvpItem("key2", "other".repeat(150))));
    PoolPatch patch = record(before, edit).patch();
    for (int sectors = 0; sectors < 32; sectors++) {
      byte[] half = before.bytes().clone();
      for (int i = 0; i < 5; i++) {
        if ((sectors >> i & 1) == 1) {
          patch.newBytes().get(512 * i, half, patch.offset() + 512 * i, 512);
        }
      }
      assertEquals(Recovery.COMPLETED, record(before, edit).recoveryOf(PoolBytes.of(half)));
    }
  }

  /** The record says nothing about other items; what somebody did to them must not matter. */
  @Test
  void aWriteBesideWhichOtherItemsChangedIsFinishedExactly() {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    for (PoolEdit edit : edits()) {
      RedoRecord redo = record(before, edit);
      for (int written = 0; written <= redo.patch().newBytes().limit(); written += 512) {
        byte[] half = halfWritten(before, redo.patch(), written).bytes();
        byte[] theirs = before.bytes().clone();
        if (redo.patch().offset() > 0) { // another item lies outside
          theirs[600] = half[600] = 'x';
        }
        assertEquals(Recovery.COMPLETED, redo.recoveryOf(PoolBytes.of(half)), edit.toString());
        PoolBytes expected = edit.apply(PoolBytes.of(theirs), RULES).after();
        PoolBytes found = redo.finished(Recovery.COMPLETED, PoolBytes.of(half));
        assertTrue(expected.sameAs(found), edit + " cut off at " + written);
      }
    }
  }

  /** The patch alone would make a second item with the key; only the edit knows better. */
  @Test
  void aPatchThatWouldRepeatAKeyOfSomebodyElseIsNotApplied() {
    PoolBytes before = PoolEditProperties.bytesOf(items(3));
    RedoRecord redo = record(before, PoolEdit.putAll(List.of(new KvpItem("new", "ours"))));
    PoolEdit theirs =
        new PoolEdit(ImmutableList.of(new KvpItem("new", "theirs")), ImmutableList.of("key0"));
    PoolBytes found = theirs.apply(before, RULES).after();
    assertEquals(before.length(), found.length());
    assertTrue(redo.patch().covers(found));
    assertEquals(Recovery.DROPPED, redo.recoveryOf(found));
  }

  /** Whether our write had not begun when the host deleted, or was complete. */
  @Test
  void whatTheHostHasDeletedStaysDeleted() {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    for (PoolEdit edit : edits()) {
      RedoRecord redo = record(before, edit);
      for (PoolBytes state : List.of(before, edit.apply(before, RULES).after())) {
        for (int i = 0; i < 6; i++) {
          String key = "key" + i;
          if (edit.puts().stream().anyMatch(item -> item.key().equals(key))) {
            continue;
          }
          PoolBytes current = PoolEdit.remove(key).apply(state, RULES).after();
          PoolBytes finished = redo.finished(redo.recoveryOf(current), current);
          assertTrue(
              PoolRecords.of(finished.slice(0, finished.length()))
                  .items()
                  .noneMatch(item -> item.key().equals(key)),
              edit + " beside a deleted " + key);
        }
      }
    }
  }

  @Test
  void aHalfWrittenValueIsFoundAgainAfterTheDaemonMovedIt() {
    List<KvpItem> items = items(6);
    items.set(4, new KvpItem("key4", "A".repeat(1_000)));
    PoolBytes before = PoolEditProperties.bytesOf(items);
    PoolEdit edit = PoolEdit.putAll(List.of(new KvpItem("key4", "B".repeat(1_000))));
    RedoRecord redo = record(before, edit);
    PoolBytes half = halfWritten(before, redo.patch(), 1_024);
    PoolBytes moved = PoolEdit.remove("key0").apply(half, RULES).after();
    assertEquals(Recovery.MERGED, redo.recoveryOf(moved));
    PoolBytes finished = redo.finished(Recovery.MERGED, moved);
    assertTrue(
        PoolRecords.of(finished.slice(0, finished.length()))
            .items()
            .anyMatch(item -> item.equals(edit.puts().get(0))));
  }

  @Test
  void aNewerValueOfTheSameLengthIsNoTraceOfOurs() {
    PoolBytes before = PoolEditProperties.bytesOf(List.of(new KvpItem("a", "10")));
    RedoRecord redo = record(before, PoolEdit.putAll(List.of(new KvpItem("a", "21"))));
    for (String newer : List.of("20", "11", "2", "210", "1", "")) {
      PoolBytes found = PoolEditProperties.bytesOf(List.of(new KvpItem("a", newer)));
      assertEquals(Recovery.DROPPED, redo.recoveryOf(found), newer);
    }
  }

  @Test
  void aNewerValueThatBeginsLikeOursIsNoTraceOfOurs() {
    PoolBytes before = PoolEditProperties.bytesOf(List.of(new KvpItem("a", "10")));
    RedoRecord redo = record(before, PoolEdit.putAll(List.of(new KvpItem("a", "21"))));
    for (String newer : List.of("20", "11", "2", "210")) {
      PoolBytes found =
          PoolEditProperties.bytesOf(List.of(new KvpItem("a", newer), new KvpItem("b", "")));
      assertEquals(Recovery.DROPPED, redo.recoveryOf(found), newer);
    }
  }

  @Test
  void thePatchOfOneChangedValueIsOneRecord() {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    PoolPatch patch =
        record(before, PoolEdit.putAll(List.of(new KvpItem("key2", "other")))).patch();
    assertEquals(2 * 2560, patch.offset());
    assertEquals(2560, patch.newBytes().limit());
  }
}
