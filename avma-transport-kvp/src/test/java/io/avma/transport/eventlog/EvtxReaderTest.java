package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventFilter;
import io.avma.transport.Flaw;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does about damage, change and misuse. */
class EvtxReaderTest {
  private static final int CHUNK = EvtxChunkLayout.BYTES;
  private static final int FIRST_CHUNK = EvtxFileLayout.BLOCK_BYTES;
  private static final List<WindowsEvent> EVENTS = EvtxFiles.numbered(200);
  private static final byte[] SOUND = EvtxFiles.bytes(EVENTS);
  private static final EventLogOptions SALVAGE = strictness(Strictness.SALVAGE);
  private static final EventLogOptions STRICT = strictness(Strictness.STRICT);

  @TempDir Path folder;

  private static EventLogOptions strictness(Strictness strictness) {
    return EventLogOptions.builder().strictness(strictness).build();
  }

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("log.evtx"), bytes);
  }

  private static Reason refusal(Path file) {
    return assertThrows(
            TransportException.class,
            () -> {
              try (EvtxReader reader = EvtxReader.open(file)) {
                reader.rest();
              }
            })
        .reason();
  }

  @Test
  void whatIsNoLogIsRefused() throws Exception {
    assertEquals(Reason.DAMAGED, refusal(file("<Events/>".getBytes(StandardCharsets.US_ASCII))));
    assertEquals(Reason.DAMAGED, refusal(file(new byte[0])));
    assertEquals(Reason.DAMAGED, refusal(file(new byte[200_000])));
    assertEquals(Reason.NOT_FOUND, refusal(folder.resolve("none.evtx")));
    assertEquals(Reason.INVALID, refusal(folder));
  }

  @Test
  void aFileThatGrowsIsReadAsItWasAndReported() throws Exception {
    Path file = file(Arrays.copyOf(SOUND, FIRST_CHUNK + CHUNK));
    try (EvtxReader reader = EvtxReader.open(file)) {
      assertTrue(reader.next().isPresent());
      Files.write(
          file,
          Arrays.copyOfRange(SOUND, FIRST_CHUNK + CHUNK, SOUND.length),
          StandardOpenOption.APPEND);
      var unused = reader.rest();
      assertEquals(List.of("chunks-missing", "file-grown"), codes(reader.flaws()));
    }
  }

  @Test
  void aFileThatShrinksKeepsWhatWasReadAndIsReported() throws Exception {
    Path file = file(SOUND);
    try (EvtxReader reader = EvtxReader.open(file)) {
      assertTrue(reader.next().isPresent());
      Files.write(file, Arrays.copyOf(SOUND, FIRST_CHUNK + CHUNK + 700));
      List<WindowsEvent> rest = reader.rest();
      assertTrue(rest.size() > 50 && rest.size() < EVENTS.size() - 1, "events " + rest.size());
      assertTrue(codes(reader.flaws()).contains("file-shrunk"), codes(reader.flaws()).toString());
      Flaw shrunk =
          reader.flaws().stream()
              .filter(flaw -> flaw.code().equals("file-shrunk"))
              .findFirst()
              .orElseThrow();
      assertEquals(Flaw.Effect.LOST, shrunk.effect());
      assertEquals(FIRST_CHUNK + CHUNK + 700L, shrunk.position().offset().orElseThrow());
    }
  }

  @Test
  void aFileThatIsReplacedIsReadToItsEndAndReported() throws Exception {
    Path file = file(SOUND);
    Path other = Files.write(folder.resolve("other.evtx"), SOUND);
    try (EvtxReader reader = EvtxReader.open(file)) {
      Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertEquals(EVENTS, reader.rest());
      assertEquals(List.of("file-replaced"), codes(reader.flaws()));
    }
  }

  @Test
  void aFileWhoseHeaderChangesIsReported() throws Exception {
    Path file = file(SOUND);
    try (EvtxReader reader = EvtxReader.open(file)) {
      byte[] other = EvtxFiles.bytes(EvtxFiles.numbered(201));
      Files.write(file, Arrays.copyOf(other, SOUND.length));
      var unused = reader.rest();
      assertTrue(codes(reader.flaws()).contains("file-changed"), codes(reader.flaws()).toString());
    }
  }

  @Test
  void aLogInUseIsReadWholeAndSaysSo() throws Exception {
    EvtxWriterOptions dirty = EvtxWriterOptions.builder().leftDirty(true).build();
    EvtxFiles.Reading reading = EvtxFiles.read(EvtxFiles.bytes(EVENTS, dirty), STRICT);
    assertEquals(EVENTS, reading.events());
    assertEquals(List.of("dirty"), reading.codes());
  }

  @Test
  void aLogThatOverwritesItsOldestChunkIsReadInOrder() throws Exception {
    EvtxWriterOptions ring =
        EvtxWriterOptions.builder()
            .maxChunks(3)
            .whenFull(EvtxWriterOptions.WhenFull.OVERWRITE_OLDEST)
            .build();
    List<WindowsEvent> events = EvtxFiles.numbered(400);
    byte[] bytes = EvtxFiles.bytes(events, ring);
    assertEquals(FIRST_CHUNK + 3 * CHUNK, bytes.length);
    EvtxFiles.Reading reading = EvtxFiles.read(bytes, STRICT);
    int kept = reading.events().size();
    assertTrue(kept > 100 && kept < 250, "kept " + kept);
    assertEquals(events.subList(400 - kept, 400), reading.events());
    assertEquals(List.of(), reading.flaws());
    assertEquals(reading, EvtxFiles.read(bytes, STRICT.toBuilder().threads(2).build()));
    assertEquals(reading, EvtxFiles.read(bytes, SALVAGE));
  }

  @Test
  void withoutChecksumsNothingIsChecked() throws Exception {
    byte[] bytes = SOUND.clone();
    bytes[EvtxFileLayout.FLAGS] |= EvtxFileLayout.FLAG_NO_CRC;
    bytes[EvtxFileLayout.HEADER_CRC] ^= 1;
    bytes[FIRST_CHUNK + EvtxChunkLayout.DATA_CRC] ^= 1;
    assertEquals(EVENTS, EvtxFiles.read(bytes, STRICT).events());
    bytes[EvtxFileLayout.FLAGS] = 0;
    assertEquals(
        List.of("file-header-crc", "chunk-header-crc", "chunk-data-crc"),
        EvtxFiles.read(bytes).codes());
  }

  @Test
  void aStrictReaderStopsAtTheFirstFlawThatLeavesDoubt() {
    byte[] bytes = SOUND.clone();
    bytes[FIRST_CHUNK + CHUNK + EvtxChunkLayout.HEADER_CRC] ^= 1;
    TransportException refused =
        assertThrows(TransportException.class, () -> EvtxFiles.read(bytes, STRICT));
    assertEquals(Reason.DAMAGED, refused.reason());
    Flaw flaw = refused.flaw().orElseThrow();
    assertEquals("chunk-header-crc", flaw.code());
    assertEquals(1, flaw.position().chunk().orElseThrow());
    assertEquals(
        FIRST_CHUNK + CHUNK + EvtxChunkLayout.HEADER_CRC, flaw.position().offset().orElseThrow());
  }

  @Test
  void aStrictReaderThatHasStoppedStaysStopped() throws Exception {
    byte[] bytes = SOUND.clone();
    bytes[FIRST_CHUNK + EvtxChunkLayout.RECORDS + 100] ^= 1;
    try (EvtxReader reader = new EvtxReader(new BytesInput("test.evtx", bytes), STRICT);
        EvtxScan scan = new EvtxScan(new BytesInput("test.evtx", bytes), STRICT)) {
      for (int asked = 0; asked < 3; asked++) {
        assertThrows(TransportException.class, reader::next);
        assertThrows(TransportException.class, scan::next);
      }
    }
  }

  @Test
  void oneBadRecordNeverHidesTheRest() {
    byte[] bytes = SOUND.clone();
    int second = FIRST_CHUNK + EvtxChunkLayout.RECORDS + size(bytes, EvtxChunkLayout.RECORDS);
    LittleEndian.put32(bytes, second + EvtxRecordLayout.SIZE, 0);
    EvtxFiles.Reading reading = EvtxFiles.read(bytes);
    assertEquals(without(EVENTS, 1), reading.events());
    assertEquals(List.of("chunk-data-crc", "record-size", "records-missing"), reading.codes());
    Flaw lost = reading.flaws().get(1);
    assertEquals(second, lost.position().offset().orElseThrow());
    assertEquals(2, lost.position().record().orElseThrow());
  }

  @Test
  void aRecordWithAWrongSizeNeverHidesTheRest() {
    int eleventh = EvtxChunkLayout.RECORDS;
    for (int i = 0; i < 10; i++) {
      eleventh += size(SOUND, eleventh);
    }
    for (int wrong : List.of(1, -1, 4, -4, -20, 8, -8, 24, 300)) {
      byte[] bytes = SOUND.clone();
      LittleEndian.put32(
          bytes, FIRST_CHUNK + eleventh + EvtxRecordLayout.SIZE, size(SOUND, eleventh) + wrong);
      EvtxFiles.Reading reading = EvtxFiles.read(bytes);
      assertTrue(reading.codes().contains("record-size-copy"), wrong + " bytes more");
      List<WindowsEvent> found = new java.util.ArrayList<>(reading.events());
      found.remove(EVENTS.get(10));
      assertEquals(without(EVENTS, 10), found, wrong + " bytes more");
    }
  }

  private static int size(byte[] bytes, int chunkOffset) {
    return LittleEndian.i32(bytes, FIRST_CHUNK + chunkOffset + EvtxRecordLayout.SIZE);
  }

  private static List<WindowsEvent> without(List<WindowsEvent> events, int index) {
    List<WindowsEvent> rest = new java.util.ArrayList<>(events);
    rest.remove(index);
    return rest;
  }

  @Test
  void aChunkWithoutItsMarkIsSkippedAndSalvagedOnRequest() throws Exception {
    byte[] bytes = SOUND.clone();
    Arrays.fill(bytes, FIRST_CHUNK + CHUNK, FIRST_CHUNK + CHUNK + 512, (byte) 0x55);
    EvtxFiles.Reading lenient = EvtxFiles.read(bytes);
    assertTrue(lenient.codes().contains("chunk-magic"), lenient.codes().toString());
    assertTrue(lenient.events().size() < EVENTS.size() - 50, "skipped");
    EvtxFiles.Reading salvaged = EvtxFiles.read(bytes, SALVAGE);
    assertEquals(EVENTS, salvaged.events());
    assertTrue(salvaged.codes().contains("recovered-record"), salvaged.codes().toString());
  }

  @Test
  void aChunkThatIsNotWhereItShouldBeIsFoundOnRequest() throws Exception {
    byte[] bytes = new byte[SOUND.length + 1000];
    System.arraycopy(SOUND, 0, bytes, 0, FIRST_CHUNK + CHUNK);
    System.arraycopy(
        SOUND,
        FIRST_CHUNK + CHUNK,
        bytes,
        FIRST_CHUNK + CHUNK + 1000,
        SOUND.length - FIRST_CHUNK - CHUNK);
    assertEquals(EVENTS, EvtxFiles.read(bytes, SALVAGE).events());
  }

  @Test
  void aChunkBehindALostSectorIsFoundOnRequest() throws Exception {
    int cut = FIRST_CHUNK + 30_000;
    byte[] bytes = Arrays.copyOf(SOUND, SOUND.length - 512);
    System.arraycopy(SOUND, cut + 512, bytes, cut, SOUND.length - cut - 512);
    EvtxFiles.Reading salvaged = EvtxFiles.read(bytes, SALVAGE);
    assertTrue(salvaged.events().size() >= EVENTS.size() - 2, salvaged.events().size() + " events");
    assertTrue(salvaged.events().containsAll(EVENTS.subList(100, EVENTS.size())));
    assertEquals(
        salvaged.events(), EvtxFiles.read(bytes, SALVAGE.toBuilder().threads(2).build()).events());
  }

  @Test
  void recordsInFreeSpaceAreOldOnesUnlessSalvaged() throws Exception {
    byte[] bytes = SOUND.clone();
    int last = LittleEndian.i32(bytes, FIRST_CHUNK + EvtxChunkLayout.LAST_RECORD_OFFSET);
    LittleEndian.put32(bytes, FIRST_CHUNK + EvtxChunkLayout.FREE_SPACE_OFFSET, last);
    int inFirst = (int) LittleEndian.i64(bytes, FIRST_CHUNK + EvtxChunkLayout.LAST_RECORD_NUMBER);
    EvtxFiles.Reading lenient = EvtxFiles.read(bytes);
    assertEquals(without(EVENTS, inFirst - 1), lenient.events());
    EvtxFiles.Reading salvaged = EvtxFiles.read(bytes, SALVAGE);
    assertEquals(EVENTS, salvaged.events());
    assertTrue(salvaged.codes().contains("stale-record"), salvaged.codes().toString());
  }

  @Test
  void aRecordThatWouldTakeMoreThanTheLimitsIsLostAlone() throws Exception {
    EventLogLimits small = EventLogLimits.builder().maxEventXmlBytes(4096).build();
    WindowsEvent large = EVENTS.get(0).toBuilder().texts("x".repeat(5000)).build();
    byte[] bytes = EvtxFiles.bytes(List.of(EVENTS.get(0), large, EVENTS.get(1)));
    EvtxFiles.Reading reading =
        EvtxFiles.read(bytes, EventLogOptions.builder().limits(small).build());
    assertEquals(List.of(EVENTS.get(0), EVENTS.get(1)), reading.events());
    assertEquals(List.of("record-content"), reading.codes());
  }

  @Test
  void manyBadRecordsDoNotUseUpWhatTheGoodOnesNeed() {
    // The content of 40 records is destroyed; each of them costs only what it took.
    byte[] bytes = SOUND.clone();
    int at = EvtxChunkLayout.RECORDS + size(bytes, EvtxChunkLayout.RECORDS);
    for (int i = 0; i < 40; i++) {
      Arrays.fill(bytes, FIRST_CHUNK + at + 24, FIRST_CHUNK + at + 60, (byte) 0x33);
      at += size(bytes, at);
    }
    EvtxFiles.Reading reading = EvtxFiles.read(bytes);
    assertEquals(EVENTS.size() - 40, reading.events().size());
    assertEquals(
        40, reading.codes().stream().filter(code -> code.equals("record-content")).count());
  }

  @Test
  void flawsBeyondTheLimitAreCounted() throws Exception {
    byte[] bytes = SOUND.clone();
    int at = EvtxChunkLayout.RECORDS + size(bytes, EvtxChunkLayout.RECORDS);
    for (int i = 0; i < 10; i++) {
      Arrays.fill(bytes, FIRST_CHUNK + at + 24, FIRST_CHUNK + at + 60, (byte) 0x33);
      at += size(bytes, at);
    }
    EventLogOptions few =
        EventLogOptions.builder().limits(EventLogLimits.builder().maxFlaws(3).build()).build();
    try (EvtxReader reader = new EvtxReader(new BytesInput("test.evtx", bytes), few)) {
      var unused = reader.rest();
      assertEquals(3, reader.flaws().size());
      assertEquals(11, reader.flawCount());
    }
  }

  @Test
  void aScanDecidesOnRawValuesAndDecodesOnRequest() throws Exception {
    Path file = file(SOUND);
    try (EvtxScan scan = EvtxScan.open(file, EventLogOptions.of(EventFilter.activations()))) {
      assertThrows(IllegalStateException.class, scan::recordId);
      assertTrue(scan.next());
      assertEquals(3, scan.recordId());
      assertEquals(EVENTS.get(2).timeCreated().orElseThrow(), scan.written());
      assertFalse(scan.isDoubtful());
      assertTrue(scan.offset() > FIRST_CHUNK, "offset " + scan.offset());
      assertEquals(Optional.of(EVENTS.get(2)), scan.event());
      ByteArrayOutputStream xml = new ByteArrayOutputStream();
      assertTrue(scan.writeXml(xml));
      assertEquals(Optional.of(xml.toString(StandardCharsets.UTF_8)), scan.xml());
      int more = 0;
      while (scan.next()) {
        more++;
      }
      assertEquals(65, more);
      assertEquals(List.of(), scan.flaws());
      assertEquals(0, scan.flawCount());
    }
  }

  @Test
  void xmlLooksAsWindowsWritesIt() throws Exception {
    WindowsEvent event =
        EVENTS.get(2).toBuilder()
            .texts("a<b>&'\"", "")
            .binaryHex("00ff")
            .userSid("S-1-5-18")
            .keywords(0x80000000000000L)
            .processId(0)
            .threadId(4)
            .build();
    Path file = file(EvtxFiles.bytes(List.of(event)));
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    assertEquals(List.of(), EvtxToXml.write(file, EventLogOptions.standard(), xml));
    assertEquals(
        """
        <Events>
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>\
        <Provider Name='Microsoft-Windows-Security-SPP' \
        EventSourceName='Software Protection Platform Service'/>\
        <EventID Qualifiers='16384'>12310</EventID><Level>4</Level>\
        <Keywords>0x80000000000000</Keywords>\
        <TimeCreated SystemTime='2026-01-01T00:00:03.0000000Z'/>\
        <EventRecordID>3</EventRecordID><Correlation/>\
        <Execution ProcessID='0' ThreadID='4'/><Channel>Application</Channel>\
        <Computer>host-1.invalid</Computer><Security UserID='S-1-5-18'/></System>\
        <EventData><Data>a&lt;b&gt;&amp;'"</Data><Data></Data><Binary>00FF</Binary></EventData>\
        </Event>
        </Events>
        """,
        xml.toString(StandardCharsets.UTF_8));
  }

  @Test
  void xmlOfAFilteredLogHoldsTheEventsThatPass() throws Exception {
    Path file = file(SOUND);
    ByteArrayOutputStream xml = new ByteArrayOutputStream();
    assertEquals(
        List.of(), EvtxToXml.write(file, EventLogOptions.of(EventFilter.activations()), xml));
    assertEquals(68, xml.toString(StandardCharsets.UTF_8).lines().count());
  }

  @Test
  void afterCloseNothingIsRead() throws Exception {
    Path file = file(SOUND);
    EvtxReader reader = EvtxReader.open(file);
    reader.close();
    reader.close();
    assertThrows(IllegalStateException.class, reader::next);
    EvtxScan scan = EvtxScan.open(file, EventLogOptions.standard());
    scan.close();
    assertThrows(IllegalStateException.class, scan::next);
  }

  private static List<String> codes(List<Flaw> flaws) {
    return flaws.stream().map(Flaw::code).toList();
  }
}
