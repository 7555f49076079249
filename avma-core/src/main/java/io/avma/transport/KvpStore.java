package io.avma.transport;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import java.util.List;

/**
 * The five pools of a guest. They belong to the guest and close with it.
 *
 * <p>A host writes {@link KvpPool#EXTERNAL} and reads {@link KvpPool#GUEST}; a program in the guest
 * does the reverse. Writing any other pool works against its owner, and a store may refuse it.
 */
@CheckReturnValue
public interface KvpStore {
  /**
   * Returns everything that {@code pool} holds, in its order, duplicates included, and what is
   * wrong with it.
   *
   * @throws TransportException {@code DAMAGED} if the store is strict and the pool is not sound
   */
  PoolContent read(KvpPool pool) throws TransportException;

  /**
   * Makes every item of {@code items} the only one with its key: an existing first item with the
   * key gets the value and keeps its place, later ones go away, a new one comes last. Of equal keys
   * in {@code items} the last counts. Readers of this library see all of it or nothing.
   *
   * @throws TransportException {@code TOO_LARGE} or {@code INVALID} for an item against the store's
   *     limits, and nothing is written; {@code LOCKED} while another program holds the pool; {@code
   *     REFUSED} without the rights
   */
  void putAll(KvpPool pool, List<KvpItem> items) throws TransportException;

  /** Makes {@code item} the only one with its key; as {@link #putAll}. */
  default void put(KvpPool pool, KvpItem item) throws TransportException {
    putAll(pool, ImmutableList.of(item));
  }

  /**
   * Removes every item whose key is exactly {@code key}.
   *
   * @return whether there was one
   */
  @CanIgnoreReturnValue
  boolean remove(KvpPool pool, String key) throws TransportException;

  /**
   * Tells {@code listener} about changes in {@code pool} from now on, until the watch or the guest
   * is closed. Needs {@link Capability#WATCH}.
   *
   * <p>Calls to one listener never overlap. On which thread they happen says the implementation.
   * Changes that follow each other quickly may be told as one difference.
   *
   * @throws UnsupportedOperationException without the capability
   */
  KvpWatch watch(KvpPool pool, KvpWatch.Listener listener) throws TransportException;
}
