package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.TransportException;
import java.util.List;

/** Reading logs batch by batch, as everybody who uses a source has to. */
final class EventReads {
  /** Far more batches than any rule needs; a source that never ends shall not hang a test. */
  private static final int MOST_BATCHES = 1000;

  private EventReads() {}

  /**
   * What was read until the end.
   *
   * @param events the events of all batches
   * @param gaps the gaps of all batches
   * @param next the bookmark of the last batch
   */
  record Read(
      ImmutableList<WindowsEvent> events, ImmutableList<EventGap> gaps, EventBookmark next) {}

  static Read toTheEnd(EventSource source, EventBookmark from, EventFilter filter, int max)
      throws TransportException {
    ImmutableList.Builder<WindowsEvent> events = ImmutableList.builder();
    ImmutableList.Builder<EventGap> gaps = ImmutableList.builder();
    EventBookmark bookmark = from;
    for (int i = 0; i < MOST_BATCHES; i++) {
      EventBatch batch = source.read(bookmark, filter, max);
      if (batch.events().size() > max) {
        throw new AssertionError(batch.events().size() + " events (asked for: " + max + ")");
      }
      events.addAll(batch.events());
      gaps.addAll(batch.gaps());
      bookmark = batch.next();
      if (batch.atEnd()) {
        return new Read(events.build(), gaps.build(), bookmark);
      }
    }
    throw new AssertionError("no batch of " + MOST_BATCHES + " was at the end");
  }

  static Read inNewHandle(EventFixture fixture, EventBookmark from, EventFilter filter, int max)
      throws Exception {
    try (EventSource source = fixture.open()) {
      return toTheEnd(source, from, filter, max);
    }
  }

  static ImmutableList<WindowsEvent> everything(
      EventFixture fixture, EventBookmark from, EventFilter filter, int max) throws Exception {
    return inNewHandle(fixture, from, filter, max).events();
  }

  /** Returns the numbers of records, which every one has to have. */
  static ImmutableList<Long> numbers(List<WindowsEvent> events) {
    return events.stream()
        .map(
            event ->
                event.recordId().orElseThrow(() -> new AssertionError(event + " has no number")))
        .collect(ImmutableList.toImmutableList());
  }
}
