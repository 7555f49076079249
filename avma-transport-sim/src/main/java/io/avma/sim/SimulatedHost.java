package io.avma.sim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A simulated virtualization host. To a tool it is a {@link HyperVHost}; to the test that drives
 * the simulation it has a licence to lose and a profile to change.
 *
 * <p>Calls take no virtual time. Belongs to the thread of its data centre; every handle of one host
 * shows the same host, and closing one leaves the others open.
 */
@CheckReturnValue
public final class SimulatedHost implements HyperVHost {
  private static final ImmutableSet<Capability> CAPABILITIES =
      ImmutableSet.of(Capability.WRITE_HOST_ITEMS);

  private final Handle handle;
  private final HostRecord host;

  SimulatedHost(Engine engine, HostRecord host) {
    this.handle = new Handle(engine, host.name);
    this.host = host;
  }

  /** Returns the name by which the data centre knows this host, for example its path. */
  public String name() {
    return host.name;
  }

  /** Returns the computer name; it ends in {@code .invalid}. */
  @Override
  public HostId id() {
    return host.machine.id();
  }

  /** Returns the failover cluster that the host is a node of; empty if it stands alone. */
  public Optional<String> cluster() {
    return host.cluster;
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public HostProfile profile() {
    handle.check();
    return host.profile;
  }

  /** Gives the host another profile: its licence is lost or found, it was upgraded in place. */
  public void change(UnaryOperator<HostProfile> how) {
    handle.check();
    handle.engine.change(host, how.apply(host.profile));
  }

  /**
   * Takes the host the license that it activates guests by: it is itself not activated any more, or
   * on Azure Local has neither host keys nor a subscription. {@link #change} gives it another.
   */
  public void unlicense() {
    change(HostProfile::unlicensed);
  }

  /**
   * Makes the host lose or find its own activation. On Azure Local that decides nothing; see {@link
   * HostProfile#azureLocalLicense()}.
   */
  public void setActivated(boolean activated) {
    change(profile -> profile.toBuilder().activated(Ternary.of(activated)).build());
  }

  /** Returns the guests that are placed on this host, in the order of the data centre. */
  public ImmutableList<SimulatedGuest> guests() {
    handle.check();
    List<GuestRecord> found = new ArrayList<>();
    for (int slot = 0; slot < host.guestCount(); slot++) {
      found.add(handle.engine.guest(host.guest(slot)));
    }
    found.sort(Comparator.comparingInt(guest -> guest.index));
    return found.stream()
        .map(guest -> new SimulatedGuest(handle.engine, guest))
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public ImmutableList<VmReading> sweep(SweepScope scope) {
    handle.check();
    Instant now = handle.engine.now();
    List<VmReading> readings = new ArrayList<>();
    Set<VmId> found = new HashSet<>();
    for (int slot = 0; slot < host.guestCount(); slot++) {
      GuestRecord guest = handle.engine.guest(host.guest(slot));
      VmId vm = guest.machine.vm();
      if (scope.includes(vm)) {
        found.add(vm);
        readings.add(new VmReading.Read(facts(guest), snapshot(guest, scope), now));
      }
    }
    scope
        .vms()
        .ifPresent(
            wanted ->
                wanted.stream()
                    .filter(vm -> !found.contains(vm))
                    .forEach(vm -> readings.add(VmReading.Unreadable.of(vm, notHere(vm), now))));
    return ImmutableList.sortedCopyOf(Comparator.comparing(VmReading::vm), readings);
  }

  private static VmFacts facts(GuestRecord guest) {
    VmState state =
        switch (guest.machine.state().kind()) {
          case OFF -> VmState.OFF;
          case SAVED -> VmState.SAVED;
          case UNKEYED, WITHDRAWN, REQUESTING, WAITING, ACTIVATED, RENEWING, RETRYING ->
              VmState.RUNNING;
        };
    return new VmFacts(
        guest.machine.vm(), guest.name, state, Ternary.of(guest.dataExchange), Ternary.NO);
  }

  /** What the guest says reaches the host only while it runs and Data Exchange is enabled. */
  private KvpSnapshot snapshot(GuestRecord guest, SweepScope scope) {
    KvpSnapshot.Builder snapshot = KvpSnapshot.builder();
    boolean talks = Engine.isRunning(guest) && GuestItems.reachesHost(guest);
    if (talks && scope.sources().contains(KvpSource.INTRINSIC)) {
      snapshot.items(KvpSource.INTRINSIC, GuestItems.pool(handle.engine, guest, KvpPool.AUTO));
    }
    if (talks && scope.sources().contains(KvpSource.GUEST_WRITTEN)) {
      snapshot.items(KvpSource.GUEST_WRITTEN, GuestItems.pool(handle.engine, guest, KvpPool.GUEST));
    }
    if (guest.extras != null && scope.sources().contains(KvpSource.HOST_WRITTEN)) {
      snapshot.items(KvpSource.HOST_WRITTEN, guest.extras.hostItems);
    }
    return snapshot.build();
  }

  @Override
  public void add(VmId vm, List<KvpItem> items) throws TransportException {
    GuestRecord guest = here(vm);
    SimulatedPools.requireAllowed(items, KvpLimits.HOST_WRITTEN, handle.name());
    List<KvpItem> written = new ArrayList<>(guest.extras().hostItems);
    for (KvpItem item : items) {
      if (indexOf(written, item.key()) >= 0) {
        throw new TransportException(
            TransportException.Reason.ALREADY_EXISTS, handle.name() + ": the item exists already");
      }
      written.add(item);
    }
    write(guest, written);
  }

  @Override
  public void modify(VmId vm, List<KvpItem> items) throws TransportException {
    GuestRecord guest = here(vm);
    SimulatedPools.requireAllowed(items, KvpLimits.HOST_WRITTEN, handle.name());
    List<KvpItem> written = new ArrayList<>(guest.extras().hostItems);
    for (KvpItem item : items) {
      int place = indexOf(written, item.key());
      if (place < 0) {
        throw new TransportException(
            TransportException.Reason.NOT_FOUND, handle.name() + ": there is no such item");
      }
      written.set(place, item);
    }
    write(guest, written);
  }

  @Override
  public void remove(VmId vm, List<String> keys) throws TransportException {
    GuestRecord guest = here(vm);
    List<KvpItem> written = new ArrayList<>(guest.extras().hostItems);
    written.removeIf(item -> keys.contains(item.key()));
    write(guest, written);
  }

  private void write(GuestRecord guest, List<KvpItem> items) {
    guest.extras().hostItems = ImmutableList.copyOf(items);
    handle.engine.traceHostItems(guest);
    GuestItems.synchronize(handle.engine, guest);
  }

  /**
   * Returns the host's Application log: event 12310 for each request that the host answered. The
   * second string is {@code simulated vm={…}}; what stands there in real logs is not documented.
   */
  @Override
  public EventSource events() {
    handle.check();
    return new SimulatedEvents(
        new Handle(handle, "the event log of " + host.name),
        () -> {}, // a host is always there
        ActivationLogEntry.Side.HOST,
        id().value(),
        () -> host.log,
        guest -> "simulated vm={" + handle.engine.guest(guest).machine.vm() + "}");
  }

  @Override
  public void close() {
    handle.close();
  }

  HostRecord record() {
    return host;
  }

  boolean isOf(Engine engine) {
    return handle.engine == engine;
  }

  private GuestRecord here(VmId vm) throws TransportException {
    handle.check();
    Optional<GuestRecord> found = Optional.empty();
    for (int slot = 0; slot < host.guestCount(); slot++) {
      GuestRecord guest = handle.engine.guest(host.guest(slot));
      if (guest.machine.vm().equals(vm)) {
        found = Optional.of(guest);
      }
    }
    return found.orElseThrow(() -> notHere(vm));
  }

  private TransportException notHere(VmId vm) {
    return new TransportException(
        TransportException.Reason.NOT_FOUND, handle.name() + ": no virtual machine " + vm);
  }

  private static int indexOf(List<KvpItem> items, String key) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns name and profile. */
  @Override
  public String toString() {
    return host.name + ": " + host.profile;
  }
}
