package io.avma.sim.fault;

import java.util.Locale;

/** Where something can go wrong. */
public enum FaultPoint {
  /** A guest has sent a request to its host. */
  REQUEST,
  /** A host has answered a guest. */
  RESPONSE,
  /** A request has reached a host, which is about to look at it. */
  HOST,
  /** A guest is about to write items into its own pool: its AVMA items, or a program's. */
  GUEST_ITEMS,
  /** A guest is about to write event 12309. */
  GUEST_LOG,
  /** A host is about to write event 12310. */
  HOST_LOG,
  /** A guest is half-way to another host. */
  MIGRATION;

  /** Returns the name as scenarios spell it: {@code guest-items}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
