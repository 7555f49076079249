package io.avma.sim;

import static io.avma.sim.Lab.DAY;
import static io.avma.sim.Lab.MINUTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventFollower;
import io.avma.transport.EventGap;
import io.avma.transport.EventSource;
import io.avma.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Whoever follows a log gets each record once, and is told of what is missing. */
class EventLogTest {
  /** Follows one log, as a tool does that keeps its bookmark as text. */
  private static final class Follower {
    private final EventSource source;
    private final int step;
    private String bookmark = EventBookmark.start().toText();
    private final List<EventGap> gaps = new ArrayList<>();

    Follower(EventSource source, int step) {
      this.source = source;
      this.step = step;
    }

    List<WindowsEvent> follow() throws TransportException {
      List<WindowsEvent> events = new ArrayList<>();
      EventBatch batch;
      do {
        batch = source.read(EventBookmark.parse(bookmark).orElseThrow(), EventFilter.all(), step);
        events.addAll(batch.events());
        gaps.addAll(batch.gaps());
        bookmark = batch.next().toText();
      } while (!batch.atEnd());
      return events;
    }

    List<EventGap> takeGaps() {
      List<EventGap> taken = List.copyOf(gaps);
      gaps.clear();
      return taken;
    }
  }

  private static SimulatedDatacenter activated(DatacenterBuilder builder) {
    SimulatedDatacenter datacenter = builder.build();
    datacenter.guest("web").start();
    datacenter.advance(MINUTE);
    return datacenter;
  }

  private static void ask(SimulatedGuest guest, SimulatedDatacenter datacenter, int times) {
    for (int i = 0; i < times; i++) {
      guest.activateNow();
      datacenter.advance(MINUTE);
    }
  }

  @Test
  void aRecordThatIsLostLeavesAHoleInTheNumbers() throws Exception {
    SimulatedDatacenter datacenter =
        activated(
            Lab.builder()
                .faults(
                    FaultPlan.of(
                        FaultRule.of("host", FaultPoint.HOST_LOG, new Fault.Lost())
                            .skipping(2)
                            .atMost(2),
                        FaultRule.of("guest", FaultPoint.GUEST_LOG, new Fault.Lost())
                            .skipping(4)
                            .atMost(1))));
    SimulatedGuest web = datacenter.guest("web");
    EventSource hostLog = datacenter.host("node-1").events();
    Follower host = new Follower(hostLog, 100);
    Follower guest = new Follower(web.events(), 100);
    assertEquals(1, host.follow().size());
    assertEquals(1, guest.follow().size());
    ask(web, datacenter, 7);
    assertEquals(List.of(2L, 5L, 6L, 7L, 8L), Lab.numbers(host.follow()));
    assertEquals(List.of(2L, 3L, 4L, 6L, 7L, 8L), Lab.numbers(guest.follow()));
    EventGap gap = host.takeGaps().get(0);
    assertEquals(EventGap.Kind.MISSING_RECORDS, gap.kind());
    assertEquals(OptionalLong.of(2), gap.missing());
    assertEquals(OptionalLong.of(1), guest.takeGaps().get(0).missing());
    assertTrue(web.isActivated());

    // From every bookmark on, also such as lie beside what is lost.
    List<Long> all = List.of(1L, 2L, 5L, 6L, 7L, 8L);
    EventBookmark bookmark = EventBookmark.start();
    for (int known = 0; known <= all.size(); known++) {
      assertEquals(
          all.subList(known, all.size()),
          Lab.numbers(hostLog.read(bookmark, EventFilter.all(), 100).events()));
      bookmark = hostLog.read(bookmark, EventFilter.all(), 1).next();
    }
  }

  @Test
  void aLogOfWhichEveryRecordIsLostIsAnEmptyOne() throws Exception {
    SimulatedDatacenter datacenter =
        activated(
            Lab.builder()
                .faults(FaultPlan.of(FaultRule.of("all", FaultPoint.HOST_LOG, new Fault.Lost()))));
    Follower follower = new Follower(datacenter.host("node-1").events(), 3);
    assertEquals(List.of(), follower.follow());
    assertEquals(List.of(), follower.takeGaps());
  }

