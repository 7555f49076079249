package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.GuestKey;
import io.avma.catalog.AvmaKey;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
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

  /**
   * Returns what the host is; {@link TransportException} {@code UNREACHABLE} while it is down and
   * {@code TIMED_OUT} while it hangs, as everything below.
   */
  @Override
  public HostProfile profile() throws TransportException {
    reach();
    return host.profile;
  }

  /** Returns what the host is, also while nobody can ask it. */
  public HostProfile trueProfile() {
    handle.check();
    return host.profile;
  }

  /** Returns whether the host is up: it has not failed, or is back. */
  public boolean isUp() {
    handle.check();
    return !host.down;
  }

  /** Returns whether the host answers tools: it is up and does not hang. */
  public boolean isReachable() {
    handle.check();
    return !host.down && handle.engine.time() >= host.hungUntil;
  }

  // What the test does to the host.

  /** Gives the host another profile: its license is lost or found. */
  public void change(UnaryOperator<HostProfile> how) {
    handle.check();
    HostProfile changed = how.apply(host.profile);
    act(() -> handle.engine.hostLife.change(host, changed));
  }

  /**
   * Upgrades the host in place to {@code release}: its guests are saved meanwhile, and go on.
   *
   * @throws IllegalStateException if it is down
   */
  public void upgrade(WindowsRelease release) {
    checkUp();
    HostProfile upgraded = host.profile.toBuilder().release(release).build();
    act(() -> handle.engine.hostLife.upgrade(host, upgraded));
  }

  /**
   * Lets the host fail, until it {@linkplain #recover recovers}. Its guests crash; the other nodes
   * of its cluster take them and start what ran 30 s later (assumed). Where there is none, they
   * start when the host is back.
   */
  public void fail() {
    handle.check();
    act(() -> handle.engine.hostLife.fail(host, Optional.empty()));
  }

  /** Lets the host come back after it failed. */
  public void recover() {
    handle.check();
    act(() -> handle.engine.hostLife.comeUp(host));
  }

  /**
   * Drains the host: moves its guests to the other nodes of its cluster, by live migration if they
   * run. Replicas stay.
   *
   * @return those that are here still: they found no place, their migration was interrupted, or
   *     they are replicas
   * @throws IllegalStateException if it is down
   */
  @CanIgnoreReturnValue
  public ImmutableList<SimulatedGuest> drain() {
    checkUp();
    return handle.engine.act(() -> handle.engine.hostLife.drain(host)).stream()
        .map(guest -> new SimulatedGuest(handle.engine, guest))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Returns whether {@code vm} could be put here: the host is up and has no VM of that identity.
   */
  public boolean canTake(VmId vm) {
    handle.check();
    return handle.engine.guestLife.canTake(host, vm, null);
  }

  /** Clears the host's Application log; its records are numbered from 1 again. */
  public void clearLog() {
    handle.check();
    act(() -> handle.engine.hostLife.clearLog(host));
  }

  /**
   * Lets other programs write {@code records} records into the host's Application log. As many as
   * it keeps, or more, push out all that was there.
   */
  public void fillLog(int records) {
    handle.check();
    checkArgument(records >= 1, "%s records (expected: at least 1)", records);
    act(() -> handle.engine.hostLife.fillLog(host, records));
  }

  /**
   * Adds a guest, off.
   *
   * @throws IllegalArgumentException if there is a guest of that name, or a machine that has the
   *     computer name which follows from it
   * @throws IllegalStateException if the host is down
   */
  @CanIgnoreReturnValue
  public SimulatedGuest create(String name, GuestProfile profile) {
    return create(name, profile, GuestKey.None.INSTANCE);
  }

  /** Adds a guest, off, with {@code key} if Windows takes it there; else as above. */
  @CanIgnoreReturnValue
  public SimulatedGuest create(String name, GuestProfile profile, AvmaKey key) {
    return create(
        name,
        profile,
        SimulatedGuest.takes(profile.system(), key)
            ? GuestKey.Avma.of(key)
            : GuestKey.None.INSTANCE);
  }

  private SimulatedGuest create(String name, GuestProfile profile, GuestKey key) {
    checkUp();
    Engine engine = handle.engine;
    engine.checkName(name);
    engine.checkComputer(name);
    VmId vm = MachineNames.vm(engine.settings().seed(), name);
    return new SimulatedGuest(
        engine, engine.act(() -> engine.guestLife.create(name, host, profile, vm, key)));
  }

  /**
   * Imports an exported guest under its own identity, switched off. Its Windows goes by the
   * computer name that it had.
   *
   * @throws IllegalArgumentException if there is a guest of that name, or the image was taken in a
   *     data centre of other hosts
   * @throws IllegalStateException if the host is down or has that VM already
   */
  @CanIgnoreReturnValue
  public SimulatedGuest restore(String name, GuestImage image) {
    checkUp();
    checkState(
        handle.engine.guestLife.canTake(host, image.vm(), null),
        "%s has a VM %s already",
        host.name,
        image.vm());
    return copy(name, image, image.vm());
  }

  /**
   * Imports a copy of an exported guest with an identity of its own, switched off. It has the disks
   * with key, items, event log and computer name, and no activation (assumed).
   *
   * @throws IllegalArgumentException as {@link #restore}
   * @throws IllegalStateException if the host is down
   */
  @CanIgnoreReturnValue
  public SimulatedGuest copy(String name, GuestImage image) {
    checkUp();
    return copy(name, image, MachineNames.vm(handle.engine.settings().seed(), name));
  }

  private SimulatedGuest copy(String name, GuestImage image, VmId vm) {
    Engine engine = handle.engine;
    engine.checkName(name);
    engine.checkImage(image);
    return new SimulatedGuest(
        engine, engine.act(() -> engine.guestLife.create(name, host, image, vm)));
  }

  private void checkUp() {
    handle.check();
    checkState(!host.down, "%s is down", host.name);
  }

  private void act(Runnable action) {
    boolean unused =
        handle.engine.act(
            () -> {
              action.run();
              return true;
            });
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
    return handle.engine.hostLife.guestsOf(host).stream()
        .map(guest -> new SimulatedGuest(handle.engine, guest))
        .collect(ImmutableList.toImmutableList());
  }

  @Override
  public ImmutableList<VmReading> sweep(SweepScope scope) throws TransportException {
    reach();
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

  private VmFacts facts(GuestRecord guest) {
    VmState state =
        switch (guest.machine.state().kind()) {
          case OFF -> VmState.OFF;
          case SAVED -> VmState.SAVED;
          case UNKEYED, WITHDRAWN, REQUESTING, WAITING, ACTIVATED, RENEWING, RETRYING ->
              VmState.RUNNING;
        };
    return new VmFacts(
        guest.machine.vm(),
        handle.engine.nameOf(guest),
        state,
        Ternary.of(guest.dataExchange),
        Ternary.of(guest.isReplica()));
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
    act(
        () -> {
          guest.extras().hostItems = ImmutableList.copyOf(items);
          GuestItems.traceHostItems(handle.engine, guest);
          GuestItems.itemsChanged(handle.engine, guest);
          GuestItems.synchronize(handle.engine, guest);
        });
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
        this::requireThere,
        ActivationLogEntry.Side.HOST,
        id().value(),
        () -> host.log,
        () -> host.logCleared,
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

  private void reach() throws TransportException {
    handle.check();
    requireThere();
  }

  private void requireThere() throws TransportException {
    if (host.down) {
      throw new TransportException(
          TransportException.Reason.UNREACHABLE, handle.name() + ": the host is down");
    }
    if (handle.engine.time() < host.hungUntil) {
      throw new TransportException(
          TransportException.Reason.TIMED_OUT, handle.name() + ": the host does not answer");
    }
  }

  private GuestRecord here(VmId vm) throws TransportException {
    reach();
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
