package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Bytes;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The fuzzer's way into the reader of pools and of the redo records beside them. */
public final class PoolFuzz {
  /** Magic and version. */
  private static final int SHORTEST = Long.BYTES + Integer.BYTES;

  private PoolFuzz() {}

  /** Throws if the bytes are read otherwise than any bytes should be. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    pool(bytes);
    redo(bytes);
  }

  /** Returns a pool as agents write it, one with every flaw, and a redo record. */
  public static List<byte[]> seeds() {
    byte[] items =
        Bytes.concat(
            PoolCodec.encode(new KvpItem("key", "value")),
            PoolCodec.encode(new KvpItem("\u043a\u043b\u044e\u0447", "\u2603".repeat(300))));
    byte[] flaws = Arrays.copyOf(Bytes.concat(items, items), 2 * items.length + 100);
    Arrays.fill(flaws, 0, PoolLayout.RECORD_BYTES, (byte) 0xC3);
    flaws[PoolLayout.RECORD_BYTES + 10] = 'x';
    PoolEdit edit =
        new PoolEdit(ImmutableList.of(new KvpItem("new", "item")), ImmutableList.of("key"));
    WriteRules rules = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);
    RedoRecord redo = new RedoRecord(edit.apply(PoolBytes.of(flaws), rules).patch(), edit, rules);
    byte[] sealed = RedoRecordTest.encoded(redo);
    return List.of(items, flaws, Arrays.copyOf(sealed, sealed.length - Integer.BYTES));
  }

  private static void pool(byte[] bytes) {
    try {
      PoolContent lenient = PoolCodec.decode(KvpPool.GUEST, bytes, Strictness.LENIENT);
      assertEquals(bytes.length / PoolLayout.RECORD_BYTES, lenient.entries().size());
      PoolContent salvaged = PoolCodec.decode(KvpPool.GUEST, bytes, Strictness.SALVAGE);
      assertEquals(lenient.entries(), salvaged.entries());
      boolean sound = lenient.flaws().stream().noneMatch(Flaw::stopsStrictReaders);
      assertEquals(sound, isReadStrictly(bytes, lenient));
    } catch (TransportException e) {
      throw new AssertionError("only a strict reader stops", e);
    }
  }

  private static boolean isReadStrictly(byte[] bytes, PoolContent lenient) {
    try {
      assertEquals(lenient, PoolCodec.decode(KvpPool.GUEST, bytes, Strictness.STRICT));
      return true;
    } catch (TransportException e) {
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
      return false;
    }
  }

  /** The checksum is made right, because no fuzzer would ever hit it. */
  private static void redo(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    byte[] sealed =
        ByteBuffer.allocate(bytes.length + Integer.BYTES)
            .put(bytes)
            .putInt((int) checksum.getValue())
            .array();
    try {
      Optional<RedoRecord> decoded = RedoRecord.decode(sealed, "redo");
      if (decoded.isEmpty()) {
        assertTrue(bytes.length < SHORTEST, "only what is too short for a record is none");
        return;
      }
      RedoRecord redo = decoded.get();
      byte[] again = RedoRecordTest.encoded(redo);
      assertArrayEquals(
          again, RedoRecordTest.encoded(RedoRecord.decode(again, "redo").orElseThrow()));
      PoolBytes current = PoolBytes.of(new byte[PoolLayout.RECORD_BYTES]);
      assertNotNull(redo.finished(redo.recoveryOf(current), current));
    } catch (TransportException e) {
      assertTrue(
          e.reason() == TransportException.Reason.NOT_SUPPORTED
              || e.reason() == TransportException.Reason.DAMAGED);
    }
  }
}
