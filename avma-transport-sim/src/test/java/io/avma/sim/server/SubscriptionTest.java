package io.avma.sim.server;

import static io.avma.sim.server.ServiceLab.ENUMERATION;
import static io.avma.sim.server.ServiceLab.kind;
import static io.avma.sim.server.ServiceLab.pull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManHeader;
import io.avma.transport.wsman.WsManItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions to the event log of a host, whose events are pulled. */
@Timeout(60)
class SubscriptionTest {
  private static final String EVENTING = "http://schemas.xmlsoap.org/ws/2004/08/eventing/";

  private final ServiceLab lab = new ServiceLab().started();
  private String context = "";

  private static WsManBody.Subscribe to(
      String log, String query, ImmutableMap<String, Long> bookmarks) {
    return new WsManBody.Subscribe(
        Optional.of(Duration.ofSeconds(30)),
        Optional.empty(),
        ImmutableMap.of(log, query),
        bookmarks,
        true);
  }

  private WsManHeader.Builder header() {
    return lab.header(EVENTING + "Subscribe", EventLogs.RESOURCE)
        .option("ReadExistingEvents", "TRUE");
  }

  private WsManBody.SubscribeResponse subscribe(WsManHeader.Builder header, WsManBody body) {
    WsManBody.SubscribeResponse answer = lab.ask(WsManBody.SubscribeResponse.class, header, body);
    context = answer.context().orElseThrow();
    return answer;
  }

  /** The events that came, until none does. */
  private List<String> events() {
    List<String> events = new ArrayList<>();
    while (true) {
      WsManBody body =
          lab.message(lab.header(ENUMERATION + "Pull", EventLogs.RESOURCE), pull(context, 2))
              .body();
      if (body instanceof WsManBody.Fault fault) {
        assertEquals("TimedOut", kind(fault));
        assertEquals(OptionalLong.of(0x80338029L), fault.code());
        return events;
      }
      WsManBody.PullResponse pulled = assertInstanceOf(WsManBody.PullResponse.class, body);
      assertFalse(pulled.endOfSequence());
      context = pulled.context().orElseThrow();
      for (WsManItem item : pulled.items()) {
        events.add(assertInstanceOf(WsManItem.Event.class, item).xml());
      }
    }
  }

  @Test
  void eventsComeAsTheyAreWritten() {
    WsManBody.SubscribeResponse unused =
        subscribe(header(), to("Application", "*", ImmutableMap.of()));
    List<String> first = events();
    assertEquals(1, first.size());
    assertTrue(first.get(0).startsWith("<Event xmlns='http://schemas.microsoft.com/win/2004/08"));
    assertTrue(first.get(0).contains(">12310</EventID>"), first.get(0));
    lab.datacenter.guest("db").start();
    lab.datacenter.advance(Duration.ofMinutes(1));
    assertEquals(1, events().size());
    lab.datacenter.host("hv-1").fillLog(5);
    assertEquals(5, events().size());
    lab.datacenter.host("hv-1").clearLog();
    lab.datacenter.host("hv-1").fillLog(1);
    assertEquals(1, events().size());
    assertEquals(List.of(), events());
  }

  private WsManHeader.Builder pulling() {
    return lab.header(ENUMERATION + "Pull", EventLogs.RESOURCE);
  }

  @Test
  void aPullWaitsForEvents() {
    WsManBody.SubscribeResponse unused =
        subscribe(header(), to("Application", "*[System[EventID!=12310]]", ImmutableMap.of()));
    HeldPull held = lab.held(pulling(), pull(context, 10));
    lab.service.changed();
    assertFalse(held.isOver(), "nothing came");
    assertEquals(1, lab.service.heldPulls());
    lab.now = lab.now.plusSeconds(59); // it would be forgotten if nobody waited
    lab.datacenter.host("hv-1").fillLog(2);
    lab.service.changed();
    assertEquals(0, lab.service.heldPulls());
    WsManBody.PullResponse pulled =
        assertInstanceOf(
            WsManBody.PullResponse.class, ServiceLab.message((Answer) held.answer().join()).body());
    assertEquals(2, pulled.items().size());
    context = pulled.context().orElseThrow();
    assertEquals(List.of(), events());
  }

