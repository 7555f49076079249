package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.VmId;
import io.avma.transport.HyperVGuest;
import io.avma.transport.PoolChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The simplest guest that keeps every rule, and breaks the one that its fault says. */
final class MemoryFixture implements TransportFixture {
  static final String NAME = "the guest in memory";
  private static final VmId VM = new VmId(new UUID(0x8000, 0x8000_0000_0000_0001L));

  final Fault fault;
  final MemoryLog log = new MemoryLog(EventFault.NONE);
  final Map<KvpPool, List<KvpItem>> pools = new LinkedHashMap<>();
  final List<MemoryWatch> watches = new ArrayList<>();
  private final List<KvpItem> everWritten = new ArrayList<>();
  boolean allClosed;
  boolean away;
  int asked;

  MemoryFixture(Fault fault) {
    this.fault = fault;
    log.append(3);
    for (KvpPool pool : KvpPool.values()) {
      pools.put(pool, new ArrayList<>());
    }
  }

  @Override
  public HyperVGuest open() {
    return new MemoryGuest(fault == Fault.HANDLES_HAVE_POOLS_OF_THEIR_OWN ? copy() : this);
  }

  /** A fixture with other pools for the guest; the host's are shared. */
  private MemoryFixture copy() {
    MemoryFixture copy = new MemoryFixture(fault);
    if (handles++ == 0) {
      return this;
    }
    copy.pools.put(KvpPool.EXTERNAL, pools.get(KvpPool.EXTERNAL));
    return copy;
  }

  private int handles;

  List<KvpItem> pool(KvpPool pool) {
    return pools.get(pool);
  }

  void wrote(KvpItem item) {
    everWritten.removeIf(other -> other.key().equals(item.key()));
    everWritten.add(item);
  }

  @Override
  public void hostSets(List<KvpItem> items) {
    List<KvpItem> before = List.copyOf(pool(KvpPool.EXTERNAL));
    for (KvpItem item : items) {
      int place = MemoryStore.indexOf(pool(KvpPool.EXTERNAL), item.key());
      boolean hidden =
          fault == Fault.KEYS_OF_THE_GUEST_HIDE_THE_HOSTS
              && MemoryStore.indexOf(pool(KvpPool.GUEST), item.key()) >= 0;
      if (hidden) {
        continue;
      }
      if (place < 0) {
        pool(KvpPool.EXTERNAL).add(item);
      } else if (fault != Fault.THE_HOSTS_SECOND_SET_IS_IGNORED || items.size() == 1) {
        pool(KvpPool.EXTERNAL).set(place, item);
      }
    }
    tell(before);
  }

  @Override
  public void hostDeletes(List<String> keys) {
    List<KvpItem> before = List.copyOf(pool(KvpPool.EXTERNAL));
    boolean ignored =
        fault == Fault.THE_HOSTS_DELETES_ARE_IGNORED && pool(KvpPool.EXTERNAL).size() > 1;
    if (!ignored) {
      pool(KvpPool.EXTERNAL).removeIf(item -> keys.contains(item.key()));
    }
    tell(before);
  }

  private void tell(List<KvpItem> before) {
    List<PoolChange> changes = new ArrayList<>(PoolChange.between(before, pool(KvpPool.EXTERNAL)));
    if (fault == Fault.REMOVALS_ARE_NOT_TOLD) {
      changes.removeIf(change -> change instanceof PoolChange.Removed);
    }
    for (MemoryWatch watch : List.copyOf(watches)) {
      watch.tell(ImmutableList.copyOf(changes));
    }
  }

  @Override
  public ImmutableList<KvpItem> hostSees() {
    if (fault == Fault.THE_HOST_SEES_REMOVED_ITEMS && everWritten.size() == 2) {
      return ImmutableList.copyOf(everWritten);
    }
    return pool(KvpPool.GUEST).stream()
        .filter(
            item -> fault != Fault.THE_HOST_SEES_NO_ITEM_WITHOUT_VALUE || !item.value().isEmpty())
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<VmId> vm() {
    return Optional.of(VM);
  }

  @Override
  public boolean goAway() {
    away = true;
    return true;
  }

  /** Changes are told while the host writes. */
  @Override
  public Duration patience() {
    return Duration.ZERO;
  }

  @Override
  public void close() {}
}
