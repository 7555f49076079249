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
import io.avma.transport.TransportException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
  private final Supplier<@Nullable CompactLog> log;
  private final IntFunction<String> detail;

  SimulatedEvents(
      Handle handle,
      Reach reach,
      ActivationLogEntry.Side side,
      String computer,
      Supplier<@Nullable CompactLog> log,
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
    CompactLog records = log.get();
    if (records == null) {
      return EventBatch.nothingAfter(bookmark);
    }
    EventFollower follower = new EventFollower(bookmark);
    ImmutableList.Builder<WindowsEvent> events = ImmutableList.builder();
    int found = 0;
    int index = firstUnknown(records, bookmark);
    for (; index < records.size() && found < max; index++) {
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
        index == records.size());
  }

  /** Numbers and times both ascend here, so what a bookmark knows is the front of the log. */
  private int firstUnknown(CompactLog records, EventBookmark bookmark) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bookmark.knows(render(records, middle))) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private WindowsEvent render(CompactLog records, int index) {
    return ActivationLogEntry.written(
            side,
            computer,
            records.recordId(index),
            handle.engine.instant(records.time(index)),
            new Hresult(records.code(index)),
            detail.apply(records.other(index)))
        .event();
  }

  @Override
  public void close() {
    handle.close();
  }
}
