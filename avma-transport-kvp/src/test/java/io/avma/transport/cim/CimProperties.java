package io.avma.transport.cim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Instances written and read, and read with random damage. */
class CimProperties {
  @Provide
  Arbitrary<String> texts() {
    return MarkupTexts.any();
  }

  @Provide
  Arbitrary<CimInstance> instances() {
    return instances(1);
  }

  private Arbitrary<CimInstance> instances(int nested) {
    Arbitrary<CimProperty> property =
        Arbitraries.of(CimType.values())
            .filter(type -> nested > 0 || type != CimType.OBJECT)
            .flatMap(type -> properties(type, nested));
    return Combinators.combine(
            MarkupTexts.carried().filter(name -> !name.isEmpty()),
            property
                .list()
                .uniqueElements(named -> named.name().toLowerCase(java.util.Locale.ROOT))
                .ofMaxSize(5))
        .as((name, properties) -> new CimInstance(name, ImmutableList.copyOf(properties)));
  }

  private Arbitrary<CimProperty> properties(CimType type, int nested) {
    Arbitrary<CimValue> scalar = values(type, nested);
    Arbitrary<CimValue> value =
        Arbitraries.oneOf(
            scalar,
            Arbitraries.just(CimValue.Nil.NIL),
            scalar.injectNull(0.1).list().ofMaxSize(4).map(CimProperties::array));
    return Combinators.combine(
            MarkupTexts.carried().filter(name -> !name.isEmpty()),
            value,
            Arbitraries.of(true, false))
        .as((name, of, propagated) -> new CimProperty(name, Optional.of(type), of, propagated));
  }

  private static CimValue array(List<CimValue> values) {
    List<CimValue> all = new ArrayList<>();
    values.forEach(value -> all.add(value == null ? CimValue.Nil.NIL : value));
    return CimValue.of(all);
  }

  private Arbitrary<CimValue> values(CimType type, int nested) {
    return switch (type) {
      case STRING -> MarkupTexts.carried().map(CimValue::of);
      case BOOLEAN -> Arbitraries.of(CimValue.Bool.values());
      case CHAR16 ->
          Arbitraries.chars()
              .all()
              .filter(c -> XmlText.firstUncarried(String.valueOf(c)).isEmpty())
              .map(CimValue.Char16::new);
      case REAL32 -> Arbitraries.floats().map(number -> new CimValue.Real(type, number));
      case REAL64 -> Arbitraries.doubles().map(number -> new CimValue.Real(type, number));
      case DATETIME -> times().map(CimValue.Time::new);
      case REFERENCE -> references().map(CimValue.Reference::new);
      case OBJECT -> instances(nested - 1).map(CimValue.Embedded::new);
      default ->
          Arbitraries.longs()
              .edgeCases(edges -> edges.add(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE))
              .map(bits -> CimValue.of(type, narrowed(type, bits)));
    };
  }

  private static long narrowed(CimType type, long bits) {
    int unused = 64 - Integer.parseInt(type.wireName().substring(4));
    return type.wireName().startsWith("s") ? bits << unused >> unused : bits << unused >>> unused;
  }

  private static Arbitrary<CimDateTime> times() {
    Arbitrary<Long> microseconds = Arbitraries.longs().between(0, 250_000_000_000_000_000L);
    return Arbitraries.oneOf(
        Combinators.combine(microseconds, Arbitraries.integers().between(-999, 999))
            .as(
                (micros, offset) ->
                    new CimDateTime.Moment(
                        CimDateTime.UNSET.plusMillis(micros / 1000).plusNanos(micros % 1000 * 1000),
                        offset)),
        microseconds.map(
            micros ->
                CimDateTime.of(Duration.ofMillis(micros / 1000).plusNanos(micros % 1000 * 1000))));
  }

