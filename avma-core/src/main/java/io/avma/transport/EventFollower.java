package io.avma.transport;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBookmark.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows the logs of an event source while it is read: which records are known, where the numbers
 * leave something out, and what the next bookmark is. For those who implement {@link EventSource}.
 *
 * <p>Show it every record, also those that a filter holds back, else their numbers look like gaps.
 * A record that is out of order is neither a gap nor the newest. For one thread; bounded by {@link
 * #MAX_LOGS} and {@link #MAX_GAPS}, because the names and numbers in a file may be anything.
 */
@CheckReturnValue
public final class EventFollower {
  /** Of how many logs records are marked; those of further logs may come again. */
  public static final int MAX_LOGS = 10_000;

  /** How many gaps are kept; further ones are only counted. */
  public static final int MAX_GAPS = 10_000;

  private final EventBookmark from;
  private final Map<LogName, Mark> newest;
  private final List<EventGap> gaps = new ArrayList<>();
  private long gapsBeyond;

  /** Starts at {@code from}, which may lie in the middle of a pass. */
  public EventFollower(EventBookmark from) {
    this.from = from;
    newest = new TreeMap<>(from.marks());
    newest.putAll(from.pass());
  }

  /** Returns whether the record {@code mark} of {@code log} was known before this pass. */
  public boolean knew(LogName log, Mark mark) {
    return from.knows(log, mark);
  }

  /** Takes note of an event; one without a number changes nothing. */
  public void saw(WindowsEvent event) {
    Mark.of(event).ifPresent(mark -> saw(LogName.of(event), mark));
  }

  /** Takes note of a record. */
  public void saw(LogName log, Mark mark) {
    Mark last = newest.get(log);
    if (last == null) {
      if (newest.size() < MAX_LOGS) {
        newest.put(log, mark);
      }
      return;
    }
    if (last.covers(mark)) {
      return;
    }
    EventGap.between(log, last, mark).ifPresent(this::keep);
    newest.put(log, mark);
  }

  /** Returns the gaps found so far, in the order in which they were found. */
  public ImmutableList<EventGap> gaps() {
    return ImmutableList.copyOf(gaps);
  }

  /** Returns how many gaps were found and not kept. */
  public long gapsBeyondBound() {
    return gapsBeyond;
  }

  /**
   * Returns the bookmark behind the last record, for a source that is in the order of its records.
   */
  public EventBookmark bookmark() {
    return new EventBookmark(
        ImmutableSortedMap.copyOf(newest), ImmutableSortedMap.of(), Optional.empty());
  }

  /**
   * Returns the bookmark for going on at {@code place} within the same pass, for a source in any
   * order.
   */
  public EventBookmark midway(String place) {
    return new EventBookmark(from.marks(), ImmutableSortedMap.copyOf(newest), Optional.of(place));
  }

  private void keep(EventGap gap) {
    if (gaps.size() < MAX_GAPS) {
      gaps.add(gap);
    } else {
      gapsBeyond++;
    }
  }
}
