package io.avma.sim.server;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimType;
import java.util.Iterator;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The event logs of a host. Only the Application log has records in the simulation. */
final class EventLogs {
  static final String EVENTING = "http://schemas.xmlsoap.org/ws/2004/08/eventing";
  static final String RESOURCE = "http://schemas.microsoft.com/wbem/wsman/1/windows/EventLog";
  static final String APPLICATION = "Application";

  /** Logs that every host has and that are empty here. */
  static final ImmutableList<String> OTHERS =
      ImmutableList.of(
          "System",
          "Security",
          "Setup",
          "Microsoft-Windows-Hyper-V-VMMS-Admin",
          "Microsoft-Windows-Hyper-V-Worker-Admin");

  private static final int AT_A_TIME = 256;

  static final WmiClass RECORDS =
      WmiClass.of(
          CimV2Classes.NAMESPACE,
          "Win32_NTLogEvent",
          "Logfile RecordNumber",
          "Category CategoryString ComputerName Data[] EventCode EventIdentifier EventType"
              + " InsertionStrings[] Logfile Message RecordNumber SourceName TimeGenerated"
              + " TimeWritten Type User",
          EventLogs::records);

  private EventLogs() {}

  private static Iterator<Row> records(HostView view, WqlCondition wanted) {
    boolean none =
        wanted.required("Logfile").filter(log -> !log.equalsIgnoreCase(APPLICATION)).isPresent();
    return none
        ? ImmutableList.<Row>of().iterator()
        : Iterators.transform(
            new Events(view.host().events(), after(wanted.least("RecordNumber"))), EventLogs::row);
  }

  /** Returns the filter for what comes from a number on. */
  private static EventFilter after(OptionalLong least) {
    return least.isPresent() && least.getAsLong() > 0
        ? EventFilter.all().afterRecord(least.getAsLong() - 1)
        : EventFilter.all();
  }

  private static Row row(WindowsEvent event) {
    int level = event.level().orElse(4);
    int type = level >= 2 && level <= 3 ? level - 1 : 3;
    Row row =
        new Row()
            .set("Category", CimType.UINT16, event.task().orElse(0))
            .set("ComputerName", event.computer().orElse(""))
            .set("EventCode", CimType.UINT16, event.eventId())
            .set("EventIdentifier", CimType.UINT32, event.messageId().orElse(event.eventId()))
            .set("EventType", CimType.UINT8, type)
            .set("InsertionStrings", event.data().stream().map(EventDatum::text).toList())
            .set("Logfile", event.channel().orElse(APPLICATION))
            .set("RecordNumber", CimType.UINT32, event.recordId())
            .set("SourceName", event.providerName())
            .set("Type", type == 1 ? "Error" : type == 2 ? "Warning" : "Information");
    event.timeCreated().ifPresent(time -> row.set("TimeGenerated", time).set("TimeWritten", time));
    event.renderedMessage().ifPresent(message -> row.set("Message", message));
    return row;
  }

  /** The events of a log, oldest first, read some at a time when they are wanted. */
  static final class Events extends AbstractIterator<WindowsEvent> {
    private final EventSource source;
    private final EventFilter filter;
    private EventBookmark bookmark = EventBookmark.start();
    private Iterator<WindowsEvent> read = ImmutableList.<WindowsEvent>of().iterator();
    private boolean atEnd;

    Events(EventSource source, EventFilter filter) {
      this.source = source;
      this.filter = filter;
    }

    @Override
    protected @Nullable WindowsEvent computeNext() {
      while (!read.hasNext() && !atEnd) {
        try {
          EventBatch batch = source.read(bookmark, filter, AT_A_TIME);
          bookmark = batch.next();
          atEnd = batch.atEnd();
          read = batch.events().iterator();
        } catch (TransportException e) {
          throw new HostGoneException(e);
        }
      }
      return read.hasNext() ? read.next() : endOfData();
    }
  }
}
