package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A stretch of a log about which nothing is known: records were there, or may have been, and are
 * not.
 *
 * @param kind what it looks like
 * @param log the log
 * @param before the last known record in front of it; empty at the beginning of a log
 * @param after the first record behind it
 */
@CheckReturnValue
public record EventGap(
    Kind kind, LogName log, Optional<EventBookmark.Mark> before, EventBookmark.Mark after) {
  /** What a gap looks like. */
  public enum Kind {
    /** Numbers are left out: the log has wrapped, or records were lost. */
    MISSING_RECORDS,
    /** The numbers start again: the log was cleared or replaced. */
    RESTARTED
  }

  /**
   * Returns the gap between what {@code known} knows of a log and {@code next}, the log's next
   * record in order; empty if {@code next} follows, is known, has no number, or is the first record
   * of a log that nobody has seen before. Only a reader that sees every record of a log may ask.
   */
  public static Optional<EventGap> between(EventBookmark known, WindowsEvent next) {
    LogName log = LogName.of(next);
    Optional<EventBookmark.Mark> mark = known.mark(log);
    OptionalLong number = next.recordId();
    if (mark.isEmpty() || number.isEmpty() || known.knows(next)) {
      return Optional.empty();
    }
    long last = mark.get().recordId();
    EventBookmark.Mark first = new EventBookmark.Mark(number.getAsLong(), next.timeCreated());
    if (Long.compareUnsigned(number.getAsLong(), last) <= 0) {
      return Optional.of(new EventGap(Kind.RESTARTED, log, mark, first));
    }
    return number.getAsLong() - last == 1
        ? Optional.empty()
        : Optional.of(new EventGap(Kind.MISSING_RECORDS, log, mark, first));
  }

  /** Returns how many numbers are left out, unsigned; empty if that cannot be told. */
  public OptionalLong missing() {
    return kind == Kind.MISSING_RECORDS && before.isPresent()
        ? OptionalLong.of(after.recordId() - before.get().recordId() - 1)
        : OptionalLong.empty();
  }

  /** Returns when the last record in front of the gap was created. */
  public Optional<Instant> from() {
    return before.flatMap(EventBookmark.Mark::time);
  }

  /** Returns when the first record behind the gap was created. */
  public Optional<Instant> until() {
    return after.time();
  }

  /** Returns log, kind and the numbers around the gap. */
  @Override
  public String toString() {
    return log
        + ": "
        + (kind == Kind.RESTARTED ? "numbers start again" : "records missing")
        + before.map(mark -> " after " + Long.toUnsignedString(mark.recordId())).orElse("")
        + ", next is "
        + Long.toUnsignedString(after.recordId());
  }
}
