package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;

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
    this.handle = new Handle(engine, guest.name);
    this.guest = guest;
  }

  /** Returns the name by which the data centre knows this guest, for example its path. */
  public String name() {
    return guest.name;
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
    return guest.machine.activationAt(handle.engine.now()).isPresent();
  }

  /** Returns whether the guest runs: it was started, and neither stopped nor saved since. */
  public boolean isRunning() {
    handle.check();
    return Engine.isRunning(guest);
  }

  // What the test does to the guest.

  /** Boots the guest, or boots it again. It asks for activation at once. */
  @CanIgnoreReturnValue
  public Optional<Rejected> start() {
    handle.check();
    return handle.engine.start(guest);
  }

  /** Shuts the guest down, or throws its saved state away. */
  @CanIgnoreReturnValue
  public Optional<Rejected> stop() {
    handle.check();
    return handle.engine.interrupt(guest, new ActivationInput.Stopped(), TraceEntry.What.STOPPED);
  }

  /** Lets the guest fail. */
  @CanIgnoreReturnValue
  public Optional<Rejected> crash() {
    handle.check();
    return handle.engine.interrupt(guest, new ActivationInput.Crashed(), TraceEntry.What.CRASHED);
  }

  /** Saves the guest. */
  @CanIgnoreReturnValue
  public Optional<Rejected> save() {
    handle.check();
    return handle.engine.interrupt(guest, new ActivationInput.Saved(), TraceEntry.What.SAVED);
  }

  /** Lets the saved guest go on. */
  @CanIgnoreReturnValue
  public Optional<Rejected> restore() {
    handle.check();
    return handle.engine.restore(guest);
  }

  /** Moves the guest to {@code target}: by live migration if it runs, else as it is. */
  @CanIgnoreReturnValue
  public Optional<Rejected> migrateTo(SimulatedHost target) {
    handle.check();
    checkArgument(
        target.isOf(handle.engine),
        "%s is a host of another data centre than %s",
        target.name(),
        guest.name);
    return handle.engine.migrate(guest, target.record());
  }

  /**
   * Installs {@code key}, as {@code slmgr /ipk} does. Into a guest that is off it gets as into an
   * image; into one that is saved it does not.
   */
  @CanIgnoreReturnValue
  public KeyAnswer install(AvmaKey key) {
    handle.check();
    if (!takes(guest.system, key)) {
      handle.engine.trace(
          TraceEntry.What.KEY_REFUSED, guest, Trace.NOBODY, KeyAnswer.WRONG_PRODUCT.value());
      return new KeyAnswer.WrongProduct();
    }
    return handle
        .engine
        .installed(guest, key)
        .<KeyAnswer>map(KeyAnswer.NotPossible::new)
        .orElseGet(KeyAnswer.Installed::new);
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
    return handle.engine.installed(guest, new GuestKey.Other(channel, lastFive));
  }

  /** Asks for activation now, as {@code slmgr /ato} does. */
  @CanIgnoreReturnValue
  public Optional<Rejected> activateNow() {
    handle.check();
    return handle.engine.activateNow(guest);
  }

  /** Removes the key, as {@code slmgr /upk} does. */
  @CanIgnoreReturnValue
  public Optional<Rejected> removeKey() {
    handle.check();
    return handle.engine.feed(guest, new ActivationInput.KeyRemoved(), TraceEntry.What.KEY_REMOVED);
  }

  /**
   * Enables or disables Data Exchange for the VM, on the host. Without it the host learns nothing
   * from the guest, the guest keeps what it was last told, and requests for activation get no
   * answer (assumed: Microsoft says that it must be enabled, not what the guest sees otherwise).
   */
  public void setDataExchange(boolean enabled) {
    handle.check();
    guest.dataExchange = enabled;
    handle.engine.trace(
        enabled ? TraceEntry.What.DATA_EXCHANGE_ON : TraceEntry.What.DATA_EXCHANGE_OFF,
        guest,
        Trace.NOBODY,
        Trace.NO_DETAIL);
    GuestItems.synchronize(handle.engine, guest);
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
    boolean removed =
        GuestItems.remove(
            handle.engine, guest, ImmutableList.copyOf(guest.machine.terms().items().values()));
    handle.engine.traceItems(guest);
    return removed;
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
    Instant now = handle.engine.now();
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
        new Handle(handle, "the event log of " + guest.name),
        () -> SimulatedPools.requireRunning(handle, guest),
        ActivationLogEntry.Side.GUEST,
        MachineNames.computer(guest.name),
        () -> guest.log,
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
    return guest.name + ": " + guest.machine.state();
  }
}
