package io.avma.sim;

import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationState;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.Rejected;
import io.avma.catalog.AvmaKey;
import io.avma.platform.GuestProfile;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.internal.SplitMix64;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens to virtual machines: power, migration, checkpoints, copies, replicas. */
final class GuestLife {
  /** How often a replica is brought up to date; Hyper-V offers 30 s, 5 and 15 minutes. */
  private static final Duration REPLICATION = Duration.ofMinutes(5);

  private final Engine engine;

  GuestLife(Engine engine) {
    this.engine = engine;
  }

  // Power.

  Optional<Rejected> start(GuestRecord guest) {
    guest.placement++; // booting again drops what is under way, before it asks anew
    Optional<Rejected> rejected =
        feed(guest, new ActivationInput.Started(engine.handshake.nonce()), TraceEntry.What.STARTED);
    if (rejected.isEmpty()) {
      guest.forgetRestart();
      GuestItems.synchronize(engine, guest);
    }
    return rejected;
  }

  void startIfOff(GuestRecord guest) {
    if (guest.machine.state().kind() == ActivationState.Kind.OFF
        && !guest.isReplica()
        && !engine.hostOf(guest).down) {
      Optional<Rejected> unused = start(guest);
    }
  }

  /** Feeds {@code input}, which ends everything in flight, and notes {@code what} in the trace. */
  Optional<Rejected> interrupt(GuestRecord guest, ActivationInput input, TraceEntry.What what) {
    Optional<Rejected> rejected = feed(guest, input, what);
    if (rejected.isEmpty()) {
      guest.placement++;
    }
    return rejected;
  }

  Optional<Rejected> save(GuestRecord guest) {
    return interrupt(guest, new ActivationInput.Saved(), TraceEntry.What.SAVED);
  }

  Optional<Rejected> restore(GuestRecord guest) {
    Optional<Rejected> rejected =
        feed(guest, new ActivationInput.Restored(), TraceEntry.What.RESTORED);
    if (rejected.isEmpty()) {
      GuestItems.synchronize(engine, guest);
    }
    return rejected;
  }

  Optional<Rejected> feed(
      GuestRecord guest, ActivationInput input, TraceEntry.@Nullable What what) {
    return engine.handshake.feed(guest, input, what, Trace.NO_DETAIL);
  }

  // Keys.

  /** Windows has taken {@code key}; noted in the trace if the guest could be given it. */
  Optional<Rejected> installed(GuestRecord guest, AvmaKey key) {
    return engine.handshake.feed(
        guest,
        new ActivationInput.KeyInstalled(GuestKey.Avma.of(key), engine.handshake.nonce()),
        TraceEntry.What.KEY_INSTALLED,
        KeyEnding.packed(key.key().lastFive()));
  }

  /** The same for a key of another channel. */
  Optional<Rejected> installed(GuestRecord guest, GuestKey.Other key) {
    return engine.handshake.feed(
        guest,
        new ActivationInput.OtherKeyInstalled(key),
        TraceEntry.What.OTHER_KEY_INSTALLED,
        KeyEnding.packed(key.lastFive()));
  }

  // The clock of a guest.

  void setClock(GuestRecord guest, Duration ahead) {
    Instant before = engine.clockOf(guest);
    guest.extras().clockAhead = ahead.toNanos();
    engine.trace(TraceEntry.What.CLOCK_SET, guest, Trace.NOBODY, ahead.toNanos());
    setBack(guest);
    if (Engine.isRunning(guest)) {
      engine.handshake.feedTime(guest, new ActivationInput.ClockSet(before));
    }
  }

  // Migration.

  Optional<Rejected> migrate(GuestRecord guest, HostRecord target) {
    boolean running = Engine.isRunning(guest);
    if (running) {
      Optional<Rejected> rejected = feed(guest, new ActivationInput.LiveMigrated(), null);
      if (rejected.isPresent()) {
        return rejected;
      }
    }
    if (running && isInterrupted(guest)) {
      guest.placement++;
      GuestItems.synchronize(engine, guest);
    } else {
      place(guest, target);
    }
    return Optional.empty();
  }

