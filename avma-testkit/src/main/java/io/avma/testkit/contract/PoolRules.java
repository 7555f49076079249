package io.avma.testkit.contract;

import static io.avma.testkit.contract.Checks.fails;
import static io.avma.testkit.contract.Checks.holds;
import static io.avma.testkit.contract.Checks.holdsGuest;
import static io.avma.testkit.contract.Checks.item;
import static io.avma.testkit.contract.Checks.items;
import static io.avma.testkit.contract.Checks.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpStore;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException.Reason;
import java.util.List;

/** KVP-1 and KVP-2: reading and writing the pool that belongs to the guest. */
final class PoolRules {
  private static final String UNICODE = "\u00e9\u2603\ud83d\ude00 \t\u0001\ufffe end";

  static final ImmutableList<ContractRule<TransportFixture>> ALL =
      ImmutableList.of(
          new ContractRule<>(
              "KVP-1.1",
              "a pool that nobody has written is empty and has no flaw that leaves data in doubt",
              store((fixture, store) -> isEmptyAndSound(store))),
          new ContractRule<>(
              "KVP-1.2",
              "items come in the pool's order, with ascending records",
              store((fixture, store) -> recordsAscend(store))),
          new ContractRule<>(
              "KVP-1.3",
              "reading changes nothing",
              store((fixture, store) -> readingChangesNothing(store))),
          new ContractRule<>(
              "KVP-2.1",
              "what was put is read, character by character",
              store(
                  (fixture, store) -> {
                    store.put(KvpPool.GUEST, item(UNICODE, UNICODE));
                    store.put(KvpPool.GUEST, item("no value", ""));
                    holdsGuest(store, UNICODE, UNICODE, "no value", "");
                  })),
          new ContractRule<>(
              "KVP-2.2",
              "putting an existing key replaces its value and keeps its place",
              store(
                  (fixture, store) -> {
                    store.putAll(KvpPool.GUEST, items("a", "longer than b", "b", "2"));
                    store.put(KvpPool.GUEST, item("a", "3"));
                    assertEquals(2, store.read(KvpPool.GUEST).firstWins().size());
                    assertEquals("3", store.read(KvpPool.GUEST).firstWins().get("a"));
                    assertEquals("a", store.read(KvpPool.GUEST).items().get(0).key());
                  })),
          new ContractRule<>(
              "KVP-2.3",
              "a new key comes last",
              store(
                  (fixture, store) -> {
                    store.put(KvpPool.GUEST, item("m", "1"));
                    store.put(KvpPool.GUEST, item("z", "2"));
                    store.put(KvpPool.GUEST, item("b", "3"));
                    List<String> keys =
                        Lists.transform(store.read(KvpPool.GUEST).items(), KvpItem::key);
                    assertEquals(List.of("m", "z", "b"), keys);
                  })),
          new ContractRule<>(
              "KVP-2.4",
              "keys are compared exactly: case, length and form count",
              store((fixture, store) -> keysAreExact(store))),
          new ContractRule<>(
              "KVP-2.5",
              "of equal keys in one call the last counts",
              store(
                  (fixture, store) -> {
                    store.putAll(KvpPool.GUEST, items("a", "1", "b", "2", "a", "3"));
                    PoolContent content = store.read(KvpPool.GUEST);
                    assertEquals(2, content.items().size());
                    assertEquals("3", content.firstWins().get("a"));
                  })),
          new ContractRule<>(
              "KVP-2.6",
              "a call with one item that is refused writes none of its items",
              store((fixture, store) -> allOrNothing(store))),
          new ContractRule<>(
              "KVP-2.7",
              "removing a key removes its item and no other, and says whether there was one",
              store((fixture, store) -> removingSaysWhether(store))),
          new ContractRule<>(
              "KVP-2.8",
              "an item at the safe limits is taken whole",
              store(
                  (fixture, store) -> {
                    KvpItem largest = item("k".repeat(254), "v".repeat(1022));
                    store.put(KvpPool.GUEST, largest);
                    holds(store, KvpPool.GUEST, List.of(largest));
                  })),
          new ContractRule<>(
              "KVP-2.9",
              "an item over the safe limits is refused as too large, by key and by value",
              store((fixture, store) -> tooLarge(store))),
          new ContractRule<>(
              "KVP-2.10",
              "an empty key, a NUL and half a surrogate pair are refused as invalid",
              store((fixture, store) -> invalid(store))),
          new ContractRule<>(
              "KVP-2.11",
              "writing a pool that belongs to the host is refused, unless somebody asked for it",
              store(
                  (fixture, store) -> {
                    fails(Reason.REFUSED, () -> store.put(KvpPool.EXTERNAL, item("a", "1")));
                    fails(
                        Reason.REFUSED,
                        () -> assertFalse(store.remove(KvpPool.AUTO_EXTERNAL, "a")));
                    holds(store, KvpPool.EXTERNAL, List.of());
                  })),
          new ContractRule<>(
              "KVP-2.12",
              "putting nothing changes nothing",
              store(
                  (fixture, store) -> {
                    store.put(KvpPool.GUEST, item("a", "1"));
                    store.putAll(KvpPool.GUEST, List.of());
                    assertTrue(store.read(KvpPool.GUEST).firstWins().containsKey("a"));
                  })));

