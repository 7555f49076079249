package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationState;
import io.avma.activation.HostInput;
import io.avma.activation.Rejected;
import io.avma.platform.HostProfile;
import io.avma.sim.internal.SplitMix64;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happens to hosts: their profile, failures, maintenance. */
final class HostLife {
  /** How long a cluster takes to start on another node what a failed one ran (assumed). */
  private static final Duration FAILOVER = Duration.ofSeconds(30);

  private final Engine engine;

  HostLife(Engine engine) {
    this.engine = engine;
  }

  void change(HostRecord host, HostProfile profile) {
    host.profile = profile;
    engine.handshake.feed(host, new HostInput.CoverageChanged(engine.coverage(profile)));
    engine.trace(
        TraceEntry.What.HOST_CHANGED, host, Trace.NOBODY, SplitMix64.hash(profile.toString()));
    changed(host, false);
  }

  /**
   * Its guests crash; a cluster starts them elsewhere, else they start when it is back. Where it
   * fails twice the longer time counts; without a time it stays away until somebody brings it back.
   */
  void fail(HostRecord host, Optional<Duration> backAfter) {
    long back = backAfter.map(time -> engine.time() + time.toNanos()).orElse(GuestRecord.NEVER);
    host.backAt = host.down ? Math.max(host.backAt, back) : back;
    if (!host.down) {
      host.down = true;
      engine.trace(TraceEntry.What.HOST_DOWN, host, Trace.NOBODY, Trace.NO_DETAIL);
      changed(host, false);
      for (GuestRecord guest : guestsOf(host)) {
        strand(guest, host);
      }
    }
    if (host.backAt != GuestRecord.NEVER) {
      engine.plan(host.backAt, EventQueue.Kind.HOST_UP, host.index, null);
    }
  }

  private void strand(GuestRecord guest, HostRecord host) {
    boolean ran = Engine.isRunning(guest);
    if (ran) {
      Optional<Rejected> unused =
          engine.guestLife.interrupt(guest, new ActivationInput.Crashed(), TraceEntry.What.CRASHED);
    }
    boolean restarts = ran || guest.isToRestart(); // the other node may fail before it has started
    HostRecord refuge = guest.isReplica() ? null : refuge(host, guest);
    if (refuge != null) {
      engine.guestLife.place(guest, refuge);
    }
    if (restarts && refuge != null) {
      guest.extras().restartAt = engine.time() + FAILOVER.toNanos();
      engine.plan(guest.extras().restartAt, EventQueue.Kind.RESTART, guest.index, null);
    } else if (restarts) {
      guest.extras().restartAt = GuestRecord.Extras.WITH_HOST;
    }
  }

  /** The cluster starts {@code guest}, unless somebody has done so, or its new host failed too. */
  void restart(GuestRecord guest) {
    if (guest.isToRestart() && guest.extras().restartAt == engine.time()) {
      engine.guestLife.startIfOff(guest);
    }
  }

  /** Returns the node of the same cluster that has the fewest guests, the first among equals. */
  private @Nullable HostRecord refuge(HostRecord host, GuestRecord guest) {
    HostRecord best = null;
    for (HostRecord node : engine.hosts()) {
      if (host.cluster.isPresent()
          && node != host
          && node.cluster.equals(host.cluster)
          && engine.guestLife.canTake(node, guest.machine.vm(), guest)
          && (best == null || node.guestCount() < best.guestCount())) {
        best = node;
      }
    }
    return best;
  }

  /** The time of a host that failed is over, unless it failed again meanwhile. */
  void backAgain(HostRecord host) {
    if (host.backAt == engine.time()) {
      comeUp(host);
    }
  }

  /** The host is back, and starts what it ran when it failed. */
  void comeUp(HostRecord host) {
    if (!host.down) {
      return;
    }
    host.down = false;
    host.backAt = GuestRecord.NEVER;
    booted(host);
    engine.trace(TraceEntry.What.HOST_UP, host, Trace.NOBODY, Trace.NO_DETAIL);
    changed(host, true);
    for (GuestRecord guest : guestsOf(host)) {
      if (guest.isToRestart() && guest.extras().restartAt == GuestRecord.Extras.WITH_HOST) {
        engine.guestLife.startIfOff(guest);
      }
    }
  }

  private void booted(HostRecord host) {
    host.hungUntil = 0;
    host.throttlingUntil = 0;
    engine.handshake.feed(host, new HostInput.Restarted());
  }

  /** Moves every guest to the other nodes; returns those that found no place. */
  List<GuestRecord> drain(HostRecord host) {
    List<GuestRecord> stayed = new ArrayList<>();
    for (GuestRecord guest : guestsOf(host)) {
      HostRecord refuge = guest.isReplica() ? null : refuge(host, guest);
      if (refuge == null || engine.guestLife.migrate(guest, refuge).isPresent()) {
        stayed.add(guest);
      } else if (guest.host == host.index) {
        stayed.add(guest); // its migration was interrupted
      }
    }
    return stayed;
  }

  /** Saves what runs, gives the host its new profile and restarts it, and goes on. */
  void upgrade(HostRecord host, HostProfile profile) {
    List<GuestRecord> saved = new ArrayList<>();
    for (GuestRecord guest : guestsOf(host)) {
      if (Engine.isRunning(guest) && engine.guestLife.save(guest).isEmpty()) {
        saved.add(guest);
      }
    }
    change(host, profile);
    booted(host);
    changed(host, true);
    for (GuestRecord guest : saved) {
      if (guest.machine.state().kind() == ActivationState.Kind.SAVED) {
        Optional<Rejected> unused = engine.guestLife.restore(guest);
      }
    }
  }

  void clearLog(HostRecord host) {
    boolean hadRecords = CompactLog.size(host.log) > 0;
    host.log = CompactLog.EMPTY;
    host.logCleared++;
    engine.trace(TraceEntry.What.LOG_CLEARED, host, Trace.NOBODY, Trace.NO_DETAIL);
    if (hadRecords) {
      engine.recordsLost(host.name, Happening.RecordsLost.Cause.CLEARED);
    }
  }

  void fillLog(HostRecord host, int records) {
    int capacity = engine.settings().hostLogCapacity();
    boolean pushesOut = records > capacity - CompactLog.size(host.log);
    host.log = CompactLog.fill(host.log, capacity, engine.time(), records);
    engine.trace(TraceEntry.What.LOG_FILLED, host, Trace.NOBODY, records);
    if (pushesOut) {
      engine.recordsLost(host.name, Happening.RecordsLost.Cause.PUSHED_OUT);
    }
  }

  /** Nothing goes wrong any more: hosts are up, and answer. */
  void heal() {
    engine.faults().heal();
    engine.traceHealed();
    for (HostRecord host : engine.hosts()) {
      host.hungUntil = 0;
      host.throttlingUntil = 0;
      comeUp(host);
    }
  }

  /** Returns the guests of {@code host}, in the order of the data centre; a copy. */
  ImmutableList<GuestRecord> guestsOf(HostRecord host) {
    List<GuestRecord> found = new ArrayList<>();
    for (int slot = 0; slot < host.guestCount(); slot++) {
      found.add(engine.guest(host.guest(slot)));
    }
    found.sort(Comparator.comparingInt(guest -> guest.index));
    return ImmutableList.copyOf(found);
  }

  private void changed(HostRecord host, boolean restarted) {
    if (engine.isObserved()) {
      engine.happened(new Happening.HostChanged(new SimulatedHost(engine, host), restarted));
    }
  }
}
