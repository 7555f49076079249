package io.avma.sim.fault;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * Names of machines, with {@code *} for any run of characters and {@code ?} for any one.
 *
 * @param text the pattern, 1 to 1,000 characters
 */
@CheckReturnValue
public record NamePattern(String text) {
  /** Every name. */
  public static final NamePattern ANY = new NamePattern("*");

  /** Refuses an empty or overlong pattern. */
  public NamePattern {
    checkArgument(
        !text.isEmpty() && text.length() <= 1_000,
        "a pattern of %s characters (expected: 1 to 1,000)",
        text.length());
  }

  /** Returns whether {@code name} is one of them. Takes at most the product of both lengths. */
  public boolean matches(String name) {
    if (this.equals(ANY)) {
      return true;
    }
    int t = 0;
    int n = 0;
    int star = -1;
    int retry = 0;
    while (n < name.length()) {
      if (t < text.length() && text.charAt(t) == '*') {
        star = t++;
        retry = n;
      } else if (t < text.length() && (text.charAt(t) == '?' || text.charAt(t) == name.charAt(n))) {
        t++;
        n++;
      } else if (star >= 0) {
        t = star + 1;
        n = ++retry;
      } else {
        return false;
      }
    }
    while (t < text.length() && text.charAt(t) == '*') {
      t++;
    }
    return t == text.length();
  }

  @Override
  public String toString() {
    return text;
  }
}
