package io.avma.transport.cim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * How much of an instance is read before it is refused. Immutable.
 *
 * @param maxChars how long the whole text may be, in UTF-16 units
 * @param maxDepth how deep elements may nest, 8 to 1,000
 * @param maxProperties how many properties one instance may have
 * @param maxValues how many values arrays may have, of all instances of a text together
 */
@CheckReturnValue
public record CimLimits(int maxChars, int maxDepth, int maxProperties, int maxValues) {
  /**
   * 1 Mi units, 32 levels, 1,024 properties, 65,536 values. A host's answer has 500 KB by default,
   * an item of Data Exchange at most 16 KB of value; classes have some 100 properties.
   */
  public static final CimLimits STANDARD = new CimLimits(1 << 20, 32, 1024, 65_536);

  /** Checks the ranges. */
  public CimLimits {
    checkArgument(maxChars >= 1, "maxChars is %s (expected: at least 1)", maxChars);
    checkArgument(
        maxDepth >= 8 && maxDepth <= 1000, "maxDepth is %s (expected: 8 to 1000)", maxDepth);
    checkArgument(maxProperties >= 1, "maxProperties is %s (expected: at least 1)", maxProperties);
    checkArgument(maxValues >= 1, "maxValues is %s (expected: at least 1)", maxValues);
  }
}
