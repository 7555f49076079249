package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.Lists;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEventSourceTest {
  private static final List<WindowsEvent> EVENTS = EvtxFiles.numbered(90);

  @TempDir Path folder;

  private static String xml(List<WindowsEvent> events) {
    StringBuilder xml = new StringBuilder();
    events.forEach(event -> xml.append(EventXmlWriter.toXml(event)).append('\n'));
    return xml.toString();
  }

  private Path evtx(List<WindowsEvent> events) {
    Path file = folder.resolve("log.evtx");
    EvtxFiles.write(file, events, EvtxWriterOptions.standard());
    return file;
  }

  /** Reads to the end in batches, each with a new source if {@code anew}. */
  private static List<WindowsEvent> all(Path file, EventFilter filter, int max, boolean anew)
      throws TransportException {
    List<WindowsEvent> events = new ArrayList<>();
    EventBookmark bookmark = EventBookmark.start();
    FileEventSource source = FileEventSource.of(file);
    try {
      while (true) {
        EventBatch batch = source.read(bookmark, filter, max);
        events.addAll(batch.events());
        assertEquals(List.of(), batch.gaps());
        assertEquals(List.of(), batch.flaws());
        if (batch.atEnd()) {
          assertEquals(0, source.read(batch.next(), filter, max).events().size());
          return events;
        }
        bookmark = EventBookmark.parse(batch.next().toText()).orElseThrow();
        if (anew) {
          source.close();
          source = FileEventSource.of(file);
        }
      }
    } finally {
      source.close();
    }
  }

  @Test
  void everyEventComesOnceWhateverTheBatches() throws Exception {
    Path log = evtx(EVENTS);
    Path export = Files.writeString(folder.resolve("log.xml"), xml(EVENTS));
    Path newestFirst = Files.writeString(folder.resolve("new.xml"), xml(Lists.reverse(EVENTS)));
    for (boolean anew : List.of(false, true)) {
      for (int max : List.of(1, 7, 1000)) {
        assertEquals(EVENTS, all(log, EventFilter.all(), max, anew));
        assertEquals(EVENTS, all(export, EventFilter.all(), max, anew));
        assertEquals(Lists.reverse(EVENTS), all(newestFirst, EventFilter.all(), max, anew));
      }
    }
    assertEquals(30, all(log, EventFilter.activations(), 4, false).size());
  }

  @Test
  void aFileThatHasGrownGivesWhatIsNew() throws Exception {
    Path file = Files.writeString(folder.resolve("log.xml"), xml(EVENTS.subList(0, 50)));
    try (FileEventSource source = FileEventSource.of(file)) {
      EventBatch first = source.read(EventBookmark.start(), EventFilter.all(), 20);
      assertFalse(first.atEnd());
      Files.writeString(file, xml(EVENTS));
      EventBatch second = source.read(first.next(), EventFilter.all(), 1000);
      EventBatch third = source.read(second.next(), EventFilter.all(), 1000);
      List<WindowsEvent> events = new ArrayList<>(first.events());
      events.addAll(second.events());
      events.addAll(third.events());
      assertEquals(EVENTS, events);
      assertTrue(third.atEnd());
    }
  }

  @Test
  void aLogThatOverwritesItsOldestRecordsIsFollowed() throws Exception {
    List<WindowsEvent> many = EvtxFiles.numbered(320);
    EvtxWriterOptions ring =
        EvtxWriterOptions.builder()
            .maxChunks(3)
            .whenFull(EvtxWriterOptions.WhenFull.OVERWRITE_OLDEST)
            .build();
    Path file = folder.resolve("ring.evtx");
    EvtxFiles.write(file, many.subList(0, 250), ring);
    long size = Files.size(file);
    EventBatch first;
    try (FileEventSource source = FileEventSource.of(file)) {
      first = source.read(EventBookmark.start(), EventFilter.all(), 80);
    }
    Files.delete(file);
    EvtxFiles.write(file, many, ring);
    assertEquals(size, Files.size(file), "a ring stays as long as it was");
    List<WindowsEvent> events = new ArrayList<>(first.events());
    try (FileEventSource source = FileEventSource.of(file)) {
      EventBatch rest = source.read(first.next(), EventFilter.all(), 1000);
      assertTrue(rest.atEnd());
      assertEquals(List.of(), rest.gaps());
      events.addAll(rest.events());
    }
    long oldest = first.events().get(0).recordId().orElseThrow();
    assertEquals(many.subList((int) oldest - 1, 320), events);
  }

  @Test
  void aLogThatHasOverwrittenWhereTheReaderWasIsReadFromItsBeginning() throws Exception {
    Path file = Files.writeString(folder.resolve("log.xml"), xml(EVENTS.subList(0, 30)));
    EventBatch first;
    try (FileEventSource source = FileEventSource.of(file)) {
      first = source.read(EventBookmark.start(), EventFilter.all(), 20);
    }
    Files.writeString(file, xml(EVENTS.subList(40, 70)));
    try (FileEventSource source = FileEventSource.of(file)) {
      EventBatch rest = source.read(first.next(), EventFilter.all(), 1000);
      assertEquals(EVENTS.subList(40, 70), rest.events());
      assertEquals(OptionalLong.of(20), rest.gaps().get(0).missing());
    }
  }

  @Test
  void aNewerExportWithTheNewestFirstLosesNothing() throws Exception {
    Path file =
        Files.writeString(folder.resolve("log.xml"), xml(Lists.reverse(EVENTS.subList(0, 30))));
    List<WindowsEvent> events = new ArrayList<>();
    EventBatch first;
    try (FileEventSource source = FileEventSource.of(file)) {
      first = source.read(EventBookmark.start(), EventFilter.all(), 10);
    }
    events.addAll(first.events());
    Files.writeString(file, xml(Lists.reverse(EVENTS.subList(0, 35))));
    events.addAll(rest(file, first.next()));
    assertTrue(events.containsAll(EVENTS.subList(0, 35)));
  }

  @Test
  void gapsOfAnExportWithTheNewestFirstAreFoundInBatches() throws Exception {
    List<WindowsEvent> some = new ArrayList<>(EVENTS.subList(0, 10));
    some.addAll(EVENTS.subList(13, 20));
    Path file = Files.writeString(folder.resolve("log.xml"), xml(Lists.reverse(some)));
    EventBookmark bookmark = EventBookmark.start();
    EventBatch batch;
    do {
      try (FileEventSource source = FileEventSource.of(file)) {
        batch = source.read(bookmark, EventFilter.all(), 6);
        bookmark = batch.next();
      }
    } while (!batch.atEnd());
    assertEquals(1, batch.gaps().size());
    assertEquals(OptionalLong.of(3), batch.gaps().get(0).missing());
  }

  private static List<WindowsEvent> rest(Path file, EventBookmark from) throws TransportException {
    List<WindowsEvent> events = new ArrayList<>();
    EventBookmark bookmark = from;
    boolean atEnd = false;
    while (!atEnd) {
      try (FileEventSource source = FileEventSource.of(file)) {
        EventBatch batch = source.read(bookmark, EventFilter.all(), 8);
        events.addAll(batch.events());
        bookmark = batch.next();
        atEnd = batch.atEnd();
      }
    }
    return events;
  }

  @Test
  void gapsShowEvenBetweenEventsThatTheFilterHolds() throws Exception {
    List<WindowsEvent> some = new ArrayList<>(EVENTS.subList(0, 10));
    some.addAll(EVENTS.subList(13, 20));
    try (FileEventSource source = FileEventSource.of(evtx(some))) {
      EventBatch batch =
          source.read(EventBookmark.start(), EventFilter.all().withEventIds(1), 1000);
      assertEquals(List.of(), batch.events());
      assertEquals(1, batch.gaps().size());
      assertEquals(OptionalLong.of(3), batch.gaps().get(0).missing());
    }
  }

  @Test
  void flawsAreHandedOutOnce() throws Exception {
    String torn = xml(EVENTS.subList(0, 3));
    Path file =
        Files.writeString(folder.resolve("log.xml"), "<Event>&</Event>" + torn + "<Event><System>");
    try (FileEventSource source = FileEventSource.of(file)) {
      EventBatch first = source.read(EventBookmark.start(), EventFilter.all(), 1);
      assertEquals("event-content", first.flaws().get(0).code());
      EventBatch rest = source.read(first.next(), EventFilter.all(), 100);
      assertEquals(1, rest.flaws().size());
      assertEquals("torn-tail", rest.flaws().get(0).code());
    }
  }

  @Test
  void misuseAndAbsenceAreTold() throws Exception {
    FileEventSource source = FileEventSource.of(folder.resolve("none"));
    assertEquals(
        Reason.NOT_FOUND,
        assertThrows(
                TransportException.class,
                () -> source.read(EventBookmark.start(), EventFilter.all(), 1))
            .reason());
    assertThrows(
        IllegalArgumentException.class,
        () -> source.read(EventBookmark.start(), EventFilter.all(), 0));
    source.close();
    source.close();
    assertThrows(
        IllegalStateException.class,
        () -> source.read(EventBookmark.start(), EventFilter.all(), 1));
  }
}
