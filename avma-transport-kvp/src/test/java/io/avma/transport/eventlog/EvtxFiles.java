package io.avma.transport.eventlog;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Log files that tests write for themselves, and what a reader gets from them. */
final class EvtxFiles {
  private EvtxFiles() {}

  /** What a reader returned. */
  record Reading(List<WindowsEvent> events, List<Flaw> flaws) {
    List<String> codes() {
      return flaws.stream().map(Flaw::code).toList();
    }
  }

  static byte[] bytes(List<WindowsEvent> events) {
    return bytes(events, EvtxWriterOptions.standard());
  }

  static byte[] bytes(List<WindowsEvent> events, EvtxWriterOptions options) {
    try {
      Path folder = Files.createTempDirectory("avma-evtx");
      Path file = folder.resolve("log.evtx");
      try {
        write(file, events, options);
        return Files.readAllBytes(file);
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, List<WindowsEvent> events, EvtxWriterOptions options) {
    try (EvtxWriter writer = EvtxWriter.create(file, options)) {
      for (WindowsEvent event : events) {
        writer.write(event);
      }
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  static Reading read(byte[] bytes, EventLogOptions options) throws TransportException {
    try (EvtxReader reader = new EvtxReader(new BytesInput("test.evtx", bytes), options)) {
      List<WindowsEvent> events = new ArrayList<>(reader.rest());
      return new Reading(events, reader.flaws());
    }
  }

  static Reading read(byte[] bytes) {
    try {
      return read(bytes, EventLogOptions.standard());
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  /** Numbered events of one kind, some forty to a chunk. */
  static List<WindowsEvent> numbered(int count) {
    List<WindowsEvent> events = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      events.add(
          WindowsEvent.builder("Microsoft-Windows-Security-SPP", i % 3 == 0 ? 12310 : 1003)
              .eventSourceName("Software Protection Platform Service")
              .qualifiers(16384)
              .level(4)
              .recordId(i)
              .timeCreated(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i))
              .channel("Application")
              .computer("host-1.invalid")
              .texts("0xC004FD02", ("detail " + i + " ").repeat(40))
              .build());
    }
    return events;
  }
}
