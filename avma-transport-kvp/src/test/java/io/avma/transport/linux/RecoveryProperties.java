package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * A writer is killed somewhere, the daemon writes and deletes other items, and somebody recovers:
 * the other items are as the daemon left them, and the write was carried out whole or not at all.
 */
class RecoveryProperties {
  private static final WriteRules RULES = new WriteRules(KvpLimits.SAFE, LongValues.REFUSE);
  private static final int SECTOR = 512;

  @Provide
  Arbitrary<List<KvpItem>> pools() {
    return Arbitraries.integers()
        .between(0, 5)
        .flatMap(
            count ->
                Arbitraries.of("", "a", "10", "21", "20", "x".repeat(600), "y".repeat(1_000))
                    .list()
                    .ofSize(count)
                    .map(RecoveryProperties::numbered));
  }

  private static List<KvpItem> numbered(List<String> values) {
    ImmutableList.Builder<KvpItem> items = ImmutableList.builder();
    for (int i = 0; i < values.size(); i++) {
      items.add(new KvpItem("k" + i, values.get(i)));
    }
    return items.build();
  }

  /** Of the keys 0 to 2 and new ones; the daemon has the others. */
  @Provide
  Arbitrary<PoolEdit> edits() {
    Arbitrary<KvpItem> put =
        Combinators.combine(
                Arbitraries.of("k0", "k1", "k2", "n0", "n1"),
                Arbitraries.of("10", "21", "b", "x".repeat(600), "z".repeat(1_000)))
            .as(KvpItem::new);
    return Combinators.combine(
            put.list().ofMaxSize(3), Arbitraries.of("k0", "k1", "k2").list().ofMaxSize(2))
        .as(
            (puts, removals) -> {
              Map<String, KvpItem> byKey = new LinkedHashMap<>();
              puts.forEach(item -> byKey.put(item.key(), item));
              return new PoolEdit(
                  ImmutableList.copyOf(byKey.values()),
                  removals.stream()
                      .filter(key -> !byKey.containsKey(key))
                      .distinct()
                      .collect(ImmutableList.toImmutableList()));
            });
  }

  /** Each puts or deletes one item of the keys 3 to 5. */
  @Provide
  Arbitrary<List<PoolEdit>> others() {
    Arbitrary<String> keys = Arbitraries.of("k3", "k4", "k5");
    return Arbitraries.oneOf(
            keys.map(PoolEdit::remove),
            Combinators.combine(keys, Arbitraries.of("theirs", "10", "w".repeat(700)))
                .as((key, value) -> PoolEdit.putAll(List.of(new KvpItem(key, value)))))
        .list()
        .ofMaxSize(4);
  }

  @Property(tries = 5_000)
  void whatOthersWroteStaysAndTheWriteIsWholeOrNot(
      @ForAll("pools") List<KvpItem> pool,
      @ForAll("edits") PoolEdit edit,
      @ForAll @IntRange(max = 20) int cut,
      @ForAll("others") List<PoolEdit> others) {
    PoolBytes before = PoolEditProperties.bytesOf(pool);
    EditedPool edited = edit.apply(before, RULES);
    Assume.that(!edited.isUnchanged());
    PoolPatch patch = edited.patch();
    RedoRecord redo = new RedoRecord(patch, edit, RULES);
    PoolBytes current = cutOff(before, patch, edited, edit.removals().size(), cut);
    for (PoolEdit other : others) {
      EditedPool written = other.apply(current, RULES);
      current = written.isUnchanged() ? current : written.after();
    }
    Map<String, String> left = itemsOf(current);
    Recovery how = redo.recoveryOf(current);
    Map<String, String> found = itemsOf(redo.finished(how, current));
    Set<String> ours =
        edit.puts().stream().map(KvpItem::key).collect(Collectors.toCollection(TreeSet::new));
    ours.addAll(edit.removals());
    assertEquals(without(left, ours), without(found, ours), "what others wrote, " + how);
    if (how == Recovery.DROPPED) { // it had not begun, or was complete and left no trace
      Map<String, String> ofOurs = itemsOf(current, ours);
      assertTrue(
          ofOurs.equals(itemsOf(before, ours)) || ofOurs.equals(itemsOf(edited.after(), ours)),
          "dropped, and half of it is there: " + ofOurs);
    } else {
      for (KvpItem item : edit.puts()) {
        assertEquals(item.value(), found.get(item.key()), "put, " + how);
      }
      assertTrue(edit.removals().stream().noneMatch(found::containsKey), "removed, " + how);
    }
  }

  /**
   * Returns what a killed writer leaves. Where records move, only the two ends are tried: between
   * them an item can be there twice, which readers are told.
   */
  private static PoolBytes cutOff(
      PoolBytes before, PoolPatch patch, EditedPool edited, int removals, int cut) {
    boolean inPlace = patch.beforeLength() == patch.afterLength() && removals == 0;
    if (!inPlace) {
      return cut % 2 == 0 ? before : edited.after();
    }
    int written = Math.min(cut * SECTOR, patch.newBytes().limit());
    byte[] half = Arrays.copyOf(before.bytes(), before.length());
    patch.newBytes().get(0, half, patch.offset(), written);
    return PoolBytes.of(half);
  }

  private static Map<String, String> itemsOf(PoolBytes pool) {
    Map<String, String> items = new LinkedHashMap<>();
    PoolEditProperties.itemsOf(pool).forEach(item -> items.putIfAbsent(item.key(), item.value()));
    return items;
  }

  private static Map<String, String> itemsOf(PoolBytes pool, Set<String> keys) {
    Map<String, String> items = new LinkedHashMap<>(itemsOf(pool));
    items.keySet().retainAll(keys);
    return ImmutableMap.copyOf(items);
  }

  private static Map<String, String> without(Map<String, String> items, Set<String> keys) {
    Map<String, String> left = new LinkedHashMap<>(items);
    left.keySet().removeAll(keys);
    return left;
  }
}
