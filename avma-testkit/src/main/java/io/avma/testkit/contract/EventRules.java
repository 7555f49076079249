package io.avma.testkit.contract;

import static io.avma.testkit.contract.EventReads.everything;
import static io.avma.testkit.contract.EventReads.numbers;
import static io.avma.testkit.contract.EventReads.toTheEnd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.LogName;
import java.util.List;
import java.util.Optional;

/** EVENT-1, EVENT-2 and CLOSE-3: reading a log by bookmarks, what it has lost, and closing it. */
final class EventRules {
  private static final EventBookmark START = EventBookmark.start();
  private static final EventFilter ALL_EVENTS = EventFilter.all();

  /** No record has this number: the logs of activations have 12309 and 12310. */
  private static final EventFilter NONE = EventFilter.all().withEventIds(1);

  static final ImmutableList<ContractRule<EventFixture>> ALL =
      ImmutableList.of(
          new ContractRule<>(
              "EVENT-1.1",
              "from the start every record comes once, in the order of the numbers",
              EventRules::ascends),
          new ContractRule<>(
              "EVENT-1.2",
              "whatever the size of the batches, none is larger and each record comes once",
              EventRules::batchesOfAnySize),
          new ContractRule<>(
              "EVENT-1.3",
              "an open source returns what was logged since, and nothing from before",
              EventRules::goesOn),
          new ContractRule<>(
              "EVENT-1.4",
              "where a read begins says the bookmark, not what the handle has read",
              EventRules::bookmarksDecide),
          new ContractRule<>(
              "EVENT-1.5",
              "a bookmark that was written as text goes on in another handle",
              EventRules::bookmarksAreText),
          new ContractRule<>(
              "EVENT-1.6",
              "a filter hides what it holds back, and the bookmark moves past that",
              EventRules::filtersHide),
          new ContractRule<>(
              "EVENT-1.7",
              "a batch with more behind it does not say that the log ends there",
              EventRules::endsAtTheEnd),
          new ContractRule<>(
              "EVENT-1.8",
              "a read at the end returns nothing and leaves the bookmark where it was",
              EventRules::nothingNew),
          new ContractRule<>(
              "EVENT-1.9",
              "a read of less than one event is refused as an illegal argument",
              EventRules::atLeastOne),
          new ContractRule<>(
              "EVENT-1.10",
              "a bookmark of another log hides nothing here, and is kept",
              EventRules::otherLogs),
          new ContractRule<>(
              "EVENT-1.11",
              "a place that the source does not know hides nothing",
              EventRules::unknownPlace),
          new ContractRule<>(
              "EVENT-1.12",
              "every event has its computer, its channel, its number and its time",
              EventRules::eventsAreWhole),
          new ContractRule<>(
              "EVENT-2.1",
              "while nothing is lost no gap is told, in small batches and behind a filter",
              EventRules::noFalseGaps),
          new ContractRule<>(
              "EVENT-2.2",
              "records that gave way before they were read are told as one gap of that length",
              EventRules::lostRecords),
          new ContractRule<>(
              "EVENT-2.3",
              "a log that was cleared says that its numbers start again, and its new records come",
              EventRules::restarted),
          new ContractRule<>(
              "CLOSE-3.1", "a closed event source cannot be read", EventRules::closed),
          new ContractRule<>(
              "CLOSE-3.2",
              "closing an event source twice is closing it once, and closes no other",
              EventRules::closedTwice));

  private EventRules() {}

  private static void ascends(EventFixture fixture) throws Exception {
    fixture.append(5);
    List<Long> numbers = numbers(everything(fixture, START, ALL_EVENTS, 100));
    assertEquals(5, numbers.size());
    for (int i = 1; i < numbers.size(); i++) {
      assertTrue(
          Long.compareUnsigned(numbers.get(i - 1), numbers.get(i)) < 0, "numbers " + numbers);
    }
  }

  private static void batchesOfAnySize(EventFixture fixture) throws Exception {
    fixture.append(4);
    List<WindowsEvent> all = everything(fixture, START, ALL_EVENTS, 100);
    for (int max : List.of(1, 3)) {
      assertEquals(all, everything(fixture, START, ALL_EVENTS, max), "in batches of " + max);
    }
  }

