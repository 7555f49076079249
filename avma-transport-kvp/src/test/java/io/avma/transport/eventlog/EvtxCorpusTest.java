package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventFilter;
import io.avma.transport.Flaw;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real files, clean and damaged, against what three foreign readers and a byte scan find. */
final class EvtxCorpusTest {
  /**
   * How many events we return, and the flaws that cost something or leave doubt. Where it is more
   * than any oracle finds, docs/interpretation.md says why.
   */
  private static final Map<String, String> OURS = new LinkedHashMap<>();

  static {
    OURS.put("1344_events.evtx", "1344 []");
    OURS.put("2-vss_7-System.evtx", "1160 [empty-slots]");
    OURS.put("Application_no_crc32.evtx", "17 []");
    OURS.put("HelloForBusiness-Operational.evtx", "6 [record-size-copy, records-missing]");
    OURS.put("application-logs.evtx", "1277 [chunk-data-crc, record-magic]");
    OURS.put("new-user-security.evtx", "4 []");
    OURS.put(
        "sample-with-zero-data-size-event.evtx",
        "449 [chunk-data-crc, record-size, records-missing]");
    OURS.put(
        "sample_with_a_bad_chunk_magic.evtx",
        "301 [chunk-data-crc, chunk-magic, empty-slots, no-record, record-size-copy,"
            + " records-missing]");
    OURS.put("security.evtx", "2261 []");
  }

  private static final EventFilter SPP =
      EventFilter.all().withProviders(SoftwareProtection.PROVIDER, SoftwareProtection.EVENT_SOURCE);

  @TestFactory
  Stream<DynamicTest> everySampleHasItsExpectation() {
    return Corpus.tests(
        "evtx",
        (file, expected) ->
            assertTrue(OURS.containsKey(String.valueOf(file.getFileName())), file.toString()));
  }

  @TestFactory
  Stream<DynamicTest> everySampleGivesItsEventsAndFlaws() {
    return Corpus.tests(
        "evtx",
        (file, expected) -> {
          try (EvtxReader reader = EvtxReader.open(file)) {
            List<WindowsEvent> events = reader.rest();
            TreeSet<String> codes = new TreeSet<>();
            reader.flaws().stream()
                .filter(Flaw::stopsStrictReaders)
                .forEach(flaw -> codes.add(flaw.code()));
            assertEquals(
                OURS.get(file.getFileName().toString()), events.size() + " " + codes, "ours");
            assertTrue(events.size() >= best(Json.map(expected.get("counts"))), "best oracle");
          } catch (TransportException e) {
            throw new AssertionError(e);
          }
        });
  }

  private static long best(Map<String, Object> counts) {
    long best = 0;
    for (Object count : counts.values()) {
      if (count instanceof Long number) {
        best = Math.max(best, number);
      } else {
        Map<String, Object> asserted = Json.map(count);
        best = Math.max(best, (Long) asserted.getOrDefault("ok", 0L));
      }
    }
    return best;
  }

  @TestFactory
  Stream<DynamicTest> threadsChangeNothing() {
    return Corpus.tests(
        "evtx",
        (file, expected) -> {
          for (Strictness strictness : List.of(Strictness.LENIENT, Strictness.SALVAGE)) {
            EventLogOptions one = EventLogOptions.builder().strictness(strictness).build();
            assertEquals(read(file, one), read(file, one.toBuilder().threads(3).build()));
          }
        });
  }

