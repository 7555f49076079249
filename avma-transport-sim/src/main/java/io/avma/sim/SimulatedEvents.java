package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.LogName;
import io.avma.transport.TransportException;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The Application log of a simulated machine; records become events when they are read.
 *
 * <p>The place of its bookmarks is how often the log had been cleared. So a clock that was set back
 * hides nothing: a mark alone could not tell a cleared log from one that it knows.
 */
final class SimulatedEvents implements EventSource {
  private static final String PLACE = "cleared ";

  /** Says whether the machine can be asked. */
  interface Reach {
    void check() throws TransportException;
  }

  private final Handle handle;
  private final Reach reach;
  private final ActivationLogEntry.Side side;
  private final String computer;
  private final LogName name;
  private final Supplier<long[]> log;
  private final IntSupplier cleared;
  private final IntFunction<String> detail;

  SimulatedEvents(
      Handle handle,
      Reach reach,
      ActivationLogEntry.Side side,
      String computer,
      Supplier<long[]> log,
      IntSupplier cleared,
      IntFunction<String> detail) {
    this.handle = handle;
    this.reach = reach;
    this.side = side;
    this.computer = computer;
    name = new LogName(computer, SoftwareProtection.CHANNEL);
    this.log = log;
    this.cleared = cleared;
    this.detail = detail;
  }

  @Override
  public EventBatch read(EventBookmark bookmark, EventFilter filter, int max)
      throws TransportException {
    handle.check();
    reach.check();
    checkArgument(max >= 1, "max is %s (expected: at least 1)", max);
    long[] records = log.get();
    String place = PLACE + cleared.getAsInt();
    boolean restarted = isOfClearedLog(bookmark, place);
    EventBookmark from = restarted ? withoutThisLog(bookmark) : bookmark;
    EventFollower follower = new EventFollower(from);
    ImmutableList.Builder<WindowsEvent> events = ImmutableList.builder();
    Optional<Mark> first = Optional.empty();
    int found = 0;
    int index = firstUnknown(records, from);
    for (; index < CompactLog.size(records) && found < max; index++) {
      Mark mark = mark(records, index);
      if (!CompactLog.isThere(records, index) || from.knows(name, mark)) {
        continue; // the number of the next one tells that it was lost
      }
      follower.saw(name, mark);
      first = first.or(() -> Optional.of(mark));
      WindowsEvent event = render(records, index);
      if (filter.matches(event)) {
        events.add(event);
        found++;
      }
    }
    if (first.isEmpty()) {
      return EventBatch.nothingAfter(bookmark);
    }
    return new EventBatch(
        events.build(),
        follower.bookmark().at(place),
        gaps(follower, restarted ? bookmark.mark(name) : Optional.empty(), first.get()),
        ImmutableList.of(),
        index == CompactLog.size(records));
  }

  private boolean isOfClearedLog(EventBookmark bookmark, String place) {
    return bookmark.mark(name).isPresent()
        && bookmark
            .place()
            .filter(then -> then.startsWith(PLACE) && !then.equals(place))
            .isPresent();
  }

  private EventBookmark withoutThisLog(EventBookmark bookmark) {
    return new EventBookmark(
        ImmutableSortedMap.copyOf(Maps.filterKeys(bookmark.marks(), log -> !log.equals(name))),
        ImmutableSortedMap.of(),
        Optional.empty());
  }

  private ImmutableList<EventGap> gaps(
      EventFollower follower, Optional<Mark> beforeClearing, Mark first) {
    ImmutableList.Builder<EventGap> gaps = ImmutableList.builder();
    beforeClearing.ifPresent(
        mark -> gaps.add(new EventGap(EventGap.Kind.RESTARTED, name, mark, first)));
    return gaps.addAll(follower.gaps()).build();
  }

  /**
   * Returns where the records begin among which some may be unknown: behind the one that is marked,
   * if it is here. Else the log was cleared or its machine reverted, and each has to be looked at.
   */
  private int firstUnknown(long[] records, EventBookmark bookmark) {
    Optional<Mark> known = bookmark.mark(name);
    if (known.isEmpty() || CompactLog.size(records) == 0) {
      return 0;
    }
    long index = known.get().recordId() - CompactLog.recordId(records, 0);
    return index >= 0
            && index < CompactLog.size(records)
            && mark(records, (int) index).equals(known.get())
        ? (int) index + 1
        : 0;
  }

  private Mark mark(long[] records, int index) {
    return new Mark(CompactLog.recordId(records, index), Optional.of(time(records, index)));
  }

  /** In whole multiples of 100 ns, as events have it: marks of the same record shall be equal. */
  private Instant time(long[] records, int index) {
    Instant time = handle.engine.instant(CompactLog.time(records, index));
    return time.minusNanos(time.get(ChronoField.NANO_OF_SECOND) % 100);
  }

  private WindowsEvent render(long[] records, int index) {
    Instant time = time(records, index);
    long number = CompactLog.recordId(records, index);
    if (CompactLog.isForeign(records, index)) {
      return WindowsEvent.builder("AVMA simulation", 1)
          .channel(SoftwareProtection.CHANNEL)
          .computer(computer)
          .recordId(number)
          .timeCreated(time)
          .build();
    }
    return ActivationLogEntry.written(
            side,
            computer,
            number,
            time,
            new Hresult(CompactLog.code(records, index)),
            detail.apply(CompactLog.other(records, index)))
        .event();
  }

  @Override
  public void close() {
    handle.close();
  }
}