  @Test
  void aClearedLogCountsFromOneAgainAndItsReaderIsTold() throws Exception {
    SimulatedDatacenter datacenter = activated(Lab.builder());
    SimulatedHost host = datacenter.host("node-1");
    ask(datacenter.guest("web"), datacenter, 3);
    Follower follower = new Follower(host.events(), 2);
    assertEquals(4, follower.follow().size());
    host.clearLog();
    assertEquals(List.of(), follower.follow());
    assertEquals(List.of(), follower.takeGaps(), "nothing is there that could tell");
    ask(datacenter.guest("web"), datacenter, 5);
    assertEquals(List.of(1L, 2L, 3L, 4L, 5L), Lab.numbers(follower.follow()));
    List<EventGap> gaps = follower.takeGaps();
    assertEquals(1, gaps.size(), gaps::toString);
    assertEquals(EventGap.Kind.RESTARTED, gaps.get(0).kind());
    assertEquals(4, gaps.get(0).before().recordId());
    assertEquals(1, gaps.get(0).after().recordId());
    assertEquals(List.of(), follower.follow());
  }

  /** Number and time of the last record are the same then, and the record is another one. */
  @Test
  void aLogThatIsClearedAndFilledAtOneInstantHidesNothing() throws Exception {
    SimulatedDatacenter datacenter = Lab.builder().build();
    SimulatedHost host = datacenter.host("node-1");
    host.fillLog(3);
    Follower follower = new Follower(host.events(), 10);
    assertEquals(3, follower.follow().size());
    host.clearLog();
    host.fillLog(3);
    assertEquals(List.of(1L, 2L, 3L), Lab.numbers(follower.follow()));
    assertEquals(EventGap.Kind.RESTARTED, follower.takeGaps().get(0).kind());
    assertEquals(List.of(), follower.follow());
    assertEquals(List.of(), follower.takeGaps());
  }

  @Test
  void aClockThatGoesBackAndForthShowsEachRecordOnce() throws Exception {
    SimulatedDatacenter datacenter = activated(Lab.builder());
    SimulatedGuest web = datacenter.guest("web");
    for (int step : new int[] {1, 2, 100}) {
      Follower follower = new Follower(web.events(), step);
      int known = follower.follow().size();
      List<Long> seen = new ArrayList<>();
      for (int days : new int[] {-5, 2, -30, 0, -1}) {
        web.setClock(DAY.multipliedBy(days));
        ask(web, datacenter, 3);
        seen.addAll(Lab.numbers(follower.follow()));
      }
      List<Long> expected = new ArrayList<>();
      for (long number = known + 1L; number <= known + 15L; number++) {
        expected.add(number);
      }
      assertEquals(expected, seen);
      assertEquals(List.of(), follower.takeGaps());
      assertEquals(List.of(), follower.follow());
      assertEquals(
          known + 15, new Follower(web.events(), step).follow().size(), "and from the start on");
    }
  }

  @Test
  void aLogThatIsClearedUnderAClockThatWasSetBackHidesNothing() throws Exception {
    SimulatedDatacenter datacenter = activated(Lab.builder());
    SimulatedGuest web = datacenter.guest("web");
    ask(web, datacenter, 5);
    Follower follower = new Follower(web.events(), 100);
    assertEquals(6, follower.follow().size());
    web.setClock(DAY.negated());
    web.clearLog();
    ask(web, datacenter, 2);
    assertEquals(List.of(1L, 2L), Lab.numbers(follower.follow()));
    assertEquals(EventGap.Kind.RESTARTED, follower.takeGaps().get(0).kind());
    ask(web, datacenter, 1);
    assertEquals(List.of(3L), Lab.numbers(follower.follow()));
  }

  @Test
  void theReaderOfARevertedGuestGetsWhatIsNewAndIsTold() throws Exception {
    SimulatedDatacenter datacenter = activated(Lab.builder());
    SimulatedGuest web = datacenter.guest("web");
    ask(web, datacenter, 1);
    GuestImage image = web.checkpoint();
    ask(web, datacenter, 2);
    Follower follower = new Follower(web.events(), 100);
    assertEquals(List.of(1L, 2L, 3L, 4L), Lab.numbers(follower.follow()));
    web.revertTo(image);
    web.restore();
    assertEquals(List.of(), follower.follow());
    ask(web, datacenter, 4);
    assertEquals(List.of(3L, 4L, 5L, 6L), Lab.numbers(follower.follow()));
    assertEquals(EventGap.Kind.RESTARTED, follower.takeGaps().get(0).kind());
    assertEquals(List.of(), follower.follow());
  }

