package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvtxWriterTest {
  private static final EventLogOptions STRICT =
      EventLogOptions.builder().strictness(Strictness.STRICT).build();

  @TempDir Path folder;

  private static List<WindowsEvent> read(Path file) throws TransportException {
    try (EvtxReader reader = EvtxReader.open(file, STRICT)) {
      List<WindowsEvent> events = reader.rest();
      assertEquals(List.of(), reader.flaws());
      return events;
    }
  }

  @Test
  void theSameEventsGiveTheSameFile() {
    assertArrayEquals(
        EvtxFiles.bytes(EvtxFiles.numbered(120)), EvtxFiles.bytes(EvtxFiles.numbered(120)));
  }

  @Test
  void anEmptyLogIsALog() throws Exception {
    Path file = folder.resolve("empty.evtx");
    EvtxFiles.write(file, List.of(), EvtxWriterOptions.standard());
    assertEquals(List.of(), read(file));
  }

  @Test
  void recordsAreNumberedAndAnEventsOwnNumberStaysBesideThat() throws Exception {
    Path file = folder.resolve("forwarded.evtx");
    WindowsEvent event = EvtxFiles.numbered(1).get(0);
    EvtxWriterOptions options = EvtxWriterOptions.builder().firstRecordId(500).build();
    try (EvtxWriter writer = EvtxWriter.create(file, options)) {
      assertEquals(500, writer.write(event.toBuilder().recordId(7).build()));
      assertEquals(
          501,
          writer.write(
              WindowsEvent.builder("P", 1)
                  .timeCreated(Instant.parse("2026-01-01T00:00:00Z"))
                  .build()));
      assertEquals(502, writer.nextRecordId());
    }
    assertEquals(
        List.of(OptionalLong.of(7), OptionalLong.of(501)),
        read(file).stream().map(WindowsEvent::recordId).toList());
    try (EvtxScan scan = EvtxScan.open(file, EventLogOptions.standard())) {
      assertTrue(scan.next());
      assertEquals(500, scan.recordId());
    }
  }

  @Test
  void anExistingFileIsNeverTouched() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.evtx"), "mine");
    assertEquals(
        Reason.ALREADY_EXISTS,
        assertThrows(TransportException.class, () -> EvtxWriter.create(file)).reason());
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void aSimulationIsNeverTakenForEvidence() throws Exception {
    WindowsEvent event = EvtxFiles.numbered(1).get(0);
    EvtxWriterOptions options = EvtxWriterOptions.forSimulation();
    try (EvtxWriter writer = EvtxWriter.create(folder.resolve("sim.evtx"), options)) {
      writer.write(event);
      writer.write(event.toBuilder().computer("VM-1.Invalid").build());
      assertThrows(
          IllegalArgumentException.class,
          () -> writer.write(event.toBuilder().computer("host.example.com").build()));
      assertThrows(
          IllegalArgumentException.class, () -> writer.write(WindowsEvent.builder("P", 1).build()));
    }
    assertEquals(2, read(folder.resolve("sim.evtx")).size());
  }

  @Test
  void whatHasNoFormInALogIsRefusedAndTheRestIsWritten() throws Exception {
    Path file = folder.resolve("log.evtx");
    WindowsEvent event = EvtxFiles.numbered(1).get(0);
    try (EvtxWriter writer = EvtxWriter.create(file)) {
      writer.write(event);
      List<WindowsEvent> impossible =
          List.of(
              event.toBuilder().texts("a\0b").build(),
              event.toBuilder().computer("a\0b").build(),
              event.toBuilder().timeCreated(Instant.parse("1600-12-31T23:59:59Z")).build(),
              event.toBuilder().payloadXml("<UserData>").build(),
              event.toBuilder().payloadXml("<Other/>").build(),
              event.toBuilder().payloadXml("<!DOCTYPE a><UserData/>").build(),
              event.toBuilder().payloadXml("<UserData>" + "<a>".repeat(60)).build());
      for (WindowsEvent refused : impossible) {
        assertThrows(IllegalArgumentException.class, () -> writer.write(refused));
      }
      WindowsEvent large = event.toBuilder().texts("x".repeat(40_000)).build();
      assertEquals(
          Reason.TOO_LARGE,
          assertThrows(TransportException.class, () -> writer.write(large)).reason());
      writer.write(event.toBuilder().recordId(2).build());
    }
    assertEquals(
        List.of(OptionalLong.of(1), OptionalLong.of(2)),
        read(file).stream().map(WindowsEvent::recordId).toList());
  }

  @Test
  void aFullFileTakesNothingMoreAndKeepsWhatItTook() throws Exception {
    Path file = folder.resolve("full.evtx");
    EvtxWriterOptions options = EvtxWriterOptions.builder().maxChunks(2).build();
    List<WindowsEvent> taken = new ArrayList<>();
    EvtxWriter writer = EvtxWriter.create(file, options);
    TransportException full =
        assertThrows(
            TransportException.class,
            () -> {
              for (WindowsEvent event : EvtxFiles.numbered(400)) {
                writer.write(event);
                taken.add(event);
              }
            });
    assertEquals(Reason.TOO_LARGE, full.reason());
    writer.close();
    writer.close();
    assertThrows(IllegalStateException.class, () -> writer.write(taken.get(0)));
    assertTrue(taken.size() > 100, "taken " + taken.size());
    assertEquals(taken, read(file));
  }

  @Test
  void fullFilesAreArchivedUnderNamesThatAreFree() throws Exception {
    Path file = folder.resolve("Application.evtx");
    Path mine = Files.writeString(folder.resolve("Archive-Application-0002.evtx"), "mine");
    EvtxWriterOptions options =
        EvtxWriterOptions.builder()
            .maxChunks(1)
            .whenFull(EvtxWriterOptions.WhenFull.ARCHIVE)
            .build();
    List<WindowsEvent> events = EvtxFiles.numbered(200);
    EvtxFiles.write(file, events, options);
    assertEquals("mine", Files.readString(mine));
    Files.delete(mine);
    List<WindowsEvent> found = new ArrayList<>();
    try (Stream<Path> archives = Files.list(folder)) {
      List<Path> inOrder = archives.filter(path -> !path.equals(file)).sorted().toList();
      assertTrue(inOrder.size() >= 2, inOrder.toString());
      for (Path archive : inOrder) {
        assertEquals(
            EvtxFileLayout.FLAG_FULL, Files.readAllBytes(archive)[EvtxFileLayout.FLAGS], "full");
        found.addAll(read(archive));
      }
    }
    found.addAll(read(file));
    assertEquals(events, found);
  }

  @Test
  void aProcessThatDiesLeavesALogInUse() throws Exception {
    Path file = folder.resolve("dies.evtx");
    try (EvtxWriter writer = EvtxWriter.create(file)) {
      for (WindowsEvent event : EvtxFiles.numbered(200)) {
        writer.write(event);
      }
      // What is there before the writer is closed is what a dying process leaves.
      try (EvtxReader reader = EvtxReader.open(file, STRICT)) {
        assertTrue(reader.rest().size() > 100, "whole chunks");
        assertEquals("dirty", reader.flaws().get(0).code());
      }
    }
    assertEquals(200, read(file).size());
  }

  @Test
  void namesAreHashedAsWindowsDoes() {
    // Observed in the first chunk of public logs.
    assertEquals(0x0CBA, BinXmlEncoder.hash("Event"));
    assertEquals(0x546F, BinXmlEncoder.hash("System"));
    assertEquals(0x8244, BinXmlEncoder.hash("EventData"));
  }

  @Test
  void aChunkThatHadNoRoomTakesNothingMore() {
    ChunkBuilder chunk = new ChunkBuilder();
    WindowsEvent small = WindowsEvent.builder("New", 7).texts("y").build();
    WindowsEvent big = WindowsEvent.builder("New", 7).texts("x".repeat(30_000)).build();
    assertTrue(chunk.add(1, 0, EventShaper.shape(EvtxFiles.numbered(1).get(0), 1)));
    assertTrue(chunk.add(2, 0, EventShaper.shape(big.toBuilder().eventId(8).build(), 2)));
    assertFalse(chunk.add(3, 0, EventShaper.shape(big, 3)));
    assertFalse(chunk.add(3, 0, EventShaper.shape(small, 3)), "its template is not there");
    chunk.start();
    assertTrue(chunk.add(3, 0, EventShaper.shape(small, 3)));
  }
}
