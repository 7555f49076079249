package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpViolation;
import io.avma.transport.Capability;
import io.avma.transport.Flaw;
import io.avma.transport.KvpStore;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolContent;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The pools of a guest in memory. */
final class MemoryStore implements KvpStore {
  private final MemoryGuest guest;
  private final MemoryFixture fixture;

  MemoryStore(MemoryGuest guest, MemoryFixture fixture) {
    this.guest = guest;
    this.fixture = fixture;
  }

  private boolean has(Fault fault) {
    return fixture.fault == fault;
  }

  private void check() throws TransportException {
    guest.checkOpen(has(Fault.A_CLOSED_HANDLE_STILL_WRITES));
    if (!has(Fault.A_GUEST_THAT_IS_AWAY_HAS_EMPTY_POOLS)) {
      guest.reach();
    }
  }

  @Override
  public PoolContent read(KvpPool pool) throws TransportException {
    check();
    List<KvpItem> items = fixture.pool(pool);
    PoolContent content = PoolContent.of(pool, items);
    if (has(Fault.RECORDS_DESCEND)) {
      List<PoolContent.Entry> entries = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        entries.add(new PoolContent.Entry(items.size() - i, items.get(i)));
      }
      return new PoolContent(pool, ImmutableList.copyOf(entries), ImmutableList.of());
    }
    if (has(Fault.A_NEW_POOL_IS_DAMAGED) && items.isEmpty()) {
      Flaw flaw = new Flaw("empty", Flaw.Effect.LOST, Position.in("pool"), "no items");
      return new PoolContent(pool, content.entries(), ImmutableList.of(flaw));
    }
    if (has(Fault.READING_DROPS_THE_LAST_ITEM) && pool == KvpPool.AUTO_INTERNAL) {
      List<KvpItem> others = fixture.pool(KvpPool.GUEST);
      others.remove(others.size() - 1);
    }
    return content;
  }

  @Override
  public void putAll(KvpPool pool, List<KvpItem> items) throws TransportException {
    check();
    writable(pool);
    if (has(Fault.OTHER_THREADS_PUT_IN_VAIN) && guest.isElsewhere()) {
      return;
    }
    synchronized (fixture) {
      putAllAtOnce(pool, items);
    }
  }

  private void putAllAtOnce(KvpPool pool, List<KvpItem> items) throws TransportException {
    List<KvpItem> before = List.copyOf(fixture.pool(pool));
    if (items.isEmpty() && has(Fault.PUTTING_NOTHING_EMPTIES)) {
      fixture.pool(pool).clear();
    }
    List<KvpItem> inOrder =
        has(Fault.OF_EQUAL_KEYS_THE_FIRST_COUNTS) ? Lists.reverse(items) : items;
    try {
      for (KvpItem item : inOrder) {
        check(item);
        put(fixture.pool(pool), item);
      }
    } catch (TransportException e) {
      if (!has(Fault.ITEMS_BEFORE_A_BAD_ONE_ARE_WRITTEN)) {
        fixture.pool(pool).clear();
        fixture.pool(pool).addAll(before);
      }
      throw e;
    }
    if (has(Fault.OF_EQUAL_KEYS_THE_FIRST_COUNTS)) {
      fixture.pool(pool).sort(Comparator.comparingInt(item -> place(before, items, item)));
    }
  }

  /** Where an item belongs: it was there, or it is the n-th new one. */
  private static int place(List<KvpItem> before, List<KvpItem> items, KvpItem item) {
    int old = indexOf(before, item.key());
    return old >= 0 ? old : before.size() + indexOf(items, item.key());
  }

  private void put(List<KvpItem> pool, KvpItem asked) {
    KvpItem item =
        has(Fault.CONTROLS_ARE_LOST)
            ? new KvpItem(asked.key().replace("\u0001", ""), asked.value().replace("\u0001", ""))
            : asked;
    int place = indexOf(pool, item.key());
    if (place < 0 && has(Fault.KEYS_IGNORE_CASE)) {
      place =
          Lists.transform(pool, other -> other.key().toLowerCase(Locale.ROOT))
              .indexOf(item.key().toLowerCase(Locale.ROOT));
    }
    if (place >= 0 && has(Fault.A_REPLACED_ITEM_MOVES_TO_THE_END)) {
      pool.remove(place);
      place = -1;
    }
    if (place < 0) {
      pool.add(item);
    } else {
      pool.set(place, item);
    }
    if (has(Fault.NEW_ITEMS_ARE_SORTED) && pool.get(0).key().equals("m")) {
      pool.sort(Comparator.comparing(KvpItem::key));
    }
    fixture.wrote(item);
  }

  static int indexOf(List<KvpItem> items, String key) {
    return Lists.transform(items, KvpItem::key).indexOf(key);
  }

  private void check(KvpItem item) throws TransportException {
    if (has(Fault.THE_LARGEST_VALUE_IS_REFUSED) && item.value().length() == 1022) {
      throw refusal(Reason.TOO_LARGE, "1022 is too large");
    }
    for (KvpViolation violation : KvpLimits.SAFE.violations(item)) {
      boolean tooLong = violation instanceof KvpViolation.TooLong;
      boolean half = violation instanceof KvpViolation.HoldsLoneSurrogate;
      if ((tooLong && item.value().length() <= 1100 && has(Fault.LONG_VALUES_ARE_TAKEN))
          || (half && has(Fault.HALF_A_PAIR_IS_TAKEN))) {
        continue;
      }
      String quoted = has(Fault.REFUSALS_QUOTE_THE_VALUE) ? item.toString() : "";
      throw refusal(tooLong ? Reason.TOO_LARGE : Reason.INVALID, violation.message() + quoted);
    }
  }

  private void writable(KvpPool pool) throws TransportException {
    if (pool != KvpPool.GUEST && !has(Fault.THE_HOSTS_POOL_IS_WRITABLE)) {
      throw refusal(Reason.REFUSED, pool + " belongs to the host");
    }
  }

  private TransportException refusal(Reason reason, String message) {
    String name = has(Fault.REFUSALS_DO_NOT_NAME_THE_GUEST) ? "the guest" : MemoryFixture.NAME;
    return new TransportException(reason, name + ": " + message);
  }

  @Override
  public boolean remove(KvpPool pool, String key) throws TransportException {
    check();
    writable(pool);
    boolean removed = fixture.pool(pool).removeIf(item -> item.key().equals(key));
    return removed || has(Fault.REMOVING_ALWAYS_SAYS_YES);
  }

  @Override
  public KvpWatch watch(KvpPool pool, KvpWatch.Listener listener) throws TransportException {
    check();
    guest.require(Capability.WATCH);
    MemoryWatch watch = new MemoryWatch(guest, fixture, listener);
    fixture.watches.add(watch);
    return watch;
  }
}
