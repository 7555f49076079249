package io.avma.testkit.contract;

import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.transport.EventSource;
import io.avma.transport.eventlog.EvtxWriter;
import io.avma.transport.eventlog.EvtxWriterOptions;
import io.avma.transport.eventlog.FileEventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** An {@code .evtx} file that is replaced by the next one, as an export of a small log is. */
final class EvtxLog implements EventFixture {
  private static final int CAPACITY = 8;

  private final Path directory;
  private final Path file;
  private final List<WindowsEvent> records = new ArrayList<>();
  private long number;
  private Instant time = Instant.parse("2026-01-01T00:00:00Z");

  EvtxLog() throws Exception {
    directory = Files.createTempDirectory("avma-contract");
    file = directory.resolve("Application.evtx");
    write();
  }

  @Override
  public EventSource open() {
    return FileEventSource.of(file);
  }

  @Override
  public void append(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      time = time.plusSeconds(60);
      records.add(
          ActivationLogEntry.written(
                  ActivationLogEntry.Side.HOST, "host.invalid", ++number, time, new Hresult(0), "")
              .event());
      if (records.size() > CAPACITY) {
        records.remove(0);
      }
    }
    write();
  }

  @Override
  public OptionalInt capacity() {
    return OptionalInt.of(CAPACITY);
  }

  @Override
  public boolean restart() throws Exception {
    records.clear();
    number = 0;
    write();
    return true;
  }

  private void write() throws Exception {
    Files.deleteIfExists(file);
    long first = number - records.size() + 1;
    EvtxWriterOptions options =
        EvtxWriterOptions.standard().toBuilder().firstRecordId(first).build();
    try (EvtxWriter writer = EvtxWriter.create(file, options)) {
      for (WindowsEvent event : records) {
        long written = writer.write(event);
        if (written != event.recordId().orElseThrow()) {
          throw new AssertionError("record " + written + " is " + event);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    Files.delete(file);
    Files.delete(directory);
  }
}
