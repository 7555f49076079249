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

/** An {@code .evtx} file that is replaced by a longer one, as an export is. */
final class EvtxLog implements EventFixture {
  private final Path directory;
  private final Path file;
  private final List<WindowsEvent> records = new ArrayList<>();
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
                  ActivationLogEntry.Side.HOST,
                  "host.invalid",
                  records.size() + 1,
                  time,
                  new Hresult(0),
                  "")
              .event());
    }
    write();
  }

  @Override
  public boolean restart() throws Exception {
    records.clear();
    write();
    return true;
  }

  private void write() throws Exception {
    Files.deleteIfExists(file);
    try (EvtxWriter writer = EvtxWriter.create(file, EvtxWriterOptions.standard())) {
      for (WindowsEvent event : records) {
        long number = writer.write(event);
        if (number != event.recordId().orElseThrow()) {
          throw new AssertionError("record " + number + " is " + event);
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
