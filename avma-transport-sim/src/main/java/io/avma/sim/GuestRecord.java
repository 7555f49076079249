package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.activation.Activation;
import io.avma.activation.AvmaId;
import io.avma.activation.GuestActivation;
import io.avma.kvp.KvpItem;
import io.avma.platform.GuestSystem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a data centre knows of one guest. There may be a million of them, so what most guests never
 * need stands behind one reference, and what can be derived is not stored.
 */
final class GuestRecord implements Cloneable {
  static final long NEVER = Long.MAX_VALUE;
  static final int NOWHERE = -1;

  final int index;

  /** Null for a generated guest, whose name follows from its index. */
  final @Nullable String givenName;

  GuestSystem system;
  GuestActivation machine;
  int host;
  int slot;

  /** Counts up whenever what is in flight is lost: a message of an older placement meets nobody. */
  int placement;

  /** When the pending wake-up of this guest is planned; others in the queue are stale. */
  long wakeAt = NEVER;

  boolean dataExchange = true;
  boolean shielded;

  /** The host whose facts the guest was last told. */
  int factsFrom = NOWHERE;

  long[] log = CompactLog.EMPTY;

  /**
   * What the AVMA items say that were published; null when there are none or they are in the pool.
   */
  @Nullable Activation published;

  /** The AVMA ID that was published with it; else null. */
  @Nullable AvmaId publishedId;

  @Nullable Extras extras;

  GuestRecord(int index, @Nullable String givenName, GuestSystem system, GuestActivation machine) {
    this.index = index;
    this.givenName = givenName;
    this.system = system;
    this.machine = machine;
  }

  /** Returns an independent copy; nobody watches it. */
  GuestRecord copy() {
    GuestRecord copy;
    try {
      copy = (GuestRecord) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
    copy.log = log.length == 1 ? log : log.clone();
    copy.extras = extras == null ? null : extras.copy();
    return copy;
  }

  Extras extras() {
    Extras existing = extras;
    if (existing == null) {
      existing = new Extras();
      extras = existing;
    }
    return existing;
  }

  /** Returns by how many nanoseconds the guest's clock is ahead of the true time. */
  long clockAhead() {
    return extras == null ? 0 : extras.clockAhead;
  }

  /** Returns whether the guest ran when its host failed, and was not started since. */
  boolean isToRestart() {
    return extras != null && extras.restartAt != Extras.NO_RESTART;
  }

  void forgetRestart() {
    if (extras != null) {
      extras.restartAt = Extras.NO_RESTART;
    }
  }

  boolean isReplica() {
    return extras != null && extras.replicaOf != NOWHERE;
  }

  /** What few guests need. */
  static final class Extras {
    /** It does not start by itself. */
    static final long NO_RESTART = -1;

    /** It starts when its host is back. */
    static final long WITH_HOST = NEVER;

    /** The guest-to-host pool, once a program in the guest has written to it; else null. */
    @Nullable List<KvpItem> guestPool;

    /** What the host wrote for the guest, as the host has it. */
    ImmutableList<KvpItem> hostItems = ImmutableList.of();

    /** The same, as the guest was last told. */
    ImmutableList<KvpItem> hostItemsSeen = ImmutableList.of();

    /** Who watches the pools of the guest. */
    final List<PoolWatch> watches = new ArrayList<>();

    long clockAhead;

    /** The computer name on the disks, where it is not that of the guest: it was copied. */
    @Nullable String computer;

    /** The guest that this one is a replica of. */
    int replicaOf = NOWHERE;

    /** The guest that is this one's replica. */
    int replica = NOWHERE;

    /** What a replica was last told of its original. */
    @Nullable GuestImage replicated;

    /** When a replica is brought up to date next; others in the queue are stale. */
    long replicationAt;

    /** When the guest, which ran when its host failed, starts again: at an instant, or below. */
    long restartAt = NO_RESTART;

    /** How often the log of the guest was cleared. */
    int logCleared;

    Extras copy() {
      Extras copy = new Extras();
      copy.guestPool = guestPool == null ? null : new ArrayList<>(guestPool);
      copy.hostItems = hostItems;
      copy.hostItemsSeen = hostItemsSeen;
      copy.clockAhead = clockAhead;
      copy.computer = computer;
      copy.replicaOf = replicaOf;
      copy.replica = replica;
      copy.replicated = replicated;
      copy.replicationAt = replicationAt;
      copy.restartAt = restartAt;
      copy.logCleared = logCleared;
      return copy;
    }
  }
}