  /** By saving it here and restoring it there. */
  Optional<Rejected> quickMigrate(GuestRecord guest, HostRecord target) {
    boolean running = Engine.isRunning(guest);
    if (running) {
      Optional<Rejected> rejected = save(guest);
      if (rejected.isPresent()) {
        return rejected;
      }
    }
    if (!running || !isInterrupted(guest)) {
      place(guest, target);
    }
    return running ? restore(guest) : Optional.empty();
  }

  private boolean isInterrupted(GuestRecord guest) {
    return !engine.handshake.strike(FaultPoint.MIGRATION, engine.hostOf(guest), guest).isEmpty();
  }

  /** Puts {@code guest} on another host, whatever it is doing. */
  void place(GuestRecord guest, HostRecord target) {
    HostRecord source = engine.hostOf(guest);
    guest.placement++;
    source.remove(guest, engine);
    target.place(guest);
    engine.trace(
        TraceEntry.What.MIGRATED, guest, Trace.host(target.index), Trace.host(source.index));
    placed(guest, Optional.of(source));
    GuestItems.synchronize(engine, guest);
  }

  private void placed(GuestRecord guest, Optional<HostRecord> from) {
    if (engine.isObserved()) {
      engine.happened(
          new Happening.GuestPlaced(
              new SimulatedGuest(engine, guest),
              from.map(host -> new SimulatedHost(engine, host)),
              new SimulatedHost(engine, engine.hostOf(guest))));
    }
  }

  /** Returns whether {@code host} could take {@code guest}: it is up and has no VM of that name. */
  boolean canTake(HostRecord host, VmId vm, @Nullable GuestRecord guest) {
    for (int slot = 0; slot < host.guestCount(); slot++) {
      GuestRecord there = engine.guest(host.guest(slot));
      if (there != guest && there.machine.vm().equals(vm)) {
        return false;
      }
    }
    return !host.down;
  }

  // Checkpoints and copies.

  GuestImage image(GuestRecord guest) {
    engine.trace(TraceEntry.What.CHECKPOINTED, guest, Trace.NOBODY, Trace.NO_DETAIL);
    return engine.image(guest);
  }

  Optional<Rejected> revert(GuestRecord guest, GuestImage image) {
    Optional<Rejected> rejected =
        interrupt(guest, new ActivationInput.Reverted(image.machine), TraceEntry.What.REVERTED);
    if (rejected.isEmpty()) {
      image.restoreDisks(guest);
      guest.forgetRestart();
      setBack(guest);
    }
    return rejected;
  }

  private void setBack(GuestRecord guest) {
    if (engine.isObserved()) {
      engine.happened(new Happening.GuestSetBack(new SimulatedGuest(engine, guest)));
    }
  }

  GuestRecord create(String name, HostRecord host, GuestProfile profile, VmId vm, GuestKey key) {
    GuestRecord guest =
        add(
            name,
            host,
            new GuestRecord(
                engine.guests().size(),
                name,
                profile.system(),
                GuestActivation.off(vm, key, engine.settings().terms())));
    guest.dataExchange = profile.dataExchange() != Ternary.NO;
    guest.shielded = profile.shielded() == Ternary.YES;
    return guest;
  }

  /** Makes a guest of an image; with an identity of its own it starts without an activation. */
  GuestRecord create(String name, HostRecord host, GuestImage image, VmId vm) {
    boolean same = vm.equals(image.vm());
    GuestRecord guest =
        add(
            name,
            host,
            new GuestRecord(
                engine.guests().size(),
                name,
                image.system,
                GuestActivation.off(vm, image.machine.key(), engine.settings().terms())));
    image.configure(guest, MachineNames.computer(name));
    if (same) {
      becomes(guest, image);
    } else {
      image.restoreDisks(guest);
      guest.factsFrom = GuestRecord.NOWHERE; // what they say of the VM is not true of this one
    }
    return guest;
  }

  private GuestRecord add(String name, HostRecord host, GuestRecord guest) {
    engine.add(guest, name);
    host.place(guest);
    engine.trace(TraceEntry.What.CREATED, guest, Trace.host(host.index), SplitMix64.hash(name));
    placed(guest, Optional.empty());
    return guest;
  }