  @Test
  void otherProgramsPushOutWhatWasThere() throws Exception {
    SimulatedDatacenter datacenter = activated(Lab.builder().logCapacity(5, 4));
    SimulatedGuest web = datacenter.guest("web");
    SimulatedHost host = datacenter.host("node-1");
    Follower follower = new Follower(web.events(), 100);
    assertEquals(1, follower.follow().size());
    web.fillLog(3);
    host.fillLog(5);
    assertEquals(List.of(Hresult.OK), Lab.codes(web.events()));
    assertEquals(List.of(), Lab.codes(host.events()));
    assertEquals(5, Lab.events(host.events()).size());
    web.fillLog(1);
    assertEquals(List.of(), Lab.codes(web.events()));
    assertEquals(List.of(2L, 3L, 4L, 5L), Lab.numbers(follower.follow()));
    assertEquals(List.of(), follower.takeGaps());
    web.fillLog(7);
    assertEquals(List.of(9L, 10L, 11L, 12L), Lab.numbers(follower.follow()));
    assertEquals(OptionalLong.of(3), follower.takeGaps().get(0).missing());
    ask(web, datacenter, 1);
    assertEquals(List.of(13L), Lab.numbers(follower.follow()));
    assertEquals(List.of(Hresult.OK), Lab.codes(web.events()));
  }

  @Test
  void anyNumberOfRecordsIsWrittenAtOnce() throws Exception {
    SimulatedDatacenter datacenter = Lab.builder().logCapacity(3, 3).build();
    SimulatedHost host = datacenter.host("node-1");
    host.fillLog(2);
    host.fillLog(Integer.MAX_VALUE);
    long last = 2L + Integer.MAX_VALUE;
    assertEquals(List.of(last - 2, last - 1, last), Lab.numbers(Lab.events(host.events())));
  }

  @Test
  void onlyRecordsThatAreGoneAreCalledLost() {
    SimulatedDatacenter datacenter = Lab.builder().logCapacity(2, 2).build();
    List<String> lost = new ArrayList<>();
    datacenter.listen(
        (unused, happenings) -> {
          for (Happening happening : happenings) {
            if (happening instanceof Happening.RecordsLost records) {
              lost.add(records.machine());
            }
          }
        });
    SimulatedGuest web = datacenter.guest("web");
    SimulatedHost host = datacenter.host("node-1");
    web.clearLog();
    host.clearLog();
    web.fillLog(2);
    host.fillLog(2);
    assertEquals(List.of(), lost);
    web.fillLog(1);
    host.fillLog(1);
    web.clearLog();
    host.clearLog();
    assertEquals(List.of("web", "node-1", "web", "node-1"), lost);
    lost.clear();
    web.start();
    datacenter.advance(MINUTE);
    assertEquals(List.of(), lost);
    ask(web, datacenter, 1);
    assertEquals(List.of(), lost);
    ask(web, datacenter, 1);
    assertEquals(List.of("node-1", "web"), lost, "both are full");
  }

  @Test
  void aBookmarkOfAnotherSourceOfTheSameLogCounts() throws Exception {
    SimulatedDatacenter datacenter = activated(Lab.builder());
    datacenter.advance(Duration.ofNanos(70)); // finer than the time of an event
    ask(datacenter.guest("web"), datacenter, 3);
    EventSource log = datacenter.host("node-1").events();
    List<WindowsEvent> two = log.read(EventBookmark.start(), EventFilter.all(), 2).events();
    EventFollower elsewhere = new EventFollower(EventBookmark.start());
    two.forEach(elsewhere::saw);
    EventBookmark ours = log.read(EventBookmark.start(), EventFilter.all(), 2).next();
    EventBookmark plain = ours.ended();
    assertTrue(plain.place().isEmpty());
    assertEquals(elsewhere.bookmark(), plain);
    for (EventBookmark bookmark : ImmutableList.of(ours, plain, plain.at("chunk 7"))) {
      assertEquals(List.of(3L, 4L), Lab.numbers(log.read(bookmark, EventFilter.all(), 9).events()));
    }
    datacenter.advance(Duration.ofDays(1));
    datacenter.host("node-1").clearLog();
    ask(datacenter.guest("web"), datacenter, 1);
    assertEquals(List.of(1L), Lab.numbers(log.read(plain, EventFilter.all(), 9).events()));
  }
}
