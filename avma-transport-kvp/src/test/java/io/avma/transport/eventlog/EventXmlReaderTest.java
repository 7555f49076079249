package io.avma.transport.eventlog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventFilter;
import io.avma.transport.Flaw;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventXmlReaderTest {
  @TempDir Path folder;

  /** An event with the given number, and data as they stand. */
  private static String event(int number, String data) {
    return "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
        + "<Provider Name='P'/><EventID>7</EventID><EventRecordID>"
        + number
        + "</EventRecordID></System><EventData>"
        + data
        + "</EventData></Event>";
  }

  private record Reading(List<WindowsEvent> events, List<Flaw> flaws) {
    List<Long> numbers() {
      return events.stream().map(event -> event.recordId().orElseThrow()).toList();
    }

    List<String> codes() {
      return flaws.stream().map(Flaw::code).toList();
    }

    String text() {
      return events.get(0).text(0).orElseThrow();
    }
  }

  private static Reading read(byte[] bytes, EventLogOptions options) throws TransportException {
    try (EventXmlReader reader = new EventXmlReader(new BytesInput("test.evtx", bytes), options)) {
      return new Reading(reader.rest(), reader.flaws());
    }
  }

  private static Reading read(String xml) {
    try {
      return read(xml.getBytes(StandardCharsets.UTF_8), EventLogOptions.standard());
    } catch (TransportException e) {
      throw new AssertionError(e);
    }
  }

  private static EventLogOptions with(Strictness strictness) {
    return EventLogOptions.builder().strictness(strictness).build();
  }

  @Test
  void textsAreReadAsXmlSaysWhateverTheirForm() {
    assertEquals(
        "a<b>&'\" \n\t\r\u00e4\uD83D\uDE00]]",
        read(event(1, "<Data>a&lt;b&gt;&amp;&apos;&quot; \r\n\t&#13;&#xE4;&#128512;]]</Data>"))
            .text());
    assertEquals("x<y>z", read(event(1, "<Data>x<![CDATA[<y>]]>z</Data>")).text());
    assertEquals("ab", read(event(1, "<Data>a<!-- --><?p i?>b</Data>")).text());
    assertEquals("", read(event(1, "<Data/>")).text());
    WindowsEvent named = read(event(1, "<Data Name = \"a&#10;b\tc\" >1</Data >")).events().get(0);
    assertEquals(Optional.of("a\nb c"), named.data().get(0).name());
  }

  @Test
  void everyEncodingIsFoundOut() throws Exception {
    String xml = "<Events>" + event(1, "<Data>\u00e4\u20ac</Data>") + "</Events>";
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertEquals("\u00e4\u20ac", read(xml.getBytes(charset), with(Strictness.STRICT)).text());
      assertEquals(
          "\u00e4\u20ac", read(("\uFEFF" + xml).getBytes(charset), with(Strictness.STRICT)).text());
    }
    assertEquals("\u00e4\u20ac", read("\uFEFF" + xml).text());
    String latin = "<?xml version='1.0' encoding='windows-1252'?>" + xml;
    assertEquals(
        "\u00e4\u20ac",
        read(latin.getBytes(Charset.forName("windows-1252")), with(Strictness.STRICT)).text());
    String wrong = "<?xml version='1.0' encoding='UTF-16'?>" + xml;
    assertEquals("\u00e4\u20ac", read(wrong).text());
  }

  @Test
  void bytesThatAreNoCharactersAreReported() throws Exception {
    byte[] bytes = event(1, "<Data>a?b</Data>").getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '?' ? (byte) 0xFF : bytes[i];
    }
    Reading reading = read(bytes, EventLogOptions.standard());
    assertEquals("a\uFFFDb", reading.text());
    assertEquals(List.of("encoding"), reading.codes());
  }

  @Test
  void oneBadEventNeverHidesTheRest() {
    for (String bad :
        List.of(
            "<Data>&</Data>",
            "<Data>&nbsp;</Data>",
            "<Data>&#1;</Data>",
            "<Data>\u0001</Data>",
            "<Data>",
            "</Data>",
            "<Data a='1' a='2'/>",
            "<Data a=1/>",
            "<Data a='<'/>",
            "<1/>",
            "<Data a='1'b='2'/>",
            "<!DOCTYPE a>",
            event(9, ""),
            "<a>".repeat(100) + "</a>".repeat(100))) {
      Reading reading = read("<E>" + event(1, "") + "\n" + event(2, bad) + event(3, "") + "</E>");
      if (bad.contains("<Event")) {
        assertEquals(List.of(1L, 9L, 3L), reading.numbers(), bad);
      } else {
        assertEquals(List.of(1L, 3L), reading.numbers(), bad);
      }
      assertEquals(List.of("event-content"), reading.codes(), bad);
      assertEquals(2, reading.flaws().get(0).position().line().orElseThrow(), bad);
    }
  }

  @Test
  void aFlawSaysLineAndOffset() throws Exception {
    String xml = event(1, "") + "\r\n\u00e4\r\n" + event(2, "<Data>&</Data>");
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
      Flaw flaw = read(xml.getBytes(charset), EventLogOptions.standard()).flaws().get(0);
      int at = xml.indexOf("&</Data>");
      assertEquals(3, flaw.position().line().orElseThrow());
      assertEquals(
          xml.substring(0, at).getBytes(charset).length, flaw.position().offset().orElseThrow());
    }
  }

  @Test
  void aStrictReaderStopsAtABadEvent() {
    byte[] xml = (event(1, "") + event(2, "<Data>&</Data>")).getBytes(StandardCharsets.UTF_8);
    TransportException refused =
        assertThrows(TransportException.class, () -> read(xml, with(Strictness.STRICT)));
    assertEquals("event-content", refused.flaw().orElseThrow().code());
  }

  @Test
  void whatXmlCannotHoldIsSalvagedOnRequest() throws Exception {
    byte[] xml = event(2, "<Data a='<'>a & b\u0001&#2;&x;</Data>").getBytes(StandardCharsets.UTF_8);
    Reading reading = read(xml, with(Strictness.SALVAGE));
    assertEquals("a & b\uFFFD\uFFFD&x;", reading.text());
    assertEquals(List.of("event-repaired"), reading.codes());
  }

  @Test
  void aTornTailIsReportedAndTheRestIsReturned() {
    String whole = "<Events>" + event(1, "") + event(2, "<Data>x</Data>") + "</Events>";
    int second = whole.lastIndexOf("<Event ");
    for (int length = second + 8; length < whole.length() - 9; length++) {
      Reading reading = read(whole.substring(0, length));
      assertEquals(List.of("torn-tail"), reading.codes(), "length " + length);
      assertEquals(1, reading.events().get(0).recordId().orElseThrow());
    }
    assertEquals(
        List.of("torn-tail"), read(whole.substring(0, whole.length() - 9)).codes(), "open root");
    assertEquals(List.of(), read(whole).codes());
    assertEquals(List.of(), read(whole.substring("<Events>".length())).codes());
  }

  @Test
  void anEventOfSomethingElseIsNone() {
    Reading reading =
        read(
            "<Log><Event xmlns='urn:other'><System/><a/></Event><Event xmlns='urn:o'/>"
                + "<EventData><Events/></EventData><!-- "
                + event(5, "")
                + " --><![CDATA["
                + event(6, "")
                + "]]>"
                + event(1, "")
                + "</Log>");
    assertEquals(List.of(1L), reading.numbers());
    assertEquals(List.of(), reading.codes());
  }

  @Test
  void nothingOutsideTheFileIsEverRead() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "secret");
    String xml =
        "<!DOCTYPE E [<!ENTITY s SYSTEM '"
            + secret.toUri()
            + "'><!ENTITY a '&a;&a;'>]><E>"
            + event(1, "<Data>&s;</Data>")
            + event(2, "<Data>&a;</Data>")
            + event(3, "")
            + "</E>";
    Reading reading = read(xml);
    assertEquals(List.of(3L), reading.numbers());
    assertEquals(List.of("event-content", "event-content", "document-type"), reading.codes());
  }

  @Test
  void whatIsKeptAsXmlIsKeptWithItsNamespaces() {
    String xml =
        "<e:Event xmlns:e='http://schemas.microsoft.com/win/2004/08/events/event'><e:System>"
            + "<e:Provider Name='P'/><e:EventID>1</e:EventID></e:System><e:UserData>"
            + "<t:Thing xmlns:t=\"urn:t\" a=\"'\"><Data>x</Data> </t:Thing></e:UserData></e:Event>";
    WindowsEvent event = read(xml).events().get(0);
    assertEquals(
        Optional.of(
            "<UserData><t:Thing xmlns:t='urn:t' a='&apos;'><Data>x</Data> </t:Thing></UserData>"),
        event.payloadXml());
    assertEquals(List.of(), event.data());
  }

  @Test
  void textThatIsNoXmlIsRefusedWithWhatToDo() {
    TransportException refused =
        assertThrows(
            TransportException.class,
            () ->
                read(
                    "Event[0]:\n  Log Name: Application\n".getBytes(StandardCharsets.UTF_8),
                    EventLogOptions.standard()));
    assertEquals(Reason.DAMAGED, refused.reason());
    assertTrue(refused.getMessage().contains("/f:xml"), refused.getMessage());
  }

  @Test
  void anEventBeyondTheLimitIsLostAlone() throws Exception {
    EventLogOptions small =
        EventLogOptions.builder()
            .limits(EventLogLimits.builder().maxEventXmlBytes(4096).build())
            .build();
    String xml = event(1, "") + event(2, "<Data>" + "x".repeat(300_000) + "</Data>") + event(3, "");
    Reading reading = read(xml.getBytes(StandardCharsets.UTF_8), small);
    assertEquals(List.of(1L, 3L), reading.numbers());
    assertEquals(List.of("event-content"), reading.codes());
  }

  @Test
  void manyStartsWithoutEndsTakeNoLongerThanTheyAreLong() {
    List<String> files =
        List.of(
            "<Event><System>".repeat(200_000),
            "<Event><!--".repeat(200_000),
            "<Event><!--".repeat(100_000) + "-->",
            "<Event><![CDATA[".repeat(200_000),
            "<Event><System/><EventData><Data><![CDATA[".repeat(40_000) + "]]></Event>",
            "<Event><?a ".repeat(200_000),
            "<a:Event><b:Event>".repeat(100_000));
    for (String xml : files) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> assertEquals(List.of(), read(xml).events()),
          xml.substring(0, 40));
    }
  }

  @Test
  void eventsBehindDamageAreFoundHoweverFarWasReadInVain() throws Exception {
    StringBuilder xml = new StringBuilder();
    for (int i = 1; i <= 50; i++) {
      xml.append(i % 10 == 0 ? "<Event><System><!-- torn" : event(i, ""));
    }
    var reading = read(xml.toString());
    assertEquals(45, reading.events().size());
    assertEquals(List.of("torn-tail"), reading.codes());
  }

  @Test
  void nothingOfTheEnvelopeAndTheDataIsLost() throws Exception {
    String xml =
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
            + "<Provider Name='P'/><EventID>1</EventID><Correlation/><Execution ProcessID='4'"
            + " ThreadID='8' ProcessorID='2' SessionID='1' KernelTime='5' UserTime='6'"
            + " ProcessorTime='7'/><Security/></System><EventData>"
            + "<ComplexData Name='c'><A>1</A><B k='v'>2</B></ComplexData>"
            + "<Data Name='d'>3</Data></EventData></Event>";
    Reading reading = read(xml);
    assertEquals(List.of(), reading.codes());
    WindowsEvent event = reading.events().get(0);
    assertEquals(Optional.of("c"), event.data().get(0).name());
    assertTrue(event.data().get(0).isXml());
    assertEquals(
        "<ComplexData Name='c'><A>1</A><B k='v'>2</B></ComplexData>", event.data().get(0).text());
    assertEquals(xml, EventXmlWriter.toXml(event));
    assertEquals(
        List.of(event.toBuilder().recordId(1).timeCreated(Filetime.ZERO).build()),
        EvtxFiles.read(EvtxFiles.bytes(List.of(event))).events());
  }

  @Test
  void aStrictReaderThatHasStoppedStaysStopped() throws Exception {
    EventLogOptions strict = EventLogOptions.builder().strictness(Strictness.STRICT).build();
    for (String text :
        List.of("<Event>&</Event>" + event(1, ""), "{\"winlog\":{]}\n{\"winlog\":{}}")) {
      Path file = Files.writeString(folder.resolve("log"), text);
      try (EventLogReader reader = EventLogReader.open(file, strict)) {
        assertThrows(TransportException.class, reader::next);
        assertThrows(TransportException.class, reader::next);
      }
    }
  }

  @Test
  void elementsInsideAFieldAreNoPartOfIt() {
    String xml = event(7, "").replace("<EventRecordID>7", "<EventRecordID>7<x>8</x>");
    assertEquals(List.of(7L), read(xml).numbers());
  }

  @Test
  void manyPrefixesTakeNoLongerThanTheyAreLong() {
    StringBuilder xml = new StringBuilder("<Event xmlns='" + Namespaces.EVENTS + "'><System/>");
    for (int i = 0; i < 40; i++) {
      xml.append("<b");
      for (int j = 0; j < 250; j++) {
        xml.append(" xmlns:p").append(j).append("=''");
      }
      xml.append('>');
    }
    xml.append("<a/>".repeat(400_000)).append("</b>".repeat(40)).append("</Event>");
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertEquals(1, read(xml.toString()).events().size()));
  }

  @Test
  void aFilterLetsPassWhatItNames() throws Exception {
    byte[] xml = (event(1, "") + event(20, "")).getBytes(StandardCharsets.UTF_8);
    assertEquals(
        List.of(20L), read(xml, EventLogOptions.of(EventFilter.all().afterRecord(7))).numbers());
  }

  @Test
  void aFileThatGrowsIsReported() throws Exception {
    Path file = Files.writeString(folder.resolve("log.xml"), event(1, "") + event(2, ""));
    try (EventLogReader reader = EventLogReader.open(file)) {
      assertTrue(reader.next().isPresent());
      Files.writeString(file, event(3, ""), StandardOpenOption.APPEND);
      assertEquals(1, reader.rest().size());
      assertEquals("file-grown", reader.flaws().get(0).code());
    }
  }

  @Test
  void nothingAtAllIsNoLogButAnExportWithoutAMatch() throws Exception {
    Path log = Files.createFile(folder.resolve("Application.EVTX"));
    try (EventLogReader reader = EventLogReader.open(log)) {
      assertEquals(Reason.DAMAGED, assertThrows(TransportException.class, reader::next).reason());
    }
    try (EventLogReader reader = EventLogReader.open(Files.createFile(folder.resolve("q.xml")))) {
      assertEquals(List.of(), reader.rest());
      assertEquals(List.of(), reader.flaws());
    }
  }

  @Test
  void theFormOfAFileIsFoundOut() throws Exception {
    Path evtx = folder.resolve("a.bin");
    EvtxFiles.write(evtx, EvtxFiles.numbered(3), EvtxWriterOptions.standard());
    assertEquals(EvtxReader.class, form(evtx));
    assertEquals(EventXmlReader.class, form(Files.writeString(folder.resolve("b"), " \n<a/>")));
    assertEquals(
        EventXmlReader.class,
        form(Files.write(folder.resolve("c"), "\uFEFF<a/>".getBytes(StandardCharsets.UTF_16LE))));
    assertEquals(EventXmlReader.class, form(Files.writeString(folder.resolve("d"), "")));
    assertEquals(WinlogbeatReader.class, form(Files.writeString(folder.resolve("e"), "{}")));
    assertEquals(WinlogbeatReader.class, form(Files.writeString(folder.resolve("f"), "[{}]")));
  }

  private static Class<?> form(Path file) throws TransportException {
    try (EventLogReader reader = EventLogReader.open(file)) {
      return reader.getClass();
    }
  }
}
