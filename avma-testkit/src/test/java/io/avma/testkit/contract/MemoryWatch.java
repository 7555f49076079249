package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;
import java.util.List;

/** A watch of the host-written pool, called on the writer's thread. */
final class MemoryWatch implements KvpWatch {
  private final MemoryGuest guest;
  private final MemoryFixture fixture;
  private final Listener listener;
  private final List<KvpItem> atStart;
  private boolean told;

  MemoryWatch(MemoryGuest guest, MemoryFixture fixture, Listener listener) {
    this.guest = guest;
    this.fixture = fixture;
    this.listener = listener;
    this.atStart = List.copyOf(fixture.pool(KvpPool.EXTERNAL));
  }

  void tell(ImmutableList<PoolChange> changes) {
    if (guest.isClosed() && fixture.fault != Fault.A_WATCH_OUTLIVES_ITS_HANDLE) {
      return;
    }
    ImmutableList.Builder<PoolChange> all = ImmutableList.builder();
    if (fixture.fault == Fault.A_WATCH_TELLS_WHAT_WAS_THERE && !told) {
      all.addAll(PoolChange.between(List.of(), atStart));
    }
    told = true;
    ImmutableList<PoolChange> more = all.addAll(changes).build();
    if (!more.isEmpty()) {
      listener.changed(KvpPool.EXTERNAL, more);
    }
  }

  @Override
  public void close() {
    if (fixture.fault != Fault.A_CLOSED_WATCH_GOES_ON) {
      fixture.watches.remove(this);
    }
  }
}
