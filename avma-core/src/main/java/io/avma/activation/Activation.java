package io.avma.activation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import java.time.Duration;
import java.time.Instant;

/**
 * An activation that a host granted, on the guest's clock.
 *
 * @param activatedAt when the answer arrived
 * @param expiresAt the first instant at which it is no longer in force; after {@code activatedAt}
 * @param host the host that granted it
 */
@CheckReturnValue
public record Activation(Instant activatedAt, Instant expiresAt, HostId host) {
  /** Refuses an activation that ends before it began. */
  public Activation {
    checkArgument(
        expiresAt.isAfter(activatedAt),
        "expires at %s (expected: after %s)",
        expiresAt,
        activatedAt);
  }

  /** Returns whether the activation is in force at {@code now}. */
  public boolean inForceAt(Instant now) {
    return now.isBefore(expiresAt);
  }

  /** Returns this activation with both instants moved by {@code shift}. */
  public Activation shiftedBy(Duration shift) {
    return new Activation(activatedAt.plus(shift), expiresAt.plus(shift), host);
  }
}
