package io.avma.testkit.contract;

import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The simplest log that keeps every rule, and breaks the one that its fault says. */
final class MemoryLog implements EventFixture {
  static final String COMPUTER = "host.invalid";
  private static final int CAPACITY = 8;

  final EventFault fault;
  final List<WindowsEvent> records = new ArrayList<>();

  /** The bookmarks that were handed out, by identity. */
  final Set<EventBookmark> handedOut = Collections.newSetFromMap(new IdentityHashMap<>());

  boolean allClosed;
  private Instant time = Instant.parse("2026-01-01T00:00:00Z");
  private long number;

  MemoryLog(EventFault fault) {
    this.fault = fault;
  }

  @Override
  public EventSource open() {
    return new MemoryEvents(this, () -> {}, false);
  }

  @Override
  public void append(int count) {
    for (int i = 0; i < count; i++) {
      time = time.plusSeconds(60);
      number++;
      WindowsEvent event =
          ActivationLogEntry.written(
                  ActivationLogEntry.Side.HOST,
                  COMPUTER,
                  number,
                  time,
                  new Hresult(0),
                  "record " + number)
              .event();
      records.add(
          fault == EventFault.EVENTS_HAVE_NO_CHANNEL
              ? WindowsEvent.builder(event.providerName(), event.eventId())
                  .computer(COMPUTER)
                  .recordId(number)
                  .timeCreated(time)
                  .build()
              : event);
      if (records.size() > CAPACITY) {
        records.remove(0);
      }
    }
  }

  @Override
  public OptionalInt capacity() {
    return OptionalInt.of(CAPACITY);
  }

  @Override
  public boolean restart() {
    records.clear();
    number = 0;
    return true;
  }

  @Override
  public void close() {}
}
