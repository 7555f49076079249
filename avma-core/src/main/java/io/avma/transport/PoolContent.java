package io.avma.transport;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSnapshot;

/**
 * What a pool holds and what is wrong with it.
 *
 * @param pool the pool
 * @param entries its items with their places, in the pool's order, duplicates included
 * @param flaws what is wrong, in the pool's order
 */
@CheckReturnValue
public record PoolContent(KvpPool pool, ImmutableList<Entry> entries, ImmutableList<Flaw> flaws) {
  /**
   * An item and its place.
   *
   * @param record its record in the pool, from 0; a record that gave no item leaves a hole
   * @param item the item
   */
  public record Entry(long record, KvpItem item) {}

  /** Returns a sound pool with {@code items} in records of their own. */
  public static PoolContent of(KvpPool pool, Iterable<KvpItem> items) {
    ImmutableList.Builder<Entry> entries = ImmutableList.builder();
    long record = 0;
    for (KvpItem item : items) {
      entries.add(new Entry(record++, item));
    }
    return new PoolContent(pool, entries.build(), ImmutableList.of());
  }

  /** Returns the items in the pool's order. */
  public ImmutableList<KvpItem> items() {
    ImmutableList.Builder<KvpItem> items = ImmutableList.builderWithExpectedSize(entries.size());
    for (Entry entry : entries) {
      items.add(entry.item());
    }
    return items.build();
  }

  /** Returns the items by key, of equal keys the first, as the integration service reads them. */
  public ImmutableMap<String, String> firstWins() {
    return KvpSnapshot.firstWins(items());
  }

  /** Returns the items by key, of equal keys the last, as some other readers take them. */
  public ImmutableMap<String, String> lastWins() {
    return KvpSnapshot.lastWins(items());
  }

  /** Returns the flaws of single records, by record, in the pool's order. */
  public ImmutableListMultimap<Long, Flaw> flawsByRecord() {
    ImmutableListMultimap.Builder<Long, Flaw> found = ImmutableListMultimap.builder();
    for (Flaw flaw : flaws) {
      flaw.position().record().ifPresent(record -> found.put(record, flaw));
    }
    return found.build();
  }

  /** Returns the flaws of the pool as a whole. */
  public ImmutableList<Flaw> flawsOfPool() {
    ImmutableList.Builder<Flaw> found = ImmutableList.builder();
    for (Flaw flaw : flaws) {
      if (flaw.position().record().isEmpty()) {
        found.add(flaw);
      }
    }
    return found.build();
  }

  /** Returns pool and counts; never an item, because items are others'. */
  @Override
  public String toString() {
    return pool.label() + " (" + entries.size() + " items, " + flaws.size() + " flaws)";
  }
}
