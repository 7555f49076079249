package io.avma.transport;

import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a reader has come in an event source, to go on from there: now, or at the next harvest.
 *
 * <p>{@link #marks} say which records of which log are known and mean the same to every source. A
 * source that is not in the order of its records, such as an export with the newest first, would
 * pass over the rest of itself if marks moved while it is read: it collects them in {@link #pass}
 * and moves them at its {@linkplain #ended end}. The place is the source's own; a source that does
 * not recognize it starts again behind the marks, so an event may then come twice and none is lost.
 *
 * @param marks the newest known record of each log, in the order of the logs
 * @param pass the newest record of each log that the current pass has seen so far
 * @param place where the source goes on, in its own words; empty for its beginning
 */
@CheckReturnValue
public record EventBookmark(
    ImmutableSortedMap<LogName, Mark> marks,
    ImmutableSortedMap<LogName, Mark> pass,
    Optional<String> place) {
  private static final EventBookmark START =
      new EventBookmark(ImmutableSortedMap.of(), ImmutableSortedMap.of(), Optional.empty());

  /**
   * A record that is known.
   *
   * @param recordId its number in its log, unsigned
   * @param time when it was created
   */
  public record Mark(long recordId, Optional<Instant> time) {
    /** Returns the mark of {@code event}; empty if it has no number. */
    static Optional<Mark> of(WindowsEvent event) {
      return event.recordId().isPresent()
          ? Optional.of(new Mark(event.recordId().getAsLong(), event.timeCreated()))
          : Optional.empty();
    }

    /**
     * Returns whether a log that has come to this mark has passed {@code other}: the number is not
     * above, and the record is not younger either, which it is when the log counts from its start
     * again.
     */
    boolean covers(Mark other) {
      boolean younger =
          time.isPresent() && other.time.isPresent() && other.time.get().isAfter(time.get());
      return Long.compareUnsigned(other.recordId, recordId) <= 0 && !younger;
    }
  }

  /** Returns the bookmark that knows no record. */
  public static EventBookmark start() {
    return START;
  }

  /** Reads what {@link #toText} wrote; empty for any other text. */
  public static Optional<EventBookmark> parse(String text) {
    return BookmarkText.parse(text);
  }

  /** Returns the newest known record of {@code log}. */
  public Optional<Mark> mark(LogName log) {
    return Optional.ofNullable(marks.get(log));
  }

  /**
   * Returns whether {@code event} is known: its log's mark has passed it. A log that was cleared
   * counts from its start again, so a younger record with a lower number is not known. A record
   * without a number never is.
   */
  public boolean knows(WindowsEvent event) {
    Optional<Mark> mark = Mark.of(event);
    return mark.isPresent() && knows(LogName.of(event), mark.get());
  }

  /** Returns whether the record {@code mark} of {@code log} is known; as {@link #knows}. */
  public boolean knows(LogName log, Mark mark) {
    Mark newest = marks.get(log);
    return newest != null && newest.covers(mark);
  }

  /** Returns this bookmark in the middle of a pass, at {@code newPlace}. */
  public EventBookmark at(String newPlace) {
    return new EventBookmark(marks, pass, Optional.of(newPlace));
  }

  /** Returns the bookmark behind the end of the pass: everything that it has seen is known. */
  public EventBookmark ended() {
    if (pass.isEmpty() && place.isEmpty()) {
      return this;
    }
    Map<LogName, Mark> moved = new TreeMap<>(marks);
    moved.putAll(pass);
    return new EventBookmark(
        ImmutableSortedMap.copyOf(moved), ImmutableSortedMap.of(), Optional.empty());
  }

  /** Returns the bookmark as text for a file, one line a mark; {@link #parse} reads it. */
  public String toText() {
    return BookmarkText.write(this);
  }
}
