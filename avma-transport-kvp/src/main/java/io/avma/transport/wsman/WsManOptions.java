package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;

/**
 * How a client behaves. Start from {@link #STANDARD} and vary it. Immutable.
 *
 * @param connectTimeout how long connecting may take, per address of the host
 * @param responseTimeout how long one answer may take, from its request to its last byte
 * @param callTimeout how long one call may take in all, an enumeration with all its answers
 * @param maxEnvelopeBytes how long an answer may be, told to the host and enforced; 8,192 to
 *     16,777,216
 * @param maxConnections how many connections there are at most, and calls at once; 1 to 64
 * @param maxElements how many items an answer may hold, 1 or more; the host gives as many as fit
 * @param maxItems how many items an enumeration may give before it is cut off, 1 or more
 * @param trust which hosts are trusted over HTTPS
 * @param basicWithoutTls whether Basic may send a password over HTTP, for all to read
 * @param unencrypted whether Kerberos over HTTP may leave messages for all to read
 */
@CheckReturnValue
public record WsManOptions(
    Duration connectTimeout,
    Duration responseTimeout,
    Duration callTimeout,
    int maxEnvelopeBytes,
    int maxConnections,
    int maxElements,
    long maxItems,
    TlsTrust trust,
    boolean basicWithoutTls,
    boolean unencrypted) {
  /**
   * 10 seconds to connect, half a minute an answer, five minutes a call, 512,000 bytes (what hosts
   * allow by default), 4 connections, 256 items an answer, a million an enumeration; trust as the
   * JVM has it, nothing unencrypted.
   */
  public static final WsManOptions STANDARD =
      new WsManOptions(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          512_000,
          4,
          256,
          1_000_000,
          TlsTrust.system(),
          false,
          false);

  /** Checks the ranges. */
  public WsManOptions {
    checkTime("connectTimeout", connectTimeout);
    checkTime("responseTimeout", responseTimeout);
    checkTime("callTimeout", callTimeout);
    checkArgument(
        maxEnvelopeBytes >= 8192 && maxEnvelopeBytes <= 16 << 20,
        "maxEnvelopeBytes is %s (expected: 8192 to 16777216)",
        maxEnvelopeBytes);
    checkArgument(
        maxConnections >= 1 && maxConnections <= 64,
        "maxConnections is %s (expected: 1 to 64)",
        maxConnections);
    checkArgument(maxElements >= 1, "maxElements is %s (expected: at least 1)", maxElements);
    checkArgument(maxItems >= 1, "maxItems is %s (expected: at least 1)", maxItems);
  }

  private static void checkTime(String name, Duration time) {
    checkArgument(
        time.compareTo(Duration.ofMillis(1)) >= 0 && time.compareTo(Duration.ofDays(1)) <= 0,
        "%s is %s (expected: 1 ms to a day)",
        name,
        time);
  }

  /** Returns these options with other times. */
  public WsManOptions withTimeouts(Duration connect, Duration response, Duration call) {
    return new WsManOptions(
        connect,
        response,
        call,
        maxEnvelopeBytes,
        maxConnections,
        maxElements,
        maxItems,
        trust,
        basicWithoutTls,
        unencrypted);
  }

  /** Returns these options with other limits: bytes and items an answer, items an enumeration. */
  public WsManOptions withLimits(int envelopeBytes, int elements, long items) {
    return new WsManOptions(
        connectTimeout,
        responseTimeout,
        callTimeout,
        envelopeBytes,
        maxConnections,
        elements,
        items,
        trust,
        basicWithoutTls,
        unencrypted);
  }

  /** Returns these options with another number of connections. */
  public WsManOptions withConnections(int connections) {
    return new WsManOptions(
        connectTimeout,
        responseTimeout,
        callTimeout,
        maxEnvelopeBytes,
        connections,
        maxElements,
        maxItems,
        trust,
        basicWithoutTls,
        unencrypted);
  }

  /** Returns these options with another trust. */
  public WsManOptions withTrust(TlsTrust other) {
    return new WsManOptions(
        connectTimeout,
        responseTimeout,
        callTimeout,
        maxEnvelopeBytes,
        maxConnections,
        maxElements,
        maxItems,
        other,
        basicWithoutTls,
        unencrypted);
  }

  /** Returns these options with passwords of Basic allowed over HTTP: for tests on one machine. */
  public WsManOptions allowingBasicWithoutTls() {
    return new WsManOptions(
        connectTimeout,
        responseTimeout,
        callTimeout,
        maxEnvelopeBytes,
        maxConnections,
        maxElements,
        maxItems,
        trust,
        true,
        unencrypted);
  }

  /** Returns these options with messages of Kerberos allowed over HTTP without encryption. */
  public WsManOptions allowingUnencrypted() {
    return new WsManOptions(
        connectTimeout,
        responseTimeout,
        callTimeout,
        maxEnvelopeBytes,
        maxConnections,
        maxElements,
        maxItems,
        trust,
        basicWithoutTls,
        true);
  }

  WsManLimits limits() {
    return new WsManLimits(
        maxEnvelopeBytes, WsManLimits.STANDARD.maxDepth(), WsManLimits.STANDARD.maxProperties());
  }
}
