package io.avma.transport.wsman;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WsManCodecTest {
  private static final String URI = CimReference.WMI + "root/virtualization/v2/Msvm_X";
  private static final String OPEN =
      "<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' xmlns:n='"
          + Names.ENUMERATION
          + "' xmlns:w='"
          + Names.WSMAN
          + "'>";

  private static WsManMessage message(String action, WsManBody body) {
    WsManHeader header =
        WsManHeader.request("http://h.invalid:5985/wsman", "uuid:1")
            .action(action)
            .resourceUri(URI)
            .selector("Name", CimValue.of("<a & \"b\">"))
            .maxEnvelopeSize(153_600)
            .operationTimeout(Duration.ofSeconds(60))
            .option("IncludeInheritedKeys", "true")
            .operationId("uuid:2")
            .build();
    return new WsManMessage(header, body);
  }

  @Test
  void readsTheFragmentsThatProjectionsGive() throws TransportException {
    String text =
        OPEN
            + "<s:Body><n:PullResponse><n:Items><w:XmlFragment"
            + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><Name>n</Name>"
            + "<None xsi:nil='true'/></w:XmlFragment></n:Items><n:EndOfSequence/>"
            + "</n:PullResponse></s:Body></s:Envelope>";
    WsManBody.PullResponse read =
        (WsManBody.PullResponse)
            WsManCodec.decode(text.getBytes(UTF_8), WsManLimits.STANDARD).body();
    CimInstance instance = ((WsManItem.Instance) read.items().get(0)).instance();
    assertEquals(Optional.of("n"), instance.text("Name"));
    assertEquals(Optional.empty(), instance.text("None"));
  }

  static Stream<WsManMessage> messages() {
    CimReference job =
        CimReference.wmi("root/virtualization/v2", "Msvm_ConcreteJob", ImmutableMap.of("I", "7"));
    CimReference link =
        new CimReference(
            CimReference.ANONYMOUS, URI, ImmutableMap.of("E", new CimValue.Reference(job)));
    String item =
        KvpDataItemCodec.encode(
            new KvpDataItem(Optional.of("k"), Optional.of("</VALUE>]]>&lt;"), OptionalInt.of(0)));
    CimInstance instance =
        CimInstance.of(
            "Msvm_X",
            CimProperty.of("Items", CimValue.of(List.of(CimValue.of(item), CimValue.of("")))),
            CimProperty.of("None", CimValue.Nil.NIL),
            CimProperty.of(
                "Since",
                new CimValue.Time(CimDateTime.of(Instant.parse("2026-01-01T00:00:00.1234567Z")))),
            CimProperty.of("Up", new CimValue.Time(CimDateTime.of(Duration.ofDays(400)))),
            CimProperty.of("Job", new CimValue.Reference(job)),
            CimProperty.of("Link", new CimValue.Reference(link)),
            CimProperty.of(
                "Target",
                new CimValue.Embedded(
                    CimInstance.of("Inner", CimProperty.of("A", CimValue.of("1"))))));
    OptionalLong none = OptionalLong.empty();
    ImmutableList<WsManItem> items =
        ImmutableList.of(
            new WsManItem.Instance(URI, instance, Optional.empty()),
            new WsManItem.Instance(URI, instance, Optional.of(job)),
            new WsManItem.Epr(link),
            new WsManItem.Event("<Event><a/>]]></Event>"));
    return Stream.of(
            new WsManBody.Identify(),
            new WsManBody.IdentifyResponse("http://p", "Microsoft <V>", "OS: 10.0.20348"),
            WsManBody.Enumerate.all(),
            new WsManBody.Enumerate(
                Optional.of(
                    WsManFilter.of(Wql.select("*").from("Msvm_X").where("Name", "=", "a<'b"))),
                true,
                OptionalLong.of(32_000),
                WsManBody.EnumerationMode.EPR,
                Optional.of(Duration.ofMinutes(10))),
            new WsManBody.EnumerateResponse(
                Optional.of("PT60S"), Optional.of("uuid:c"), ImmutableList.of(), false),
            new WsManBody.EnumerateResponse(Optional.empty(), Optional.empty(), items, true),
            new WsManBody.Pull("uuid:c", Optional.empty(), OptionalLong.of(50), none),
            new WsManBody.Pull(
                "uuid:c", Optional.of(Duration.ofSeconds(5)), none, OptionalLong.of(100_000)),
            new WsManBody.PullResponse(Optional.of("uuid:d"), items, false),
            new WsManBody.Release("uuid:c"),
            new WsManBody.ReleaseResponse(),
            new WsManBody.Get(),
            new WsManBody.GetResponse(URI, instance),
            new WsManBody.Invoke(URI, "AddKvpItems", instance.properties()),
            new WsManBody.InvokeResponse(
                URI,
                "AddKvpItems",
                CimInstance.of(
                    "AddKvpItems_OUTPUT", CimProperty.of("ReturnValue", CimValue.of("4096")))),
            new WsManBody.Subscribe(
                Optional.of(Duration.ofSeconds(30)),
                Optional.of(Duration.ofHours(1)),
                ImmutableMap.of("Application", "*[System[(EventID<12311)]]", "System", "*"),
                ImmutableMap.of("Application", 17L),
                true),
            new WsManBody.SubscribeResponse("uuid:s", Optional.of("PT1H"), Optional.of("uuid:c")),
            new WsManBody.Unsubscribe(),
            new WsManBody.UnsubscribeResponse(),
            new WsManBody.End(),
            new WsManBody.EndResponse(),
            new WsManBody.Fault(
                true,
                Optional.of(FaultSubcode.wsman("AccessDenied")),
                "Zugriff <verweigert>",
                Optional.of("http://detail"),
                OptionalLong.of(0x80338000L),
                Optional.of("host-1"),
                Optional.of("message & text"),
                Optional.of(
                    CimInstance.of(
                        "MSFT_WmiError", CimProperty.of("error_Code", CimValue.of("2150858778"))))),
            new WsManBody.Fault(
                false,
                Optional.empty(),
                "",
                Optional.empty(),
                none,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .map(WsManCodecTest::withAction);
  }

  private static WsManMessage withAction(WsManBody body) {
    if (body instanceof WsManBody.Get || body instanceof WsManBody.GetResponse) {
      return message(Names.TRANSFER + "/" + body.getClass().getSimpleName(), body);
    }
    if (body instanceof WsManBody.End || body instanceof WsManBody.EndResponse) {
      return message(Names.END.replace("End", body.getClass().getSimpleName()), body);
    }
    String name = body.getClass().getSimpleName();
    return message(
        (name.startsWith("Unsubscribe") ? Names.EVENTING : Names.ENUMERATION) + "/" + name, body);
  }

  @Test
  void theHeaderOfAMessageWithAForeignBodyCanBeAnswered() throws Exception {
    String text =
        OPEN
            + "<s:Header><a:Action xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing'>urn:dance"
            + "</a:Action><a:MessageID xmlns:a='http://schemas.xmlsoap.org/ws/2004/08/addressing'>"
            + "uuid:7</a:MessageID>"
            + "<e:Identifier xmlns:e='http://schemas.xmlsoap.org/ws/2004/08/eventing'>uuid:s"
            + "</e:Identifier></s:Header><s:Body><x:Dance xmlns:x='urn:x'>";
    assertEquals("unknown-action", flaw(text).code());
    WsManHeader header = WsManCodec.decodeHeader(text.getBytes(UTF_8), WsManLimits.STANDARD);
    assertEquals(Optional.of("uuid:7"), header.messageId());
    assertEquals(Optional.of("urn:dance"), header.action());
    assertEquals(Optional.of("uuid:s"), header.subscription());
  }

  @Test
  void theErrorOfWmiIsWhereClientsLookForIt() {
    String text =
        new String(
            WsManCodec.encode(
                messages()
                    .filter(
                        m ->
                            m.body() instanceof WsManBody.Fault fault
                                && fault.wmiError().isPresent())
                    .findFirst()
                    .orElseThrow()),
            UTF_8);
    assertTrue(
        text.contains(
            "xmlns:p=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError\""),
        text);
  }

  private static WsManMessage read(String text) throws TransportException {
    return WsManCodec.decode(text.getBytes(UTF_8), WsManLimits.STANDARD);
  }

  private static Flaw flaw(byte[] bytes) {
    return assertThrows(
            TransportException.class, () -> WsManCodec.decode(bytes, WsManLimits.STANDARD))
        .flaw()
        .orElseThrow();
  }

  private static Flaw flaw(String text) {
    return flaw(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decodingWhatWasEncodedGivesTheSameMessage(WsManMessage message) throws Exception {
    byte[] bytes = WsManCodec.encode(message);
    assertEquals(message, WsManCodec.decode(bytes, WsManLimits.STANDARD));
    String text = new String(bytes, UTF_8);
    for (byte[] other :
        List.of(
            text.getBytes(UTF_16LE),
            ("\uFEFF" + text).getBytes(UTF_16BE),
            ("\uFEFF<?xml version='1.0' encoding='UTF-16'?>\n" + text).getBytes(UTF_16LE))) {
      assertEquals(message, WsManCodec.decode(other, WsManLimits.STANDARD));
    }
    String newer =
        text.replace(Addressing.AUGUST_2004.uri() + "\"", Addressing.AUGUST_2005.uri() + "\"");
    WsManMessage read = read(newer);
    assertEquals(Addressing.AUGUST_2005, read.header().addressing());
    assertEquals(message.body(), read.body());
  }

  /** Whatever is changed in a message, it is read or refused with a place. */
  @ParameterizedTest
  @MethodSource("messages")
  void aDamagedMessageIsReadOrRefusedAndNothingElse(WsManMessage message) {
    byte[] sound = WsManCodec.encode(message);
    Random random = new Random(1);
    for (int run = 0; run < 300; run++) {
      byte[] bytes = sound.clone();
      for (int hit = 0; hit <= run % 5; hit++) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            (byte)
                (random.nextBoolean()
                    ? "<>&'\"/!?:= ".charAt(random.nextInt(11))
                    : random.nextInt());
      }
      try {
        WsManMessage ignored = WsManCodec.decode(bytes, WsManLimits.STANDARD);
      } catch (TransportException e) {
        assertEquals(TransportException.Reason.DAMAGED, e.reason());
        assertTrue(e.flaw().orElseThrow().position().offset().isPresent());
        assertTrue(e.getMessage().length() < 500, e.getMessage());
      }
    }
    for (int end = 0; end < sound.length; end++) {
      assertThrows(TransportException.class, decodingOf(Arrays.copyOf(sound, end)), "" + end);
    }
  }

  private static Executable decodingOf(byte[] bytes) {
    return () -> {
      WsManMessage ignored = WsManCodec.decode(bytes, WsManLimits.STANDARD);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "'<!DOCTYPE a [<!ENTITY b \"c\">]>', document-type",
    "'<!DOCTYPE a SYSTEM \"file:///etc/passwd\">', document-type",
    "'<?xml version=\"1.0\" encoding=\"UTF-7\"?>', no-body",
    "'<a>', no-envelope",
    "'x', malformed",
  })
  void whatComesBeforeAnEnvelopeIsNeverUsed(String before, String code) {
    assertEquals(code, flaw(before + OPEN + "</s:Envelope>").code());
  }

  @Test
  void theLimitsHold() {
    String deep = OPEN + "<s:Body>" + "<a>".repeat(100_000);
    assertEquals("too-deep", flaw(OPEN + "<s:Header>" + "<a>".repeat(100_000)).code());
    assertEquals("unknown-action", flaw(deep.substring(0, 500) + "</a>").code());
    InputStream endless =
        new InputStream() {
          private long given;

          @Override
          public int read() {
            assertTrue(++given <= WsManLimits.STANDARD.maxBytes() + 1L, "read beyond the limit");
            return ' ';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            given += length;
            assertTrue(given <= 2L * WsManLimits.STANDARD.maxBytes(), "read beyond the limit");
            Arrays.fill(bytes, offset, offset + length, (byte) ' ');
            return length;
          }
        };
    TransportException e =
        assertThrows(
            TransportException.class, () -> WsManCodec.decode(endless, WsManLimits.STANDARD));
    assertEquals("too-long", e.flaw().orElseThrow().code());
    StringBuilder many = new StringBuilder(OPEN + "<s:Body><X_INPUT>");
    for (int i = 0; i < 1025; i++) {
      many.append("<p").append(i).append("/>");
    }
    assertEquals("too-many-properties", flaw(many.toString()).code());
  }

  @ParameterizedTest
  @CsvSource({
    "<n:Pull/>, no-context",
    "<n:Pull><n:MaxElements>-1</n:MaxElements></n:Pull>, wrong-type",
    "<n:Pull><n:MaxElements>4294967296</n:MaxElements></n:Pull>, wrong-type",
    "<n:Pull><n:MaxTime>60</n:MaxTime></n:Pull>, wrong-type",
    "<n:Pull><n:EnumerationContext><a/></n:EnumerationContext></n:Pull>, unexpected-element",
    "<n:Enumerate><w:EnumerationMode>All</w:EnumerationMode></n:Enumerate>, wrong-type",
    "<n:Enumerate/><n:Enumerate/>, unexpected-element",
    "<n:Dance/>, unknown-action",
    "&x;, unknown-reference",
  })
  void whatTheProtocolDoesNotAllowIsRefused(String body, String code) {
    assertEquals(code, flaw(OPEN + "<s:Body>" + body + "</s:Body></s:Envelope>").code());
  }

  @Test
  void extensionsArePassedOverAndWhatMustBeUnderstoodIsTold() throws Exception {
    WsManMessage message =
        read(
            OPEN
                + "<s:Header><x:A xmlns:x='urn:x' s:mustUnderstand='1'><b/></x:A>"
                + "<x:B xmlns:x='urn:x'/><w:Locale xml:lang='de' s:mustUnderstand='false'/>"
                + "<w:ResourceURI>\n  http://r \n</w:ResourceURI></s:Header>"
                + "<s:Body><n:Pull><x xmlns='urn:x'>y<z/></x>"
                + "<n:EnumerationContext> uuid:1 </n:EnumerationContext></n:Pull></s:Body>"
                + "</s:Envelope>");
    assertEquals(List.of("{urn:x}A"), message.header().notUnderstood());
    assertEquals(Optional.of("http://r"), message.header().resourceUri());
    assertEquals("uuid:1", ((WsManBody.Pull) message.body()).context());
  }

  @Test
  void aMethodInTheWrongNameSpaceAndItemsInCdataAreRead() throws Exception {
    WsManMessage message =
        read(
            OPEN
                + "<s:Body><w:AddKvpItems_INPUT><w:DataItems><![CDATA[<INSTANCE CLASSNAME='X'/>]]>"
                + "</w:DataItems><w:DataItems>b</w:DataItems></w:AddKvpItems_INPUT></s:Body>"
                + "</s:Envelope>");
    WsManBody.Invoke invoke = (WsManBody.Invoke) message.body();
    assertEquals(
        List.of("<INSTANCE CLASSNAME='X'/>", "b"),
        new CimInstance("p", invoke.parameters()).texts("dataitems"));
  }

  @Test
  void anEventThatIsNoTextBecomesXmlWithItsNameSpaces() throws Exception {
    WsManMessage message =
        read(
            OPEN
                + "<s:Body><n:PullResponse><n:Items><w:Event Action='x'><e:Event xmlns:e='urn:e'>"
                + "<e:D n='&lt;'>a&amp;<e:f/>b</e:D></e:Event></w:Event></n:Items>"
                + "</n:PullResponse></s:Body></s:Envelope>");
    assertEquals(
        List.of(
            new WsManItem.Event("<Event xmlns=\"urn:e\"><D n=\"&lt;\">a&amp;<f></f>b</D></Event>")),
        ((WsManBody.PullResponse) message.body()).items());
  }

  /** Else one long name would come back once for each of its elements. */
  @Test
  void anEventThatWouldGrowBeyondAMessageIsRefused() {
    String event =
        "<e:Event xmlns:e='urn:e' xmlns:x='urn:"
            + "x".repeat(900)
            + "'>"
            + "<x:a/>".repeat(8_000)
            + "</e:Event>";
    assertEquals(
        "too-long",
        flaw(OPEN
                + "<s:Body><n:PullResponse><n:Items><w:Event Action='x'>"
                + event
                + "</w:Event></n:Items></n:PullResponse></s:Body></s:Envelope>")
            .code());
  }

  @Test
  void theErrorOfWmiIsFoundInsideOfAProvidersFault() throws Exception {
    WsManMessage message =
        read(
            OPEN
                + "<s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode>"
                + "<s:Value xmlns:q='urn:q'>q:Odd</s:Value></s:Subcode></s:Code><s:Detail>"
                + "<f:WSManFault xmlns:f='"
                + Names.FAULT
                + "' Code='5'><f:Message>a<f:ProviderFault><f:ExtendedError>"
                + "<p:MSFT_WmiError xmlns:p='urn:p'><p:error_Code>2150858778</p:error_Code>"
                + "</p:MSFT_WmiError></f:ExtendedError></f:ProviderFault></f:Message>"
                + "</f:WSManFault></s:Detail></s:Fault></s:Body></s:Envelope>");
    WsManBody.Fault fault = (WsManBody.Fault) message.body();
    assertEquals(Optional.of(new FaultSubcode("urn:q", "Odd")), fault.subcode());
    assertEquals(5, fault.code().orElseThrow());
    assertEquals(
        2_150_858_778L,
        fault.wmiError().orElseThrow().number("error_code", CimType.UINT32).orElseThrow());
  }

  /** Clients look for these prefixes, and some parsers know of no prefix but the envelope's. */
  @Test
  void aFaultsKindHasTheEnvelopesPrefix() throws Exception {
    kind("w:AccessDenied", Addressing.AUGUST_2005, FaultSubcode.wsman("AccessDenied"));
    kind("n:Odd", Addressing.AUGUST_2004, FaultSubcode.enumeration("Odd"));
    kind("a:Odd", Addressing.AUGUST_2004, FaultSubcode.addressing("Odd"));
    String declared = " xmlns:c=\"" + Addressing.AUGUST_2004.uri() + "\">c:Odd";
    kind(declared, Addressing.AUGUST_2005, FaultSubcode.addressing("Odd"));
    kind(" xmlns:c=\"urn:q\">c:Odd", Addressing.AUGUST_2004, new FaultSubcode("urn:q", "Odd"));
  }

  private static void kind(String written, Addressing addressing, FaultSubcode kind)
      throws Exception {
    WsManBody.Fault fault =
        new WsManBody.Fault(
            true,
            Optional.of(kind),
            "",
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    WsManHeader header =
        WsManHeader.builder().addressing(addressing).action(Names.FAULT_ACTION).build();
    byte[] bytes = WsManCodec.encode(new WsManMessage(header, fault));
    String text = new String(bytes, UTF_8);
    String value = written.startsWith(" ") ? written : ">" + written;
    assertTrue(text.contains("<s:Subcode><s:Value" + value + "</s:Value></s:Subcode>"), text);
    assertEquals(fault, WsManCodec.decode(bytes, WsManLimits.STANDARD).body());
  }

  /** Two clients take an answer for broken that has no Items or no EnumerationContext. */
  @Test
  void whatIsEmptyIsThere() throws Exception {
    written(
        "<n:EnumerateResponse><n:EnumerationContext></n:EnumerationContext><w:Items></w:Items>"
            + "<w:EndOfSequence/></n:EnumerateResponse>",
        new WsManBody.EnumerateResponse(
            Optional.empty(), Optional.empty(), ImmutableList.of(), true));
    written(
        "<n:EnumerateResponse><n:EnumerationContext>uuid:c</n:EnumerationContext>"
            + "</n:EnumerateResponse>",
        new WsManBody.EnumerateResponse(
            Optional.empty(), Optional.of("uuid:c"), ImmutableList.of(), false));
    written(
        "<n:PullResponse><n:Items></n:Items><n:EndOfSequence/></n:PullResponse>",
        new WsManBody.PullResponse(Optional.empty(), ImmutableList.of(), true));
  }

  private static void written(String expected, WsManBody body) throws Exception {
    byte[] bytes = WsManCodec.encode(withAction(body));
    String text = new String(bytes, UTF_8);
    assertTrue(text.contains("<s:Body>" + expected + "</s:Body>"), text);
    assertEquals(body, WsManCodec.decode(bytes, WsManLimits.STANDARD).body());
  }

  @Test
  void namesCannotBecomeMarkup() {
    CimInstance hostile = CimInstance.of("X><y", CimProperty.of("A", CimValue.of("1")));
    WsManMessage message = message("a", new WsManBody.GetResponse(URI, hostile));
    assertThrows(IllegalArgumentException.class, () -> WsManCodec.encode(message));
    WsManMessage invoke = message("a", new WsManBody.Invoke(URI, "a b", ImmutableList.of()));
    assertThrows(IllegalArgumentException.class, () -> WsManCodec.encode(invoke));
  }

  @Test
  void valuesCannotBecomePartOfAQuery() {
    assertEquals(
        "SELECT A,B FROM C WHERE D='x\\' OR \\'\\\\' AND E>7 AND F IS NOT NULL",
        Wql.select("A", "B")
            .from("C")
            .where("D", "=", "x' OR '\\")
            .where("E", ">", 7)
            .whereNotNull("F")
            .toString());
    assertThrows(IllegalArgumentException.class, () -> Wql.select("A FROM B"));
    assertThrows(IllegalArgumentException.class, () -> Wql.select("*").from("B WHERE"));
    assertThrows(
        IllegalArgumentException.class, () -> Wql.select("*").from("B").where("C", "OR", 1));
  }
}
