package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.activation.Effect;
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
final class GuestRecord {
  static final long NEVER = Long.MAX_VALUE;
  static final int NOWHERE = -1;

  final int index;
  final String name;
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

  @Nullable CompactLog log;

  /** The AVMA items as they were published; null when there are none or they are in the pool. */
  Effect.@Nullable PublishItems published;

  @Nullable Extras extras;

  GuestRecord(int index, String name, GuestSystem system, GuestActivation machine) {
    this.index = index;
    this.name = name;
    this.system = system;
    this.machine = machine;
  }

  Extras extras() {
    Extras existing = extras;
    if (existing == null) {
      existing = new Extras();
      extras = existing;
    }
    return existing;
  }

  /** What few guests need. */
  static final class Extras {
    /** The guest-to-host pool, once a program in the guest has written to it; else null. */
    @Nullable List<KvpItem> guestPool;

    /** What the host wrote for the guest, as the host has it. */
    ImmutableList<KvpItem> hostItems = ImmutableList.of();

    /** The same, as the guest was last told. */
    ImmutableList<KvpItem> hostItemsSeen = ImmutableList.of();

    /** Who watches the pools of the guest. */
    final List<PoolWatch> watches = new ArrayList<>();
  }
}
