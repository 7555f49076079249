package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.Activation;
import io.avma.activation.ActivationInput;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.LicenseStatus;
import io.avma.activation.Rejected;
import io.avma.catalog.AvmaKey;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVGuest;
import io.avma.transport.KvpStore;
import io.avma.transport.LicenseReading;
import io.avma.transport.TransportException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A simulated guest. To a tool that runs in a guest it is a {@link HyperVGuest}; to the test that
 * drives the simulation it can be started, moved and given keys.
 *
 * <p>A call that makes no sense (starting a guest that is saved) changes nothing and says why.
 * Calls take no virtual time; what they cause happens when the data centre's time {@linkplain
 * SimulatedDatacenter#advance advances}. Belongs to the thread of its data centre; every handle of
 * one guest shows the same guest, and closing one leaves the others open.
 */
@CheckReturnValue
public final class SimulatedGuest implements HyperVGuest {
  private static final ImmutableSet<Capability> WINDOWS =
      ImmutableSet.of(Capability.GUEST_EVENTS, Capability.LICENSE_STATE, Capability.WATCH);
  private static final ImmutableSet<Capability> OTHERS = ImmutableSet.of(Capability.WATCH);

  private final Handle handle;
  private final GuestRecord guest;

  SimulatedGuest(Engine engine, GuestRecord guest) {
    this.handle = new Handle(engine, engine.nameOf(guest));
    this.guest = guest;
  }

  /** Returns the name by which the data centre knows this guest, for example its path. */
  public String name() {
    return handle.name();
  }

  /** Returns the VM, as its host knows it. */
  public VmId vm() {
    return guest.machine.vm();
  }

  /** Returns the host that this guest is placed on. */
  public SimulatedHost host() {
    handle.check();
    return new SimulatedHost(handle.engine, handle.engine.hostOf(guest));
  }

  /** Returns what is known of this guest. */
  public GuestProfile profile() {
    handle.check();
    return new GuestProfile(
        guest.system, Ternary.of(guest.dataExchange), Ternary.of(guest.shielded));
  }

  /** Returns the guest's side of the handshake as it is now: state, key, last outcome. */
  public GuestActivation activation() {
    handle.check();
    return guest.machine;
  }

  /** Returns whether an activation is in force now. */
  public boolean isActivated() {
    handle.check();
    return guest.machine.activationAt(handle.engine.clockOf(guest)).isPresent();
  }

  /** Returns whether the guest runs: it was started, and neither stopped nor saved since. */
  public boolean isRunning() {
    handle.check();
    return Engine.isRunning(guest);
  }

  // What the test does to the guest.

  /**
   * Boots the guest, or boots it again. It asks for activation at once.
   *
   * @throws IllegalStateException if its host is down, or it is a replica
   */
  @CanIgnoreReturnValue
  public Optional<Rejected> start() {
    checkPowered();
    return handle.engine.act(() -> handle.engine.guestLife.start(guest));
  }

  /** Shuts the guest down, or throws its saved state away. */
  @CanIgnoreReturnValue
  public Optional<Rejected> stop() {
    return interrupt(new ActivationInput.Stopped(), TraceEntry.What.STOPPED);
  }

  /** Lets the guest fail. */
  @CanIgnoreReturnValue
  public Optional<Rejected> crash() {
    return interrupt(new ActivationInput.Crashed(), TraceEntry.What.CRASHED);
  }

  /** Saves the guest. */
  @CanIgnoreReturnValue
  public Optional<Rejected> save() {
    return interrupt(new ActivationInput.Saved(), TraceEntry.What.SAVED);
  }

  private Optional<Rejected> interrupt(ActivationInput input, TraceEntry.What what) {
    handle.check();
    return handle.engine.act(() -> handle.engine.guestLife.interrupt(guest, input, what));
  }

  /**
   * Lets the saved guest go on.
   *
   * @throws IllegalStateException if its host is down, or it is a replica
   */
  @CanIgnoreReturnValue
  public Optional<Rejected> restore() {
    checkPowered();
    return handle.engine.act(() -> handle.engine.guestLife.restore(guest));
  }

  /**
   * Moves the guest to {@code target}: by live migration if it runs, else as it is.
   *
   * @throws IllegalStateException if one of the hosts is down, the target has a VM of the same
   *     identity, or the guest is a replica
   */
  @CanIgnoreReturnValue
  public Optional<Rejected> migrateTo(SimulatedHost target) {
    checkMovable(target);
    return handle.engine.act(() -> handle.engine.guestLife.migrate(guest, target.record()));
  }

  /**
   * Moves the guest to {@code target} by quick migration: it is saved here and restored there. One
   * that does not run moves as it is.
   *
   * @throws IllegalStateException as {@link #migrateTo}
   */
  @CanIgnoreReturnValue
  public Optional<Rejected> quickMigrateTo(SimulatedHost target) {
    checkMovable(target);
    return handle.engine.act(() -> handle.engine.guestLife.quickMigrate(guest, target.record()));
  }

