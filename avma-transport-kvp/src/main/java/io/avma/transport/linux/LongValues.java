package io.avma.transport.linux;

import com.google.errorprone.annotations.CheckReturnValue;

/** What becomes of a value that is longer than the limits of the store. */
@CheckReturnValue
public enum LongValues {
  /** It is refused, and nothing is written. The default. */
  REFUSE,

  /**
   * It is split over the keys {@code key0}, {@code key1}, … with at most 990 bytes each, as libhvee
   * does. A store with this policy joins such a row again: neighbours whose keys count up from 0
   * and of which all but the last are full. An item whose key is one that the pieces of another
   * have, or would have next, is refused. What is left of a row in which a piece is missing goes
   * when its value is put anew; records with such keys look like that if one of them is exactly
   * full.
   */
  NUMBERED_KEYS,

  /**
   * It is split over several items with the same key and at most 1,022 bytes each, as older
   * versions of azure-init do. A store with this policy joins neighbours with one key of which all
   * but the last are full, even where azure-init has cut a character in two; a host sees nothing
   * behind such a piece.
   */
  REPEATED_KEY
}
