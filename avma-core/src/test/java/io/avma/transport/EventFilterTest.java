package io.avma.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.MachineEvent;
import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventFilterTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void allLetsEverythingPass() {
    assertTrue(EventFilter.all().matches(WindowsEvent.builder("", 0).build()));
    assertTrue(EventFilter.all().matches(spp(12310).recordId(-1).timeCreated(Instant.MIN).build()));
  }

  @Test
  void activationsAreTheTwoEventsOfTheirProvider() {
    EventFilter filter = EventFilter.activations();
    assertTrue(filter.matches(spp(12309).build()));
    assertTrue(filter.matches(spp(12310).level(2).qualifiers(49152).build()));
    assertTrue(
        filter.matches(WindowsEvent.builder(SoftwareProtection.EVENT_SOURCE, 12310).build()));
    assertTrue(
        filter.matches(
            WindowsEvent.builder("", 12310)
                .eventSourceName("software protection platform service")
                .build()));
    assertFalse(filter.matches(spp(8230).build()));
    assertFalse(filter.matches(WindowsEvent.builder("Other", 12310).build()));
    assertFalse(
        filter.matches(
            WindowsEvent.builder("Other", 12310)
                .eventSourceName("Software Protection Platform Service")
                .build()));
  }

  @Test
  void neighboursAreEverythingThatHasAMeaning() {
    EventFilter filter = EventFilter.activationsAndNeighbours();
    assertTrue(filter.matches(spp(12309).build()));
    assertTrue(filter.matches(spp(8230).build()));
    assertTrue(filter.matches(spp(8198).build()));
    assertTrue(filter.matches(spp(1003).build()));
    assertFalse(filter.matches(spp(16384).build()));
    assertEquals(19 + MachineEvent.eventIds().size(), filter.eventIds().size());
    assertTrue(filter.matches(WindowsEvent.builder(MachineEvent.WORKER, 18500).build()));
    assertTrue(filter.matches(WindowsEvent.builder(MachineEvent.MANAGEMENT, 20415).build()));
  }

  @Test
  void timesAreInclusiveAtTheirBeginningAndExclusiveAtTheirEnd() {
    EventFilter filter = EventFilter.all().since(NOON).until(NOON.plusSeconds(60));
    assertFalse(filter.matches(spp(1).timeCreated(NOON.minusNanos(100)).build()));
    assertTrue(filter.matches(spp(1).timeCreated(NOON).build()));
    assertTrue(filter.matches(spp(1).timeCreated(NOON.plusSeconds(60).minusNanos(100)).build()));
    assertFalse(filter.matches(spp(1).timeCreated(NOON.plusSeconds(60)).build()));
    assertTrue(filter.matches(spp(1).build()));
  }

  @Test
  void recordNumbersAreUnsigned() {
    EventFilter filter = EventFilter.all().afterRecord(5);
    assertFalse(filter.matches(spp(1).recordId(5).build()));
    assertTrue(filter.matches(spp(1).recordId(6).build()));
    assertTrue(filter.matches(spp(1).recordId(-1).build()));
    assertTrue(filter.matches(spp(1).build()));
    assertFalse(EventFilter.all().afterRecord(-1).matches(spp(1).recordId(6).build()));
  }

  @Test
  void providersAreComparedIgnoringCase() {
    EventFilter filter = EventFilter.all().withProviders("ESENT");
    assertEquals(Set.of("esent"), filter.providers());
    assertTrue(filter.matchesProvider("eSent"));
    assertFalse(filter.matchesProvider(""));
  }

  @Test
  void numbersThatNoEventHasAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> EventFilter.all().withEventIds(0, 0x10000));
    assertThrows(IllegalArgumentException.class, () -> EventFilter.all().withEventIds(-1));
    assertEquals(Set.of(0, 0xFFFF), EventFilter.all().withEventIds(0, 0xFFFF).eventIds());
  }

  private static WindowsEventBuilder spp(int eventId) {
    return WindowsEvent.builder(SoftwareProtection.PROVIDER, eventId);
  }
}
