package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    PoolPatch patch = PoolPatch.between(before, edit.apply(before, RULES).after());
    return new RedoRecord(patch, edit, RULES);
  }

  /** Returns the pool after the first {@code written} bytes of the stretch. */
  private static PoolBytes halfWritten(PoolBytes before, PoolPatch patch, int written) {
    int end = patch.offset() + written;
    byte[] half =
        Arrays.copyOf(
            Arrays.copyOf(before.bytes(), before.length()), Math.max(before.length(), end));
    System.arraycopy(patch.newBytes(), 0, half, patch.offset(), written);
    return PoolBytes.of(half);
  }

  @Test
  void aWriteCutOffAtAnyByteIsFinished() {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    for (PoolEdit edit : edits()) {
      RedoRecord redo = record(before, edit);
      PoolBytes after = edit.apply(before, RULES).after();
      for (int written = 0; written <= redo.patch().newBytes().length; written += 7) {
        RedoRecord.Completion completion =
            redo.complete(halfWritten(before, redo.patch(), written));
        assertTrue(after.sameAs(completion.after()), edit + " cut off at " + written);
        assertEquals(false, completion.merged());
      }
      assertTrue(after.sameAs(redo.complete(after).after()), "finished already");
    }
  }

  @Test
  void aRecordCutOffAtAnyByteCountsAsNone() {
    byte[] whole = record(PoolEditProperties.bytesOf(items(3)), edits().get(0)).encode();
    for (int length = 0; length < whole.length; length++) {
      assertEquals(Optional.empty(), RedoRecord.decode(Arrays.copyOf(whole, length)));
    }
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 1;
      assertEquals(Optional.empty(), RedoRecord.decode(flipped));
    }
  }

  @Test
  void decodingAnEncodedRecordGivesTheSameRecord() {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    for (PoolEdit edit : edits()) {
      for (LongValues policy : LongValues.values()) {
        RedoRecord redo =
            new RedoRecord(
                record(before, edit).patch(), edit, new WriteRules(KvpLimits.FILE, policy));
        RedoRecord back = RedoRecord.decode(redo.encode()).orElseThrow();
        assertEquals(edit, back.edit());
        assertEquals(redo.rules(), back.rules());
        assertArrayEquals(redo.patch().oldBytes(), back.patch().oldBytes());
        assertTrue(redo.complete(before).after().sameAs(back.complete(before).after()));
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
    RedoRecord.Completion completion = redo.complete(theirs.apply(half, RULES).after());
    assertEquals(true, completion.merged());
    List<KvpItem> items = PoolEditProperties.itemsOf(completion.after());
    assertTrue(
        items.containsAll(
            ImmutableList.of(
                new KvpItem("key1", "ours"),
                new KvpItem("n", "ours"),
                new KvpItem("host", "theirs"))));
  }

  @Test
  void thePatchOfOneChangedValueIsSmall() {
    PoolBytes before = PoolEditProperties.bytesOf(items(6));
    PoolPatch patch =
        record(before, PoolEdit.putAll(List.of(new KvpItem("key2", "other")))).patch();
    assertTrue(patch.newBytes().length <= 2048, "no more than the value's field");
  }
}