  /**
   * Returns whether the guest could be moved to {@code target} now: both hosts are up, the target
   * has no other VM of the same identity, and the guest is no replica.
   */
  public boolean canMoveTo(SimulatedHost target) {
    return isPowered() && canPlace(target, guest);
  }

  /** Returns whether the guest could run: its host is up, and it is no replica. */
  public boolean isPowered() {
    handle.check();
    return !handle.engine.hostOf(guest).down && !guest.isReplica();
  }

  /** Returns whether the guest is the replica of another. */
  public boolean isReplica() {
    handle.check();
    return guest.isReplica();
  }

  private void checkPowered() {
    handle.check();
    checkState(!guest.isReplica(), "%s is a replica", handle.name());
    HostRecord host = handle.engine.hostOf(guest);
    checkState(!host.down, "%s is on %s, which is down", handle.name(), host.name);
  }

  private void checkMovable(SimulatedHost target) {
    checkPowered();
    checkPlace(target, guest);
  }

  private boolean canPlace(SimulatedHost target, @Nullable GuestRecord moving) {
    checkArgument(
        target.isOf(handle.engine),
        "%s is a host of another data centre than %s",
        target.name(),
        handle.name());
    return handle.engine.guestLife.canTake(target.record(), guest.machine.vm(), moving);
  }

  private void checkPlace(SimulatedHost target, @Nullable GuestRecord moving) {
    checkState(
        canPlace(target, moving),
        "%s cannot take %s: it is down, or has a VM of the same identity",
        target.name(),
        handle.name());
  }

  // Checkpoints, copies, replicas.

  /** Takes a checkpoint; the guest goes on. An export is the same. */
  public GuestImage checkpoint() {
    handle.check();
    return handle.engine.act(() -> handle.engine.guestLife.image(guest));
  }

  /**
   * Makes the guest what it was at {@code checkpoint}: disks, pools and event log, and saved if it
   * ran. Its host remembers everything.
   *
   * <p>Its clock goes on as it is, and how the VM is configured (Data Exchange) stays.
   *
   * @return a rejection if it is a checkpoint of another VM
   * @throws IllegalArgumentException if it was taken in a data centre of other hosts
   */
  @CanIgnoreReturnValue
  public Optional<Rejected> revertTo(GuestImage checkpoint) {
    handle.check();
    handle.engine.checkImage(checkpoint);
    return handle.engine.act(() -> handle.engine.guestLife.revert(guest, checkpoint));
  }

  /**
   * Copies the guest as it lies on its disks, identity included, as careless copies of
   * configurations do: two machines then say that they are the same one. The copy is off.
   *
   * @throws IllegalStateException if {@code target} is down or has the same VM already
   */
  @CanIgnoreReturnValue
  public SimulatedGuest cloneTo(SimulatedHost target, String name) {
    handle.check();
    checkPlace(target, null);
    Engine engine = handle.engine;
    engine.checkName(name);
    return new SimulatedGuest(
        engine,
        engine.act(
            () ->
                engine.guestLife.create(
                    name, target.record(), engine.image(guest), guest.machine.vm())));
  }

  /**
   * Replicates the guest to {@code target}: there is a replica from now on, off, brought up to date
   * every five minutes while both hosts are up.
   *
   * @return the replica, called as the guest with {@code /replica} behind it
   * @throws IllegalStateException if the guest is a replica or has one, its host or {@code target}
   *     is down, or {@code target} has the VM already
   */
  @CanIgnoreReturnValue
  public SimulatedGuest replicateTo(SimulatedHost target) {
    checkPowered();
    Engine engine = handle.engine;
    checkState(replica().isEmpty(), "%s is replicated already", handle.name());
    checkPlace(target, null);
    engine.checkName(handle.name() + "/replica");
    return new SimulatedGuest(
        engine, engine.act(() -> engine.guestLife.addReplica(guest, target.record())));
  }

  /** Returns the replica of this guest; empty if it has none. */
  public Optional<SimulatedGuest> replica() {
    handle.check();
    return guest.extras == null || guest.extras.replica == GuestRecord.NOWHERE
        ? Optional.empty()
        : Optional.of(new SimulatedGuest(handle.engine, handle.engine.guest(guest.extras.replica)));
  }

  /**
   * Lets the replica of this guest take over: it starts with the state that it was told last, and
   * this guest, which is turned off, becomes its replica.
   *
   * @throws IllegalStateException if there is none, or its host is down
   */
  @CanIgnoreReturnValue
  public Optional<Rejected> failOverToReplica() {
    SimulatedGuest replica = requireReplica();
    return handle.engine.act(() -> handle.engine.guestLife.failOver(guest, replica.guest));
  }

