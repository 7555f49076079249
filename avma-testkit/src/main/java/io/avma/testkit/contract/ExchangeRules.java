package io.avma.testkit.contract;

import static io.avma.testkit.contract.Checks.holds;
import static io.avma.testkit.contract.Checks.item;
import static io.avma.testkit.contract.Checks.items;
import static io.avma.testkit.contract.Checks.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpPool;
import io.avma.transport.Capability;
import io.avma.transport.HyperVGuest;
import io.avma.transport.KvpStore;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** KVP-3 and KVP-4: what passes between guest and host, and being told about it. */
final class ExchangeRules {
  static final ImmutableList<ContractRule<TransportFixture>> ALL =
      ImmutableList.of(
          new ContractRule<>(
              "KVP-3.1",
              "the host sees what the guest has put, in its order",
              store(
                  (fixture, store) -> {
                    store.putAll(KvpPool.GUEST, items("b", "\u2603", "a", "", "c", "3"));
                    assertEquals(items("b", "\u2603", "a", "", "c", "3"), fixture.hostSees());
                  })),
          new ContractRule<>(
              "KVP-3.2",
              "the host no longer sees what the guest has removed",
              store(
                  (fixture, store) -> {
                    store.putAll(KvpPool.GUEST, items("a", "1", "b", "2"));
                    store.remove(KvpPool.GUEST, "a");
                    assertEquals(items("b", "2"), fixture.hostSees());
                  })),
          new ContractRule<>(
              "KVP-3.3",
              "the guest reads what the host has set",
              store(
                  (fixture, store) -> {
                    fixture.hostSets(items("b", "\ud83d\ude00", "a", "2", "b", "3"));
                    holds(store, KvpPool.EXTERNAL, items("b", "3", "a", "2"));
                  })),
          new ContractRule<>(
              "KVP-3.4",
              "the guest no longer reads what the host has deleted",
              store(
                  (fixture, store) -> {
                    fixture.hostSets(items("a", "1", "b", "2"));
                    fixture.hostDeletes(List.of("a"));
                    assertEquals(false, store.read(KvpPool.EXTERNAL).firstWins().containsKey("a"));
                    assertEquals("2", store.read(KvpPool.EXTERNAL).firstWins().get("b"));
                  })),
          new ContractRule<>(
              "KVP-3.5",
              "what one side writes in its pool leaves the other side's pool alone",
              store(
                  (fixture, store) -> {
                    store.put(KvpPool.GUEST, item("a", "of the guest"));
                    fixture.hostSets(items("a", "of the host"));
                    assertEquals("of the guest", store.read(KvpPool.GUEST).firstWins().get("a"));
                    assertEquals("of the host", store.read(KvpPool.EXTERNAL).firstWins().get("a"));
                  })),
          new ContractRule<>(
              "KVP-4.1",
              "whoever watches is told what the host adds, changes and removes",
              ExchangeRules::changesAreTold),
          new ContractRule<>(
              "KVP-4.2",
              "what was there when the watch began is not told",
              ExchangeRules::whatWasThereIsNotTold),
          new ContractRule<>(
              "KVP-4.3",
              "a watch that was closed is told nothing",
              ExchangeRules::closedIsToldNothing),
          new ContractRule<>(
              "KVP-4.4",
              "a watch ends with the handle that it was made with",
              ExchangeRules::closedWithItsHandle));

  private ExchangeRules() {}

  /** A listener that hands changes to the rule's thread. */
  private static final class Told implements KvpWatch.Listener {
    private final BlockingQueue<PoolChange> changes = new LinkedBlockingQueue<>();

    @Override
    public void changed(KvpPool pool, ImmutableList<PoolChange> more) {
      changes.addAll(more);
    }

    PoolChange next(TransportFixture fixture) throws Exception {
      fixture.settle();
      Duration patience = fixture.patience();
      PoolChange change = changes.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (change == null) {
        throw new AssertionError("no change was told within " + patience.toMillis() + " ms");
      }
      return change;
    }
  }

  /** Without the capability, asking for it must be refused. */
  private static boolean watches(HyperVGuest guest) throws Exception {
    if (guest.capabilities().contains(Capability.WATCH)) {
      return true;
    }
    KvpStore store = guest.pools();
    assertThrows(
        UnsupportedOperationException.class,
        () -> store.watch(KvpPool.EXTERNAL, new Told()).close());
    return false;
  }

  private static void changesAreTold(TransportFixture fixture) throws Exception {
    try (HyperVGuest guest = fixture.open()) {
      if (!watches(guest)) {
        return;
      }
      Told told = new Told();
      try (KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, told)) {
        fixture.hostSets(items("a", "1"));
        assertEquals(new PoolChange.Added(item("a", "1")), told.next(fixture));
        fixture.hostSets(items("a", "2"));
        assertEquals(new PoolChange.Changed(item("a", "1"), item("a", "2")), told.next(fixture));
        fixture.hostDeletes(List.of("a"));
        assertEquals(new PoolChange.Removed(item("a", "2")), told.next(fixture));
        assertEquals(0, told.changes.size(), watch.toString());
      }
    }
  }

  private static void whatWasThereIsNotTold(TransportFixture fixture) throws Exception {
    try (HyperVGuest guest = fixture.open()) {
      if (!watches(guest)) {
        return;
      }
      fixture.hostSets(items("old", "1"));
      Told told = new Told();
      try (KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, told)) {
        fixture.hostSets(items("new", "2"));
        assertEquals("new", told.next(fixture).key(), watch.toString());
      }
    }
  }

  private static void closedWithItsHandle(TransportFixture fixture) throws Exception {
    try (HyperVGuest open = fixture.open()) {
      if (!watches(open)) {
        return;
      }
      HyperVGuest closed = fixture.open();
      Told first = new Told();
      Told second = new Told();
      KvpWatch ended = closed.pools().watch(KvpPool.EXTERNAL, first);
      try (KvpWatch watch = open.pools().watch(KvpPool.EXTERNAL, second)) {
        closed.close();
        fixture.hostSets(items("a", "1"));
        assertEquals("a", second.next(fixture).key(), watch.toString());
        assertEquals(0, first.changes.size(), ended.toString());
      }
    }
  }

  private static void closedIsToldNothing(TransportFixture fixture) throws Exception {
    try (HyperVGuest guest = fixture.open()) {
      if (!watches(guest)) {
        return;
      }
      Told first = new Told();
      Told second = new Told();
      KvpWatch closed = guest.pools().watch(KvpPool.EXTERNAL, first);
      try (KvpWatch open = guest.pools().watch(KvpPool.EXTERNAL, second)) {
        closed.close();
        fixture.hostSets(items("a", "1"));
        // The other watch is told, so the closed one would have been as well.
        assertEquals("a", second.next(fixture).key(), open.toString());
        assertEquals(0, first.changes.size());
      }
    }
  }
}
