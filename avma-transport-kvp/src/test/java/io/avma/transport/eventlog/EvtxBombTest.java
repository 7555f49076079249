package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.transport.EventFilter;
import io.avma.transport.Flaw;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Small files that would take all time or memory, if work cost nothing. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EvtxBombTest {
  @TempDir Path folder;

  /** One record, whose template uses its only value as often as {@code uses} says. */
  private static HandMadeChunk nested(int uses, int levels) {
    HandMadeChunk chunk = new HandMadeChunk();
    int record = chunk.record(1);
    int template = chunk.instanceWithDefinition(1);
    chunk.open("a");
    for (int i = 0; i < uses; i++) {
      chunk.substitution(0);
    }
    chunk.close();
    chunk.endDefinition(template);
    values(chunk, template, levels);
    chunk.endRecord(record);
    return chunk;
  }

  private static void values(HandMadeChunk chunk, int template, int levels) {
    if (levels == 0) {
      chunk.emptyValue();
    } else {
      chunk.value(
          () -> {
            chunk.instance(template);
            values(chunk, template, levels - 1);
          });
    }
  }

  private List<Flaw> xmlFlaws(byte[] file) throws Exception {
    Path path = Files.write(folder.resolve("bomb.evtx"), file);
    return EvtxToXml.write(path, EventLogOptions.standard(), OutputStream.nullOutputStream());
  }

  private static List<String> codes(List<Flaw> flaws) {
    return flaws.stream().map(Flaw::code).toList();
  }

  @Test
  void instancesInsideInstancesAreChargedForBothForms() throws Exception {
    // 16 to the power of the levels, in less than 1,500 bytes.
    for (int levels : List.of(6, 12, 50)) {
      byte[] file = HandMadeChunk.file(nested(16, levels));
      assertEquals(List.of("record-content"), EvtxFiles.read(file).codes(), levels + " levels");
      assertEquals(List.of("record-content"), codes(xmlFlaws(file)), levels + " levels");
    }
  }

  @Test
  void instancesThatWriteNothingAreNotFree() throws Exception {
    HandMadeChunk chunk = new HandMadeChunk();
    int record = chunk.record(1);
    int nothing = chunk.instanceWithDefinition(1);
    chunk.endDefinition(nothing);
    chunk.noValues();
    chunk.endRecord(record);
    record = chunk.record(2);
    int often = chunk.instanceWithDefinition(2);
    chunk.open("a");
    for (int i = 0; i < 8000; i++) {
      chunk.substitution(0);
    }
    chunk.close();
    chunk.endDefinition(often);
    chunk.emptyValue();
    chunk.endRecord(record);
    for (int id = 3; chunk.left() > 150; id++) {
      record = chunk.record(id);
      chunk.instance(often);
      valuesOf(chunk, often, nothing);
      chunk.endRecord(record);
    }
    byte[] file = HandMadeChunk.file(chunk);
    List<Flaw> flaws = xmlFlaws(file);
    assertTrue(flaws.size() > 100, flaws.size() + " records");
    assertTrue(flaws.stream().allMatch(flaw -> flaw.code().equals("record-content")));
    assertEquals(List.of(), EvtxFiles.read(file).events());
  }

  /** The value of an instance: an instance of {@code often}, whose value is one of nothing. */
  private static void valuesOf(HandMadeChunk chunk, int often, int nothing) {
    chunk.value(
        () -> {
          chunk.instance(often);
          chunk.value(
              () -> {
                chunk.instance(nothing);
                chunk.noValues();
              });
        });
  }

  /** Templates of 330 empty elements with a name of 1,000 letters: a chunk's take 14 MiB as XML. */
  private static HandMadeChunk longNames(int seed) {
    HandMadeChunk chunk = new HandMadeChunk();
    int name = 0;
    for (int id = 1; chunk.left() > 6000; id++) {
      int record = chunk.record(id);
      int template = chunk.instanceWithDefinition(1000L * seed + id);
      chunk.open("Event");
      chunk.open("System");
      chunk.close();
      if (name == 0) {
        name = chunk.open("\u4e2d".repeat(1000));
        chunk.close();
      }
      for (int i = 0; i < 330; i++) {
        chunk.empty(name);
      }
      chunk.close();
      chunk.endDefinition(template);
      chunk.noValues();
      chunk.endRecord(record);
    }
    return chunk;
  }

  @Test
  void aFilterKeepsNoTemplatesThatTheCacheHasLetGo() throws Exception {
    HandMadeChunk[] chunks = new HandMadeChunk[24];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = longNames(i + 1);
    }
    BytesInput input = new BytesInput("test.evtx", HandMadeChunk.file(chunks));
    long before = heapInUse();
    EventLogOptions options = EventLogOptions.of(EventFilter.activations());
    try (EvtxScan scan = new EvtxScan(input, options)) {
      while (scan.next()) {
        var unused = scan.recordId();
      }
      long held = heapInUse() - before;
      assertTrue(held < 100 << 20, held + " bytes are held");
    }
  }

  @Test
  void whatTheTemplatesOfOneChunkTakeIsBounded() {
    List<Flaw> flaws = EvtxFiles.read(HandMadeChunk.file(longNames(1))).flaws();
    assertTrue(
        flaws.stream().anyMatch(flaw -> flaw.message().contains("take too much memory")),
        flaws.toString());
  }

  private static long heapInUse() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
