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
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** Both foreign readers find every random event; {@link EvtxOracleTest} compares what they say. */
class EvtxOracleProperties {
  /** Without the tools nothing is said, and the report says so. */
  static final class NeedsOracles implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      return Oracle.hasEvtxexport() && Oracle.hasPythonEvtx()
          ? SkipResult.doNotSkip()
          : SkipResult.skip("no evtxexport or python-evtx (Debian: libevtx-utils, python3-evtx)");
    }
  }

  @Provide
  Arbitrary<WindowsEvent> events() {
    return EventArbitraries.events(EventArbitraries.plainTexts());
  }

  @AddLifecycleHook(NeedsOracles.class)
  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void foreignReadersReadAnyEvents(@ForAll @Size(150) List<@From("events") WindowsEvent> events)
      throws Exception {
    Path folder = Files.createTempDirectory("avma-oracle");
    Path file = folder.resolve("random.evtx");
    try {
      EvtxFiles.write(file, events, EvtxWriterOptions.standard());
      List<String> ours = numbers(EvtxOracleTest.ours(file));
      assertEquals(150, ours.size());
      assertEquals(ours, numbers(Oracle.evtxexport(file)));
      assertEquals(ours, numbers(Oracle.pythonEvtx(file)));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static List<String> numbers(List<List<String>> events) {
    return events.stream().map(Oracle::recordId).toList();
  }
}
