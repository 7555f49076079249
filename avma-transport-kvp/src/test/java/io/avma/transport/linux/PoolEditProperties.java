package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class PoolEditProperties {
  private static final WriteRules RULES = new WriteRules(KvpLimits.FILE, LongValues.REFUSE);

  @Provide
  Arbitrary<List<KvpItem>> pools() {
    return PoolItems.withinFile().list().ofMaxSize(6);
  }

  @Provide
  Arbitrary<List<KvpItem>> puts() {
    return PoolItems.withinFile().list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> keys() {
    return PoolItems.keys();
  }

  static PoolBytes bytesOf(List<KvpItem> items) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    items.forEach(item -> bytes.writeBytes(PoolCodec.encode(item)));
    return PoolBytes.of(bytes.toByteArray());
  }

  static ImmutableList<KvpItem> itemsOf(PoolBytes bytes) {
    try {
      return PoolCodec.decode(KvpPool.GUEST, bytes.bytes(), bytes.length(), Strictness.LENIENT)
          .items();
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  /** The contract of a store, written as a list that is searched again and again. */
  private static List<KvpItem> plainPut(List<KvpItem> pool, List<KvpItem> items) {
    List<KvpItem> after = new ArrayList<>(pool);
    for (KvpItem item : items) {
      int first = -1;
      for (int i = 0; i < after.size(); i++) {
        if (after.get(i).key().equals(item.key())) {
          if (first < 0) {
            first = i;
            after.set(i, item);
          } else {
            after.remove(i--);
          }
        }
      }
      if (first < 0) {
        after.add(item);
      }
    }
    return after;
  }

  @Property(tries = 300)
  void puttingGivesWhatThePlainModelGives(
      @ForAll("pools") List<KvpItem> pool, @ForAll("puts") List<KvpItem> items) {
    EditedPool outcome = PoolEdit.putAll(items).apply(bytesOf(pool), RULES);
    assertEquals(plainPut(pool, items), itemsOf(outcome.after()));
  }

  @Property(tries = 300)
  void removingTakesEveryItemWithTheKeyAndNoOther(
      @ForAll("pools") List<KvpItem> pool, @ForAll("keys") String key) {
    EditedPool outcome = PoolEdit.remove(key).apply(bytesOf(pool), RULES);
    List<KvpItem> others = new ArrayList<>(pool);
    assertEquals(others.removeIf(item -> item.key().equals(key)), outcome.removed());
    assertEquals(others, itemsOf(outcome.after()));
  }

  @Property(tries = 200)
  void anEditCarriedOutTwiceIsTheSameAsOnce(
      @ForAll("pools") List<KvpItem> pool,
      @ForAll("puts") List<KvpItem> items,
      @ForAll("keys") String key) {
    PoolEdit edit = new PoolEdit(PoolEdit.putAll(items).puts(), ImmutableList.of(key));
    PoolBytes once = edit.apply(bytesOf(pool), RULES).after();
    PoolBytes twice = edit.apply(once, RULES).after();
    assertArrayEquals(once.bytes(), twice.bytes());
  }

  /** What is written must be what the edit makes of the pool, torn tails included. */
  @Property(tries = 300)
  void theDifferenceLeadsFromTheOldPoolToTheNewOneAndBack(
      @ForAll("pools") List<KvpItem> pool,
      @ForAll("puts") List<KvpItem> items,
      @ForAll("keys") String key,
      @ForAll @IntRange(max = 2559) int torn) {
    byte[] old = bytesOf(pool).bytes();
    PoolBytes before = PoolBytes.of(Arrays.copyOf(old, old.length + torn % 3 * torn));
    for (PoolEdit edit :
        List.of(
            PoolEdit.putAll(items),
            PoolEdit.remove(key),
            new PoolEdit(PoolEdit.putAll(items).puts(), ImmutableList.of(key)))) {
      EditedPool edited = edit.apply(before, RULES);
      PoolBytes after = edited.after();
      assertEquals(after.length(), edited.records() * 2560);
      assertEquals(edited.isUnchanged(), after.sameAs(before));
      PoolPatch patch = edited.patch();
      assertArrayEquals(after.bytes(), patch.appliedTo(before).bytes());
      assertArrayEquals(before.bytes(), patch.undoneIn(after).bytes());
      assertTrue(patch.covers(before) && patch.covers(after) && edited.isMadeBy(patch));
    }
  }

  @Property(tries = 100)
  void recordsOfOthersKeepEveryByte(@ForAll("puts") List<KvpItem> items) {
    byte[] foreign = PoolCodec.encode(new KvpItem("\u0001foreign", "x"));
    Arrays.fill(foreign, 100, 512, (byte) 0xEE);
    Arrays.fill(foreign, 600, 2560, (byte) 0xEE);
    PoolBytes after = PoolEdit.putAll(items).apply(PoolBytes.of(foreign), RULES).after();
    assertArrayEquals(foreign, Arrays.copyOf(after.bytes(), 2560));
  }

  @Provide
  Arbitrary<LongValues> splitting() {
    return Arbitraries.of(LongValues.NUMBERED_KEYS, LongValues.REPEATED_KEY);
  }

  @Property(tries = 200)
  void aSplitValueIsReadAsOneAndReplacedAndRemovedAsOne(
      @ForAll("splitting") LongValues policy,
      @ForAll("longTexts") String longValue,
      @ForAll("longTexts") String another)
      throws TransportException {
    WriteRules rules = new WriteRules(KvpLimits.SAFE, policy);
    KvpItem item = new KvpItem("state", longValue);
    rules.check(item);
    PoolBytes before = bytesOf(List.of(new KvpItem("before", "1")));
    PoolBytes written = PoolEdit.putAll(List.of(item)).apply(before, rules).after();
    assertEquals(List.of(new KvpItem("before", "1"), item), joined(written, rules));
    itemsOf(written).forEach(piece -> assertEquals(List.of(), KvpLimits.SAFE.violations(piece)));

    KvpItem behind = new KvpItem("z", "2");
    PoolBytes more = PoolEdit.putAll(List.of(behind)).apply(written, rules).after();
    KvpItem replacement = new KvpItem("state", another);
    PoolBytes replaced = PoolEdit.putAll(List.of(replacement)).apply(more, rules).after();
    assertEquals(List.of(new KvpItem("before", "1"), replacement, behind), joined(replaced, rules));

    EditedPool removed = PoolEdit.remove("state").apply(replaced, rules);
    assertEquals(true, removed.removed());
    assertEquals(List.of(new KvpItem("before", "1"), behind), itemsOf(removed.after()));
  }

  @Provide
  Arbitrary<String> longTexts() {
    return Arbitraries.oneOf(
        PoolItems.text(6000),
        PoolItems.text(30),
        Arbitraries.integers().between(900, 5000).map("v"::repeat),
        Arbitraries.integers().between(200, 2000).map("\u2603"::repeat),
        Arbitraries.integers().between(200, 2000).map("\ud83d\ude00"::repeat));
  }

  private static ImmutableList<KvpItem> joined(PoolBytes bytes, WriteRules rules)
      throws TransportException {
    PoolContent content =
        PoolCodec.decode(KvpPool.GUEST, bytes.bytes(), bytes.length(), Strictness.STRICT);
    return rules.pieces().join(content, PoolRecords.of(bytes)).items();
  }
}
