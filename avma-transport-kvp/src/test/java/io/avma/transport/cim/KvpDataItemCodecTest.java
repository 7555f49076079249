package io.avma.transport.cim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KvpDataItemCodecTest {
  private static final String BEGIN = "<INSTANCE CLASSNAME=\"Msvm_KvpExchangeDataItem\">";

  private static KvpDataItem item(String name, String data, int source) {
    return new KvpDataItem(Optional.of(name), Optional.of(data), OptionalInt.of(source));
  }

  private static Flaw flaw(String text) {
    return assertThrows(TransportException.class, () -> KvpDataItemCodec.decode(text))
        .flaw()
        .orElseThrow();
  }

  @Test
  void anItemIsWrittenAsAHostWritesIt() {
    assertEquals(
        BEGIN
            + "<PROPERTY NAME=\"Caption\" PROPAGATED=\"true\" TYPE=\"string\"></PROPERTY>"
            + "<PROPERTY NAME=\"Data\" TYPE=\"string\"><VALUE>a &amp; b: &lt;c&gt;, \"d\" 'e'"
            + "</VALUE></PROPERTY>"
            + "<PROPERTY NAME=\"Description\" PROPAGATED=\"true\" TYPE=\"string\"></PROPERTY>"
            + "<PROPERTY NAME=\"ElementName\" PROPAGATED=\"true\" TYPE=\"string\"></PROPERTY>"
            + "<PROPERTY NAME=\"Name\" TYPE=\"string\"><VALUE>key</VALUE></PROPERTY>"
            + "<PROPERTY NAME=\"Source\" TYPE=\"uint16\"><VALUE>0</VALUE></PROPERTY></INSTANCE>",
        KvpDataItemCodec.encode(KvpDataItem.written(new KvpItem("key", "a & b: <c>, \"d\" 'e'"))));
  }

  @Test
  void blanksAroundValuesDoNotCountAndBlanksInsideDo() throws Exception {
    String text =
        "\r\n\t "
            + BEGIN
            + "\r\n <PROPERTY NAME='Name' TYPE='string'>\n  <VALUE> k\r\n</VALUE>\n </PROPERTY>"
            + "<PROPERTY  NAME = \"Data\"\tTYPE=\"string\" ><VALUE>  </VALUE></PROPERTY >"
            + "<PROPERTY NAME=\"Source\" TYPE=\"uint16\"><VALUE> 4 </VALUE></PROPERTY></INSTANCE>\n";
    assertEquals(item(" k\n", "  ", 4), KvpDataItemCodec.decode(text));
  }

  @Test
  void noValueAndAnEmptyOneDiffer() throws Exception {
    String empty = BEGIN + "<PROPERTY NAME='Data'><VALUE></VALUE></PROPERTY></INSTANCE>";
    String closed = BEGIN + "<PROPERTY NAME='Data'><VALUE/></PROPERTY></INSTANCE>";
    String none = BEGIN + "<PROPERTY NAME='Data' TYPE='string'/></INSTANCE>";
    assertEquals(Optional.of(""), KvpDataItemCodec.decode(empty).data());
    assertEquals(Optional.of(""), KvpDataItemCodec.decode(closed).data());
    assertEquals(Optional.empty(), KvpDataItemCodec.decode(none).data());
    assertEquals(Optional.empty(), KvpDataItemCodec.decode(none).item());
  }

  @Test
  void namesAreFoundInAnyCaseAndOrderWithoutTypes() throws Exception {
    String text =
        BEGIN
            + "<PROPERTY NAME='SOURCE'><VALUE>2</VALUE></PROPERTY>"
            + "<PROPERTY NAME='name'><VALUE>n</VALUE></PROPERTY>"
            + "<PROPERTY NAME='daTa'><VALUE>d</VALUE></PROPERTY></INSTANCE>";
    assertEquals(item("n", "d", 2), KvpDataItemCodec.decode(text));
  }

  @Test
  void theLongFormWithSystemPropertiesAndOriginsIsRead() throws Exception {
    String text =
        BEGIN
            + "<QUALIFIER NAME='dynamic' TYPE='boolean'><VALUE>TRUE</VALUE></QUALIFIER>"
            + "<PROPERTY NAME=\"__PATH\" CLASSORIGIN=\"___SYSTEM\" TYPE=\"string\"></PROPERTY>"
            + "<PROPERTY.ARRAY NAME=\"__DERIVATION\" CLASSORIGIN=\"___SYSTEM\" TYPE=\"string\">"
            + "<VALUE.ARRAY><VALUE>CIM_ManagedElement</VALUE><VALUE.NULL/></VALUE.ARRAY>"
            + "</PROPERTY.ARRAY>"
            + "<PROPERTY NAME=\"Data\" CLASSORIGIN=\"Msvm_KvpExchangeDataItem\" TYPE=\"string\">"
            + "<QUALIFIER NAME='MaxLen' TYPE='sint32'><VALUE>1024</VALUE></QUALIFIER>"
            + "<VALUE>d</VALUE></PROPERTY>"
            + "<PROPERTY.ARRAY NAME='None' TYPE='uint8'></PROPERTY.ARRAY></INSTANCE>";
    assertEquals(Optional.of("d"), KvpDataItemCodec.decode(text).data());
    CimInstance instance = CimXmlCodec.decode(text);
    assertEquals(
        CimValue.of(ImmutableList.of(CimValue.of("CIM_ManagedElement"), CimValue.Nil.NIL)),
        instance.value("__derivation"));
    assertTrue(instance.value("None").isNil());
  }

  @Test
  void severalInARowWithOrWithoutARootAreRead() throws Exception {
    String one = KvpDataItemCodec.encode(item("a", "1", 0));
    String two = KvpDataItemCodec.encode(item("b", "2", 1));
    ImmutableList<KvpDataItem> both = ImmutableList.of(item("a", "1", 0), item("b", "2", 1));
    CimLimits limits = CimLimits.STANDARD;
    assertEquals(both, KvpDataItemCodec.decodeAll(one + two, limits));
    assertEquals(
        both,
        KvpDataItemCodec.decodeAll("<?xml version='1.0'?><r>\n" + one + two + "</r>", limits));
    assertEquals(ImmutableList.of(), KvpDataItemCodec.decodeAll(" \n", limits));
    assertEquals("instance-count", flaw(one + two).code());
    assertEquals("instance-count", flaw("").code());
  }

  @Test
  void aTextThatIsEscapedAsAWholeOrInCdataIsReadAsIfItWereNot() throws Exception {
    KvpDataItem item = item("k", "]]> &amp; <VALUE>", 0);
    String plain = KvpDataItemCodec.encode(item);
    StringBuilder escaped = new StringBuilder();
    XmlText.appendContent(escaped, plain);
    assertEquals(item, KvpDataItemCodec.decode(escaped.toString()));
    assertEquals(item, KvpDataItemCodec.decode(escaped.toString().replace("\"", "&quot;")));
    assertEquals(item, KvpDataItemCodec.decode("\n<![CDATA[" + plain + "]]>\n"));
    StringBuilder twice = new StringBuilder();
    XmlText.appendContent(twice, escaped.toString());
    assertEquals("unexpected-text", flaw(twice.toString()).code());
  }

  @Test
  void cdataCommentsAndReferencesInAValueAreRead() throws Exception {
    String text =
        BEGIN
            + "<PROPERTY NAME='Data'><VALUE>a<![CDATA[<b>&amp;]]><!-- no --><?no?>&#x1F600;&#10;"
            + "&quot;&apos;</VALUE></PROPERTY></INSTANCE>";
    assertEquals(Optional.of("a<b>&amp;\uD83D\uDE00\n\"'"), KvpDataItemCodec.decode(text).data());
  }

  /** A key or value of a tenant that looks like the end of its element stays what it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</VALUE></PROPERTY><PROPERTY NAME=\"Source\" TYPE=\"uint16\"><VALUE>0</VALUE></PROPERTY>",
        "]]></VALUE><!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
        "&lt;/VALUE&gt;&#60;/VALUE&#62;",
        "<INSTANCE CLASSNAME=\"Msvm_KvpExchangeDataItem\"></INSTANCE>",
        "<!--",
        "<![CDATA[",
        "\" NAME=\"Name",
        "\r\n\r\t",
        "--></INSTANCE>"
      })
  void whatTriesToBreakOutStaysAValue(String hostile) throws Exception {
    KvpDataItem item = item(hostile, hostile, 1);
    String text = KvpDataItemCodec.encode(item);
    assertEquals(item, KvpDataItemCodec.decode(text));
    assertFalse(text.replace(BEGIN, "").contains(hostile.contains("<") ? hostile : "\r"));
    CimInstance outer = CimInstance.of("C", CimProperty.of("I", CimType.STRING, CimValue.of(text)));
    assertEquals(
        item,
        KvpDataItemCodec.decode(
            CimXmlCodec.decode(CimXmlCodec.encode(outer)).text("I").orElseThrow()));
  }

  /** What a producer that escapes nothing makes of such a value is refused, not believed. */
  @ParameterizedTest
  @CsvSource({
    "'x</VALUE></PROPERTY><PROPERTY NAME=\"Data\"><VALUE>y', duplicate-property, 118",
    "'<VALUE>x</VALUE>', unexpected-element, 83",
    "'x</VALUE><VALUE>y', unexpected-element, 92",
    "'x</VALUE>y<VALUE>', unexpected-text, 85",
    "'v & w', unknown-reference, 78",
    "'&x;', unknown-reference, 76",
    "'&#0;', unknown-reference, 76",
    "'&#xD800;', unknown-reference, 76",
    "'&#99999999;', unknown-reference, 76",
    "'x</VALUE></PROPERTY></INSTANCE></X>', malformed, 107",
    "'x<!DOCTYPE y>', document-type, 77",
  })
  void aValueThatDidBreakOutIsRefused(String value, String code, int offset) {
    String text =
        BEGIN + "<PROPERTY NAME=\"Data\"><VALUE>" + value + "</VALUE></PROPERTY></INSTANCE>";
    Flaw flaw = flaw(text);
    assertEquals(code, flaw.code(), flaw.toString());
    assertEquals(offset, flaw.position().offset().orElseThrow(), flaw.toString());
  }

  @Test
  void noEntityIsEverUsed() {
    String bomb =
        "<!DOCTYPE b [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>" + BEGIN;
    assertEquals("document-type", flaw(bomb + "</INSTANCE>").code());
    assertEquals("document-type", flaw("<?xml version='1.0'?>\n" + bomb).code());
    assertEquals(2, flaw("<?xml version='1.0'?>\n" + bomb).position().line().orElseThrow());
  }

  @Test
  void charactersThatXmlCannotHoldAreRefusedBothWays() {
    for (String bad : new String[] {"\0", "\u001B", "\uD800", "x\uDC00y", "\uFFFE", "\uFFFF"}) {
      KvpDataItem item = item("k", bad, 0);
      String message =
          assertThrows(IllegalArgumentException.class, () -> KvpDataItemCodec.encode(item))
              .getMessage();
      assertTrue(message.startsWith("character U+"), message);
      String value = "<PROPERTY NAME='Data'><VALUE>" + bad + "</VALUE></PROPERTY></INSTANCE>";
      assertEquals("malformed", flaw(BEGIN + value).code());
    }
  }

  @Test
  void aNumberOutOfItsRangeIsRefusedWhereItStands() {
    for (String number :
        new String[] {"65536", "-1", "", "2 2", "two", "99999999999999999999999"}) {
      String text =
          BEGIN
              + "<PROPERTY NAME=\"Source\" TYPE=\"uint16\"><VALUE>"
              + number
              + "</VALUE></PROPERTY></INSTANCE>";
      Flaw flaw = flaw(text);
      assertEquals("wrong-type", flaw.code());
      assertEquals(text.indexOf("<VALUE>") + 7, flaw.position().offset().orElseThrow());
      assertTrue(flaw.message().contains("uint16, 0 to 65535"), flaw.message());
    }
    assertEquals(
        "wrong-type",
        flaw(BEGIN + "<PROPERTY NAME='Source'><VALUE>-1</VALUE></PROPERTY></INSTANCE>").code());
  }

  @Test
  void anotherClassIsNoItem() {
    assertEquals("wrong-class", flaw("<INSTANCE CLASSNAME=\"Msvm_X\"/>").code());
    assertEquals("missing-attribute", flaw("<INSTANCE/>").code());
    assertEquals("missing-attribute", flaw(BEGIN + "<PROPERTY/></INSTANCE>").code());
  }

  @Test
  void aTextThatEndsAnywhereIsTorn() throws Exception {
    String text = KvpDataItemCodec.encode(item("k", "v\uD83D\uDE00", 0));
    for (int end = 1; end < text.length(); end++) {
      Flaw flaw = flaw(text.substring(0, end));
      boolean inPair = Character.isHighSurrogate(text.charAt(end - 1));
      assertEquals(inPair ? "malformed" : "torn", flaw.code(), text.substring(0, end));
    }
  }

  @Test
  void theLimitsHold() {
    String deep = "<a>".repeat(1_000_000);
    assertEquals("too-long", flaw(deep).code());
    assertEquals("too-deep", flaw(deep.substring(0, 300_000)).code());
    assertEquals("too-deep", flaw(BEGIN + deep.substring(0, 300_000)).code());
    String many =
        java.util.stream.IntStream.range(0, 1025)
            .mapToObj(i -> "<PROPERTY NAME='P" + i + "'/>")
            .collect(java.util.stream.Collectors.joining());
    assertEquals("too-many-properties", flaw(BEGIN + many + "</INSTANCE>").code());
    String values = "<VALUE/>".repeat(65_537);
    assertEquals(
        "too-many-values", flaw(BEGIN + "<PROPERTY.ARRAY NAME='A'><VALUE.ARRAY>" + values).code());
    String attributes =
        java.util.stream.IntStream.range(0, 65)
            .mapToObj(i -> " a" + i + "='x'")
            .collect(java.util.stream.Collectors.joining());
    assertEquals("too-many-attributes", flaw("<INSTANCE" + attributes + "/>").code());
  }

  @Test
  void foreignTextIsEscapedAndCutInMessages() {
    String text =
        BEGIN
            + "<PROPERTY NAME='Source' TYPE='uint16'><VALUE>\u202E\n"
            + "x".repeat(500)
            + "</VALUE></PROPERTY></INSTANCE>";
    String message = flaw(text).toString();
    assertTrue(message.contains("\\u{202E}\\u{A}"), message);
    assertTrue(message.length() < 250, message);
    String secret = KvpDataItem.written(new KvpItem("k\u001B[2J", "secret")).toString();
    assertFalse(secret.contains("secret") || secret.contains("\u001B"), secret);
  }
}
