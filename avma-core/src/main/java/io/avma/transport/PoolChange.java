package io.avma.transport;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSnapshot;

/** One difference between two contents of a pool, as the integration service sees them. */
@CheckReturnValue
public sealed interface PoolChange {
  /** Returns the key that the change is about. */
  String key();

  /**
   * A key is new.
   *
   * @param item the new item
   */
  record Added(KvpItem item) implements PoolChange {
    @Override
    public String key() {
      return item.key();
    }
  }

  /**
   * A key has another value.
   *
   * @param before the item as it was
   * @param after the item as it is, with the same key
   */
  record Changed(KvpItem before, KvpItem after) implements PoolChange {
    @Override
    public String key() {
      return after.key();
    }
  }

  /**
   * A key is gone.
   *
   * @param item the item as it was
   */
  record Removed(KvpItem item) implements PoolChange {
    @Override
    public String key() {
      return item.key();
    }
  }

  /**
   * Returns what changed from {@code before} to {@code after}; of equal keys only the first counts,
   * and order alone is no change. Removed keys come first, in their old order, then added and
   * changed ones in their new order.
   */
  static ImmutableList<PoolChange> between(Iterable<KvpItem> before, Iterable<KvpItem> after) {
    ImmutableMap<String, String> old = KvpSnapshot.firstWins(before);
    ImmutableMap<String, String> now = KvpSnapshot.firstWins(after);
    ImmutableList.Builder<PoolChange> changes = ImmutableList.builder();
    old.forEach(
        (key, value) -> {
          if (!now.containsKey(key)) {
            changes.add(new Removed(new KvpItem(key, value)));
          }
        });
    now.forEach(
        (key, value) -> {
          String earlier = old.get(key);
          if (earlier == null) {
            changes.add(new Added(new KvpItem(key, value)));
          } else if (!earlier.equals(value)) {
            changes.add(new Changed(new KvpItem(key, earlier), new KvpItem(key, value)));
          }
        });
    return changes.build();
  }
}
