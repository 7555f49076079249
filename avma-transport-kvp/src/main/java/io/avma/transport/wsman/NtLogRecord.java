package io.avma.transport.wsman;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimType;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The records of {@code Win32_NTLogEvent} in the Application log, and queries for them. */
final class NtLogRecord {
  static final String LOG = "Application";
  private static final String CLASS = "Win32_NTLogEvent";
  private static final int MAX_FLAWS = 100;

  private NtLogRecord() {}

  static Wql query(String properties) {
    return Wql.select(properties).from(CLASS).where("Logfile", "=", LOG);
  }

  static OptionalLong number(CimInstance record) {
    try {
      return record.number("RecordNumber", CimType.UINT32);
    } catch (TransportException e) {
      return OptionalLong.empty(); // the record itself is a flaw when it is read in full
    }
  }

  /** Returns the event of an item; none if it cannot be read, which becomes a flaw. */
  static @Nullable WindowsEvent read(WsManItem item, List<Flaw> flaws) {
    if (!(item instanceof WsManItem.Instance read)) {
      return null;
    }
    try {
      return event(read.instance());
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
}
