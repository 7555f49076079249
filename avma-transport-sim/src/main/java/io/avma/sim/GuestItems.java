package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.activation.Effect;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import java.util.ArrayList;
import java.util.List;

/** The five pools of a guest, and what passes between guest and host. */
final class GuestItems {
  private GuestItems() {}

  /** Returns whether guest and host can talk: Data Exchange is enabled and nothing blocks it. */
  static boolean reachesHost(GuestRecord guest) {
    return guest.dataExchange && !guest.shielded;
  }

  /** Returns what {@code pool} holds, in its order. */
  static ImmutableList<KvpItem> pool(Engine engine, GuestRecord guest, KvpPool pool) {
    return switch (pool) {
      case EXTERNAL -> guest.extras == null ? ImmutableList.of() : guest.extras.hostItemsSeen;
      case GUEST -> guestPool(guest);
      case AUTO -> IntrinsicItems.of(guest);
      case AUTO_EXTERNAL ->
          guest.factsFrom == GuestRecord.NOWHERE
              ? ImmutableList.of()
              : IntrinsicItems.hostFacts(engine.hosts().get(guest.factsFrom), guest);
      case AUTO_INTERNAL -> ImmutableList.of();
    };
  }

  private static ImmutableList<KvpItem> guestPool(GuestRecord guest) {
    if (guest.extras != null && guest.extras.guestPool != null) {
      return ImmutableList.copyOf(guest.extras.guestPool);
    }
    Effect.PublishItems published = guest.published;
    if (published == null) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<KvpItem> items = ImmutableList.builder();
    published.items().forEach((name, value) -> items.add(new KvpItem(name, value)));
    return items.build();
  }

  /** A program in the guest writes, or Windows does. */
  static void put(Engine engine, GuestRecord guest, List<KvpItem> items) {
    List<KvpItem> pool = writable(guest);
    for (KvpItem item : items) {
      int place = indexOf(pool, item.key());
      if (place < 0) {
        pool.add(item);
      } else {
        pool.set(place, item);
      }
    }
    told(engine, guest);
  }

  static boolean remove(Engine engine, GuestRecord guest, List<String> keys) {
    if (guestPool(guest).stream().noneMatch(item -> keys.contains(item.key()))) {
      return false;
    }
    boolean removed = writable(guest).removeIf(item -> keys.contains(item.key()));
    told(engine, guest);
    return removed;
  }

  static void publish(Engine engine, GuestRecord guest, Effect.PublishItems effect) {
    if (guest.extras != null && guest.extras.guestPool != null) {
      List<KvpItem> items = new ArrayList<>();
      effect.items().forEach((name, value) -> items.add(new KvpItem(name, value)));
      put(engine, guest, items);
    } else {
      guest.published = effect;
      told(engine, guest);
    }
  }

  static void clear(Engine engine, GuestRecord guest, List<String> names) {
    boolean unused = remove(engine, guest, names);
  }

  /** The host tells a running guest, if it can, about itself and what it wrote for it. */
  static void synchronize(Engine engine, GuestRecord guest) {
    if (!Engine.isRunning(guest) || !reachesHost(guest)) {
      return;
    }
    guest.factsFrom = guest.host;
    if (guest.extras != null) {
      guest.extras.hostItemsSeen = guest.extras.hostItems;
    }
    told(engine, guest);
  }

  private static void told(Engine engine, GuestRecord guest) {
    if (guest.extras != null) {
      guest.extras.watches.removeIf(watch -> !watch.isOpen());
      for (PoolWatch watch : List.copyOf(guest.extras.watches)) {
        if (watch.isOpen()) { // another's listener may have closed it
          watch.look(engine, guest);
        }
      }
    }
  }

  private static List<KvpItem> writable(GuestRecord guest) {
    List<KvpItem> pool = guest.extras().guestPool;
    if (pool == null) {
      pool = new ArrayList<>(guestPool(guest));
      guest.extras().guestPool = pool;
      guest.published = null;
    }
    return pool;
  }

  private static int indexOf(List<KvpItem> pool, String key) {
    for (int i = 0; i < pool.size(); i++) {
      if (pool.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }
}
