package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class ValuePiecesTest {
  private static final WriteRules NUMBERED =
      new WriteRules(KvpLimits.SAFE, LongValues.NUMBERED_KEYS);
  private static final WriteRules REPEATED =
      new WriteRules(KvpLimits.SAFE, LongValues.REPEATED_KEY);

  private static byte[] record(String key, byte[] value) {
    byte[] record = PoolCodec.encode(new KvpItem(key, ""));
    System.arraycopy(value, 0, record, 512, value.length);
    return record;
  }

  /** Writes as azure-init does: {@code value.as_bytes().chunks(1022)}, each with the same key. */
  private static PoolBytes azureInit(String key, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream pool = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; from += 1022) {
      int to = Math.min(from + 1022, bytes.length);
      pool.writeBytes(record(key, Arrays.copyOfRange(bytes, from, to)));
    }
    return PoolBytes.of(pool.toByteArray());
  }

  private static PoolContent read(PoolBytes pool, WriteRules rules) {
    try {
      PoolContent raw =
          PoolCodec.decode(KvpPool.GUEST, pool.bytes(), pool.length(), Strictness.LENIENT);
      return rules.pieces().join(raw, PoolRecords.of(pool));
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  private static PoolBytes put(PoolBytes pool, WriteRules rules, KvpItem... items)
      throws TransportException {
    PoolEdit edit = PoolEdit.putAll(List.of(items));
    EditedPool after = edit.apply(pool, rules);
    PieceConflicts.check(edit, rules, pool, after);
    return after.after();
  }

  private static PoolBytes put(PoolBytes pool, WriteRules rules, String key, String value)
      throws TransportException {
    return put(pool, rules, new KvpItem(key, value));
  }

  private static void refuses(String key, PoolBytes pool, WriteRules rules, KvpItem... items) {
    TransportException refused =
        assertThrows(TransportException.class, () -> assertEquals(null, put(pool, rules, items)));
    assertEquals(TransportException.Reason.INVALID, refused.reason());
    assertTrue(refused.getMessage().startsWith("item '" + key + "'"), refused.getMessage());
  }

  private static List<String> keys(PoolBytes pool) {
    return PoolRecords.of(pool).items().map(KvpItem::key).toList();
  }

  @Example
  void rowsOfAzureInitAreJoinedWhereverItCutThem() {
    for (String value :
        List.of(
            "\u00e9".repeat(1000),
            "\u2603".repeat(700),
            "a" + "\ud83d\ude00".repeat(800),
            "v".repeat(1023))) {
      PoolContent content = read(azureInit("event", value), REPEATED);
      assertEquals(List.of(new KvpItem("event", value)), content.items());
    }
  }

  @Example
  void whatWeSplitIsNeverCutInsideACharacter() throws TransportException {
    String value = "\u2603".repeat(2000);
    PoolBytes pool = put(PoolBytes.of(new byte[0]), REPEATED, "event", value);
    assertEquals(List.of(), read(pool, REPEATED).flaws());
    assertEquals(1020, PoolRecords.of(pool).length(0, KvpPart.VALUE));
    assertEquals(List.of(new KvpItem("event", value)), read(pool, REPEATED).items());
  }

  @Example
  void flawsOfPiecesBecomeThoseOfTheItem() {
    byte[] first = record("event", "v".repeat(1022).getBytes(StandardCharsets.UTF_8));
    byte[] second = record("event", new byte[] {'a', (byte) 0xff});
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(PoolCodec.encode(new KvpItem("x", "1")));
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    PoolContent content = read(PoolBytes.of(bytes.toByteArray()), REPEATED);
    assertEquals(2, content.entries().size());
    List<Flaw> flaws = content.flawsByRecord().get(1L);
    assertEquals(List.of("value-not-utf8"), flaws.stream().map(Flaw::code).toList());
    assertTrue(flaws.get(0).position().offset().orElseThrow() >= 2 * 2560, "where it really is");
    assertEquals(1, content.flaws().size(), "a row is no duplicate");
  }

  @Example
  void aKeyThatWouldContinueARowIsRefused() throws TransportException {
    PoolBytes pool = put(PoolBytes.of(new byte[0]), NUMBERED, "a", "v".repeat(1980));
    assertEquals(List.of("a0", "a1"), keys(pool));
    refuses("a2", pool, NUMBERED, new KvpItem("a2", "x"));
    refuses("a1", pool, NUMBERED, new KvpItem("a1", "x"));
    refuses(
        "a2",
        PoolBytes.of(new byte[0]),
        NUMBERED,
        new KvpItem("a2", "x"),
        new KvpItem("a", "v".repeat(1980)));
    assertEquals(List.of("a0", "a1", "a9"), keys(put(pool, NUMBERED, "a9", "x")));
  }

  @Example
  void aRowThatWouldTakeTheKeyOfAnItemIsRefused() throws TransportException {
    PoolBytes pool = put(PoolBytes.of(new byte[0]), NUMBERED, "a0", "x");
    refuses("a0", pool, NUMBERED, new KvpItem("a", "v".repeat(1500)));
    assertEquals(List.of("a0", "a"), keys(put(pool, NUMBERED, "a", "short")));
    PoolBytes grown = put(PoolBytes.of(new byte[0]), NUMBERED, "a", "v".repeat(1500));
    grown = put(grown, NUMBERED, "a5", "x");
    refuses("a5", grown, NUMBERED, new KvpItem("a", "v".repeat(6000)));
  }

  @Example
  void anItemThatLooksLikeOnePieceIsNotSwallowed() throws TransportException {
    PoolBytes pool =
        put(
            PoolBytes.of(new byte[0]),
            NUMBERED,
            new KvpItem("a0", "v"),
            new KvpItem("a01", "v".repeat(989)));
    refuses("a01", pool, NUMBERED, new KvpItem("a0", "v".repeat(1023)));
  }

  @Example
  void whatIsLeftOfABrokenRowGoesWhenItIsWrittenAnew() throws TransportException {
    PoolBytes whole = put(PoolBytes.of(new byte[0]), NUMBERED, "a", "v".repeat(3500));
    whole = put(whole, NUMBERED, "other", "1");
    assertEquals(List.of("a0", "a1", "a2", "a3", "other"), keys(whole));
    for (int missing = 0; missing < 4; missing++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = 0; i < 5; i++) {
        if (i != missing) {
          bytes.write(whole.bytes(), i * 2560, 2560);
        }
      }
      KvpItem anew = new KvpItem("a", "w".repeat(1500));
      PoolBytes after = put(PoolBytes.of(bytes.toByteArray()), NUMBERED, anew);
      assertEquals(Set.of("a0", "a1", "other"), new HashSet<>(keys(after)), "missing " + missing);
      assertEquals(3, keys(after).size());
      assertTrue(read(after, NUMBERED).items().contains(anew));
    }
  }

  private record Step(boolean put, KvpItem item) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<String> keys =
        Arbitraries.of("a", "a0", "a1", "a2", "a3", "a00", "a10", "b", "a1x", "a01");
    Arbitrary<String> values =
        Arbitraries.of(1, 989, 990, 991, 1022, 1023, 1500, 1979, 1981, 2044, 2969).map("v"::repeat);
    return Combinators.combine(
            Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)),
            Combinators.combine(keys, values).as(KvpItem::new).filter(item -> !looksBroken(item)))
        .as(Step::new)
        .list()
        .ofMaxSize(12);
  }

  /**
   * Several items of exactly a piece's length are what a row with a hole in it looks like; for the
   * same reason no value here fills its last piece.
   */
  private static boolean looksBroken(KvpItem item) {
    int length = item.value().length();
    return item.key().matches(".*[0-9]") && length > 980 && length <= 990;
  }

  @Provide
  Arbitrary<WriteRules> splitting() {
    return Arbitraries.of(NUMBERED, REPEATED);
  }

  /** Two views side by side: the library's with rows, and a host's, which knows only records. */
  @Property(tries = 5000)
  void noKeysMeetWithoutARefusal(
      @ForAll("steps") List<Step> steps, @ForAll("splitting") WriteRules rules) {
    PoolBytes pool = PoolBytes.of(new byte[0]);
    List<KvpItem> model = new ArrayList<>();
    for (Step step : steps) {
      KvpItem item = step.item();
      if (step.put()) {
        try {
          pool = put(pool, rules, item);
        } catch (TransportException e) {
          assertEquals(TransportException.Reason.INVALID, e.reason());
          continue;
        }
        int place = 0;
        while (place < model.size() && !model.get(place).key().equals(item.key())) {
          place++;
        }
        if (place == model.size()) {
          model.add(item);
        } else {
          model.set(place, item);
        }
      } else {
        EditedPool outcome = PoolEdit.remove(item.key()).apply(pool, rules);
        assertEquals(model.removeIf(other -> other.key().equals(item.key())), outcome.removed());
        pool = outcome.after();
      }
      assertEquals(model, read(pool, rules).items());
      if (rules.longValues() == LongValues.NUMBERED_KEYS) {
        assertEquals(keys(pool).size(), new HashSet<>(keys(pool)).size(), "a host sees them all");
      }
    }
  }
}
