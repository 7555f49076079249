package io.avma.transport.eventlog;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Flaw;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.io.StringReader;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The fuzzer's way into the readers of event XML and of Winlogbeat's JSON. */
public final class EventTextFuzz {
  private EventTextFuzz() {}

  /** Returns event XML in two encodings and what Winlogbeat makes of an event. */
  public static List<byte[]> seeds() {
    String xml =
        EvtxFiles.numbered(2).stream()
            .map(EventXmlWriter::toXml)
            .collect(joining("\n", "<?xml version='1.0'?>\n<Events>", "</Events>"));
    String json =
        """
        {"@timestamp":"2026-01-01T00:00:00.000Z","message":"a\\u0041","winlog":{
        "provider_name":"Microsoft-Windows-Security-SPP","event_id":"12310","record_id":7,
        "channel":"Application","computer_name":"host-1.invalid",
        "event_data":{"param1":"0xC004FD02","param2":"detail"},"user":{"identifier":"S-1-5-18"}}}
        """;
    return List.of(
        xml.getBytes(UTF_8),
        ("\uFEFF" + xml).getBytes(UTF_16LE),
        json.replace("\n", "").getBytes(UTF_8));
  }

  /** Throws if the bytes are read otherwise than any bytes should be. */
  public static void fuzzerTestOneInput(byte[] bytes) throws XMLStreamException {
    for (Strictness strictness : Strictness.values()) {
      EventLogOptions options = EventLogOptions.builder().strictness(strictness).build();
      xml(bytes, options);
      json(bytes, options);
    }
  }

  private static void xml(byte[] bytes, EventLogOptions options) throws XMLStreamException {
    try (EventXmlReader reader = new EventXmlReader(new BytesInput("test.evtx", bytes), options)) {
      check(bytes, reader);
    } catch (TransportException e) {
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
    }
  }

  private static void json(byte[] bytes, EventLogOptions options) throws XMLStreamException {
    try (WinlogbeatReader reader =
        new WinlogbeatReader(new BytesInput("test.evtx", bytes), options)) {
      check(bytes, reader);
    } catch (TransportException e) {
      assertEquals(TransportException.Reason.DAMAGED, e.reason());
    }
  }

  private static void check(byte[] bytes, EventLogReader reader)
      throws TransportException, XMLStreamException {
    List<WindowsEvent> events = reader.rest();
    for (Flaw flaw : reader.flaws()) {
      assertTrue(flaw.position().offset().orElse(0) <= bytes.length, flaw.toString());
    }
    for (WindowsEvent event : events) {
      requireOneWellFormedEvent(EventXmlWriter.toXml(event));
    }
  }

  /** Whatever stood in the file, what we write of it is one element, and the JDK can read it. */
  private static void requireOneWellFormedEvent(String xml) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    XMLStreamReader parser = factory.createXMLStreamReader(new StringReader(xml));
    parser.nextTag();
    assertEquals("Event", parser.getLocalName());
    while (parser.hasNext()) {
      parser.next();
    }
  }
}
