package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.eventlog.WindowsEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

/** Foreign readers find every random event; {@link EvtxOracleTest} compares what they say. */
class EvtxOracleProperties {
  @Provide
  Arbitrary<WindowsEvent> events() {
    return EventArbitraries.events(EventArbitraries.plainTexts());
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void foreignReadersReadAnyEvents(@ForAll @Size(150) List<@From("events") WindowsEvent> events)
      throws Exception {
    Path folder = Files.createTempDirectory("avma-oracle");
    Path file = folder.resolve("random.evtx");
    try {
      EvtxFiles.write(file, events, EvtxWriterOptions.standard());
      if (Oracle.hasEvtxexport()) {
        assertEquals(numbers(EvtxOracleTest.ours(file)), numbers(Oracle.evtxexport(file)));
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static List<String> numbers(List<List<String>> events) {
    return events.stream().map(Oracle::recordId).toList();
  }
}
