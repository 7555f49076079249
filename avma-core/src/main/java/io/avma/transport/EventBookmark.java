package io.avma.transport;

import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a reader has come in an event source, to go on from there: now, or at the next harvest.
 *
 * <p>The marks say which records of which log are known, and mean the same to every source. The
 * place is the source's own and means something to it alone; a source that does not recognize it
 * falls back to the marks.
 *
 * @param marks the newest known record of each log, in the order of the logs
 * @param place where the source goes on, in its own words; empty for its beginning
 */
@CheckReturnValue
public record EventBookmark(ImmutableSortedMap<LogName, Mark> marks, Optional<String> place) {
  private static final EventBookmark START =
      new EventBookmark(ImmutableSortedMap.of(), Optional.empty());

  /**
   * A record that is known.
   *
   * @param recordId its number in its log, unsigned
   * @param time when it was created
   */
  public record Mark(long recordId, Optional<Instant> time) {}

  /** Returns the bookmark that knows no record. */
  public static EventBookmark start() {
    return START;
  }

  /**
   * Returns this bookmark with {@code event} known as well. A record older than the mark of its log
   * leaves it where it is; one without a number changes nothing.
   */
  public EventBookmark after(WindowsEvent event) {
    OptionalLong number = event.recordId();
    if (number.isEmpty() || knows(event)) {
      return this;
    }
    ImmutableSortedMap.Builder<LogName, Mark> moved = ImmutableSortedMap.naturalOrder();
    LogName log = LogName.of(event);
    marks.forEach(
        (name, mark) -> {
          if (!name.equals(log)) {
            moved.put(name, mark);
          }
        });
    moved.put(log, new Mark(number.getAsLong(), event.timeCreated()));
    return new EventBookmark(moved.buildOrThrow(), place);
  }

  /** Returns this bookmark with another place. */
  public EventBookmark at(String newPlace) {
    return new EventBookmark(marks, Optional.of(newPlace));
  }

  /** Returns this bookmark without a place: for the next harvest of a source that has grown. */
  public EventBookmark withoutPlace() {
    return new EventBookmark(marks, Optional.empty());
  }

  /** Returns the newest known record of {@code log}. */
  public Optional<Mark> mark(LogName log) {
    return Optional.ofNullable(marks.get(log));
  }

  /**
   * Returns whether {@code event} was known when this bookmark was set: its number is not above the
   * mark of its log, and it is not younger either, which it is when the log was cleared and counts
   * from the start again. A record without a number is never known.
   */
  public boolean knows(WindowsEvent event) {
    Optional<Mark> mark = mark(LogName.of(event));
    if (mark.isEmpty() || event.recordId().isEmpty()) {
      return false;
    }
    boolean younger =
        event.timeCreated().isPresent()
            && mark.get().time().isPresent()
            && event.timeCreated().get().isAfter(mark.get().time().get());
    return Long.compareUnsigned(event.recordId().getAsLong(), mark.get().recordId()) <= 0
        && !younger;
  }
}
