package io.avma.sim.server;

import io.avma.transport.wsman.WsManItem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open enumerations and subscriptions of a host. A context is found by its identifier alone and
 * belongs to the user who opened it; each answer gives it another identifier, and the one before is
 * no longer known.
 */
final class Operations {
  /** An open enumeration or subscription. */
  static final class Operation {
    final String user;
    final String subscription;
    final Duration life;
    final Iterator<WsManItem> items;

    /** Items that did not fit into the last answer. */
    final Deque<WsManItem> left = new ArrayDeque<>();

    /** Whether answers tell where they end. */
    boolean sendsBookmarks;

    Instant expiresAt = Instant.MIN;

    /**
     * Creates an operation.
     *
     * @param subscription its identifier; empty for an enumeration, which ends with its items
     */
    Operation(String user, String subscription, Duration life, Iterator<WsManItem> items) {
      this.user = user;
      this.subscription = subscription;
      this.life = life;
      this.items = items;
    }

    boolean isSubscription() {
      return !subscription.isEmpty();
    }

    boolean hasNext() {
      return !left.isEmpty() || items.hasNext();
    }

    WsManItem next() {
      WsManItem first = left.poll();
      return first == null ? items.next() : first;
    }
  }

  private final Map<String, Operation> open = new LinkedHashMap<>();
  private final int maxOfUser;

  Operations(int maxOfUser) {
    this.maxOfUser = maxOfUser;
  }

  /** Refuses one operation more than a user may have. */
  void checkRoom(String user, Instant now) throws Refusal {
    open.values().removeIf(operation -> !operation.expiresAt.isAfter(now));
    long of = open.values().stream().filter(operation -> operation.user.equals(user)).count();
    if (of >= maxOfUser) {
      throw Refusals.quota(maxOfUser);
    }
  }

  /** Keeps an operation under a new identifier. */
  void keep(String context, Operation operation, Instant now) {
    operation.expiresAt = now.plus(operation.life);
    open.put(context, operation);
  }

  Operation find(String context, String user, Instant now) throws Refusal {
    Operation operation = open.get(context);
    if (operation == null || !operation.user.equals(user) || !operation.expiresAt.isAfter(now)) {
      throw Refusals.context();
    }
    return operation;
  }

  boolean knows(String context) {
    return open.containsKey(context);
  }

  void forget(String context) {
    Operation unused = open.remove(context);
  }

  /** Ends the subscription of a user. */
  void unsubscribe(String subscription, String user) throws Refusal {
    boolean ended =
        open.values()
            .removeIf(
                operation ->
                    operation.isSubscription()
                        && operation.subscription.equals(subscription)
                        && operation.user.equals(user));
    if (!ended) {
      throw Refusals.noInstance();
    }
  }
}
