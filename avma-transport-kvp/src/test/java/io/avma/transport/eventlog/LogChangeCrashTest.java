package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts, lengthens or replaces a file at a random moment while it is read, again and again: the
 * reader goes on or says why not, returns nothing that was never written, and reports every change
 * that came before its end.
 */
class LogChangeCrashTest {
  private static final int RUNS = Integer.getInteger("avma.crash.runs", 100);
  private static final List<WindowsEvent> EVENTS = EvtxFiles.numbered(400);
  private static final byte[] EVTX = EvtxFiles.bytes(EVENTS);
  private static final byte[] XML = xml();
  private static final byte[] JSON = json();

  @TempDir Path folder;

  private static byte[] xml() {
    StringBuilder xml = new StringBuilder();
    EVENTS.forEach(event -> xml.append(EventXmlWriter.toXml(event)).append('\n'));
    return xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] json() {
    StringBuilder json = new StringBuilder();
    for (WindowsEvent event : EVENTS) {
      json.append("{\"@timestamp\":\"")
          .append(event.timeCreated().orElseThrow())
          .append("\",\"winlog\":{\"record_id\":")
          .append(event.recordId().orElseThrow())
          .append(",\"event_id\":")
          .append(event.eventId())
          .append(",\"event_data\":{\"param1\":\"")
          .append(event.text(1).orElseThrow())
          .append("\"}}}\n");
    }
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aFileMayChangeAtAnyMoment() throws Exception {
    Set<WindowsEvent> written = new HashSet<>(EVENTS);
    try (WinlogbeatReader sound =
        new WinlogbeatReader(new BytesInput("test.evtx", JSON), EventLogOptions.standard())) {
      written.addAll(sound.rest());
      assertEquals(2 * EVENTS.size(), written.size());
    }
    int seen = 0;
    for (int run = 0; run < RUNS; run++) {
      Random random = new Random(run);
      byte[] content = List.of(EVTX, XML, JSON).get(random.nextInt(3));
      Path file = Files.write(folder.resolve("log"), content);
      AtomicBoolean changed = new AtomicBoolean();
      Thread changer = new Thread(() -> change(file, content, random, changed));
      boolean expected = false;
      boolean reported = false;
      EventLogOptions options = EventLogOptions.builder().threads(1 + run % 2).build();
      try (EventLogReader reader = EventLogReader.open(file, options)) {
        changer.start();
        while (true) {
          expected = changed.get();
          Optional<WindowsEvent> event = reader.next();
          if (event.isEmpty()) {
            break;
          }
          assertTrue(written.contains(event.get()), "run " + run + ": " + event);
        }
        reported = reader.flaws().stream().map(Flaw::code).anyMatch(c -> c.startsWith("file-"));
      } catch (TransportException e) {
        assertEquals(TransportException.Reason.DAMAGED, e.reason());
        reported = true;
      }
      changer.join();
      assertTrue(reported || !expected, "run " + run + ": a change was not reported");
      seen += reported ? 1 : 0;
    }
    assertTrue(seen > RUNS / 20, seen + " of " + RUNS + " changes came while the file was read");
  }

  private void change(Path file, byte[] content, Random random, AtomicBoolean changed) {
    LockSupport.parkNanos(random.nextInt(3_000_000));
    try {
      switch (random.nextInt(3)) {
        case 0 -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(random.nextInt(content.length));
          }
        }
        case 1 -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap(content, 0, 1 + random.nextInt(70_000)));
          }
        }
        default -> {
          Path other =
              Files.write(
                  folder.resolve("other"),
                  Arrays.copyOf(content, 1 + random.nextInt(content.length)));
          Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        }
      }
      changed.set(true);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