  private static void goesOn(EventFixture fixture) throws Exception {
    fixture.append(2);
    try (EventSource source = fixture.open()) {
      EventReads.Read first = toTheEnd(source, START, ALL_EVENTS, 100);
      assertEquals(2, first.events().size());
      fixture.append(2);
      EventReads.Read second = toTheEnd(source, first.next(), ALL_EVENTS, 100);
      assertEquals(2, second.events().size(), "records that were logged since");
      assertFalse(second.events().stream().anyMatch(first.events()::contains), "known records");
    }
  }

  private static void bookmarksDecide(EventFixture fixture) throws Exception {
    fixture.append(4);
    try (EventSource source = fixture.open()) {
      List<WindowsEvent> all = toTheEnd(source, START, ALL_EVENTS, 100).events();
      assertEquals(all, toTheEnd(source, START, ALL_EVENTS, 100).events());
      EventBookmark first = source.read(START, ALL_EVENTS, 1).next();
      assertEquals(all, toTheEnd(source, START, ALL_EVENTS, 100).events());
      assertEquals(all.subList(1, 4), toTheEnd(source, first, ALL_EVENTS, 100).events());
    }
  }

  private static void bookmarksAreText(EventFixture fixture) throws Exception {
    fixture.append(4);
    List<WindowsEvent> all = everything(fixture, START, ALL_EVENTS, 100);
    EventBatch batch;
    try (EventSource source = fixture.open()) {
      batch = source.read(START, ALL_EVENTS, 1);
    }
    EventBookmark parsed = EventBookmark.parse(batch.next().toText()).orElseThrow();
    assertEquals(
        all.subList(batch.events().size(), 4), everything(fixture, parsed, ALL_EVENTS, 100));
  }

  private static void filtersHide(EventFixture fixture) throws Exception {
    fixture.append(3);
    List<WindowsEvent> all = everything(fixture, START, ALL_EVENTS, 100);
    long first = numbers(all).get(0);
    assertEquals(
        all.subList(1, 3), everything(fixture, START, EventFilter.all().afterRecord(first), 100));
    EventReads.Read hidden;
    try (EventSource source = fixture.open()) {
      hidden = toTheEnd(source, START, NONE, 100);
    }
    assertEquals(List.of(), hidden.events());
    assertEquals(List.of(), everything(fixture, hidden.next(), ALL_EVENTS, 100), "known records");
  }

  private static void endsAtTheEnd(EventFixture fixture) throws Exception {
    fixture.append(3);
    try (EventSource source = fixture.open()) {
      assertFalse(source.read(START, ALL_EVENTS, 2).atEnd(), "at the end after two of three");
    }
  }

  private static void nothingNew(EventFixture fixture) throws Exception {
    fixture.append(2);
    try (EventSource source = fixture.open()) {
      EventBookmark end = toTheEnd(source, START, ALL_EVENTS, 100).next();
      EventBatch batch = source.read(end, ALL_EVENTS, 100);
      assertEquals(List.of(), batch.events());
      assertTrue(batch.atEnd(), "not at the end");
      assertEquals(end.marks(), batch.next().marks());
    }
  }

  private static void atLeastOne(EventFixture fixture) throws Exception {
    try (EventSource source = fixture.open()) {
      for (int max : List.of(0, -1, Integer.MIN_VALUE)) {
        assertThrows(
            IllegalArgumentException.class,
            () -> assertNotNull(source.read(START, ALL_EVENTS, max)),
            "max " + max);
      }
    }
  }

  private static void otherLogs(EventFixture fixture) throws Exception {
    fixture.append(3);
    List<WindowsEvent> all = everything(fixture, START, ALL_EVENTS, 100);
    LogName other = new LogName("elsewhere.invalid", "Application");
    Mark mark = new Mark(1_000_000, all.get(2).timeCreated());
    EventBookmark elsewhere =
        new EventBookmark(
            ImmutableSortedMap.of(other, mark), ImmutableSortedMap.of(), Optional.empty());
    try (EventSource source = fixture.open()) {
      EventReads.Read read = toTheEnd(source, elsewhere, ALL_EVENTS, 100);
      assertEquals(all, read.events());
      assertEquals(Optional.of(mark), read.next().mark(other), "the other log's mark");
    }
  }

