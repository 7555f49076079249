package io.avma.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PoolChangeProperties {
  /** Few keys and values, so that pools share many and hold duplicates. */
  @Provide
  Arbitrary<List<KvpItem>> pools() {
    return Combinators.combine(Arbitraries.of("a", "b", "c", "A"), Arbitraries.of("", "1", "2"))
        .as(KvpItem::new)
        .list()
        .ofMaxSize(6);
  }

  @Property
  void applyingTheChangesGivesTheNewContent(
      @ForAll("pools") List<KvpItem> before, @ForAll("pools") List<KvpItem> after) {
    Map<String, String> view = new HashMap<>(KvpSnapshot.firstWins(before));
    for (PoolChange change : PoolChange.between(before, after)) {
      if (change instanceof PoolChange.Added added) {
        assertTrue(!view.containsKey(added.key()));
        view.put(added.key(), added.item().value());
      } else if (change instanceof PoolChange.Changed changed) {
        assertEquals(view.get(changed.key()), changed.before().value());
        assertEquals(changed.before().key(), changed.after().key());
        view.put(changed.key(), changed.after().value());
      } else if (change instanceof PoolChange.Removed removed) {
        assertEquals(removed.item().value(), view.remove(removed.key()));
      }
    }
    assertEquals(KvpSnapshot.firstWins(after), view);
  }

  @Property
  void thereAreNoMoreChangesThanDifferentKeys(
      @ForAll("pools") List<KvpItem> before, @ForAll("pools") List<KvpItem> after) {
    List<String> keys = PoolChange.between(before, after).stream().map(PoolChange::key).toList();
    assertEquals(keys.size(), keys.stream().distinct().count());
    assertEquals(List.of(), PoolChange.between(before, before));
  }

  @Example
  void removedKeysComeFirst() {
    assertEquals(
        ImmutableList.of(
            new PoolChange.Removed(new KvpItem("gone", "1")),
            new PoolChange.Added(new KvpItem("new", "3")),
            new PoolChange.Changed(new KvpItem("kept", "1"), new KvpItem("kept", "2"))),
        PoolChange.between(
            List.of(new KvpItem("kept", "1"), new KvpItem("gone", "1")),
            List.of(new KvpItem("new", "3"), new KvpItem("kept", "2"))));
  }
}
