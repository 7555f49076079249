package io.avma.kvp;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/** One reason why an item may not be written. */
@CheckReturnValue
public sealed interface KvpViolation {
  /** Returns the part of the item that is at fault. */
  KvpPart part();

  /** Returns found and expected in one phrase; it never quotes the item. */
  String message();

  /** What a length counts. */
  enum Measure {
    /** UTF-16 code units, as the host and a Windows guest count. */
    UTF16_UNITS("UTF-16 units"),
    /** Bytes of UTF-8, as a Linux guest counts. */
    UTF8_BYTES("bytes of UTF-8");

    private final String label;

    Measure(String label) {
      this.label = label;
    }

    /** Returns the words that messages use. */
    public String label() {
      return label;
    }
  }

  /**
   * The part is longer than a limit.
   *
   * @param part the part at fault
   * @param measure what is counted
   * @param length how long it is, saturated at {@link Integer#MAX_VALUE}
   * @param limit how long it may be
   */
  record TooLong(KvpPart part, Measure measure, int length, int limit) implements KvpViolation {
    @Override
    public String message() {
      return String.format(
          Locale.ROOT,
          "%s has %d %s (expected: at most %d)",
          part.label(),
          length,
          measure.label(),
          limit);
    }
  }

  /**
   * The part holds a NUL, which ends a field: what follows would be lost.
   *
   * @param part the part at fault
   * @param index where, in UTF-16 units
   */
  record HoldsNul(KvpPart part, int index) implements KvpViolation {
    @Override
    public String message() {
      return part.label() + " holds a NUL at index " + index + " (expected: none)";
    }
  }

  /**
   * The part holds half a surrogate pair, which has no form in UTF-8: a host sees nothing behind
   * such a record.
   *
   * @param part the part at fault
   * @param index where, in UTF-16 units
   */
  record HoldsLoneSurrogate(KvpPart part, int index) implements KvpViolation {
    @Override
    public String message() {
      return part.label() + " holds half a surrogate pair at index " + index + " (expected: none)";
    }
  }

  /** The key is empty: some readers take it, others refuse the whole pool. */
  record EmptyKey() implements KvpViolation {
    @Override
    public KvpPart part() {
      return KvpPart.KEY;
    }

    @Override
    public String message() {
      return "key is empty (expected: at least 1 character)";
    }
  }
}
