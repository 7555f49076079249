package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.TransportException;
import io.avma.transport.eventlog.EventXmlWriter;
import io.avma.transport.wsman.WsManItem;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The events of a log from a place on; has more when the log has. */
final class EventFeed implements Iterator<WsManItem> {
  private static final int AT_A_TIME = 256;

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
