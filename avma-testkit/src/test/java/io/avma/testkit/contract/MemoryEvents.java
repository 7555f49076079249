package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.LogName;
import io.avma.transport.TransportException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A handle on a {@link MemoryLog}. */
final class MemoryEvents implements EventSource {
  private final MemoryLog log;
  private final Owner machine;
  private final boolean endless;
  private final List<WindowsEvent> whenOpened;
  private Optional<EventBookmark> own = Optional.empty();
  private boolean closed;

  /** Says whether the machine that was asked for its log can still be asked. */
  interface Owner {
    void check() throws TransportException;
  }

  MemoryEvents(MemoryLog log, Owner machine, boolean endless) {
    this.log = log;
    this.machine = machine;
    this.endless = endless;
    this.whenOpened = List.copyOf(log.records);
  }

  private boolean has(EventFault fault) {
    return log.fault == fault;
  }

  @Override
  public EventBatch read(EventBookmark asked, EventFilter filter, int max)
      throws TransportException {
    machine.check();
    if ((closed && !has(EventFault.A_CLOSED_SOURCE_READS)) || log.allClosed) {
      throw new IllegalStateException("the log in memory is closed");
    }
    if (max < 1 && !(max == 0 && has(EventFault.ZERO_EVENTS_ARE_ALL))) {
      throw new IllegalArgumentException("max is " + max + " (expected: at least 1)");
    }
    EventBookmark bookmark =
        has(EventFault.THE_HANDLE_GOES_ON_BY_ITSELF) ? own.orElse(asked) : asked;
    if (has(EventFault.BOOKMARKS_DIE_WITH_THEIR_OBJECT)
        && bookmark.marks().keySet().stream().allMatch(MemoryEvents::isOwn)
        && !log.handedOut.contains(bookmark)) {
      return batch(EventBookmark.start(), filter, max);
    }
    return batch(bookmark, filter, max);
  }

  private EventBatch batch(EventBookmark bookmark, EventFilter filter, int max) {
    EventFollower follower = new EventFollower(bookmark);
    EventFollower shown = new EventFollower(bookmark);
    List<WindowsEvent> records =
        has(EventFault.AN_OPEN_SOURCE_SEES_NOTHING_NEW) ? whenOpened : log.records;
    List<WindowsEvent> events = new ArrayList<>();
    int index = 0;
    for (; index < records.size() && events.size() < max; index++) {
      WindowsEvent event = records.get(index);
      if (isKnown(bookmark, event)) {
        continue;
      }
      if (matches(filter, event)) {
        events.add(event);
        shown.saw(event);
      }
      follower.saw(event);
    }
    if (has(EventFault.FIVE_RECORDS_COME_NEWEST_FIRST) && events.size() == 5) {
      events.sort(Comparator.comparing(event -> -event.recordId().orElseThrow()));
    }
    boolean atEnd =
        (index == records.size() && !endless)
            || (has(EventFault.TWO_EVENTS_ARE_THE_END) && max == 2);
    EventBookmark next = next(bookmark, follower, events);
    log.handedOut.add(next);
    own = Optional.of(next);
    List<EventGap> gaps =
        new ArrayList<>((has(EventFault.HIDDEN_EVENTS_ARE_GAPS) ? shown : follower).gaps());
    gaps.removeIf(
        gap ->
            has(
                gap.kind() == EventGap.Kind.RESTARTED
                    ? EventFault.CLEARED_LOGS_ARE_NOT_TOLD
                    : EventFault.LOST_RECORDS_ARE_NOT_TOLD));
    return new EventBatch(
        ImmutableList.copyOf(events), next, ImmutableList.copyOf(gaps), ImmutableList.of(), atEnd);
  }

  private EventBookmark next(
      EventBookmark bookmark, EventFollower follower, List<WindowsEvent> events) {
    EventBookmark next = follower.bookmark();
    boolean nothingNew = next.marks().equals(bookmark.marks());
    if (has(EventFault.LOOKING_AGAIN_FORGETS) && nothingNew) {
      return EventBookmark.start();
    }
    if (has(EventFault.THE_BOOKMARK_WAITS_FOR_HIDDEN_EVENTS) && events.isEmpty()) {
      return bookmark;
    }
    if (has(EventFault.THE_LAST_OF_THREE_COMES_AGAIN) && events.size() == 3 && !atLast(events)) {
      EventFollower shorter = new EventFollower(bookmark);
      events.subList(0, 2).forEach(shorter::saw);
      return shorter.bookmark();
    }
    if (has(EventFault.MARKS_OF_OTHER_LOGS_ARE_DROPPED)) {
      return new EventBookmark(
          ImmutableSortedMap.copyOf(Maps.filterKeys(next.marks(), MemoryEvents::isOwn)),
          ImmutableSortedMap.of(),
          Optional.empty());
    }
    return next;
  }

  private boolean atLast(List<WindowsEvent> events) {
    return events.get(events.size() - 1).equals(log.records.get(log.records.size() - 1));
  }

  private static boolean isOwn(LogName name) {
    return name.computer().equals(MemoryLog.COMPUTER);
  }

  private boolean isKnown(EventBookmark bookmark, WindowsEvent event) {
    if (has(EventFault.AN_UNKNOWN_PLACE_IS_THE_END) && bookmark.place().isPresent()) {
      return true;
    }
    if (has(EventFault.MARKS_OF_OTHER_LOGS_COUNT_HERE)) {
      Mark mark = new Mark(event.recordId().orElseThrow(), event.timeCreated());
      return bookmark.knows(event)
          || bookmark.marks().keySet().stream()
              .filter(name -> !name.equals(LogName.of(event)))
              .anyMatch(name -> bookmark.knows(name, mark));
    }
    return bookmark.knows(event);
  }

  private boolean matches(EventFilter filter, WindowsEvent event) {
    return has(EventFault.FILTERS_BY_NUMBER_ARE_IGNORED)
        ? EventFilter.all().withEventIds(filter.eventIds()).matches(event)
        : filter.matches(event);
  }

  @Override
  public void close() {
    log.allClosed |= closed && has(EventFault.CLOSING_TWICE_CLOSES_ALL);
    closed = true;
  }
}
