package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.TransportException;
import io.avma.transport.eventlog.EventXmlWriter;
import io.avma.transport.wsman.WsManItem;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The events of a log from a place on; has more when the log has. */
final class EventFeed implements Iterator<WsManItem> {
  private static final int AT_A_TIME = 256;
  private static final Pattern RECORD = Pattern.compile("<EventRecordID>([0-9]{1,19})<");

  private final EventSource source;
  private final WqlCondition wanted;
  private EventFilter filter;
  private EventBookmark bookmark = EventBookmark.start();
  private Iterator<WindowsEvent> read = ImmutableList.<WindowsEvent>of().iterator();

  /**
   * Creates a feed.
   *
   * @param from which records come at first; once the end is reached all do, since a log that was
   *     cleared counts from 1 again
   */
  EventFeed(EventSource source, WqlCondition wanted, EventFilter from) {
    this.source = source;
    this.wanted = wanted;
    this.filter = from;
  }

  /** Returns the number of the last of some events; their own texts tell it. */
  static OptionalLong lastRecord(List<WsManItem> events) {
    WsManItem last = Iterables.getLast(events, null);
    Matcher number = RECORD.matcher(last instanceof WsManItem.Event event ? event.xml() : "");
    return number.find()
        ? OptionalLong.of(Long.parseUnsignedLong(number.group(1)))
        : OptionalLong.empty();
  }

  /** Passes over all that is there already. */
  void skipExisting() {
    while (hasNext()) {
      read = ImmutableList.<WindowsEvent>of().iterator();
    }
  }

  @Override
  public boolean hasNext() {
    boolean atEnd = false;
    while (!read.hasNext() && !atEnd) {
      try {
        EventBatch batch = source.read(bookmark, filter, AT_A_TIME);
        bookmark = batch.next();
        atEnd = batch.atEnd();
        read =
            batch.events().stream().filter(event -> EventQuery.matches(wanted, event)).iterator();
        filter = atEnd ? EventFilter.all() : filter;
      } catch (TransportException e) {
        throw new HostGoneException(e);
      }
    }
    return read.hasNext();
  }

  @Override
  public WsManItem next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return new WsManItem.Event(Row.carried(EventXmlWriter.toXml(read.next())));
  }
}