  /**
   * Tries the replica of this guest: starts a copy of it, with an identity of its own, beside it.
   *
   * @return the copy
   * @throws IllegalStateException as {@link #failOverToReplica}
   */
  @CanIgnoreReturnValue
  public SimulatedGuest testReplica(String name) {
    SimulatedGuest replica = requireReplica();
    Engine engine = handle.engine;
    engine.checkName(name);
    return new SimulatedGuest(
        engine,
        engine.act(
            () ->
                engine.guestLife.testReplica(
                    replica.guest, name, MachineNames.vm(engine.settings().seed(), name))));
  }

  private SimulatedGuest requireReplica() {
    Optional<SimulatedGuest> replica = replica();
    checkState(replica.isPresent(), "%s has no replica", handle.name());
    HostRecord host = handle.engine.hostOf(replica.get().guest);
    checkState(!host.down, "the replica of %s is on %s, which is down", handle.name(), host.name);
    return replica.get();
  }

  // Keys.

  /**
   * Installs {@code key}, as {@code slmgr /ipk} does. Into a guest that is off it gets as into an
   * image; into one that is saved it does not.
   */
  @CanIgnoreReturnValue
  public KeyAnswer install(AvmaKey key) {
    handle.check();
    return handle.engine.act(
        () -> {
          if (!takes(guest.system, key)) {
            handle.engine.trace(
                TraceEntry.What.KEY_REFUSED, guest, Trace.NOBODY, KeyAnswer.WRONG_PRODUCT.value());
            return new KeyAnswer.WrongProduct();
          }
          return handle
              .engine
              .guestLife
              .installed(guest, key)
              .<KeyAnswer>map(KeyAnswer.NotPossible::new)
              .orElseGet(KeyAnswer.Installed::new);
        });
  }

  /** Returns whether Windows takes {@code key} on {@code system}. */
  static boolean takes(GuestSystem system, AvmaKey key) {
    return system instanceof GuestSystem.WindowsServer server
        && server.evaluation() != Ternary.YES
        && key.edition() == server.edition()
        && key.releases().contains(server.release());
  }

  /**
   * Installs a key of another channel that ends in {@code lastFive}; AVMA is over for the guest.
   */
  @CanIgnoreReturnValue
  public Optional<Rejected> installOther(LicenseChannel channel, String lastFive) {
    handle.check();
    GuestKey.Other key = new GuestKey.Other(channel, lastFive);
    return handle.engine.act(() -> handle.engine.guestLife.installed(guest, key));
  }

  /** Asks for activation now, as {@code slmgr /ato} does. */
  @CanIgnoreReturnValue
  public Optional<Rejected> activateNow() {
    handle.check();
    return handle.engine.act(
        () ->
            handle.engine.guestLife.feed(
                guest, new ActivationInput.ActivateNow(handle.engine.handshake.nonce()), null));
  }

  /** Removes the key, as {@code slmgr /upk} does. */
  @CanIgnoreReturnValue
  public Optional<Rejected> removeKey() {
    handle.check();
    return handle.engine.act(
        () ->
            handle.engine.guestLife.feed(
                guest, new ActivationInput.KeyRemoved(), TraceEntry.What.KEY_REMOVED));
  }

  /**
   * Enables or disables Data Exchange for the VM, on the host. Without it the host learns nothing
   * from the guest, the guest keeps what it was last told, and requests for activation get no
   * answer (assumed: Microsoft says that it must be enabled, not what the guest sees otherwise).
   */
  public void setDataExchange(boolean enabled) {
    handle.check();
    boolean unused =
        handle.engine.act(
            () -> {
              guest.dataExchange = enabled;
              handle.engine.trace(
                  enabled ? TraceEntry.What.DATA_EXCHANGE_ON : TraceEntry.What.DATA_EXCHANGE_OFF,
                  guest,
                  Trace.NOBODY,
                  Trace.NO_DETAIL);
              GuestItems.synchronize(handle.engine, guest);
              return enabled;
            });
  }

  /**
   * Sets the guest's clock: by how much it is ahead of the true time from now on; negative, if it
   * is behind. Nothing sets it right again but another call.
   *
   * @throws IllegalArgumentException for more than 36,500 days
   */
  public void setClock(Duration ahead) {
    handle.check();
    checkArgument(
        ahead.compareTo(Engine.LONGEST) <= 0 && ahead.compareTo(Engine.LONGEST.negated()) >= 0,
        "the clock is %s ahead (expected: at most %s)",
        ahead,
        Engine.LONGEST);
    Duration unused =
        handle.engine.act(
            () -> {
              handle.engine.guestLife.setClock(guest, ahead);
              return ahead;
            });
  }

