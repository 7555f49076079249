package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import io.avma.transport.cim.MarkupTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Messages that the codec can write, with whatever texts tenants and hosts come up with. */
final class MessageArbitraries {
  private static final long UINT32 = 0xFFFF_FFFFL;
  private static final int DEPTH = 2;

  private MessageArbitraries() {}

  /** What blanks around do not belong to. */
  private static Arbitrary<String> stripped() {
    return MarkupTexts.carried().map(String::strip);
  }

  private static Arbitrary<String> told() {
    return stripped().filter(text -> !text.isEmpty());
  }

  private static Arbitrary<String> names() {
    return Combinators.combine(
            Arbitraries.chars().alpha(),
            Arbitraries.strings().alpha().numeric().withChars('_').ofMaxLength(8))
        .as((first, rest) -> first + rest)
        .filter(name -> !name.endsWith(Names.INPUT) && !name.endsWith(Names.OUTPUT));
  }

  private static Arbitrary<String> uris() {
    return names()
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(p -> CimReference.WMI + String.join("/", p));
  }

  private static Arbitrary<OptionalLong> numbers() {
    return Arbitraries.longs()
        .between(0, UINT32)
        .edgeCases(edges -> edges.add(0L, UINT32))
        .optional()
        .map(number -> number.map(OptionalLong::of).orElseGet(OptionalLong::empty));
  }

  private static Arbitrary<Duration> durations() {
    return Arbitraries.longs()
        .between(0, 8_000_000_000_000_000_000L)
        .map(nanos -> Duration.ofNanos(nanos));
  }

  private static Arbitrary<CimReference> references(int depth) {
    Arbitrary<CimValue> text = MarkupTexts.carried().map(CimValue::of);
    Arbitrary<CimValue> key =
        depth == 0
            ? text
            : Arbitraries.frequencyOf(
                Tuple.of(4, text), Tuple.of(1, references(depth - 1).map(CimValue.Reference::new)));
    return Combinators.combine(
            stripped(),
            stripped(),
            Arbitraries.maps(MarkupTexts.carried().filter(name -> !name.isEmpty()), key)
                .ofMaxSize(3))
        .as((address, uri, keys) -> new CimReference(address, uri, ImmutableMap.copyOf(keys)));
  }

  private static Arbitrary<CimValue> values(int depth) {
    Arbitrary<CimValue> scalars =
        Arbitraries.oneOf(
            MarkupTexts.carried().map(CimValue::of),
            Arbitraries.just(CimValue.Nil.NIL),
            Arbitraries.of(CimValue.Bool.values()),
            Arbitraries.longs().map(bits -> CimValue.of(CimType.SINT64, bits)),
            Arbitraries.integers().between(0, 255).map(n -> CimValue.of(CimType.UINT8, n)),
            Arbitraries.doubles().map(number -> new CimValue.Real(CimType.REAL64, number)),
            Arbitraries.of('a', '<', '\r', '\uE000').map(CimValue.Char16::new),
            times().map(CimValue.Time::new),
            references(1).map(CimValue.Reference::new));
    return depth == 0
        ? scalars
        : Arbitraries.frequencyOf(
            Tuple.of(6, scalars), Tuple.of(1, instances(depth - 1).map(CimValue.Embedded::new)));
  }

  private static Arbitrary<CimDateTime> times() {
    return Arbitraries.oneOf(
        Combinators.combine(
                Arbitraries.longs().between(-60_000_000_000L, 250_000_000_000L),
                Arbitraries.integers().between(0, 999_999_999),
                Arbitraries.integers().between(-999, 999))
            .as(
                (seconds, nanos, offset) ->
                    new CimDateTime.Moment(Instant.ofEpochSecond(seconds, nanos), offset)),
        durations().map(CimDateTime::of),
        Arbitraries.just(new CimDateTime.Partial("20260131******.******+060")));
  }

  private static Arbitrary<CimProperty> properties(int depth) {
    Arbitrary<CimValue> value = values(depth);
    Arbitrary<CimValue> array = value.list().ofMaxSize(4).map(CimValue::of);
    return Combinators.combine(
            names(), Arbitraries.frequencyOf(Tuple.of(4, value), Tuple.of(1, array)))
        .as(CimProperty::of);
  }

  private static Arbitrary<List<CimProperty>> propertyLists(int depth) {
    return properties(depth)
        .list()
        .uniqueElements(property -> property.name().toLowerCase(Locale.ROOT))
        .ofMaxSize(5);
  }

  private static Arbitrary<CimInstance> instances(int depth) {
    return Combinators.combine(names(), propertyLists(depth))
        .as((name, properties) -> new CimInstance(name, ImmutableList.copyOf(properties)));
  }

  private static Arbitrary<WsManItem> items() {
    return Arbitraries.oneOf(
        Combinators.combine(uris(), instances(DEPTH), references(1).optional(0.3))
            .as(WsManItem.Instance::new),
        references(1).map(WsManItem.Epr::new),
        MarkupTexts.carried().map(WsManItem.Event::new));
  }

  private static Arbitrary<ImmutableList<WsManItem>> itemLists() {
    return items().list().ofMaxSize(3).map(ImmutableList::copyOf);
  }