  private PoolRules() {}

  private static void isEmptyAndSound(KvpStore store) throws Exception {
    for (KvpPool pool : List.of(KvpPool.EXTERNAL, KvpPool.GUEST)) {
      PoolContent content = store.read(pool);
      assertEquals(pool, content.pool());
      assertEquals(List.of(), content.items());
      assertFalse(content.flaws().stream().anyMatch(flaw -> flaw.stopsStrictReaders()));
    }
  }

  private static void recordsAscend(KvpStore store) throws Exception {
    store.putAll(KvpPool.GUEST, items("b", "1", "a", "2", "c", "3"));
    PoolContent content = store.read(KvpPool.GUEST);
    long before = -1;
    for (PoolContent.Entry entry : content.entries()) {
      assertTrue(entry.record() > before, content.entries().toString());
      before = entry.record();
    }
  }

  private static void readingChangesNothing(KvpStore store) throws Exception {
    store.putAll(KvpPool.GUEST, items("a", "1", "b", "2"));
    PoolContent first = store.read(KvpPool.GUEST);
    for (KvpPool pool : KvpPool.values()) {
      assertEquals(pool, store.read(pool).pool());
    }
    assertEquals(first, store.read(KvpPool.GUEST));
  }

  private static void keysAreExact(KvpStore store) throws Exception {
    List<String> keys = List.of("key", "Key", "ke", "key ", "\u00e9", "e\u0301");
    for (String key : keys) {
      store.put(KvpPool.GUEST, item(key, "of " + key));
    }
    PoolContent content = store.read(KvpPool.GUEST);
    for (String key : keys) {
      assertEquals("of " + key, content.firstWins().get(key));
    }
  }

  private static void allOrNothing(KvpStore store) throws Exception {
    store.put(KvpPool.GUEST, item("a", "1"));
    KvpItem bad = item("", "a key that nobody may write");
    fails(
        Reason.INVALID,
        () -> store.putAll(KvpPool.GUEST, List.of(item("a", "2"), item("b", "3"), bad)));
    assertEquals("1", store.read(KvpPool.GUEST).firstWins().get("a"));
    assertFalse(store.read(KvpPool.GUEST).firstWins().containsKey("b"));
  }

  private static void removingSaysWhether(KvpStore store) throws Exception {
    store.putAll(KvpPool.GUEST, items("a", "1", "ab", "2", "b", "3"));
    assertTrue(store.remove(KvpPool.GUEST, "a"));
    assertFalse(store.remove(KvpPool.GUEST, "a"));
    assertFalse(store.read(KvpPool.GUEST).firstWins().containsKey("a"));
    assertTrue(store.read(KvpPool.GUEST).firstWins().containsKey("ab"));
    assertTrue(store.read(KvpPool.GUEST).firstWins().containsKey("b"));
  }

  private static void tooLarge(KvpStore store) throws Exception {
    KvpLimits safe = KvpLimits.SAFE;
    String key = "k".repeat(safe.units(KvpPart.KEY) + 1);
    String value = "v".repeat(safe.units(KvpPart.VALUE) + 1);
    String bytes = "\u2603".repeat(safe.bytes(KvpPart.VALUE) / 3 + 1);
    for (KvpItem large : List.of(item(key, ""), item("a", value), item("a", bytes))) {
      fails(Reason.TOO_LARGE, () -> store.put(KvpPool.GUEST, large));
    }
  }

  private static void invalid(KvpStore store) throws Exception {
    for (KvpItem bad :
        List.of(item("", "v"), item("a\0b", "v"), item("a", "\0"), item("a", "\ud83d"))) {
      fails(Reason.INVALID, () -> store.put(KvpPool.GUEST, bad));
    }
  }
}
