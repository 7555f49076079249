package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventFilter;
import io.avma.transport.Flaw;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Files with random damage: never anything but events, flaws and our own exception. */
class EvtxDamageProperties {
  private static final List<WindowsEvent> EVENTS = events();
  private static final byte[] SOUND = EvtxFiles.bytes(EVENTS);

  /** How many events are in each chunk. */
  private static final int[] SIZES = sizes();

  private static int[] sizes() {
    int[] sizes = new int[(SOUND.length - 4096) / 65536];
    for (int i = 0; i < sizes.length; i++) {
      byte[] one = Arrays.copyOf(SOUND, 4096 + 65536);
      System.arraycopy(SOUND, 4096 + 65536 * i, one, 4096, 65536);
      sizes[i] = EvtxFiles.read(one).events().size();
    }
    return sizes;
  }

  /** All kinds of event over four chunks. */
  private static List<WindowsEvent> events() {
    List<WindowsEvent> events = new ArrayList<>(EvtxFiles.numbered(260));
    for (int i = 0; i < events.size(); i += 4) {
      WindowsEvent event = events.get(i);
      events.set(
          i,
          event.toBuilder()
              .data(
                  List.of(
                      io.avma.eventlog.EventDatum.of("Key", "Value " + i),
                      io.avma.eventlog.EventDatum.of("Other", "")))
              .payloadXml("<UserData><a:B xmlns:a='urn:a'><c>" + i + "</c></a:B></UserData>")
              .binaryHex("00FF00FF")
              .userSid("S-1-5-18")
              .renderedMessage("Nachricht " + i)
              .build());
    }
    return events;
  }

  @Property(tries = 400)
  void aDamagedFileGivesEventsAndFlawsAndNothingElse(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 60) int hits,
      @ForAll Strictness strictness) {
    byte[] damaged = damaged(new Random(seed), hits);
    EvtxChecks.check(damaged, EventLogOptions.builder().strictness(strictness).build());
  }

  @Property(tries = 300)
  void whatIsOutsideTheDamageIsAllThere(@ForAll long seed) {
    // One hit in one chunk: every record of the others, and of this one all that it did not touch.
    Random random = new Random(seed);
    byte[] damaged = SOUND.clone();
    int chunk = random.nextInt((SOUND.length - 4096) / 65536);
    int chunkStart = 4096 + 65536 * chunk;
    int at = chunkStart + random.nextInt(65536);
    int length = 1 + random.nextInt(64);
    for (int i = at; i < Math.min(at + length, chunkStart + 65536); i++) {
      damaged[i] = (byte) random.nextInt(256);
    }
    EvtxFiles.Reading reading = EvtxFiles.read(damaged);
    Set<WindowsEvent> found = new HashSet<>(reading.events());
    long missing = EVENTS.stream().filter(event -> !found.contains(event)).count();
    boolean touched = !Arrays.equals(damaged, SOUND);
    if (missing > 0) {
      assertTrue(touched && !reading.flaws().isEmpty(), missing + " lost in silence");
    }
    for (int i = 0; i < SIZES.length; i++) {
      if (i != chunk) {
        int from = Arrays.stream(SIZES, 0, i).sum();
        assertTrue(found.containsAll(EVENTS.subList(from, from + SIZES[i])), "chunk " + i);
      }
    }
    if (at >= chunkStart + EvtxChunkLayout.RECORDS) {
      int from = at - chunkStart;
      for (WindowsEvent event : readableBeside(damaged, chunk, from, from + length)) {
        assertTrue(found.contains(event), "beside " + from + "+" + length + ": " + event);
      }
    }
  }

  /**
   * The events of the records of a chunk that the damage did not touch and that can be decoded:
   * whoever used a name or template that lay under it cannot.
   */
  private static List<WindowsEvent> readableBeside(byte[] damaged, int chunk, int from, int to) {
    int chunkStart = 4096 + 65536 * chunk;
    byte[] sound = Arrays.copyOfRange(SOUND, chunkStart, chunkStart + 65536);
    byte[] now = Arrays.copyOfRange(damaged, chunkStart, chunkStart + 65536);
    EventLogLimits limits = EventLogLimits.standard();
    ChunkTemplates templates = new ChunkTemplates(new TemplateCache(limits));
    EventDecoder decoder = new EventDecoder(templates, limits);
    List<WindowsEvent> readable = new ArrayList<>();
    int at = EvtxChunkLayout.RECORDS;
    for (int i = 0; i < SIZES[chunk]; i++) {
      int size = LittleEndian.i32(sound, at + EvtxRecordLayout.SIZE);
      if (at + size <= from || at >= to) {
        try {
          readable.add(
              decoder
                  .decode(now, at + EvtxRecordLayout.BINARY_XML, at + size - 4, 1 << 20)
                  .finish()
                  .build());
        } catch (MalformedEvent e) {
          assertTrue(i > 0 && from < to, "it used what lay under the damage");
        }
      }
      at += size;
    }
    return readable;
  }

  @Property(tries = 200)
  void aCutFileKeepsWhatWasInFrontOfTheCut(@ForAll @IntRange(min = 4096) int cut)
      throws TransportException {
    int length = Math.min(cut % SOUND.length + 1, SOUND.length);
    byte[] start = Arrays.copyOf(SOUND, length);
    EvtxFiles.Reading whole = EvtxFiles.read(SOUND);
    try {
      EvtxFiles.Reading reading = EvtxFiles.read(start, EventLogOptions.standard());
      assertTrue(reading.events().size() <= whole.events().size());
      assertEquals(
          whole.events().subList(0, reading.events().size()), reading.events(), "in front");
      if (reading.events().size() < whole.events().size()) {
        assertTrue(
            reading.flaws().stream().anyMatch(Flaw::stopsStrictReaders), "a cut is reported");
      }
    } catch (TransportException e) {
      assertTrue(length < 128, "a file with a header is read");
    }
  }

  @Property(tries = 200)
  void aFilterNeverFindsWhatReadingEverythingDoesNot(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int hits) throws TransportException {
    byte[] damaged = damaged(new Random(seed), hits);
    EventFilter filter = EventFilter.activations();
    List<WindowsEvent> all = EvtxFiles.read(damaged).events();
    assertEquals(
        all.stream().filter(filter::matches).toList(),
        EvtxFiles.read(damaged, EventLogOptions.of(filter)).events());
  }

  /** Single bits and bytes, numbers at their borders, zeroed and copied stretches, a cut. */
  private static byte[] damaged(Random random, int hits) {
    byte[] bytes = SOUND.clone();
    for (int i = 0; i < hits; i++) {
      int at = random.nextInt(bytes.length - 8);
      switch (random.nextInt(6)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[at] = (byte) random.nextInt(256);
        case 2 ->
            LittleEndian.put32(
                bytes, at & -4, new int[] {0, -1, 0x7FFFFFFF, 65535, 65536}[random.nextInt(5)]);
        case 3 ->
            Arrays.fill(bytes, at, Math.min(at + random.nextInt(600), bytes.length), (byte) 0);
        case 4 -> {
          int from = random.nextInt(bytes.length - 700);
          int count = Math.min(random.nextInt(700), bytes.length - at);
          System.arraycopy(bytes, from, bytes, at, count);
        }
        default -> LittleEndian.put16(bytes, at, random.nextInt(0x10000));
      }
    }
    return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }
}