  /** Takes the state of {@code image}, switched off: what was in its memory is lost. */
  private void becomes(GuestRecord guest, GuestImage image) {
    Optional<Rejected> unused =
        interrupt(guest, new ActivationInput.Reverted(image.machine), TraceEntry.What.REVERTED);
    if (guest.machine.state().kind() == ActivationState.Kind.SAVED) {
      unused = interrupt(guest, new ActivationInput.Stopped(), TraceEntry.What.STOPPED);
    }
    image.restoreDisks(guest);
    setBack(guest);
  }

  // Replicas.

  GuestRecord addReplica(GuestRecord guest, HostRecord target) {
    GuestRecord replica =
        create(engine.nameOf(guest) + "/replica", target, engine.image(guest), guest.machine.vm());
    pair(guest, replica);
    beginReplication(replica);
    return replica;
  }

  private static void pair(GuestRecord original, GuestRecord replica) {
    original.extras().replicaOf = GuestRecord.NOWHERE;
    original.extras().replica = replica.index;
    replica.extras().replicaOf = original.index;
    replica.extras().replica = GuestRecord.NOWHERE;
  }

  private void beginReplication(GuestRecord replica) {
    engine.trace(TraceEntry.What.REPLICATED, replica, Trace.host(replica.host), Trace.NO_DETAIL);
    replica.extras().replicationAt = engine.time();
    replicate(replica);
  }

  /** Brings {@code replica} up to date, now and every few minutes from now on. */
  void replicate(GuestRecord replica) {
    GuestRecord.Extras extras = replica.extras();
    if (!replica.isReplica() || extras.replicationAt != engine.time()) {
      return; // it has taken over, and was planned before that
    }
    GuestRecord original = engine.guest(extras.replicaOf);
    if (!engine.hostOf(original).down && !engine.hostOf(replica).down) {
      extras.replicated = engine.image(original);
    }
    extras.replicationAt = engine.time() + REPLICATION.toNanos();
    engine.plan(extras.replicationAt, EventQueue.Kind.REPLICATION, replica.index, null);
  }

  /** The replica takes over, with the state that it was told last, and the roles change. */
  Optional<Rejected> failOver(GuestRecord original, GuestRecord replica) {
    if (original.machine.state().kind() != ActivationState.Kind.OFF) {
      Optional<Rejected> unused =
          interrupt(original, new ActivationInput.Stopped(), TraceEntry.What.STOPPED);
    }
    original.forgetRestart();
    GuestImage image = replica.extras().replicated;
    if (image != null) {
      becomes(replica, image);
    }
    pair(/* original= */ replica, /* replica= */ original);
    engine.trace(TraceEntry.What.FAILED_OVER, replica, Trace.host(replica.host), Trace.NO_DETAIL);
    replica.extras().replicated = null;
    Optional<Rejected> rejected = start(replica);
    beginReplication(original);
    return rejected;
  }

  /** Starts a copy of the replica, with an identity of its own. */
  GuestRecord testReplica(GuestRecord replica, String name, VmId vm) {
    GuestImage image = replica.extras().replicated;
    GuestRecord test =
        create(name, engine.hostOf(replica), image == null ? engine.image(replica) : image, vm);
    Optional<Rejected> unused = start(test);
    return test;
  }

  // Logs.

  void clearLog(GuestRecord guest) {
    boolean hadRecords = CompactLog.size(guest.log) > 0;
    guest.log = CompactLog.EMPTY;
    guest.extras().logCleared++;
    engine.trace(TraceEntry.What.LOG_CLEARED, guest, Trace.NOBODY, Trace.NO_DETAIL);
    if (hadRecords) {
      engine.recordsLost(engine.nameOf(guest), Happening.RecordsLost.Cause.CLEARED);
    }
  }

  void fillLog(GuestRecord guest, int records) {
    int capacity = engine.settings().guestLogCapacity();
    boolean pushesOut = records > capacity - CompactLog.size(guest.log);
    guest.log = CompactLog.fill(guest.log, capacity, engine.time() + guest.clockAhead(), records);
    engine.trace(TraceEntry.What.LOG_FILLED, guest, Trace.NOBODY, records);
    if (pushesOut) {
      engine.recordsLost(engine.nameOf(guest), Happening.RecordsLost.Cause.PUSHED_OUT);
    }
  }
}
