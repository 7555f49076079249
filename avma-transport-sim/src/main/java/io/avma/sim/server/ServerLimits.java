package io.avma.sim.server;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;

/**
 * How much one caller gets of a server. Immutable.
 *
 * @param maxEnvelope how long the envelope of a request may be, in bytes; 8,192 to 4 MiB
 * @param maxConnections how many connections each host has, 1 to 10,000; one more takes the place
 *     of the oldest whose caller has not logged in, or is closed
 * @param idleTimeout after which silence a connection is closed
 * @param requestTimeout how long a request may take from its first byte, or from the opening of its
 *     connection, until its answer is taken
 * @param queueLength how many requests may wait for the data centre, 1 to 100,000; one more is
 *     answered with a fault for {@code QuotaLimit}
 */
@CheckReturnValue
public record ServerLimits(
    int maxEnvelope,
    int maxConnections,
    Duration idleTimeout,
    Duration requestTimeout,
    int queueLength) {
  /**
   * Envelopes of 500 KB, as Windows takes by default (documented); 100 connections, two minutes of
   * silence, one minute for a request and 1,000 waiting requests.
   */
  public static final ServerLimits STANDARD =
      new ServerLimits(500 << 10, 100, Duration.ofMinutes(2), Duration.ofMinutes(1), 1000);

  /** Checks the ranges. */
  public ServerLimits {
    check("maxEnvelope", maxEnvelope, 8192, 4 << 20);
    check("maxConnections", maxConnections, 1, 10_000);
    check("queueLength", queueLength, 1, 100_000);
    check("idleTimeout", idleTimeout);
    check("requestTimeout", requestTimeout);
  }

  private static void check(String name, int value, int least, int most) {
    checkArgument(
        value >= least && value <= most, "%s is %s (expected: %s to %s)", name, value, least, most);
  }

  private static void check(String name, Duration value) {
    checkArgument(
        value.compareTo(Duration.ofMillis(10)) >= 0 && value.compareTo(Duration.ofDays(1)) <= 0,
        "%s is %s (expected: PT0.01S to PT24H)",
        name,
        value);
  }

  /** Returns these with other time-outs. */
  public ServerLimits withTimeouts(Duration idle, Duration request) {
    return new ServerLimits(maxEnvelope, maxConnections, idle, request, queueLength);
  }

  /** Returns these with another number of connections of each host. */
  public ServerLimits withMaxConnections(int count) {
    return new ServerLimits(maxEnvelope, count, idleTimeout, requestTimeout, queueLength);
  }

  /** Returns these with another number of waiting requests. */
  public ServerLimits withQueueLength(int count) {
    return new ServerLimits(maxEnvelope, maxConnections, idleTimeout, requestTimeout, count);
  }
}