  private static List<Object> read(Path file, EventLogOptions options) {
    try (EvtxReader reader = EvtxReader.open(file, options)) {
      List<Object> all = new ArrayList<>(reader.rest());
      all.addAll(reader.flaws());
      return all;
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> aStrictReaderTakesWhatIsSoundAndRefusesTheRest() {
    return Corpus.tests(
        "evtx",
        (file, expected) -> {
          EventLogOptions strict = EventLogOptions.builder().strictness(Strictness.STRICT).build();
          String ours = OURS.get(file.getFileName().toString());
          String outcome;
          try (EvtxReader reader = EvtxReader.open(file, strict)) {
            outcome = reader.rest().size() + " []";
          } catch (TransportException e) {
            assertEquals(TransportException.Reason.DAMAGED, e.reason());
            outcome = e.flaw().orElseThrow().code();
          }
          assertTrue(ours.equals(outcome) || ours.contains(outcome), outcome);
        });
  }

  @TestFactory
  Stream<DynamicTest> activationRecordsAreReadStringByString() {
    return Corpus.tests(
        "evtx",
        (file, expected) -> {
          if (expected.get("spp") == null) {
            return;
          }
          List<Map<String, Object>> rows = new ArrayList<>();
          for (String key : List.of("file", "afterDamageFile")) {
            Object rowsFile = Json.map(expected.get("spp")).get(key);
            if (rowsFile != null) {
              rows.addAll(lines(file.resolveSibling((String) rowsFile)));
            }
          }
          rows.sort((a, b) -> Long.compare((Long) a.get("recordId"), (Long) b.get("recordId")));
          Map<Long, WindowsEvent> events = new LinkedHashMap<>();
          try (EvtxReader reader = EvtxReader.open(file, EventLogOptions.of(SPP))) {
            reader.rest().forEach(event -> events.put(event.recordId().getAsLong(), event));
          } catch (TransportException e) {
            throw new AssertionError(e);
          }
          assertEquals(rows.size(), events.size());
          rows.forEach(row -> assertRow(row, events.get(row.get("recordId"))));
        });
  }

  private static List<Map<String, Object>> lines(Path file) {
    try {
      return Json.lines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertRow(Map<String, Object> row, WindowsEvent event) {
    String record = "record " + row.get("recordId");
    assertEquals(row.get("eventId"), (long) event.eventId(), record);
    assertEquals(row.get("data"), event.data().stream().map(EventDatum::text).toList(), record);
    Instant time = event.timeCreated().orElseThrow();
    if (row.containsKey("qualifiers")) {
      assertEquals(row.get("qualifiers"), (long) event.qualifiers().getAsInt(), record);
      assertEquals(row.get("level"), (long) event.level().getAsInt(), record);
      assertEquals(Instant.parse((String) row.get("time")), time, record);
    } else {
      // This oracle prints whole seconds and may be a microsecond low.
      Instant printed = Instant.parse(((String) row.get("time")).replace(' ', 'T') + "Z");
      assertEquals(printed, time.truncatedTo(java.time.temporal.ChronoUnit.SECONDS), record);
    }
    if (row.containsKey("binary")) {
      assertEquals(row.get("binary"), event.binaryHex().orElseThrow(), record);
    }
  }

  @TestFactory
  Stream<DynamicTest> aFilteredScanFindsWhatFilteringAllEventsFinds() {
    return Corpus.tests(
        "evtx",
        (file, expected) -> {
          List<EventFilter> filters =
              List.of(
                  SPP,
                  EventFilter.activationsAndNeighbours(),
                  EventFilter.all().withEventIds(1003, 4624, 7036),
                  EventFilter.all().since(Instant.parse("2016-05-01T00:00:00Z")),
                  EventFilter.all().until(Instant.parse("2016-07-08T18:12:51.6816408Z")),
                  EventFilter.all().afterRecord(1000),
                  EventFilter.all().withProviders("microsoft-windows-security-AUDITING"));
          List<WindowsEvent> all = events(file, EventLogOptions.standard());
          for (EventFilter filter : filters) {
            assertEquals(
                all.stream().filter(filter::matches).toList(),
                events(file, EventLogOptions.of(filter)),
                filter.toString());
          }
        });
  }

  private static List<WindowsEvent> events(Path file, EventLogOptions options) {
    try (EvtxReader reader = EvtxReader.open(file, options)) {
      return reader.rest();
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> samplesAreTheOnesThatWereDescribed() {
    return Corpus.tests(
        "evtx",
        (file, expected) -> {
          try {
            assertEquals(expected.get("bytes"), Files.size(file));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