  /** Who lost the connection asks anew, and must not lose events to the pull that nobody hears. */
  @Test
  void aSecondPullEndsTheOneBefore() {
    WsManBody.SubscribeResponse unused = subscribe(header(), to("System", "*", ImmutableMap.of()));
    HeldPull other = lab.held(pulling(), pull(context, 10));
    unused = subscribe(header(), to("Application", "*[System[EventID!=12310]]", ImmutableMap.of()));
    HeldPull first = lab.held(pulling(), pull(context, 10));
    HeldPull second = lab.held(pulling(), pull(context, 10));
    assertTrue(first.isOver());
    assertEquals(
        "TimedOut",
        kind((WsManBody.Fault) ServiceLab.message((Answer) first.answer().join()).body()));
    assertFalse(second.isOver());
    assertEquals(2, lab.service.heldPulls());
    lab.datacenter.host("hv-1").fillLog(2);
    lab.service.changed();
    assertFalse(other.isOver());
    WsManBody.PullResponse answer =
        (WsManBody.PullResponse) ServiceLab.message((Answer) second.answer().join()).body();
    assertEquals(2, answer.items().size());
  }

  @Test
  void aPullWaitsAsLongAsItMayAndTheSubscriptionLives() {
    WsManBody.SubscribeResponse unused = subscribe(header(), to("System", "*", ImmutableMap.of()));
    assertEquals(Duration.ofSeconds(60), lab.held(pulling(), pull(context, 1)).longest());
    assertEquals(
        Duration.ofSeconds(60),
        lab.held(pulling().operationTimeout(Duration.ofHours(1)), pull(context, 1)).longest());
    assertEquals(
        Duration.ofSeconds(7),
        lab.held(pulling().operationTimeout(Duration.ofSeconds(7)), pull(context, 1)).longest());
    HeldPull held =
        lab.held(
            pulling().operationTimeout(Duration.ofSeconds(59)),
            new WsManBody.Pull(
                context,
                Optional.of(Duration.ofSeconds(40)),
                OptionalLong.of(1),
                OptionalLong.empty()));
    assertEquals(Duration.ofSeconds(40), held.longest());
    lab.now = lab.now.plusSeconds(70);
    held.giveUp();
    WsManBody.Fault fault =
        assertInstanceOf(
            WsManBody.Fault.class, ServiceLab.message((Answer) held.answer().join()).body());
    assertEquals(OptionalLong.of(0x80338029L), fault.code());
    lab.now = lab.now.plusSeconds(59);
    assertEquals(List.of(), events());
  }

  @Test
  void aPullHearsThatItsSubscriptionIsReleasedAndNothingOfAHostThatFails() {
    WsManBody.SubscribeResponse answer =
        subscribe(header(), to("Application", "*[System[EventID=1]]", ImmutableMap.of()));
    HeldPull released = lab.held(pulling(), pull(context, 1));
    WsManBody unused =
        lab.ask(
            WsManBody.UnsubscribeResponse.class,
            lab.header(EVENTING + "Unsubscribe", EventLogs.RESOURCE)
                .subscription(answer.identifier()),
            new WsManBody.Unsubscribe());
    assertEquals(
        "InvalidEnumerationContext",
        kind((WsManBody.Fault) ServiceLab.message((Answer) released.answer().join()).body()));
    WsManBody.SubscribeResponse again =
        subscribe(header(), to("Application", "*[System[EventID=1]]", ImmutableMap.of()));
    HeldPull left = lab.held(pulling(), pull(context, 1));
    lab.datacenter.host("hv-1").fail();
    left.giveUp();
    assertInstanceOf(
        HostGoneException.class,
        assertThrows(CompletionException.class, () -> left.answer().join()).getCause());
  }

  @Test
  void aBookmarkIsWhereItBegins() {
    lab.datacenter.host("hv-1").fillLog(5);
    WsManBody.SubscribeResponse unused =
        subscribe(header(), to("Application", "*", ImmutableMap.of("Application", 4L)));
    List<String> events = events();
    assertEquals(2, events.size());
    assertTrue(events.get(0).contains("<EventRecordID>5</EventRecordID>"), events.get(0));
    lab.datacenter.host("hv-1").clearLog();
    lab.datacenter.host("hv-1").fillLog(2);
    assertEquals(2, events().size(), "a cleared log counts from 1 again");
  }

