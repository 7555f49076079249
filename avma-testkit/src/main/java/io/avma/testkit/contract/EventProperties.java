package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/**
 * The contract of event sources as properties of jqwik: implement it in a test class and say how a
 * fixture is made.
 */
public interface EventProperties {
  /** How often each property is tried. */
  int TRIES = 25;

  /** Returns a new fixture; the properties close it. */
  EventFixture fixture() throws Exception;

  /**
   * One round of a reader: something is logged, then it reads once.
   *
   * @param logged how many records are logged before
   * @param max how many events are asked for
   * @param anew whether the reader has kept its bookmark as text and opens the source anew
   */
  record Round(int logged, int max, boolean anew) {}

  /** Returns rounds that log no more than every log keeps. */
  @Provide
  default Arbitrary<List<Round>> rounds() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(1, 4),
            Arbitraries.of(false, true))
        .as(Round::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  /** EVENT-P.1: however logging and reading take turns, every record comes once and in order. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  default void everyRecordComesOnce(@ForAll("rounds") List<Round> rounds) throws Exception {
    try (EventFixture fixture = fixture()) {
      List<WindowsEvent> read = new ArrayList<>();
      int logged = 0;
      EventBookmark bookmark = EventBookmark.start();
      EventSource source = fixture.open();
      try {
        for (Round round : rounds) {
          fixture.append(round.logged());
          logged += round.logged();
          if (round.anew()) {
            source.close();
            source = fixture.open();
            bookmark = EventBookmark.parse(bookmark.toText()).orElseThrow();
          }
          EventBatch batch = source.read(bookmark, EventFilter.all(), round.max());
          read.addAll(batch.events());
          assertEquals(List.of(), batch.gaps());
          bookmark = batch.next();
        }
        read.addAll(EventReads.toTheEnd(source, bookmark, EventFilter.all(), 2).events());
      } finally {
        source.close();
      }
      assertEquals(logged, read.size());
      assertEquals(
          EventReads.everything(fixture, EventBookmark.start(), EventFilter.all(), 100), read);
    }
  }

  /** EVENT-P.2: behind any filter come exactly the events that pass it, in batches of any size. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  default void aFilterHidesTheRest(
      @ForAll @IntRange(min = 1, max = 6) int count,
      @ForAll @IntRange(max = 6) int from,
      @ForAll @IntRange(max = 6) int to,
      @ForAll @IntRange(min = 1, max = 7) int max)
      throws Exception {
    try (EventFixture fixture = fixture()) {
      fixture.append(count);
      List<WindowsEvent> all =
          EventReads.everything(fixture, EventBookmark.start(), EventFilter.all(), 100);
      EventFilter filter = EventFilter.all();
      if (from < count) {
        filter = filter.since(all.get(from).timeCreated().orElseThrow());
      }
      if (to < count) {
        filter = filter.until(all.get(to).timeCreated().orElseThrow());
      }
      EventReads.Read read = EventReads.inNewHandle(fixture, EventBookmark.start(), filter, max);
      assertEquals(all.stream().filter(filter::matches).toList(), read.events());
      assertEquals(List.of(), EventReads.everything(fixture, read.next(), EventFilter.all(), 100));
    }
  }
}
