package io.avma.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import io.avma.transport.EventBookmark.Mark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EventFollowerTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final LogName LOG = new LogName("HV1", "Application");

  @Test
  void consecutiveRecordsHaveNoGapAndTheLastIsTheMark() {
    EventFollower follower = follow(EventBookmark.start(), 5, 6, 7);
    assertEquals(ImmutableList.of(), follower.gaps());
    assertEquals(Optional.of(mark(7)), follower.bookmark().mark(LOG));
  }

  @Test
  void numbersLeftOutAreAGap() {
    EventFollower follower = follow(EventBookmark.start(), 5, 9);
    EventGap gap = follower.gaps().get(0);
    assertEquals(new EventGap(EventGap.Kind.MISSING_RECORDS, LOG, mark(5), mark(9)), gap);
    assertEquals(OptionalLong.of(3), gap.missing());
    assertEquals("application of hv1: records missing after 5, next is 9", gap.toString());
  }

  @Test
  void aLogThatWrappedBetweenTwoHarvestsHasAGap() {
    EventBookmark known = follow(EventBookmark.start(), 1, 2).bookmark();
    assertEquals(
        List.of(new EventGap(EventGap.Kind.MISSING_RECORDS, LOG, mark(2), mark(50))),
        follow(known, 50, 51).gaps());
  }

  @Test
  void youngerRecordsWithLowerNumbersMeanThatTheLogWasCleared() {
    EventBookmark known = follow(EventBookmark.start(), 100).bookmark();
    WindowsEvent first = event(1).timeCreated(START.plusSeconds(5000)).build();
    assertFalse(known.knows(first));
    EventFollower follower = new EventFollower(known);
    follower.saw(first);
    EventGap gap = follower.gaps().get(0);
    assertEquals(EventGap.Kind.RESTARTED, gap.kind());
    assertEquals(OptionalLong.empty(), gap.missing());
    assertEquals(Optional.of(new Mark(1, first.timeCreated())), follower.bookmark().mark(LOG));
    assertEquals("application of hv1: numbers start again after 100, next is 1", gap.toString());
  }

  @Test
  void recordsThatAreKnownChangeNothing() {
    EventBookmark known = follow(EventBookmark.start(), 7).bookmark();
    assertTrue(known.knows(event(7).build()));
    assertTrue(known.knows(event(6).build()));
    assertFalse(known.knows(event(8).build()));
    assertEquals(known, follow(known, 5, 6, 7).bookmark());
    assertEquals(ImmutableList.of(), follow(known, 5, 7).gaps());
  }

  @Test
  void aRecordWithoutANumberIsNeverKnownAndMovesNothing() {
    WindowsEvent event = WindowsEvent.builder("p", 1).build();
    EventFollower follower = new EventFollower(EventBookmark.start());
    follower.saw(event);
    assertEquals(EventBookmark.start(), follower.bookmark());
    assertFalse(follower.bookmark().knows(event));
  }

  @Test
  void forwardedRecordsAreFollowedByTheLogTheyComeFrom() {
    EventFollower follower = new EventFollower(EventBookmark.start());
    follower.saw(event(5).build());
    follower.saw(event(900).computer("hv2").build());
    follower.saw(event(6).computer("HV1").build());
    follower.saw(event(901).computer("hv2").build());
    assertEquals(ImmutableList.of(), follower.gaps());
    assertEquals(2, follower.bookmark().marks().size());
  }

  @Test
  void anExportWithTheNewestFirstIsReadToItsEnd() {
    EventFollower firstBatch = follow(EventBookmark.start(), 9, 8);
    EventBookmark midway = firstBatch.midway("offset 100");
    assertFalse(midway.knows(event(7).build()), "the rest of the export must not be passed over");
    assertEquals(Optional.of("offset 100"), midway.place());
    EventBookmark end = follow(midway, 7, 6).midway("offset 200").ended();
    assertTrue(end.knows(event(9).build()));
    assertEquals(Optional.empty(), end.place());
    assertEquals(EventBookmark.start(), EventBookmark.start().ended());
    assertEquals(Optional.of("here"), EventBookmark.start().at("here").place());
  }

  @Test
  void gapsAreTheSameInAnyOrder() {
    ImmutableList<EventGap> gaps = follow(EventBookmark.start(), 4, 5, 19, 20).gaps();
    assertEquals(
        List.of(new EventGap(EventGap.Kind.MISSING_RECORDS, LOG, mark(5), mark(19))), gaps);
    assertEquals(gaps, follow(EventBookmark.start(), 20, 19, 5, 4).gaps());
    assertEquals(gaps, follow(EventBookmark.start(), 19, 4, 20, 5).gaps());
    assertEquals(
        ImmutableList.of(), follow(EventBookmark.start(), 1000, 1001, 998, 999, 1000).gaps());
  }

  @Test
  void anArchiveReadBehindTheLogLeavesTheGapBetweenThem() {
    EventFollower follower = follow(EventBookmark.start(), 1000, 1001, 1, 2, 5);
    assertEquals(
        List.of(
            new EventGap(EventGap.Kind.MISSING_RECORDS, LOG, mark(2), mark(5)),
            new EventGap(EventGap.Kind.MISSING_RECORDS, LOG, mark(5), mark(1000))),
        follower.gaps());
    assertEquals(Optional.of(mark(1001)), follower.bookmark().mark(LOG));
  }

  @Test
  void newestFirstTheGapBehindTheLastHarvestShows() {
    EventBookmark known = follow(EventBookmark.start(), 1, 2).bookmark();
    assertEquals(
        List.of(new EventGap(EventGap.Kind.MISSING_RECORDS, LOG, mark(2), mark(8))),
        follow(known, 9, 8, 2, 1).gaps());
  }

  @Test
  void gapsBeforeALogWasClearedAreKept() {
    EventFollower follower = follow(EventBookmark.start(), 101, 103);
    follower.saw(event(1).timeCreated(START.plusSeconds(5000)).build());
    assertEquals(
        List.of(EventGap.Kind.MISSING_RECORDS, EventGap.Kind.RESTARTED),
        follower.gaps().stream().map(EventGap::kind).toList());
  }

  @Test
  void onlyWhatWasKnownBeforeThePassIsKnownInIt() {
    EventFollower follower = follow(follow(EventBookmark.start(), 5).bookmark(), 6);
    assertTrue(follower.knew(LOG, mark(5)));
    assertFalse(follower.knew(LOG, mark(6)));
  }

  @Test
  void numbersAreUnsigned() {
    EventFollower follower = follow(EventBookmark.start(), Long.MAX_VALUE, Long.MIN_VALUE, -1);
    assertEquals(OptionalLong.of(Long.MAX_VALUE - 1), follower.gaps().get(0).missing());
    assertEquals(1, follower.gaps().size());
  }

  @Test
  void gapsAndLogsAreBounded() {
    EventFollower follower = new EventFollower(EventBookmark.start());
    for (int i = 0; i < EventFollower.MAX_LOGS + 5; i++) {
      follower.saw(new LogName("pc" + i, ""), mark(1));
    }
    assertEquals(EventFollower.MAX_LOGS, follower.bookmark().marks().size());
    for (int i = 1; i <= EventFollower.MAX_GAPS + 5; i++) {
      follower.saw(new LogName("pc0", ""), mark(1 + 2L * i));
    }
    assertEquals(EventFollower.MAX_GAPS, follower.gaps().size());
    assertEquals(5, follower.gapsBeyondBound());
  }

  @Test
  void aLogIsNamedIgnoringCase() {
    assertEquals(LOG, new LogName("hv1", "APPLICATION"));
    assertEquals("log of an unnamed computer", new LogName("", "").toString());
  }

  private static EventFollower follow(EventBookmark from, long... numbers) {
    EventFollower follower = new EventFollower(from);
    for (long number : numbers) {
      follower.saw(event(number).build());
    }
    return follower;
  }

  /** Record n is created n seconds after the start, as far as that fits a day. */
  private static WindowsEventBuilder event(long number) {
    return WindowsEvent.builder("p", 1)
        .computer("hv1")
        .channel("Application")
        .recordId(number)
        .timeCreated(mark(number).time().orElseThrow());
  }

  private static Mark mark(long number) {
    long seconds = Long.compareUnsigned(number, 86_400) < 0 ? number : 86_400;
    return new Mark(number, Optional.of(START.plusSeconds(seconds)));
  }
}