  private Arbitrary<CimReference> references() {
    Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
    return Combinators.combine(
            names.list().ofMaxSize(3).map(parts -> String.join("/", parts)),
            names,
            Arbitraries.maps(names, MarkupTexts.carried()).ofMaxSize(3))
        .as(
            (namespace, name, keys) ->
                CimReference.wmi(namespace, name, ImmutableMap.copyOf(keys)));
  }

  @Property(tries = 500)
  void anyInstanceIsReadBackAsItWasWritten(@ForAll("instances") CimInstance instance)
      throws Exception {
    String text = CimXmlCodec.encode(instance);
    assertEquals(instance, CimXmlCodec.decode(text));
    assertEquals(text, CimXmlCodec.encode(CimXmlCodec.decode(text)));
    StringBuilder escaped = new StringBuilder();
    XmlText.appendContent(escaped, text);
    assertEquals(instance, CimXmlCodec.decode(escaped.toString()));
  }

  /** The JDK's parser, which knows all of XML, finds in it what we do. */
  @Property(tries = 1000)
  void anyItemIsReadBackAndByAnotherParserAsWell(
      @ForAll("texts") String name, @ForAll("texts") String data) throws Exception {
    KvpDataItem item =
        new KvpDataItem(Optional.of(name), Optional.of(data), OptionalInt.of(KvpDataItem.HOST));
    boolean carried = XmlText.firstUncarried(name + "|" + data).isEmpty();
    if (!carried) {
      assertThrows(IllegalArgumentException.class, () -> KvpDataItemCodec.encode(item));
      return;
    }
    String text = KvpDataItemCodec.encode(item);
    assertEquals(item, KvpDataItemCodec.decode(text));
    assertEquals(List.of(data, name, "0"), valuesByJdk(text));
  }

  private static List<String> valuesByJdk(String text) throws XMLStreamException {
    XMLStreamReader parser =
        XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(text));
    List<String> values = new ArrayList<>();
    while (parser.hasNext()) {
      if (parser.next() == XMLStreamConstants.START_ELEMENT
          && parser.getLocalName().equals("VALUE")) {
        values.add(parser.getElementText());
      }
    }
    return values;
  }

  @Property(tries = 2000)
  void aDamagedTextGivesAnInstanceOrOurErrorAndNothingElse(
      @ForAll("instances") CimInstance instance,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 12) int hits) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(CimXmlCodec.encode(instance));
    for (int i = 0; i < hits && text.length() > 0; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, "<>&'\"/!?[]-#;x \r\n\0".charAt(random.nextInt(18)));
        case 1 -> text.setCharAt(at, (char) random.nextInt(0x10000));
        case 2 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
        default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
      }
    }
    check(text.toString());
  }

  @Property(tries = 1000)
  void anyTextGivesInstancesOrOurError(@ForAll("texts") String text) {
    check(text);
    check("<INSTANCE CLASSNAME='C'><PROPERTY NAME='P'><VALUE>" + text);
  }

  static void check(String text) {
    try {
      for (CimInstance instance : CimXmlCodec.decodeAll(text, CimLimits.STANDARD)) {
        assertEquals(
            instance.className(), CimXmlCodec.decode(CimXmlCodec.encode(instance)).className());
      }
    } catch (TransportException e) {
      requirePlace(text, e);
    }
    try {
      for (KvpDataItem item : KvpDataItemCodec.decodeAll(text, CimLimits.STANDARD)) {
        assertEquals(item, KvpDataItemCodec.decode(KvpDataItemCodec.encode(item)));
      }
    } catch (TransportException e) {
      requirePlace(text, e);
    }
  }

  private static void requirePlace(String text, TransportException e) {
    assertEquals(TransportException.Reason.DAMAGED, e.reason());
    Flaw flaw = e.flaw().orElseThrow();
    assertTrue(flaw.position().offset().orElseThrow() <= text.length(), flaw.toString());
    assertTrue(flaw.toString().length() < 400, flaw.toString());
  }
}
