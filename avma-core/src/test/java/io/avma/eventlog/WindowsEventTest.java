package io.avma.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class WindowsEventTest {
  private static final Instant TIME = Instant.parse("2026-03-01T00:15:30.123456789Z");
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private static final ImmutableMap<String, UnaryOperator<WindowsEventBuilder>> SETTERS =
      ImmutableMap.<String, UnaryOperator<WindowsEventBuilder>>builder()
          .put("providerName", builder -> builder.providerName("other"))
          .put("eventId", builder -> builder.eventId(0xFFFF))
          .put("providerGuid", builder -> builder.providerGuid(ID))
          .put("eventSourceName", builder -> builder.eventSourceName("source"))
          .put("qualifiers", builder -> builder.qualifiers(0xFFFF))
          .put("version", builder -> builder.version(255))
          .put("level", builder -> builder.level(255))
          .put("task", builder -> builder.task(0xFFFF))
          .put("opcode", builder -> builder.opcode(255))
          .put("keywords", builder -> builder.keywords(-1))
          .put("timeCreated", builder -> builder.timeCreated(TIME))
          .put("recordId", builder -> builder.recordId(-1))
          .put("activityId", builder -> builder.activityId(ID))
          .put("relatedActivityId", builder -> builder.relatedActivityId(ID))
          .put("processId", builder -> builder.processId(0xFFFF_FFFFL))
          .put("threadId", builder -> builder.threadId(0xFFFF_FFFFL))
          .put("channel", builder -> builder.channel("Application"))
          .put("computer", builder -> builder.computer("hv1"))
          .put("userSid", builder -> builder.userSid("S-1-5-18"))
          .put("data", builder -> builder.texts("text"))
          .put("binaryHex", builder -> builder.binaryHex("0aFF"))
          .put("payloadXml", builder -> builder.payloadXml("<UserData/>"))
          .put("renderedMessage", builder -> builder.renderedMessage("said"))
          .buildOrThrow();

  @Test
  void everyFieldCountsInComparisonAndSurvivesACopy() {
    WindowsEvent plain = WindowsEvent.builder("p", 1).build();
    SETTERS.forEach(
        (name, setter) -> {
          WindowsEvent changed = setter.apply(WindowsEvent.builder("p", 1)).build();
          assertNotEquals(plain, changed, name);
          assertEquals(changed, changed.toBuilder().build(), name);
          assertEquals(changed.hashCode(), changed.toBuilder().build().hashCode(), name);
        });
  }

  @Test
  void everyFieldIsReadAsItWasSet() {
    WindowsEventBuilder builder = WindowsEvent.builder("p", 1);
    for (UnaryOperator<WindowsEventBuilder> setter : SETTERS.values()) {
      builder = setter.apply(builder);
    }
    WindowsEvent event = builder.build();
    assertEquals("other", event.providerName());
    assertEquals(0xFFFF, event.eventId());
    assertEquals(Optional.of(ID), event.providerGuid());
    assertEquals(Optional.of("source"), event.eventSourceName());
    assertEquals(OptionalInt.of(0xFFFF), event.qualifiers());
    assertEquals(OptionalInt.of(255), event.version());
    assertEquals(OptionalInt.of(255), event.level());
    assertEquals(OptionalInt.of(0xFFFF), event.task());
    assertEquals(OptionalInt.of(255), event.opcode());
    assertEquals(OptionalLong.of(-1), event.keywords());
    assertEquals(OptionalLong.of(-1), event.recordId());
    assertEquals(Optional.of(ID), event.activityId());
    assertEquals(Optional.of(ID), event.relatedActivityId());
    assertEquals(OptionalLong.of(0xFFFF_FFFFL), event.processId());
    assertEquals(OptionalLong.of(0xFFFF_FFFFL), event.threadId());
    assertEquals(Optional.of("Application"), event.channel());
    assertEquals(Optional.of("hv1"), event.computer());
    assertEquals(Optional.of("S-1-5-18"), event.userSid());
    assertEquals(Optional.of("0AFF"), event.binaryHex());
    assertEquals(Optional.of("<UserData/>"), event.payloadXml());
    assertEquals(Optional.of("said"), event.renderedMessage());
  }

  @Test
  void anEventDoesNotChangeWithItsBuilder() {
    WindowsEventBuilder builder = WindowsEvent.builder("p", 1);
    WindowsEvent event = builder.build();
    builder.eventId(2);
    assertEquals(1, event.eventId());
  }

  @Test
  void timesAreMultiplesOfAHundredNanoseconds() {
    assertEquals(
        Optional.of(Instant.parse("2026-03-01T00:15:30.123456700Z")),
        WindowsEvent.builder("p", 1).timeCreated(TIME).build().timeCreated());
    assertEquals(
        Optional.of(Instant.parse("1600-12-31T23:59:59.999999900Z")),
        WindowsEvent.builder("p", 1)
            .timeCreated(Instant.parse("1601-01-01T00:00:00Z").minusNanos(1))
            .build()
            .timeCreated());
  }

  @Test
  void theMessageIdentifierHasTheQualifiersInFront() {
    assertEquals(
        OptionalLong.of(1073754134),
        WindowsEvent.builder("p", 12310).qualifiers(16384).build().messageId());
    assertEquals(
        OptionalLong.of(0xFFFF_FFFFL),
        WindowsEvent.builder("p", 0xFFFF).qualifiers(0xFFFF).build().messageId());
    assertEquals(OptionalLong.empty(), WindowsEvent.builder("p", 1).build().messageId());
  }

  @Test
  void numbersOutsideTheirFieldAreRefused() {
    WindowsEventBuilder builder = WindowsEvent.builder("p", 1);
    assertThrows(IllegalArgumentException.class, () -> WindowsEvent.builder("p", 0x10000));
    assertThrows(IllegalArgumentException.class, () -> WindowsEvent.builder("p", -1));
    assertThrows(IllegalArgumentException.class, () -> builder.qualifiers(0x10000));
    assertThrows(IllegalArgumentException.class, () -> builder.version(256));
    assertThrows(IllegalArgumentException.class, () -> builder.level(256));
    assertThrows(IllegalArgumentException.class, () -> builder.task(0x10000));
    assertThrows(IllegalArgumentException.class, () -> builder.opcode(256));
    assertThrows(IllegalArgumentException.class, () -> builder.processId(0x1_0000_0000L));
    assertThrows(IllegalArgumentException.class, () -> builder.threadId(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.binaryHex("abc"));
    assertThrows(IllegalArgumentException.class, () -> builder.binaryHex("zz"));
    assertThrows(IllegalArgumentException.class, () -> builder.binaryHex("٠٠"));
  }

  @Test
  void stringsAreReachedByPlace() {
    WindowsEvent event = WindowsEvent.builder("p", 1).texts("a", "").build();
    assertEquals(Optional.of("a"), event.text(0));
    assertEquals(Optional.of(""), event.text(1));
    assertEquals(Optional.empty(), event.text(2));
    assertEquals(Optional.empty(), event.text(-1));
    assertEquals(List.of(EventDatum.of("a"), EventDatum.of("")), event.data());
  }

  @Test
  void itsTextIsEscapedAndHoldsNoData() {
    String text =
        WindowsEvent.builder("p\u001B[2J", 7)
            .recordId(-1)
            .timeCreated(TIME)
            .channel("Application")
            .computer("h\nv")
            .texts("inner")
            .payloadXml("inner")
            .renderedMessage("inner")
            .build()
            .toString();
    assertEquals(
        "p\\u{1B}[2J 7 #18446744073709551615 2026-03-01T00:15:30.123456700Z Application on h\\u{A}v",
        text);
    assertFalse(EventDatum.of("name", "inner").toString().contains("inner"));
  }
}