  /** Bodies of every kind. */
  static Arbitrary<WsManBody> bodies() {
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<ImmutableMap<String, String>> queries =
        Arbitraries.maps(MarkupTexts.carried(), MarkupTexts.carried())
            .ofMinSize(1)
            .ofMaxSize(3)
            .map(ImmutableMap::copyOf);
    Arbitrary<ImmutableMap<String, Long>> bookmarks =
        Arbitraries.maps(MarkupTexts.carried(), Arbitraries.longs())
            .ofMaxSize(3)
            .map(ImmutableMap::copyOf);
    return Arbitraries.oneOf(
        Arbitraries.of(
            new WsManBody.Identify(),
            new WsManBody.ReleaseResponse(),
            new WsManBody.Get(),
            new WsManBody.Unsubscribe(),
            new WsManBody.UnsubscribeResponse(),
            new WsManBody.End(),
            new WsManBody.EndResponse()),
        Combinators.combine(MarkupTexts.carried(), MarkupTexts.carried(), MarkupTexts.carried())
            .as(WsManBody.IdentifyResponse::new),
        Combinators.combine(
                Combinators.combine(MarkupTexts.carried(), MarkupTexts.carried())
                    .as(WsManFilter::new)
                    .optional(),
                either,
                numbers(),
                Arbitraries.of(WsManBody.EnumerationMode.values()),
                durations().optional())
            .as(WsManBody.Enumerate::new),
        Combinators.combine(stripped().optional(), told().optional(), itemLists(), either)
            .as(WsManBody.EnumerateResponse::new),
        Combinators.combine(told(), durations().optional(), numbers(), numbers())
            .as(WsManBody.Pull::new),
        Combinators.combine(told().optional(), itemLists(), either).as(WsManBody.PullResponse::new),
        told().map(WsManBody.Release::new),
        Combinators.combine(uris(), instances(DEPTH)).as(WsManBody.GetResponse::new),
        Combinators.combine(uris(), names(), propertyLists(DEPTH).map(ImmutableList::copyOf))
            .as(WsManBody.Invoke::new),
        Combinators.combine(uris(), names(), propertyLists(DEPTH))
            .as(
                (uri, method, properties) ->
                    new WsManBody.InvokeResponse(
                        uri,
                        method,
                        new CimInstance(method + Names.OUTPUT, ImmutableList.copyOf(properties)))),
        Combinators.combine(
                durations().optional(), durations().optional(), queries, bookmarks, either)
            .as(WsManBody.Subscribe::new),
        Combinators.combine(stripped(), stripped().optional(), stripped().optional())
            .as(WsManBody.SubscribeResponse::new),
        faults());
  }

  private static Arbitrary<WsManBody> faults() {
    Arbitrary<CimInstance> errors =
        propertyLists(1)
            .map(properties -> new CimInstance("MSFT_WmiError", ImmutableList.copyOf(properties)));
    return Combinators.combine(
            Arbitraries.of(true, false),
            Combinators.combine(uris(), names()).as(FaultSubcode::new).optional(),
            MarkupTexts.carried(),
            stripped().optional(),
            numbers(),
            MarkupTexts.carried().optional(),
            told().optional(),
            errors.optional(0.3))
        .as(WsManBody.Fault::new);
  }

  /** Messages whose header has, beside anything, the action that their body needs. */
  static Arbitrary<WsManMessage> messages() {
    return Combinators.combine(
            bodies(),
            stripped().optional().list().ofSize(8),
            references(1),
            numbers(),
            durations().optional(),
            Arbitraries.maps(MarkupTexts.carried(), MarkupTexts.carried()).ofMaxSize(2),
            Arbitraries.of(Addressing.values()))
        .as(MessageArbitraries::message);
  }

  private static WsManMessage message(
      WsManBody body,
      List<Optional<String>> texts,
      CimReference instance,
      OptionalLong size,
      Optional<Duration> timeout,
      Map<String, String> options,
      Addressing addressing) {
    WsManHeader.Builder header =
        WsManHeader.builder()
            .addressing(addressing)
            .instance(instance)
            .action(action(body).orElse(texts.get(0).orElse("urn:something")));
    texts.get(1).ifPresent(header::to);
    texts.get(2).ifPresent(header::messageId);
    texts.get(3).ifPresent(header::relatesTo);
    texts.get(4).ifPresent(header::replyTo);
    texts.get(5).ifPresent(header::operationId);
    texts.get(6).ifPresent(header::subscription);
    texts.get(7).ifPresent(unused -> header.language("ja-JP"));
    size.ifPresent(header::maxEnvelopeSize);
    timeout.ifPresent(header::operationTimeout);
    options.forEach(header::option);
    return new WsManMessage(header.build(), body);
  }

  /** Some bodies are empty, and of any class: then the action tells what they are. */
  private static Optional<String> action(WsManBody body) {
    String name = body.getClass().getSimpleName();
    return switch (name) {
      case "Get", "GetResponse" -> Optional.of(Names.TRANSFER + "/" + name);
      case "ReleaseResponse" -> Optional.of(Names.ENUMERATION + "/" + name);
      case "UnsubscribeResponse" -> Optional.of(Names.EVENTING + "/" + name);
      case "End" -> Optional.of(Names.END);
      case "EndResponse" -> Optional.of(Names.END + "Response");
      default -> Optional.empty();
    };
  }
}
