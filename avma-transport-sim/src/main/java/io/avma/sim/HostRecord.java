package io.avma.sim;

import io.avma.activation.HostActivation;
import io.avma.platform.HostProfile;
import java.util.Arrays;
import java.util.Optional;

/** What a data centre knows of one host. */
final class HostRecord implements Cloneable {
  final int index;
  final String name;
  final Optional<String> cluster;

  long[] log = CompactLog.EMPTY;
  HostProfile profile;
  HostActivation machine;

  /** How often its log was cleared. */
  int logCleared;

  /** Whether it has failed, and is not back yet. */
  boolean down;

  /** When it comes back by itself; other events in the queue are stale. */
  long backAt = GuestRecord.NEVER;

  /** Until when it answers nobody, and until when it answers that it has too much to do. */
  long hungUntil;

  long throttlingUntil;

  /** The guests that are placed here, in no order; each knows its slot. */
  private int[] guests = {};

  private int guestCount;

  HostRecord(
      int index,
      String name,
      Optional<String> cluster,
      HostProfile profile,
      HostActivation machine) {
    this.index = index;
    this.name = name;
    this.cluster = cluster;
    this.profile = profile;
    this.machine = machine;
  }

  /** Returns an independent copy. */
  HostRecord copy() {
    HostRecord copy;
    try {
      copy = (HostRecord) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
    copy.log = log.length == 1 ? log : log.clone();
    copy.guests = guests.clone();
    return copy;
  }

  int guestCount() {
    return guestCount;
  }

  int guest(int slot) {
    return guests[slot];
  }

  void place(GuestRecord guest) {
    if (guestCount == guests.length) {
      guests = Arrays.copyOf(guests, Math.max(8, guestCount + (guestCount >>> 1)));
    }
    guests[guestCount] = guest.index;
    guest.host = index;
    guest.slot = guestCount++;
  }

  void remove(GuestRecord guest, Engine engine) {
    int last = guests[--guestCount];
    guests[guest.slot] = last;
    engine.guest(last).slot = guest.slot;
  }
}
