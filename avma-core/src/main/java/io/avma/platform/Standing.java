package io.avma.platform;

/** How well a fact is founded. Every table row and every verdict of this library carries one. */
public enum Standing {
  /** Microsoft says so, or it was read in a header or script that Microsoft ships. */
  DOCUMENTED,
  /** Public code or writing by others says so. */
  SECONDARY,
  /** It was seen in a run or computed. */
  OBSERVED,
  /** Nobody says so; it is the most plausible reading and can be changed by configuration. */
  ASSUMED;

  /** Returns the weaker of the two: a conclusion is founded no better than its weakest premise. */
  public Standing and(Standing other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