  private static void unknownPlace(EventFixture fixture) throws Exception {
    fixture.append(3);
    List<WindowsEvent> all = everything(fixture, START, ALL_EVENTS, 100);
    assertEquals(all, everything(fixture, START.at("a place of another source"), ALL_EVENTS, 100));
  }

  private static void eventsAreWhole(EventFixture fixture) throws Exception {
    fixture.append(2);
    for (WindowsEvent event : everything(fixture, START, ALL_EVENTS, 100)) {
      assertTrue(event.computer().isPresent(), event + " has no computer");
      assertTrue(event.channel().isPresent(), event + " has no channel");
      assertTrue(event.recordId().isPresent(), event + " has no number");
      assertTrue(event.timeCreated().isPresent(), event + " has no time");
    }
  }

  private static void noFalseGaps(EventFixture fixture) throws Exception {
    fixture.append(3);
    long second = numbers(everything(fixture, START, ALL_EVENTS, 100)).get(1);
    try (EventSource source = fixture.open()) {
      EventReads.Read start = toTheEnd(source, START, ALL_EVENTS, 1);
      assertEquals(List.of(), start.gaps(), "in batches of one");
      fixture.append(2);
      EventFilter hidesOne = EventFilter.all().afterRecord(second + 2);
      assertEquals(List.of(), toTheEnd(source, START, hidesOne, 100).gaps(), "behind a filter");
      assertEquals(
          List.of(), toTheEnd(source, start.next(), hidesOne, 100).gaps(), "behind a filter");
    }
  }

  private static void lostRecords(EventFixture fixture) throws Exception {
    if (fixture.capacity().isEmpty()) {
      return;
    }
    int capacity = fixture.capacity().getAsInt();
    fixture.append(2);
    EventReads.Read before = EventReads.inNewHandle(fixture, START, ALL_EVENTS, 100);
    fixture.append(capacity + 3);
    EventReads.Read after = EventReads.inNewHandle(fixture, before.next(), ALL_EVENTS, 100);
    assertEquals(capacity, after.events().size());
    long known = numbers(before.events()).get(1);
    assertEquals(
        List.of("MISSING_RECORDS " + known + ": 3"),
        after.gaps().stream()
            .map(gap -> gap.kind() + " " + gap.before().recordId() + ": " + missing(gap))
            .toList());
  }

  private static String missing(EventGap gap) {
    return gap.missing().isPresent() ? Long.toString(gap.missing().getAsLong()) : "?";
  }

  private static void restarted(EventFixture fixture) throws Exception {
    fixture.append(3);
    EventReads.Read before = EventReads.inNewHandle(fixture, START, ALL_EVENTS, 100);
    if (!fixture.restart()) {
      return;
    }
    fixture.append(2);
    EventReads.Read after = EventReads.inNewHandle(fixture, before.next(), ALL_EVENTS, 100);
    assertEquals(2, after.events().size());
    assertEquals(
        List.of(EventGap.Kind.RESTARTED), after.gaps().stream().map(EventGap::kind).toList());
  }

  private static void closed(EventFixture fixture) throws Exception {
    fixture.append(1);
    EventSource source = fixture.open();
    source.close();
    assertThrows(
        IllegalStateException.class, () -> assertNotNull(source.read(START, ALL_EVENTS, 1)));
  }

  private static void closedTwice(EventFixture fixture) throws Exception {
    fixture.append(1);
    try (EventSource other = fixture.open()) {
      EventSource source = fixture.open();
      source.close();
      source.close();
      try {
        assertEquals(1, other.read(START, ALL_EVENTS, 1).events().size());
      } catch (IllegalStateException e) {
        throw new AssertionError("another handle was closed", e);
      }
    }
  }
}