  /** Returns by how much the guest's clock is ahead of the true time. */
  public Duration clockAhead() {
    handle.check();
    return Duration.ofNanos(guest.clockAhead());
  }

  /** Clears the guest's Application log; its records are numbered from 1 again. */
  public void clearLog() {
    handle.check();
    boolean unused =
        handle.engine.act(
            () -> {
              handle.engine.guestLife.clearLog(guest);
              return true;
            });
  }

  /**
   * Lets other programs write {@code records} records into the guest's Application log. As many as
   * it keeps, or more, push out all that was there.
   */
  public void fillLog(int records) {
    handle.check();
    checkArgument(records >= 1, "%s records (expected: at least 1)", records);
    int unused =
        handle.engine.act(
            () -> {
              handle.engine.guestLife.fillLog(guest, records);
              return records;
            });
  }

  /**
   * Removes the AVMA items from the guest's pool, as Microsoft asks administrators to do after a
   * key of another channel was installed.
   *
   * @return whether there were any
   */
  @CanIgnoreReturnValue
  public boolean removeActivationItems() {
    handle.check();
    return handle.engine.act(
        () -> {
          boolean removed =
              GuestItems.remove(
                  handle.engine,
                  guest,
                  ImmutableList.copyOf(guest.machine.terms().items().values()));
          GuestItems.traceItems(handle.engine, guest);
          return removed;
        });
  }

  // What a tool asks the guest.

  @Override
  public ImmutableSet<Capability> capabilities() {
    return isWindows() ? WINDOWS : OTHERS;
  }

  /**
   * Returns the VM that the host has told this guest it is; empty before it was told.
   *
   * @throws TransportException {@code UNREACHABLE} unless the guest runs, as everything below
   */
  @Override
  public Optional<VmId> vmId() throws TransportException {
    reach();
    return guest.factsFrom == GuestRecord.NOWHERE
        ? Optional.empty()
        : Optional.of(guest.machine.vm());
  }

  @Override
  public KvpStore pools() {
    return new SimulatedPools(handle, guest);
  }

  /**
   * Returns the licence of the guest's Windows. With a key of another channel it reads as licensed
   * without an end: how such a key is activated is not simulated.
   */
  @Override
  public LicenseReading license() throws TransportException {
    reach();
    Capability.LICENSE_STATE.requireIn(capabilities(), handle.name());
    Instant now = handle.engine.clockOf(guest);
    GuestActivation machine = guest.machine;
    Optional<Activation> activation = machine.activationAt(now);
    return new LicenseReading(
        machine.licenseStatusAt(now).orElse(LicenseStatus.LICENSED).number(),
        machine.notificationReasonAt(now),
        channel(machine.key()),
        lastFive(machine.key()),
        activation.map(a -> Duration.ofMinutes(Duration.between(now, a.expiresAt()).toMinutes())),
        activation.map(a -> a.host().value()),
        activation.map(Activation::activatedAt),
        now);
  }

  private static LicenseChannel channel(GuestKey key) {
    if (key instanceof GuestKey.Other other) {
      return other.channel();
    }
    return key instanceof GuestKey.Avma ? LicenseChannel.AVMA : LicenseChannel.UNKNOWN;
  }

  private static Optional<String> lastFive(GuestKey key) {
    if (key instanceof GuestKey.Other other) {
      return Optional.of(other.lastFive());
    }
    return key instanceof GuestKey.Avma avma ? Optional.of(avma.lastFive()) : Optional.empty();
  }

  /**
   * Returns the guest's Application log: event 12309 for each attempt that ended. The second string
   * is {@code simulated host=…} or {@code simulated}; what stands there in real logs is not
   * documented.
   */
  @Override
  public EventSource events() throws TransportException {
    reach();
    Capability.GUEST_EVENTS.requireIn(capabilities(), handle.name());
    return new SimulatedEvents(
        new Handle(handle, "the event log of " + handle.name()),
        () -> SimulatedPools.requireRunning(handle, guest),
        ActivationLogEntry.Side.GUEST,
        handle.engine.computerOf(guest),
        () -> guest.log,
        () -> guest.extras == null ? 0 : guest.extras.logCleared,
        host ->
            host < 0
                ? "simulated"
                : "simulated host=" + handle.engine.hosts().get(host).machine.id().value());
  }

  @Override
  public void close() {
    handle.close();
  }

  private void reach() throws TransportException {
    handle.check();
    SimulatedPools.requireRunning(handle, guest);
  }

  private boolean isWindows() {
    return guest.system instanceof GuestSystem.WindowsServer
        || guest.system instanceof GuestSystem.EarlierWindowsServer
        || guest.system instanceof GuestSystem.WindowsClient;
  }

  /** Returns name and state. */
  @Override
  public String toString() {
    return handle.name() + ": " + guest.machine.state();
  }
}
