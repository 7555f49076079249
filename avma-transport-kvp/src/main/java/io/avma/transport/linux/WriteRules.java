package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpViolation;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;

/**
 * What may be written, and how.
 *
 * @param limits how long an item may be
 * @param longValues what becomes of a value that is longer
 */
record WriteRules(KvpLimits limits, LongValues longValues) {
  ValuePieces pieces() {
    return new ValuePieces(longValues, limits);
  }

  /**
   * Checks that {@code item} may be written.
   *
   * @throws TransportException {@code TOO_LARGE} or {@code INVALID}
   */
  void check(KvpItem item) throws TransportException {
    for (KvpViolation violation : limits.violations(item)) {
      boolean tooLong = violation instanceof KvpViolation.TooLong;
      if (tooLong && violation.part() == KvpPart.VALUE && longValues != LongValues.REFUSE) {
        continue;
      }
      throw new TransportException(
          tooLong ? TransportException.Reason.TOO_LARGE : TransportException.Reason.INVALID,
          "item '"
              + ForeignText.escape(item.key(), 80)
              + "': "
              + violation.message()
              + ". Nothing was written"
              + (tooLong ? "; shorten it, raise the limits or choose LongValues to split it" : ""));
    }
    for (KvpItem piece : piecesOf(item)) {
      if (!limits.allow(piece)) {
        throw new TransportException(
            TransportException.Reason.TOO_LARGE,
            "item '"
                + ForeignText.escape(item.key(), 80)
                + "': its key leaves no room for the numbers of its pieces. Nothing was written");
      }
    }
  }

  /** Returns the items that are written for {@code item}: itself, or its pieces. */
  ImmutableList<KvpItem> piecesOf(KvpItem item) {
    boolean fits =
        limits.fittingPrefix(KvpPart.VALUE, item.value()).length() == item.value().length();
    return fits || longValues == LongValues.REFUSE ? ImmutableList.of(item) : pieces().split(item);
  }
}
