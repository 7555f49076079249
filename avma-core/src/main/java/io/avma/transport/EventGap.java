package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.EventBookmark.Mark;
import java.util.OptionalLong;

/**
 * A stretch of a log about which nothing is known: records were there, or may have been, and are
 * not.
 *
 * @param kind what it looks like
 * @param log the log
 * @param before the last record in front of it
 * @param after the first record behind it
 */
@CheckReturnValue
public record EventGap(Kind kind, LogName log, Mark before, Mark after) {
  /** What a gap looks like. */
  public enum Kind {
    /** Numbers are left out: the log has wrapped, or records were lost. */
    MISSING_RECORDS,
    /** The numbers start again: the log was cleared or replaced. */
    RESTARTED
  }

  /** Returns how many numbers are left out, unsigned; empty if that cannot be told. */
  public OptionalLong missing() {
    return kind == Kind.MISSING_RECORDS
        ? OptionalLong.of(after.recordId() - before.recordId() - 1)
        : OptionalLong.empty();
  }

  /** Returns log, kind and the numbers around the gap. */
  @Override
  public String toString() {
    return log
        + ": "
        + (kind == Kind.RESTARTED ? "numbers start again" : "records missing")
        + " after "
        + Long.toUnsignedString(before.recordId())
        + ", next is "
        + Long.toUnsignedString(after.recordId());
  }
}
