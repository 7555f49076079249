package io.avma.sim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventSource;
import io.avma.transport.LogName;
import io.avma.transport.TransportException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The Application log of a simulated machine; records become events when they are read. */
final class SimulatedEvents implements EventSource {
  /** Says whether the machine can be asked. */
  interface Reach {
    void check() throws TransportException;
  }

  private final Handle handle;
  private final Reach reach;
  private final ActivationLogEntry.Side side;
  private final String computer;
  private final Supplier<long[]> log;
  private final IntFunction<String> detail;

  SimulatedEvents(
      Handle handle,
      Reach reach,
      ActivationLogEntry.Side side,
      String computer,
      Supplier<long[]> log,
      IntFunction<String> detail) {
    this.handle = handle;
    this.reach = reach;
    this.side = side;
    this.computer = computer;
    this.log = log;
    this.detail = detail;
  }

  @Override
  public EventBatch read(EventBookmark bookmark, EventFilter filter, int max)
      throws TransportException {
    handle.check();
    reach.check();
    checkArgument(max >= 1, "max is %s (expected: at least 1)", max);
    long[] records = log.get();
    if (CompactLog.size(records) == 0) {
      return EventBatch.nothingAfter(bookmark);
    }
    EventFollower follower = new EventFollower(bookmark);
    ImmutableList.Builder<WindowsEvent> events = ImmutableList.builder();
    int found = 0;
    int index = firstUnknown(records, bookmark);
    for (; index < CompactLog.size(records) && found < max; index++) {
      if (!CompactLog.isThere(records, index)) {
        continue; // it was lost, and the number of the next one tells
      }
      WindowsEvent event = render(records, index);
      follower.saw(event);
      if (filter.matches(event)) {
        events.add(event);
        found++;
      }
    }
    return new EventBatch(
        events.build(),
        follower.bookmark(),
        follower.gaps(),
        ImmutableList.of(),
        index == CompactLog.size(records));
  }

  /** Numbers and times both ascend here, so what a bookmark knows is the front of the log. */
  private int firstUnknown(long[] records, EventBookmark bookmark) {
    LogName name = new LogName(computer, "Application");
    int low = 0;
    int high = CompactLog.size(records);
    while (low < high) {
      int middle = (low + high) >>> 1;
      EventBookmark.Mark mark =
          new EventBookmark.Mark(
              CompactLog.recordId(records, middle), Optional.of(timeOf(records, middle)));
      if (bookmark.knows(name, mark)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Instant timeOf(long[] records, int index) {
    return handle.engine.instant(CompactLog.time(records, index));
  }

  private WindowsEvent render(long[] records, int index) {
    Instant time = timeOf(records, index);
    long number = CompactLog.recordId(records, index);
    if (CompactLog.isForeign(records, index)) {
      return WindowsEvent.builder("AVMA simulation", 1)
          .channel("Application")
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
