package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventSource;
import io.avma.transport.Flaw;
import io.avma.transport.LogName;
import io.avma.transport.TransportException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/**
 * A host's Application log through {@code Win32_NTLogEvent}. Where the filter has event numbers the
 * host chooses, see {@link SelectedRecords}. Else it is asked for all records behind the bookmark,
 * a window of numbers at a time. WMI gives the newest first, so of what comes the oldest are kept,
 * as many as wanted.
 *
 * <p>The bookmark's own record is asked for as well: where it is no longer there, the log has been
 * cleared or has wrapped, and is read anew; what the bookmark knows is left out.
 */
final class NtLogEvents implements EventSource {
  private static final int LEAST_WINDOW = 64;
  private static final int MOST_WINDOW = 10_000;
  private static final Comparator<WindowsEvent> BY_NUMBER =
      (a, b) -> Long.compareUnsigned(a.recordId().getAsLong(), b.recordId().getAsLong());

  private final WsManHost host;
  private final WsManClient client;
  private volatile boolean closed;

  NtLogEvents(WsManHost host, WsManClient client) {
    this.host = host;
    this.client = client;
  }

  @Override
  public EventBatch read(EventBookmark bookmark, EventFilter filter, int max)
      throws TransportException {
    host.check();
    if (closed) {
      throw new IllegalStateException("the event log of " + client.endpoint() + " is closed");
    }
    checkArgument(max >= 1, "max is %s (expected: at least 1)", max);
    if (!filter.eventIds().isEmpty()) {
      return new SelectedRecords(client, bookmark, filter, max).read();
    }
    OptionalLong from = lowestMark(bookmark);
    Pass pass = new Pass(bookmark, max);
    pass.run(from);
    if (from.isPresent() && !pass.sawMark) {
      pass = new Pass(bookmark, max);
      pass.run(OptionalLong.empty());
    }
    return pass.batch(filter);
  }

  static OptionalLong lowestMark(EventBookmark bookmark) {
    OptionalLong lowest = OptionalLong.empty();
    for (Map.Entry<LogName, Mark> entry : bookmark.marks().entrySet()) {
      long number = entry.getValue().recordId();
      if (entry.getKey().channel().equalsIgnoreCase(NtLogRecord.LOG)
          && (lowest.isEmpty() || Long.compareUnsigned(number, lowest.getAsLong()) < 0)) {
        lowest = OptionalLong.of(number);
      }
    }
    return lowest;
  }

  /** One way through the log. */
  private final class Pass {
    private final EventBookmark bookmark;
    private final int max;
    private final PriorityQueue<WindowsEvent> oldest = new PriorityQueue<>(BY_NUMBER.reversed());
    private final List<Flaw> flaws = new ArrayList<>();
    private long taken;
    private boolean sawMark;
    private boolean more;

    Pass(EventBookmark bookmark, int max) {
      this.bookmark = bookmark;
      this.max = max;
    }

    /** Goes on by windows of numbers: to ask for all that follows would bring it all each time. */
    void run(OptionalLong from) throws TransportException {
      long width = Math.max(LEAST_WINDOW, Math.min(max, MOST_WINDOW));
      OptionalLong start = from.isPresent() ? from : lowest(0);
      while (start.isPresent() && !more) {
        long end = start.getAsLong() + width;
        long before = taken;
        client.enumerate(
            WsManQuery.of(
                Hyperv.CIMV2, behind("*", start.getAsLong()).where("RecordNumber", "<", end)),
            this::take);
        // Numbers follow one another: behind a window with gaps there is nothing, or something new.
        start = taken - before == width ? OptionalLong.of(end) : lowest(end);
      }
    }

    /** Returns the lowest number that is {@code least} or more. */
    private OptionalLong lowest(long least) throws TransportException {
      long[] lowest = {Long.MAX_VALUE};
      client.enumerate(
          WsManQuery.of(Hyperv.CIMV2, behind("RecordNumber", least)),
          item -> {
            if (item instanceof WsManItem.Instance read) {
              lowest[0] =
                  Math.min(lowest[0], NtLogRecord.number(read.instance()).orElse(Long.MAX_VALUE));
            }
          });
      return lowest[0] < least || lowest[0] == Long.MAX_VALUE
          ? OptionalLong.empty()
          : OptionalLong.of(lowest[0]);
    }

    private static Wql behind(String properties, long least) {
      Wql query = NtLogRecord.query(properties);
      return least == 0 ? query : query.where("RecordNumber", ">=", least);
    }

    private void take(WsManItem item) {
      taken++;
      WindowsEvent event = NtLogRecord.read(item, flaws);
      if (event == null) {
        return;
      }
      Mark mark = new Mark(event.recordId().getAsLong(), event.timeCreated());
      LogName log = LogName.of(event);
      sawMark |= bookmark.mark(log).filter(mark::equals).isPresent();
      if (bookmark.knows(log, mark)) {
        return;
      }
      oldest.add(event);
      if (oldest.size() > max) {
        WindowsEvent ignored = oldest.poll();
        more = true;
      }
    }

    EventBatch batch(EventFilter filter) {
      if (oldest.isEmpty() && flaws.isEmpty()) {
        return EventBatch.nothingAfter(bookmark);
      }
      List<WindowsEvent> ordered = new ArrayList<>(oldest);
      ordered.sort(BY_NUMBER);
      EventFollower follower = new EventFollower(bookmark);
      ordered.forEach(follower::saw);
      return new EventBatch(
          ordered.stream().filter(filter::matches).collect(ImmutableList.toImmutableList()),
          follower.bookmark(),
          follower.gaps(),
          ImmutableList.copyOf(flaws),
          !more);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
