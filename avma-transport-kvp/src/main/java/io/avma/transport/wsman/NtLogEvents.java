package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventSource;
import io.avma.transport.Flaw;
import io.avma.transport.LogName;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A host's Application log through {@code Win32_NTLogEvent}, asked for the records behind the
 * bookmark, a window of numbers at a time. WMI gives the newest first, so of what comes the oldest
 * are kept, as many as wanted.
 *
 * <p>The bookmark's own record is asked for as well: where it is no longer there, the log has been
 * cleared or has wrapped, and is read anew; what the bookmark knows is left out.
 */
final class NtLogEvents implements EventSource {
  private static final String CLASS = "Win32_NTLogEvent";
  private static final String LOG = "Application";
  private static final int MAX_FLAWS = 100;
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
    OptionalLong from = lowestMark(bookmark);
    Pass pass = new Pass(bookmark, max);
    pass.run(from);
    if (from.isPresent() && !pass.sawMark) {
      pass = new Pass(bookmark, max);
      pass.run(OptionalLong.empty());
    }
    return pass.batch(filter);
  }

  private static OptionalLong lowestMark(EventBookmark bookmark) {
    OptionalLong lowest = OptionalLong.empty();
    for (Map.Entry<LogName, Mark> entry : bookmark.marks().entrySet()) {
      long number = entry.getValue().recordId();
      if (entry.getKey().channel().equalsIgnoreCase(LOG)
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
              lowest[0] = Math.min(lowest[0], number(read.instance()).orElse(Long.MAX_VALUE));
            }
          });
      return lowest[0] < least || lowest[0] == Long.MAX_VALUE
          ? OptionalLong.empty()
          : OptionalLong.of(lowest[0]);
    }

    private Wql behind(String properties, long least) {
      Wql query = Wql.select(properties).from(CLASS).where("Logfile", "=", LOG);
      return least == 0 ? query : query.where("RecordNumber", ">=", least);
    }

    private OptionalLong number(CimInstance record) {
      try {
        return record.number("RecordNumber", CimType.UINT32);
      } catch (TransportException e) {
        return OptionalLong.empty(); // the record itself is a flaw when its window is read
      }
    }

    private void take(WsManItem item) {
      taken++;
      WindowsEvent event = item instanceof WsManItem.Instance read ? event(read.instance()) : null;
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

    private @Nullable WindowsEvent event(CimInstance record) {
      try {
        return NtLogEvents.event(record);
      } catch (TransportException | IllegalArgumentException e) {
        Flaw unreadable =
            new Flaw(
                "wrong-type", Flaw.Effect.LOST, Position.in(LOG), "a record that cannot be read");
        if (flaws.size() < MAX_FLAWS) {
          flaws.add(
              e instanceof TransportException failure
                  ? failure.flaw().orElse(unreadable)
                  : unreadable);
        }
        return null;
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

  private static WindowsEvent event(CimInstance record) throws TransportException {
    long code = record.number("EventCode", CimType.UINT16).orElse(0);
    WindowsEventBuilder event =
        WindowsEvent.builder(record.text("SourceName").orElse(""), (int) code)
            .recordId(record.number("RecordNumber", CimType.UINT32).orElse(0))
            .channel(record.text("Logfile").orElse(LOG))
            .data(record.texts("InsertionStrings").stream().map(EventDatum::of).toList());
    record.text("ComputerName").ifPresent(event::computer);
    OptionalLong identifier = record.number("EventIdentifier", CimType.UINT32);
    if (identifier.isPresent()) {
      event.qualifiers((int) (identifier.getAsLong() >>> 16));
    }
    OptionalLong type = record.number("EventType", CimType.UINT8);
    if (type.isPresent() && type.getAsLong() >= 1 && type.getAsLong() <= 3) {
      event.level((int) type.getAsLong() + 1); // 1 error, 2 warning, 3 information
    }
    if (record.time("TimeGenerated").orElse(null) instanceof CimDateTime.Moment time) {
      event.timeCreated(time.instant());
    }
    record.text("Message").filter(text -> !text.isEmpty()).ifPresent(event::renderedMessage);
    return event.build();
  }

  @Override
  public void close() {
    closed = true;
  }
}
