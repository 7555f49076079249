package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventGap;
import io.avma.transport.Flaw;
import io.avma.transport.LogName;
import io.avma.transport.TransportException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The next records of certain event numbers, chosen by the host: of all that follow the bookmark
 * their numbers alone are asked for, and then, of as many as are wanted, the records.
 *
 * <p>What the host leaves out would look like gaps. So the bookmark's own record is asked for: as
 * long as it stands, nothing behind it is lost. Where it does not, the log's oldest record tells
 * what is.
 */
final class SelectedRecords {
  /** Queries of WMI have a limit on conditions that is not documented; twenty are few. */
  private static final int MAX_IDS = 20;

  private static final Comparator<WindowsEvent> BY_NUMBER =
      Comparator.comparingLong(event -> event.recordId().orElse(0));

  private final WsManClient client;
  private final EventBookmark bookmark;
  private final EventFilter filter;
  private final int max;
  private final List<WindowsEvent> events = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();

  SelectedRecords(WsManClient client, EventBookmark bookmark, EventFilter filter, int max) {
    this.client = client;
    this.bookmark = bookmark;
    this.filter = filter;
    this.max = max;
  }

  /** The lowest numbers of matching records, ascending, and whether there are higher ones. */
  private record Page(List<Long> numbers, boolean more) {}

  EventBatch read() throws TransportException {
    OptionalLong mark = NtLogEvents.lowestMark(bookmark);
    boolean stands = mark.isEmpty() || stands(mark.getAsLong());
    long least = stands && mark.isPresent() ? mark.getAsLong() + 1 : 0;
    if (filter.afterRecord().isPresent() && filter.afterRecord().getAsLong() >= least) {
      least = filter.afterRecord().getAsLong() + 1;
    }
    Deadline deadline = new Deadline(client.options().callTimeout());
    Page page;
    do { // once more only where several computers' marks know all of it
      if (deadline.left() == 0) {
        throw deadline.passed(client.endpoint() + ": the log brings nothing new");
      }
      page = page(least);
      if (!page.numbers().isEmpty()) {
        least = page.numbers().get(page.numbers().size() - 1) + 1;
        records(page.numbers().get(0), least);
      }
    } while (events.isEmpty() && page.more());
    return batch(stands, !page.more());
  }

  private boolean stands(long number) throws TransportException {
    boolean[] stands = {false};
    client.enumerate(
        WsManQuery.of(Hyperv.CIMV2, NtLogRecord.query("*").where("RecordNumber", "=", number)),
        item -> {
          WindowsEvent event = NtLogRecord.read(item, new ArrayList<>());
          if (event != null) {
            Mark mark = new Mark(event.recordId().orElse(0), event.timeCreated());
            stands[0] |= bookmark.mark(LogName.of(event)).filter(mark::equals).isPresent();
          }
        });
    return stands[0];
  }

  private Page page(long least) throws TransportException {
    PriorityQueue<Long> lowest = new PriorityQueue<>(Collections.reverseOrder());
    boolean[] more = {false};
    for (List<Integer> ids : Iterables.partition(filter.eventIds(), MAX_IDS)) {
      client.enumerate(
          WsManQuery.of(
              Hyperv.CIMV2,
              from(NtLogRecord.query("RecordNumber").whereAny("EventCode", ids), least)),
          item -> {
            OptionalLong number =
                item instanceof WsManItem.Instance read
                    ? NtLogRecord.number(read.instance())
                    : OptionalLong.empty();
            if (number.isPresent() && number.getAsLong() >= least) { // whatever the host gives
              lowest.add(number.getAsLong());
            }
            if (lowest.size() > max) {
              Long unused = lowest.poll();
              more[0] = true;
            }
          });
    }
    List<Long> ascending = new ArrayList<>(lowest);
    Collections.sort(ascending);
    return new Page(ascending, more[0]);
  }

  private void records(long first, long end) throws TransportException {
    for (List<Integer> ids : Iterables.partition(filter.eventIds(), MAX_IDS)) {
      Wql query = from(NtLogRecord.query("*").whereAny("EventCode", ids), first);
      client.enumerate(
          WsManQuery.of(Hyperv.CIMV2, query.where("RecordNumber", "<", end)), this::take);
    }
    events.sort(BY_NUMBER);
  }

  private static Wql from(Wql query, long least) {
    return least == 0 ? query : query.where("RecordNumber", ">=", least);
  }

  private void take(WsManItem item) {
    WindowsEvent event = NtLogRecord.read(item, flaws);
    if (event != null && events.size() < max && !bookmark.knows(event)) {
      events.add(event);
    }
  }

  private EventBatch batch(boolean stands, boolean atEnd) throws TransportException {
    EventFollower follower = new EventFollower(bookmark);
    ImmutableList<EventGap> gaps = ImmutableList.of();
    if (!stands) {
      WindowsEvent oldest = oldest();
      if (oldest != null) {
        follower.saw(oldest);
        gaps = follower.gaps();
      }
    }
    if (events.isEmpty() && flaws.isEmpty() && gaps.isEmpty()) {
      return EventBatch.nothingAfter(bookmark);
    }
    events.forEach(follower::saw);
    return new EventBatch(
        events.stream().filter(filter::matches).collect(ImmutableList.toImmutableList()),
        follower.bookmark(),
        gaps,
        ImmutableList.copyOf(flaws),
        atEnd);
  }

  /**
   * The oldest record of the log, whatever it says: 1 where it was cleared, more where it is full.
   */
  private @Nullable WindowsEvent oldest() throws TransportException {
    WindowsEvent first = record(1);
    if (first != null) {
      return first;
    }
    long[] lowest = {events.isEmpty() ? Long.MAX_VALUE : events.get(0).recordId().orElse(0)};
    Wql query = NtLogRecord.query("RecordNumber");
    client.enumerate(
        WsManQuery.of(
            Hyperv.CIMV2, events.isEmpty() ? query : query.where("RecordNumber", "<", lowest[0])),
        item -> {
          if (item instanceof WsManItem.Instance read) {
            lowest[0] =
                Math.min(lowest[0], NtLogRecord.number(read.instance()).orElse(Long.MAX_VALUE));
          }
        });
    return lowest[0] == Long.MAX_VALUE ? null : record(lowest[0]);
  }

  private @Nullable WindowsEvent record(long number) throws TransportException {
    WindowsEvent[] found = {null};
    client.enumerate(
        WsManQuery.of(Hyperv.CIMV2, NtLogRecord.query("*").where("RecordNumber", "=", number)),
        item -> found[0] = NtLogRecord.read(item, new ArrayList<>()));
    return found[0];
  }
}
