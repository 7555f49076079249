package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.TransportException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The samples of event XML, against their description. */
class EventXmlCorpusTest {
  private record Reading(List<WindowsEvent> events, List<String> codes) {}

  private static Reading read(Path file, EventFilter filter) {
    try (EventLogReader reader = EventLogReader.open(file, EventLogOptions.of(filter))) {
      List<WindowsEvent> events = reader.rest();
      return new Reading(events, reader.flaws().stream().map(flaw -> flaw.code()).toList());
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> everySampleGivesItsEvents() {
    return Corpus.tests(
        "eventxml",
        (file, expected) -> {
          Reading reading = read(file, EventFilter.all());
          List<Map<String, Object>> rows = Json.maps(expected.get("events"));
          assertEquals(rows.size(), reading.events.size(), "events; " + reading.codes);
          for (int i = 0; i < rows.size(); i++) {
            assertEquals(rows.get(i), row(reading.events.get(i), rows.get(i)), "event " + i);
          }
          assertEquals(
              switch (file.getFileName().toString()) {
                case "synthetic-truncated.xml" -> List.of("torn-tail");
                case "synthetic-illegal-chars.xml" -> List.of("event-content", "event-content");
                default -> List.of();
              },
              reading.codes);
        });
  }

  /** The event in the words of the description, with what {@code like} says beyond the usual. */
  private static Map<String, Object> row(WindowsEvent event, Map<String, Object> like) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("provider", event.providerName());
    row.put("eventId", (long) event.eventId());
    row.put(
        "qualifiers", event.qualifiers().isPresent() ? (long) event.qualifiers().getAsInt() : null);
    row.put("level", event.level().isPresent() ? (long) event.level().getAsInt() : null);
    row.put("recordId", event.recordId().isPresent() ? event.recordId().getAsLong() : null);
    row.put("time", event.timeCreated().map(EventXmlCorpusTest::shortest).orElse(null));
    row.put("channel", event.channel().orElse(null));
    row.put("computer", event.computer().orElse(null));
    row.put("data", event.data().stream().map(EventDatum::text).toList());
    if (like.containsKey("binary")) {
      row.put("binary", event.binaryHex().orElse(null));
    }
    if (like.containsKey("dataNames")) {
      row.put("dataNames", event.data().stream().map(datum -> datum.name().orElse(null)).toList());
    }
    return row;
  }

  private static String shortest(java.time.Instant time) {
    String text = time.toString();
    return text.contains(".") ? text.replaceAll("0+Z$", "Z") : text;
  }

  @TestFactory
  Stream<DynamicTest> theFilterForActivationsFindsTheOnesThatAre() {
    return Corpus.tests(
        "eventxml",
        (file, expected) ->
            assertEquals(
                Json.maps(expected.get("avma")).stream().map(row -> row.get("recordId")).toList(),
                read(file, EventFilter.activations()).events.stream()
                    .map(
                        event -> event.recordId().isPresent() ? event.recordId().getAsLong() : null)
                    .toList()));
  }

  @TestFactory
  Stream<DynamicTest> gapsAreFound() {
    return Corpus.tests(
        "eventxml",
        (file, expected) -> {
          if (expected.get("gaps") == null) {
            return;
          }
          EventFollower follower = new EventFollower(EventBookmark.start());
          read(file, EventFilter.all()).events.forEach(follower::saw);
          assertEquals(
              List.of("MISSING_RECORDS 103 107", "RESTARTED 108 1", "RESTARTED 2 2"),
              follower.gaps().stream()
                  .map(
                      gap ->
                          gap.kind() + " " + gap.before().recordId() + " " + gap.after().recordId())
                  .toList());
        });
  }
}
