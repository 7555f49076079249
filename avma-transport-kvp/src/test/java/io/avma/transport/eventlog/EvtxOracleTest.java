package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.TransportException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two foreign readers: they read what we write, and our XML of what Windows wrote is theirs. They
 * come from Debian's libevtx-utils and python3-evtx; where a machine has neither, nothing is said.
 */
class EvtxOracleTest {
  @TempDir Path folder;

  /** Events of every shape the writer has, over several chunks. */
  private static List<WindowsEvent> events() {
    List<WindowsEvent> events = new ArrayList<>(EvtxFiles.numbered(150));
    for (int i = 0; i < events.size(); i++) {
      events.set(i, varied(events.get(i), i));
    }
    return events;
  }

  private static WindowsEvent varied(WindowsEvent event, int i) {
    return switch (i % 8) {
      case 0 -> event;
      case 1 ->
          event.toBuilder()
              .data(List.of(EventDatum.of("First", "a & <b> 'c' \"d\" ä€"), EventDatum.of("2", "")))
              .build();
      case 2 ->
          event.toBuilder()
              .texts()
              .payloadXml(
                  "<UserData><a:Info xmlns:a='urn:a' kind='x'><Name>n"
                      + i
                      + "</Name><Empty/>"
                      + "</a:Info></UserData>")
              .build();
      case 3 -> event.toBuilder().texts().build();
      case 4 -> event.toBuilder().binaryHex("00FF10").userSid("S-1-5-21-1-2-3-500").build();
      case 5 ->
          event.toBuilder()
              .providerGuid(UUID.fromString("e23b33b0-c8c9-472c-a5f9-f2bdfea0f156"))
              .activityId(new UUID(i, i))
              .relatedActivityId(new UUID(-i, i))
              .processId(4_000_000_000L)
              .threadId(0)
              .version(1)
              .task(12)
              .opcode(2)
              .keywords(0x8000_0000_0000_0001L)
              .build();
      case 6 -> event.toBuilder().renderedMessage("Der Dienst wurde gestartet.").build();
      default ->
          WindowsEvent.builder("Bare", 1)
              .recordId(i + 1)
              .timeCreated(Instant.parse("2026-02-03T04:05:06.1234567Z"))
              .build();
    };
  }

  static List<List<String>> ours(Path file) throws TransportException {
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    var unused = EvtxToXml.write(file, EventLogOptions.standard(), xml);
    return Oracle.normal(xml.toString(StandardCharsets.UTF_8));
  }

  @Test
  void evtxexportReadsWhatWeWrite() throws Exception {
    assumeTrue(Oracle.hasEvtxexport(), "no evtxexport (Debian: libevtx-utils)");
    Path file = folder.resolve("written.evtx");
    EvtxFiles.write(file, events(), EvtxWriterOptions.standard());
    assertEquals(150, ours(file).size());
    assertEquals(ours(file), Oracle.evtxexport(file));
  }

  @Test
  void pythonEvtxReadsWhatWeWrite() throws Exception {
    assumeTrue(Oracle.hasPythonEvtx(), "no python-evtx (Debian: python3-evtx)");
    Path file = folder.resolve("written.evtx");
    EvtxFiles.write(file, events(), EvtxWriterOptions.standard());
    assertEquals(Oracle.asPython(ours(file)), Oracle.asPython(Oracle.pythonEvtx(file)));
  }

  /** Whatever evtxexport finds in a file of Windows, sound or not, we have in the same words. */
  @TestFactory
  Stream<DynamicTest> ourXmlOfEverySampleIsTheirs() {
    return Corpus.tests(
        "evtx",
        (file, expected) -> {
          assumeTrue(Oracle.hasEvtxexport(), "no evtxexport (Debian: libevtx-utils)");
          try {
            Map<String, List<String>> ours = new HashMap<>();
            ours(file).forEach(event -> ours.put(Oracle.recordId(event), event));
            List<List<String>> theirs = Oracle.evtxexport(file);
            assertTrue(!theirs.isEmpty(), "evtxexport has read something");
            for (List<String> event : theirs) {
              assertEquals(ours.get(Oracle.recordId(event)), event);
            }
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}
