package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Flaw;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Event XML written and read, and read with random damage. */
class EventXmlProperties {
  private static final String SOUND = xml(EvtxFiles.numbered(40));

  @Provide
  Arbitrary<WindowsEvent> events() {
    return EventArbitraries.events();
  }

  @Provide
  Arbitrary<Charset> charsets() {
    return Arbitraries.of(
        StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
  }

  private static String xml(List<WindowsEvent> events) {
    StringBuilder xml = new StringBuilder("<Events>");
    events.forEach(event -> xml.append(EventXmlWriter.toXml(event)).append("\r\n"));
    return xml.append("</Events>").toString();
  }

  private static List<WindowsEvent> read(byte[] bytes, EventLogOptions options)
      throws TransportException {
    try (EventXmlReader reader = new EventXmlReader(new BytesInput("test.evtx", bytes), options)) {
      List<WindowsEvent> events = reader.rest();
      for (Flaw flaw : reader.flaws()) {
        assertTrue(flaw.position().offset().orElse(0) <= bytes.length, flaw.toString());
      }
      return events;
    }
  }

  @Property(tries = 200)
  void anyEventsAreReadBackAsTheyWereWritten(
      @ForAll @Size(max = 8) List<@From("events") WindowsEvent> events,
      @ForAll("charsets") Charset charset)
      throws TransportException {
    EventLogOptions strict = EventLogOptions.builder().strictness(Strictness.STRICT).build();
    assertEquals(events, read(("\uFEFF" + xml(events)).getBytes(charset), strict));
  }

  @Property(tries = 300)
  void aDamagedTextGivesEventsAndFlawsAndNothingElse(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int hits,
      @ForAll Strictness strictness,
      @ForAll("charsets") Charset charset) {
    Random random = new Random(seed);
    byte[] bytes = SOUND.getBytes(charset);
    for (int i = 0; i < hits; i++) {
      int at = random.nextInt(bytes.length);
      bytes[at] =
          (byte)
              (random.nextBoolean()
                  ? "<>&'\"/!?[]- \n".charAt(random.nextInt(13))
                  : random.nextInt(256));
    }
    byte[] damaged =
        random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    try {
      read(damaged, EventLogOptions.builder().strictness(strictness).build());
    } catch (TransportException e) {
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
    }
  }
}
