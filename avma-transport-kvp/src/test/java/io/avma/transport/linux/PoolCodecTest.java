package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PoolCodecTest {
  private static byte[] pool(byte[]... records) {
    byte[] pool = new byte[0];
    for (byte[] record : records) {
      int at = pool.length;
      pool = Arrays.copyOf(pool, at + record.length);
      System.arraycopy(record, 0, pool, at, record.length);
    }
    return pool;
  }

  private static byte[] record(String key, String value) {
    return PoolCodec.encode(new KvpItem(key, value));
  }

  private static byte[] rawRecord(byte[] key, byte[] value) {
    byte[] record = new byte[2560];
    System.arraycopy(key, 0, record, 0, key.length);
    System.arraycopy(value, 0, record, 512, value.length);
    return record;
  }

  private static PoolContent read(byte[] pool, Strictness strictness) throws TransportException {
    return PoolCodec.decode(KvpPool.GUEST, pool, strictness);
  }

  private static PoolContent read(byte[] pool) throws TransportException {
    return read(pool, Strictness.LENIENT);
  }

  private static ImmutableList<String> codes(PoolContent content) {
    return content.flaws().stream().map(Flaw::code).collect(ImmutableList.toImmutableList());
  }

  @Test
  void anEmptyFileIsAnEmptyPool() throws TransportException {
    assertEquals(PoolContent.of(KvpPool.GUEST, ImmutableList.of()), read(new byte[0]));
  }

  @Test
  void theFirstNulEndsAFieldAndStaleBytesNeverCount() throws TransportException {
    byte[] stale =
        rawRecord("a\0bcd\0e".getBytes(StandardCharsets.UTF_8), new byte[] {'1', 0, 'x'});
    PoolContent content = read(stale);
    assertEquals(ImmutableList.of(new KvpItem("a", "1")), content.items());
    assertEquals(ImmutableList.of(), content.flaws());
    assertEquals(
        ImmutableList.of("stale-bytes", "stale-bytes"), codes(read(stale, Strictness.SALVAGE)));
    assertEquals(content.items(), read(stale, Strictness.STRICT).items());
  }

  @Test
  void aTornTailCostsOnlyItself() throws TransportException {
    byte[] torn = Arrays.copyOf(pool(record("a", "1"), record("b", "2")), 2560 + 100);
    PoolContent content = read(torn);
    assertEquals(ImmutableList.of(new KvpItem("a", "1")), content.items());
    assertEquals(
        "pool_1: offset 2560: the file ends 100 bytes into a record (expected: 2560). They are"
            + " ignored; the next write drops them [torn-tail]",
        content.flaws().get(0).toString());
    TransportException damage =
        assertThrows(
            TransportException.class, () -> assertEquals(0, read(torn, Strictness.STRICT)));
    assertEquals(TransportException.Reason.DAMAGED, damage.reason());
    assertEquals(content.flaws().get(0), damage.flaw().orElseThrow());
  }

  @Test
  void duplicatesAreKeptInOrderAndBothViewsAreThere() throws TransportException {
    PoolContent content = read(pool(record("a", "1"), record("b", "2"), record("a", "3")));
    assertEquals("1", content.firstWins().get("a"));
    assertEquals("3", content.lastWins().get("a"));
    assertEquals(3, content.entries().size());
    assertEquals(
        "pool_1: record 2 at offset 5120: key is that of record 0 (expected: one of its own). The"
            + " daemon uses the first, some readers the last [duplicate-key]",
        content.flaws().get(0).toString());
  }

  @Test
  void aFieldWithoutANulIsKeptWholeAndFlagged() throws TransportException {
    byte[] key = "k".repeat(512).getBytes(StandardCharsets.UTF_8);
    byte[] value = "v".repeat(2048).getBytes(StandardCharsets.UTF_8);
    PoolContent content = read(pool(rawRecord(key, value), record("b", "2")));
    assertEquals(new KvpItem("k".repeat(512), "v".repeat(2048)), content.items().get(0));
    assertEquals(new KvpItem("b", "2"), content.items().get(1));
    assertEquals(
        ImmutableList.of(
            "key-without-nul", "key-cut-for-host", "value-without-nul", "value-cut-for-host"),
        codes(content));
    assertEquals(
        "pool_1: record 0 at offset 512: value has no NUL within 2048 bytes (expected: at most 2047"
            + " and a NUL). Kept whole; if the host deletes an item before it, the daemon crashes"
            + " [value-without-nul]",
        content.flaws().get(2).toString());
  }

  @Test
  void bytesThatAreNotUtf8AreReplacedAndFlagged() throws TransportException {
    byte[] latin1 = rawRecord(new byte[] {'a'}, new byte[] {'h', (byte) 0xE9, 'l'});
    PoolContent content = read(pool(latin1, record("b", "2")));
    assertEquals(new KvpItem("a", "h\uFFFDl"), content.items().get(0));
    assertEquals(ImmutableList.of("value-not-utf8"), codes(content));
    assertEquals(Flaw.Effect.DOUBTFUL, content.flaws().get(0).effect());
    assertEquals(513, content.flaws().get(0).position().offset().orElseThrow(), "of the byte");
    byte[] cut = rawRecord(new byte[] {'b', (byte) 0xE2, (byte) 0x98}, new byte[0]);
    Flaw second = read(pool(record("a", "1"), cut)).flaws().get(0);
    assertEquals("key-not-utf8", second.code());
    assertEquals(2561, second.position().offset().orElseThrow(), "of the character cut short");
  }

  @Test
  void aGenuineReplacementCharacterIsNoFlaw() throws TransportException {
    assertEquals(ImmutableList.of(), codes(read(record("a", "\uFFFD"))));
  }

  @Test
  void anEmptyKeyIsAnItem() throws TransportException {
    PoolContent content = read(new byte[2560]);
    assertEquals(ImmutableList.of(new KvpItem("", "")), content.items());
    assertEquals(ImmutableList.of("empty-key"), codes(content));
    assertEquals(content, read(new byte[2560], Strictness.STRICT));
  }

  @Test
  void whatAHostWillSeeCutIsSaid() throws TransportException {
    PoolContent content =
        read(
            pool(
                record("k".repeat(254), "v".repeat(1022)),
                record("k".repeat(255), "v".repeat(1023))));
    assertEquals(ImmutableList.of("key-cut-for-host", "value-cut-for-host"), codes(content));
    assertEquals(1, content.flaws().get(0).position().record().getAsLong());
  }

  @Test
  void onlyTheGivenLengthCounts() throws TransportException {
    byte[] longer = pool(record("a", "1"), record("b", "2"));
    assertEquals(
        read(record("a", "1")), PoolCodec.decode(KvpPool.GUEST, longer, 2560, Strictness.LENIENT));
  }

  @Test
  void aRecordIsFilledWithZerosAndNeverWithoutNul() {
    byte[] record = record("k".repeat(511), "v".repeat(2047));
    assertEquals(2560, record.length);
    assertEquals(0, record[511]);
    assertEquals(0, record[2559]);
    byte[] shortOne = record("a", "b");
    assertArrayEquals(new byte[511], Arrays.copyOfRange(shortOne, 1, 512));
    for (KvpItem refused :
        ImmutableList.of(
            new KvpItem("k".repeat(512), ""),
            new KvpItem("a", "v".repeat(2048)),
            new KvpItem("a", "\u00e9".repeat(1024)),
            new KvpItem("a\0b", ""),
            new KvpItem("a", "\ud83d"))) {
      assertThrows(
          IllegalArgumentException.class, () -> assertEquals(0, PoolCodec.encode(refused).length));
    }
  }
}
