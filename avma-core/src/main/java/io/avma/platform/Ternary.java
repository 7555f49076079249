package io.avma.platform;

/** A yes-or-no fact about a machine, as far as it is known. */
public enum Ternary {
  /** It is so. */
  YES,
  /** It is not so. */
  NO,
  /** Nobody has looked. */
  UNKNOWN;

  /** Returns {@link #YES} for true, else {@link #NO}. */
  public static Ternary of(boolean fact) {
    return fact ? YES : NO;
  }
}
