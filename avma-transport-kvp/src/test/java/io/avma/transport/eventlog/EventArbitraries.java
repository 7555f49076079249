package io.avma.transport.eventlog;

import io.avma.eventlog.EventDatum;
import io.avma.eventlog.WindowsEvent;
import io.avma.eventlog.WindowsEventBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Builders.BuilderCombinator;
import net.jqwik.api.Combinators;

/** Events of every shape: with each field there or not, at its borders, with odd texts. */
final class EventArbitraries {
  private EventArbitraries() {}

  static final Instant FIRST_TIME = Instant.parse("1601-01-01T00:00:00Z");
  static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

  /** Events with everything that binary XML and XML text can both hold. */
  static Arbitrary<WindowsEvent> events() {
    return Combinators.combine(events(xmlTexts()), complexData().list().ofMaxSize(2))
        .as(
            (event, complex) -> {
              List<EventDatum> data = new java.util.ArrayList<>(event.data());
              data.addAll(complex);
              return event.toBuilder().data(data).build();
            });
  }

  /** In the one form in which it is read, like {@link #payloads}. */
  private static Arbitrary<EventDatum> complexData() {
    return Arbitraries.of(
        EventDatum.complex(Optional.empty(), "<ComplexData/>"),
        EventDatum.complex(
            Optional.of("c&'d"),
            "<ComplexData Name='c&amp;&apos;d'><A>1</A><B k='v'>2</B> tail</ComplexData>"),
        EventDatum.complex(
            Optional.of("second"), "<ComplexData Name='second' x='y'><C/></ComplexData>"));
  }

