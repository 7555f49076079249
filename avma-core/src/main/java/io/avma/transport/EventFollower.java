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
 * Follows the logs of an event source while it is read: which records are known, which numbers
 * between them are left out, and what the next bookmark is. For those who implement {@link
 * EventSource}.
 *
 * <p>Show it every record, also those that a filter holds back, else their numbers look like gaps.
 * The order does not matter: newest first, or one archive after a later one, leaves the same gaps,
 * which is why they are complete only at the end. For one thread; bounded by {@link #MAX_LOGS} and
 * {@link #MAX_GAPS}, because the names and numbers in a file may be anything.
 */
@CheckReturnValue
public final class EventFollower {
  /** Of how many logs records are marked; those of further logs may come again. */
  public static final int MAX_LOGS = 10_000;

  /** How many gaps are kept; further ones are only counted. */
  public static final int MAX_GAPS = 10_000;

  private final EventBookmark from;
  private final Map<LogName, Mark> newest;

  /** The records of each log since it began or started again. */
  private final Map<LogName, SeenRecords> seen = new TreeMap<>();

  /** What was left out before logs started again, and that they did. */
  private final List<EventGap> closed = new ArrayList<>();

  /** How many gaps are between the records in {@link #seen}. */
  private int openGaps;

  private long gapsBeyond;

  /** Starts at {@code from}, which may lie in the middle of a pass. */
  public EventFollower(EventBookmark from) {
    this.from = from;
    newest = new TreeMap<>(from.marks());
    newest.putAll(from.pass());
    newest.forEach(
        (log, mark) -> seen.put(log, SeenRecords.upTo(from.mark(log).orElse(mark), mark)));
  }

  /** Returns whether the record {@code mark} of {@code log} was known before this pass. */
  public boolean knew(LogName log, Mark mark) {
    return from.knows(log, mark);
  }

  /** Takes note of an event; one without a number changes nothing. */
  public void saw(WindowsEvent event) {
    Mark.of(event).ifPresent(mark -> saw(LogName.of(event), mark));
  }

  /** Takes note of a record; one that was known before this pass changes nothing. */
  public void saw(LogName log, Mark mark) {
    Mark last = newest.get(log);
    if (last == null) {
      if (newest.size() < MAX_LOGS) {
        newest.put(log, mark);
        seen.put(log, SeenRecords.upTo(mark, mark));
      }
      return;
    }
    if (from.knows(log, mark)) {
      return;
    }
    if (last.covers(mark)) {
      add(log, mark);
      return;
    }
    if (Long.compareUnsigned(mark.recordId(), last.recordId()) <= 0) {
      restart(log, last, mark);
    } else {
      add(log, mark);
    }
    newest.put(log, mark);
  }

  private void add(LogName log, Mark mark) {
    SeenRecords records = seen.get(log);
    if (records != null) {
      openGaps += records.add(mark);
      if (openGaps + closed.size() > MAX_GAPS) {
        openGaps -= records.forgetLowestGap();
        gapsBeyond++;
      }
    }
  }

  private void restart(LogName log, Mark last, Mark mark) {
    SeenRecords records = seen.get(log);
    if (records != null) {
      ImmutableList<EventGap> gaps = records.gaps(log);
      openGaps -= gaps.size();
      closed.addAll(gaps);
    }
    if (openGaps + closed.size() < MAX_GAPS) {
      closed.add(new EventGap(EventGap.Kind.RESTARTED, log, last, mark));
    } else {
      gapsBeyond++;
    }
    seen.put(log, SeenRecords.upTo(mark, mark));
  }

  /**
   * Returns the gaps between the records seen so far, and those since the bookmark; what is shown
   * later may fill them. Within a log from its oldest records to its newest.
   */
  public ImmutableList<EventGap> gaps() {
    ImmutableList.Builder<EventGap> gaps = ImmutableList.builder();
    gaps.addAll(closed);
    seen.forEach((log, records) -> gaps.addAll(records.gaps(log)));
    return gaps.build();
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
}
