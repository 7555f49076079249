package io.avma.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import io.avma.activation.Effect;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.internal.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

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
      case AUTO -> IntrinsicItems.of(guest, engine.computerOf(guest));
      case AUTO_EXTERNAL ->
          guest.factsFrom == GuestRecord.NOWHERE
              ? ImmutableList.of()
              : IntrinsicItems.hostFacts(
                  engine.hosts().get(guest.factsFrom), guest, engine.nameOf(guest));
      case AUTO_INTERNAL -> ImmutableList.of();
    };
  }

  private static ImmutableList<KvpItem> guestPool(GuestRecord guest) {
    if (guest.extras != null && guest.extras.guestPool != null) {
      return ImmutableList.copyOf(guest.extras.guestPool);
    }
    return guest.published == null || guest.publishedId == null
        ? ImmutableList.of()
        : items(new Effect.PublishItems(guest.machine.terms(), guest.publishedId, guest.published));
  }

  private static ImmutableList<KvpItem> items(Effect.PublishItems effect) {
    ImmutableList.Builder<KvpItem> items = ImmutableList.builder();
    effect.items().forEach((name, value) -> items.add(new KvpItem(name, value)));
    return items.build();
  }

  /** A program in the guest writes, or Windows does; what becomes of it is for faults to say. */
  static void put(Engine engine, GuestRecord guest, List<KvpItem> items) {
    if (!engine.faults().isOpen(FaultPoint.GUEST_ITEMS)) {
      write(engine, guest, items);
      return;
    }
    List<KvpItem> written = items;
    long late = 0;
    for (FaultInjector.Rule rule :
        engine.handshake.strike(FaultPoint.GUEST_ITEMS, engine.hostOf(guest), guest)) {
      Fault fault = rule.fault();
      if (fault instanceof Fault.Lost) {
        return;
      } else if (fault instanceof Fault.Stale stale) {
        late = LongMath.saturatedAdd(late, stale.time().toNanos());
      } else if (fault instanceof Fault.Truncated truncated) {
        written = withValues(written, value -> cut(value, truncated.characters()));
      } else if (fault instanceof Fault.Tampered tampered) {
        written = withValues(written, unused -> tampered.value());
      }
    }
    if (late == 0) {
      write(engine, guest, written);
    } else {
      engine.plan(
          LongMath.saturatedAdd(engine.time(), late),
          EventQueue.Kind.ITEMS,
          guest.index,
          new Late(guest.placement, ImmutableList.copyOf(written))); // it is the caller's
    }
  }

  /** Items that were held up; whoever held them up forgets them when the guest stops or moves. */
  private record Late(int placement, ImmutableList<KvpItem> items) {}

  static void late(Engine engine, GuestRecord guest, Object held) {
    Late late = (Late) held;
    if (late.placement() == guest.placement && Engine.isRunning(guest)) {
      write(engine, guest, late.items());
      traceItems(engine, guest);
    }
  }

  private static List<KvpItem> withValues(List<KvpItem> items, UnaryOperator<String> change) {
    List<KvpItem> changed = new ArrayList<>();
    for (KvpItem item : items) {
      changed.add(new KvpItem(item.key(), change.apply(item.value())));
    }
    return changed;
  }

  /** Cuts between characters, not within one. */
  private static String cut(String value, int characters) {
    if (value.length() <= characters) {
      return value;
    }
    boolean within = characters > 0 && Character.isHighSurrogate(value.charAt(characters - 1));
    return value.substring(0, within ? characters - 1 : characters);
  }

  private static void write(Engine engine, GuestRecord guest, List<KvpItem> items) {
    List<KvpItem> pool = writable(guest);
    for (KvpItem item : items) {
      int place = indexOf(pool, item.key());
      if (place < 0) {
        pool.add(item);
      } else {
        pool.set(place, item);
      }
    }
    changed(engine, guest);
  }

  static boolean remove(Engine engine, GuestRecord guest, List<String> keys) {
    if (guestPool(guest).stream().noneMatch(item -> keys.contains(item.key()))) {
      return false;
    }
    boolean removed = writable(guest).removeIf(item -> keys.contains(item.key()));
    changed(engine, guest);
    return removed;
  }

  static void publish(Engine engine, GuestRecord guest, Effect.PublishItems effect) {
    boolean written = guest.extras != null && guest.extras.guestPool != null;
    if (written || engine.faults().isOpen(FaultPoint.GUEST_ITEMS)) {
      put(engine, guest, items(effect));
    } else {
      guest.published = effect.activation(); // which the machine holds as well
      guest.publishedId = effect.avmaId();
      changed(engine, guest);
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

  /** Tells whoever listens to the data centre that items changed, and the watches of the guest. */
  private static void changed(Engine engine, GuestRecord guest) {
    itemsChanged(engine, guest);
    told(engine, guest);
  }

  static void itemsChanged(Engine engine, GuestRecord guest) {
    if (engine.isObserved()) {
      engine.happened(new Happening.ItemsChanged(new SimulatedGuest(engine, guest)));
    }
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
      guest.publishedId = null;
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

  /** Notes what a program in the guest, or the guest's administrator, made of its pool. */
  static void traceItems(Engine engine, GuestRecord guest) {
    engine.trace(
        TraceEntry.What.ITEMS_WRITTEN,
        guest,
        Trace.NOBODY,
        SplitMix64.hash(pool(engine, guest, KvpPool.GUEST).toString()));
  }

  /** Notes what the host has written for the guest now. */
  static void traceHostItems(Engine engine, GuestRecord guest) {
    engine.trace(
        TraceEntry.What.HOST_ITEMS_WRITTEN,
        guest,
        Trace.host(guest.host),
        SplitMix64.hash(guest.extras().hostItems.toString()));
  }
}