  static Arbitrary<WindowsEvent> events(Arbitrary<String> texts) {
    Arbitrary<String> names =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(4, Arbitraries.of("Provider", "Application", "host-1.invalid")),
            net.jqwik.api.Tuple.of(1, texts));
    BuilderCombinator<WindowsEventBuilder> event =
        Builders.withBuilder(() -> WindowsEvent.builder("", 0));
    event = event.use(names).inSetter(WindowsEventBuilder::providerName);
    event =
        event.use(Arbitraries.integers().between(0, 0xFFFF)).inSetter(WindowsEventBuilder::eventId);
    event = maybe(event, names, WindowsEventBuilder::eventSourceName);
    event = maybe(event, guids(), WindowsEventBuilder::providerGuid);
    event = maybe(event, numbers(0xFFFF), WindowsEventBuilder::qualifiers);
    event = maybe(event, numbers(0xFF), WindowsEventBuilder::version);
    event = maybe(event, numbers(0xFF), WindowsEventBuilder::level);
    event = maybe(event, numbers(0xFFFF), WindowsEventBuilder::task);
    event = maybe(event, numbers(0xFF), WindowsEventBuilder::opcode);
    event = maybe(event, Arbitraries.longs(), WindowsEventBuilder::keywords);
    event = maybe(event, times(), WindowsEventBuilder::timeCreated);
    event = maybe(event, Arbitraries.longs(), WindowsEventBuilder::recordId);
    event = maybe(event, guids(), WindowsEventBuilder::activityId);
    event = maybe(event, guids(), WindowsEventBuilder::relatedActivityId);
    event = maybe(event, unsigned32(), WindowsEventBuilder::processId);
    event = maybe(event, unsigned32(), WindowsEventBuilder::threadId);
    event = maybe(event, unsigned32(), WindowsEventBuilder::processorId);
    event = maybe(event, unsigned32(), WindowsEventBuilder::sessionId);
    event = maybe(event, unsigned32(), WindowsEventBuilder::kernelTime);
    event = maybe(event, unsigned32(), WindowsEventBuilder::userTime);
    event = maybe(event, unsigned32(), WindowsEventBuilder::processorTime);
    event = maybe(event, names, WindowsEventBuilder::channel);
    event = maybe(event, names, WindowsEventBuilder::computer);
    event = maybe(event, sids(), WindowsEventBuilder::userSid);
    event = maybe(event, data(texts), WindowsEventBuilder::data);
    event = maybe(event, hex(), WindowsEventBuilder::binaryHex);
    event = maybe(event, payloads(), WindowsEventBuilder::payloadXml);
    event = maybe(event, texts, WindowsEventBuilder::renderedMessage);
    return event.build(WindowsEventBuilder::build);
  }

  private static <T> BuilderCombinator<WindowsEventBuilder> maybe(
      BuilderCombinator<WindowsEventBuilder> event,
      Arbitrary<T> values,
      BiConsumer<WindowsEventBuilder, T> set) {
    return event
        .use(values.optional(0.7))
        .inSetter((builder, value) -> value.ifPresent(present -> set.accept(builder, present)));
  }

  private static Arbitrary<Integer> numbers(int max) {
    return Arbitraries.integers().between(0, max);
  }

  private static Arbitrary<Long> unsigned32() {
    return Arbitraries.longs().between(0, 0xFFFF_FFFFL);
  }

  private static Arbitrary<UUID> guids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
  }

  /** In steps of 100 ns, as the builder keeps them. */
  static Arbitrary<Instant> times() {
    return Combinators.combine(
            Arbitraries.longs().between(FIRST_TIME.getEpochSecond(), LAST_TIME.getEpochSecond()),
            Arbitraries.integers().between(0, 9_999_999))
        .as((second, tick) -> Instant.ofEpochSecond(second, tick * 100L));
  }

  private static Arbitrary<String> sids() {
    return Arbitraries.of(
        "S-1-5-18",
        "S-1-5-21-3457937927-2839227994-823803824-1104",
        "S-1-16777216",
        "S-1-281474976710655-4294967295",
        "S-01-5",
        "not a SID");
  }

  private static Arbitrary<String> hex() {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(40)
        .map(bytes -> java.util.HexFormat.of().withUpperCase().formatHex(bytes));
  }

  private static Arbitrary<List<EventDatum>> data(Arbitrary<String> texts) {
    Arbitrary<EventDatum> datum =
        Combinators.combine(texts.optional(0.4), texts)
            .as((Optional<String> name, String text) -> new EventDatum(name, text));
    return Arbitraries.oneOf(
        texts.map(EventDatum::of).list().ofMaxSize(6), datum.list().ofMaxSize(6));
  }

  /** Payloads in the one form in which they are read: nothing else is read back as it was. */
  private static Arbitrary<String> payloads() {
    return Arbitraries.of(
        "<UserData/>",
        "<UserData><a:B xmlns:a='urn:a' x='1&apos;&#9;&#10;&#13;'><c>text &amp; &lt;&gt; ' \"</c><d/>"
            + "tail</a:B></UserData>",
        "<DebugData><SequenceNumber>7</SequenceNumber></DebugData>",
        "<ProcessingErrorData><ErrorCode>15005</ErrorCode><DataItemName/>"
            + "</ProcessingErrorData>",
        "<BinaryEventData>00FF\n&#13;\u00e4\uD83D\uDE00</BinaryEventData>");
  }

  /** Texts of what XML can hold, in which nothing but a bare carriage return is changed by it. */
  static Arbitrary<String> xmlTexts() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.chars().range(' ', '~').map(String::valueOf)),
            net.jqwik.api.Tuple.of(2, Arbitraries.of("&", "<", ">", "'", "\"", "]]>", "\t", "\n")),
            net.jqwik.api.Tuple.of(1, Arbitraries.of("\r", "\r\n", "\u00e4", "\u20ac", "\u2028")),
            net.jqwik.api.Tuple.of(1, Arbitraries.of("\uD83D\uDE00", "\u202e", "\uFFFD")))
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  /** Texts that every reader shows in the same way; evtxexport escapes nothing in attributes. */
  static Arbitrary<String> plainTexts() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("äß€")
        .ofMinLength(1)
        .ofMaxLength(12);
  }

  /** Also what XML cannot hold: controls, halves of pairs; all but NUL, which ends a text. */
  static Arbitrary<String> anyTexts() {
    return Arbitraries.oneOf(
        xmlTexts(), Arbitraries.strings().withCharRange('\u0001', '\uffff').ofMaxLength(12));
  }
}
