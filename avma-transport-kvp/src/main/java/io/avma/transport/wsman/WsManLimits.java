package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * How much of a message is read before it is refused. Immutable.
 *
 * @param maxBytes how long a message may be
 * @param maxDepth how deep elements may nest, 8 to 1,000
 * @param maxProperties how many properties an instance or method may have
 */
@CheckReturnValue
public record WsManLimits(int maxBytes, int maxDepth, int maxProperties) {
  /** 4 MiB, 64 levels, 1,024 properties. A host answers no more than 500 KB by default. */
  public static final WsManLimits STANDARD = new WsManLimits(4 << 20, 64, 1024);

  /** Checks the ranges. */
  public WsManLimits {
    checkArgument(maxBytes >= 1, "maxBytes is %s (expected: at least 1)", maxBytes);
    checkArgument(
        maxDepth >= 8 && maxDepth <= 1000, "maxDepth is %s (expected: 8 to 1000)", maxDepth);
    checkArgument(maxProperties >= 1, "maxProperties is %s (expected: at least 1)", maxProperties);
  }
}