  @Test
  void withoutTheOptionOnlyNewEventsCome() {
    WsManBody.SubscribeResponse unused =
        subscribe(
            lab.header(EVENTING + "Subscribe", EventLogs.RESOURCE),
            to("Application", "*", ImmutableMap.of()));
    assertEquals(List.of(), events());
    lab.datacenter.host("hv-1").fillLog(1);
    assertEquals(1, events().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|4",
        "*[System[(EventID=12310)]]|1",
        "*[System[(EventID=12309 or EventID=12310) and (EventRecordID > 0)]]|1",
        "*[System[EventRecordID>=3]]|2",
        "*[System[Provider[@Name='Microsoft-Windows-Security-SPP']]]|1",
        "*[System[Provider[@Name='x' or @Name='AVMA simulation'] and Level=4]]|3",
        "*[System[TimeCreated[@SystemTime>='2099-01-01T00:00:00.000Z']]]|0",
        "Event[System[EventID!=12310]]|3",
      })
  void onlyWhatIsAskedForComes(String query, int count) {
    lab.datacenter.host("hv-1").fillLog(3);
    WsManBody.SubscribeResponse unused =
        subscribe(header(), to("Application", query, ImmutableMap.of()));
    assertEquals(count, events().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*[",
        "*[EventData[Data='x']]",
        "*[System[Computer='x']]",
        "*[System[EventID=12310]",
        "*[System[EventID]]",
        "*[System[Provider[Name='x']]]",
        "* or *",
      })
  void aQueryThatIsNotUnderstoodIsRefused(String query) {
    assertEquals(
        "CannotProcessFilter",
        kind(lab.fault(header(), to("Application", query, ImmutableMap.of()))));
  }

  @Test
  void deepQueriesAndUnheardLogsAreRefused() {
    String deep = "*[System[" + "(".repeat(3000) + "EventID=1";
    assertEquals(
        "CannotProcessFilter",
        kind(lab.fault(header(), to("Application", deep, ImmutableMap.of()))));
    assertEquals(
        "CannotProcessFilter", kind(lab.fault(header(), to("Nonsense", "*", ImmutableMap.of()))));
    assertEquals(
        "ActionNotSupported",
        kind(
            lab.fault(
                header().resourceUri(ServiceLab.V2 + "*"),
                to("Application", "*", ImmutableMap.of()))));
    WsManBody.SubscribeResponse unused = subscribe(header(), to("System", "*", ImmutableMap.of()));
    assertEquals(List.of(), events());
  }

  @Test
  void aSubscriptionEndsWhenItIsEndedReleasedOrForgotten() {
    WsManBody.SubscribeResponse answer =
        subscribe(header(), to("Application", "*", ImmutableMap.of()));
    WsManHeader.Builder end =
        lab.header(EVENTING + "Unsubscribe", EventLogs.RESOURCE).subscription(answer.identifier());
    lab.caller = ServiceLab.OTHER;
    assertEquals("DestinationUnreachable", kind(lab.fault(end, new WsManBody.Unsubscribe())));
    lab.caller = ServiceLab.ADMIN;
    WsManBody unused =
        lab.ask(WsManBody.UnsubscribeResponse.class, end, new WsManBody.Unsubscribe());
    assertEquals("InvalidEnumerationContext", kind(pulled()));
    unused = subscribe(header(), to("Application", "*", ImmutableMap.of()));
    unused =
        lab.ask(
            WsManBody.ReleaseResponse.class,
            lab.header(ENUMERATION + "Release", EventLogs.RESOURCE),
            new WsManBody.Release(context));
    assertEquals("InvalidEnumerationContext", kind(pulled()));
    unused = subscribe(header(), to("Application", "*", ImmutableMap.of()));
    lab.now = lab.now.plusSeconds(60);
    assertEquals("InvalidEnumerationContext", kind(pulled()));
  }

  private WsManBody.Fault pulled() {
    return lab.fault(lab.header(ENUMERATION + "Pull", EventLogs.RESOURCE), pull(context, 10));
  }
}
