package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import io.avma.transport.EventFilter;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What the writer wrote is what the reader reads, whatever the events are. */
class EvtxRoundTripProperties {
  private static final EventLogOptions STRICT =
      EventLogOptions.builder().strictness(Strictness.STRICT).build();

  @Provide
  Arbitrary<WindowsEvent> events() {
    return EventArbitraries.events(EventArbitraries.anyTexts());
  }

  @Property(tries = 300)
  void anyEventsAreReadBackAsTheyWereWritten(
      @ForAll @Size(max = 12) List<@net.jqwik.api.From("events") WindowsEvent> events,
      @ForAll @IntRange(min = 1, max = 2) int minorVersion)
      throws TransportException {
    EvtxWriterOptions options = EvtxWriterOptions.builder().minorVersion(minorVersion).build();
    EvtxFiles.Reading reading = EvtxFiles.read(EvtxFiles.bytes(events, options), STRICT);
    assertEquals(completed(events, 1), reading.events());
    assertEquals(List.of(), reading.flaws());
  }

  @Provide
  Arbitrary<WindowsEvent> xmlEvents() {
    return EventArbitraries.events();
  }

  @Property(tries = 150)
  void theXmlOfALogReadsAsTheLogItself(
      @ForAll @Size(max = 8) List<@net.jqwik.api.From("xmlEvents") WindowsEvent> events)
      throws Exception {
    byte[] bytes = EvtxFiles.bytes(events);
    List<WindowsEvent> decoded = EvtxFiles.read(bytes, STRICT).events();
    java.io.ByteArrayOutputStream xml = new java.io.ByteArrayOutputStream();
    try (EvtxScan scan = new EvtxScan(new BytesInput("test.evtx", bytes), STRICT)) {
      while (scan.next()) {
        assertTrue(scan.writeXml(xml));
      }
    }
    try (EventXmlReader reader =
        new EventXmlReader(new BytesInput("test.evtx", xml.toByteArray()), STRICT)) {
      List<WindowsEvent> read = reader.rest();
      for (int i = 0; i < read.size(); i++) {
        // The time of the record is not in its XML.
        boolean timed = events.get(i).timeCreated().isPresent();
        WindowsEvent event = read.get(i);
        assertEquals(
            decoded.get(i),
            timed
                ? event
                : event.toBuilder()
                    .timeCreated(decoded.get(i).timeCreated().orElseThrow())
                    .build());
      }
      assertEquals(decoded.size(), read.size());
    }
  }

  @Property(tries = 20)
  void manyChunksAreReadInOrderByAnyNumberOfThreads(
      @ForAll @IntRange(min = 100, max = 600) int count,
      @ForAll @IntRange(min = 1, max = 4) int threads)
      throws TransportException {
    List<WindowsEvent> events = EvtxFiles.numbered(count);
    EvtxFiles.Reading reading =
        EvtxFiles.read(EvtxFiles.bytes(events), STRICT.toBuilder().threads(threads).build());
    assertEquals(events, reading.events());
  }

  @Property(tries = 100)
  void aFilterLetsTheSameEventsPassWhetherTheyAreDecodedOrNot(
      @ForAll @Size(max = 12) List<@net.jqwik.api.From("events") WindowsEvent> events,
      @ForAll("filters") EventFilter filter)
      throws TransportException {
    byte[] bytes = EvtxFiles.bytes(events);
    assertEquals(
        completed(events, 1).stream().filter(filter::matches).toList(),
        EvtxFiles.read(bytes, EventLogOptions.of(filter)).events());
  }

  @Provide
  Arbitrary<EventFilter> filters() {
    return Arbitraries.of(
        EventFilter.all().withProviders("PROVIDER"),
        EventFilter.all().withProviders("application", ""),
        EventFilter.all().since(Instant.parse("2000-01-01T00:00:00Z")),
        EventFilter.all().until(Instant.parse("2000-01-01T00:00:00Z")),
        EventFilter.all().afterRecord(Long.MAX_VALUE),
        EventFilter.all().withEventIds(0, 1, 2, 3, 4, 5, 0xFFFF));
  }

  /** With what a reader takes from the record where the event has none of its own. */
  private static List<WindowsEvent> completed(List<WindowsEvent> events, long firstId) {
    List<WindowsEvent> completed = new ArrayList<>();
    Instant time = Filetime.ZERO;
    long id = firstId;
    for (WindowsEvent event : events) {
      time = event.timeCreated().orElse(time);
      WindowsEventBuilder builder = event.toBuilder().timeCreated(time);
      builder.recordId(event.recordId().orElse(id));
      event.userSid().filter(String::isEmpty).ifPresent(builder::userSid);
      completed.add(builder.build());
      id++;
    }
    return completed;
  }

  @Property(tries = 200)
  void everyFiletimeOfAnInstantIsThatInstant(@ForAll("times") Instant time) {
    assertEquals(Optional.of(time), Optional.of(Filetime.toInstant(Filetime.of(time))));
  }

  @Provide
  Arbitrary<Instant> times() {
    return EventArbitraries.times();
  }
}
