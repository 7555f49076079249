package io.avma.sim.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimReference;
import io.avma.transport.wsman.Addressing;
import io.avma.transport.wsman.WsManBody;
import io.avma.transport.wsman.WsManCodec;
import io.avma.transport.wsman.WsManItem;
import io.avma.transport.wsman.WsManLimits;
import io.avma.transport.wsman.WsManMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Other clients have other habits, of HTTP and of XML: with each of them a client enumerates the
 * host's VMs, gets one of them, and is answered as the others are.
 */
@Timeout(60)
class ClientHabitsTest {
  private static final String OLD = Addressing.AUGUST_2004.uri();
  private static final String NEW = Addressing.AUGUST_2005.uri();
  private static final String MUST = " s:mustUnderstand=\"true\"";

  private static WsManServer server;

  @BeforeAll
  static void open() throws Exception {
    server = WsManServer.builder(ForeignDatacenter::open).allowUnencrypted().start();
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
  }

  /** How a client writes: its line and headers of HTTP, and what it makes of an envelope. */
  private static final class Client {
    String path = "/wsman";
    String version = "HTTP/1.1";
    String headers = "Host: localhost\r\nContent-Type: application/soap+xml;charset=UTF-8\r\n";
    String more = "";
    String options = "<w:OptimizeEnumeration/><w:MaxElements>4</w:MaxElements>";
    boolean everyRequestAnew;
    boolean chunked;
    boolean continues;
    boolean lowerCase;
    Addressing answeredIn = Addressing.AUGUST_2004;
    UnaryOperator<String> rewritten = envelope -> envelope;
    Encoding encoding = envelope -> envelope.getBytes(UTF_8);

    interface Encoding {
      byte[] bytes(String envelope);
    }

    void contentType(String type) {
      headers = headers.replaceFirst("Content-Type: [^\r]*", "Content-Type: " + type);
    }

    void wide(String charset, Encoding how) {
      contentType("application/soap+xml;charset=" + charset);
      encoding = how;
    }
  }

  private static Client client(Consumer<Client> habit) {
    Client client = new Client();
    habit.accept(client);
    return client;
  }

  private static DynamicTest habit(String name, Consumer<Client> habit) {
    return DynamicTest.dynamicTest(name, () -> asks(client(habit)));
  }

  @TestFactory
  Stream<DynamicTest> ofXml() {
    return Stream.of(
        habit("addressing of 2004", client -> {}),
        habit("addressing of 2005", client -> newer(client, CimReference.ANONYMOUS)),
        habit("addressing of 2005 throughout", client -> newer(client, NEW + "/anonymous")),
        habit("prefixes of its own", client -> client.rewritten = ClientHabitsTest::renamed),
        habit("no prefixes", client -> client.rewritten = ClientHabitsTest::unprefixed),
        habit(
            "single quotes, a declaration, comments and line breaks",
            client ->
                client.rewritten =
                    envelope ->
                        "<?xml version='1.0' encoding='utf-8'?>\r\n<!-- a client -->\r\n"
                            + envelope.replace('"', '\'').replace("><", ">\r\n  <")),
        habit("a mark before UTF-8", client -> client.rewritten = envelope -> "\uFEFF" + envelope),
        habit("UTF-16, marked", client -> client.wide("UTF-16", all -> marked(all, true))),
        habit("UTF-16, big end first", client -> client.wide("UTF-16", all -> marked(all, false))),
        habit("UTF-16LE", client -> client.wide("UTF-16LE", all -> all.getBytes(UTF_16LE))),
        habit("UTF-16BE", client -> client.wide("utf-16be", all -> all.getBytes(UTF_16BE))),
        habit("UTF-16, unmarked", client -> client.wide("UTF-16", all -> all.getBytes(UTF_16LE))),
        habit(
            "UTF-16, unmarked, big end first",
            client -> client.wide("UTF-16", all -> all.getBytes(UTF_16BE))),
        habit(
            "unknown headers",
            client ->
                client.more =
                    "<x:Trace xmlns:x=\"urn:x\"><x:Id a=\"b\">1</x:Id></x:Trace>"
                        + "<x:Hop xmlns:x=\"urn:x\" s:mustUnderstand=\"false\"/>"
                        + "<x:Hop xmlns:x=\"urn:x\" s:mustUnderstand=\"0\"/>"),
        habit(
            "must-understand everywhere",
            client ->
                client.rewritten =
                    envelope ->
                        envelope
                            .replaceAll(
                                "<((a|w):(To|ResourceURI|Action|MessageID))>", "<$1" + MUST + ">")
                            .replace("\"true\"", "\"1\"")),
        habit(
            "locales, sessions and a time-out in thousandths",
            client ->
                client.more =
                    "<w:Locale xml:lang=\"ja-JP\" s:mustUnderstand=\"false\"/>"
                        + "<p:DataLocale"
                        + " xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\""
                        + " xml:lang=\"de-CH\" s:mustUnderstand=\"false\"/>"
                        + "<p:SessionId"
                        + " xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\""
                        + " s:mustUnderstand=\"false\">uuid:3</p:SessionId>"
                        + "<w:OperationTimeout>PT60.000S</w:OperationTimeout>"
                        + "<w:MaxEnvelopeSize s:mustUnderstand=\"true\">153600</w:MaxEnvelopeSize>"),
        habit(
            "a time-out in days",
            client -> client.more = "<w:OperationTimeout>P0DT0H1M0S</w:OperationTimeout>"),
        habit("neither optimization nor a number", client -> client.options = ""),
        habit("a number alone", client -> client.options = "<w:MaxElements>3</w:MaxElements>"),
        habit("optimization alone", client -> client.options = "<w:OptimizeEnumeration/>"),
        habit(
            "the filter of WS-Enumeration",
            client -> client.rewritten = envelope -> envelope.replace("w:Filter", "n:Filter")),
        habit(
            "a query in CDATA",
            client ->
                client.rewritten =
                    envelope -> envelope.replaceAll("SELECT[^<]*", "\n<![CDATA[$0]]>\n")),
        habit(
            "small letters in queries, resources and names of selectors",
            client ->
                client.rewritten =
                    envelope ->
                        envelope
                            .replaceAll("SELECT Name FROM", "select name from")
                            .replace("root/virtualization", "ROOT/Virtualization")
                            .replace("Msvm_", "msvm_")
                            .replace("Selector Name=\"Name\"", "Selector Name=\"name\"")),
        habit("identifiers in lower case", client -> client.lowerCase = true),
        habit(
            "a bare identifier of messages",
            client ->
                client.rewritten = envelope -> envelope.replace(">uuid:0000000", ">0000000")));
  }

  @TestFactory
  Stream<DynamicTest> ofHttp() {
    return Stream.of(
        habit("a connection for each request", client -> client.everyRequestAnew = true),
        habit(
            "connections that it closes itself",
            client -> {
              client.everyRequestAnew = true;
              client.headers += "Connection: close\r\n";
            }),
        habit(
            "HTTP/1.0",
            client -> {
              client.everyRequestAnew = true;
              client.version = "HTTP/1.0";
              client.headers = client.headers.replace("Host: localhost\r\n", "");
            }),
        habit(
            "HTTP/1.0 that keeps its connection",
            client -> {
              client.version = "HTTP/1.0";
              client.headers += "Connection: Keep-Alive\r\n";
            }),
        habit("chunks", client -> client.chunked = true),
        habit("asking whether to go on", client -> client.continues = true),
        habit(
            "names in capitals",
            client -> client.headers = client.headers.toUpperCase(Locale.ROOT)),
        habit(
            "names in small letters",
            client -> client.headers = client.headers.toLowerCase(Locale.ROOT)),
        habit(
            "headers that say nothing here",
            client ->
                client.headers +=
                    String.join(
                        "\r\n",
                        "User-Agent: x",
                        "Accept: */*",
                        "Accept-Encoding: gzip, deflate",
                        "Accept-Language: ja",
                        "SOAPAction: urn:x",
                        "Cookie: a=b",
                        "")),
        habit("a slash behind the path", client -> client.path = "/wsman/"),
        habit("a query behind the path", client -> client.path = "/wsman?PSVersion=5.1.17763"),
        habit("a path in capitals", client -> client.path = "/WSMan"),
        habit(
            "a whole URL",
            client -> {
              client.path = "http://localhost:5985/wsman";
              client.headers = client.headers.replace("localhost", "localhost:5985");
            }),
        habit("no charset", client -> client.contentType("application/soap+xml")),
        habit(
            "a quoted charset",
            client -> client.contentType("application/soap+xml; charset=\"utf-8\"")),
        habit(
            "an action behind the type",
            client -> client.contentType("Application/SOAP+XML; action=\"urn:x\"; charset=UTF-8")),
        habit("the type of SOAP 1.1", client -> client.contentType("text/xml; charset=utf-8")));
  }

  /** Asks for one VM more than there is, so that a fault is told in kind too. */
  private static void asks(Client client) throws Exception {
    try (Connections connections = new Connections(client)) {
      List<String> names = new ArrayList<>();
      String resource = ServiceLab.V2 + "*";
      WsManMessage first =
          connections.ask(
              ServiceLab.ENUMERATION + "Enumerate",
              resource,
              "",
              "<n:Enumerate>"
                  + client.options
                  + "<w:Filter Dialect=\"http://schemas.microsoft.com/wbem/wsman/1/WQL\">SELECT Name"
                  + " FROM Msvm_ComputerSystem</w:Filter></n:Enumerate>");
      WsManBody.EnumerateResponse opened =
          assertInstanceOf(WsManBody.EnumerateResponse.class, first.body(), first::toString);
      names(opened.items(), names);
      Optional<String> context = opened.endOfSequence() ? Optional.empty() : opened.context();
      while (context.isPresent()) {
        WsManBody.PullResponse pulled =
            assertInstanceOf(
                WsManBody.PullResponse.class,
                connections
                    .ask(
                        ServiceLab.ENUMERATION + "Pull",
                        resource,
                        "",
                        "<n:Pull><n:EnumerationContext>"
                            + context.get()
                            + "</n:EnumerationContext></n:Pull>")
                    .body());
        assertFalse(pulled.items().isEmpty() && !pulled.endOfSequence());
        names(pulled.items(), names);
        context = pulled.context();
      }
      assertEquals(
          server.call(ForeignDatacenter::systems).stream()
              .map(each -> each.get(0))
              .sorted()
              .toList(),
          names.stream().sorted().toList());
      String vm = names.get(names.size() - 1);
      CimInstance got =
          assertInstanceOf(WsManBody.GetResponse.class, get(connections, vm).body()).instance();
      assertEquals(vm, got.text("Name").orElseThrow());
      WsManBody.Fault fault =
          assertInstanceOf(WsManBody.Fault.class, get(connections, "nobody").body());
      assertEquals("DestinationUnreachable", ServiceLab.kind(fault));
    }
  }

  private static WsManMessage get(Connections connections, String name) throws Exception {
    String written = connections.client.lowerCase ? name.toLowerCase(Locale.ROOT) : name;
    return connections.ask(
        ServiceLab.TRANSFER + "Get",
        ServiceLab.V2 + "Msvm_ComputerSystem",
        "<w:SelectorSet><w:Selector Name=\"CreationClassName\">Msvm_ComputerSystem</w:Selector>"
            + "<w:Selector Name=\"Name\">"
            + written
            + "</w:Selector></w:SelectorSet>",
        "");
  }

  private static void names(List<WsManItem> items, List<String> names) throws Exception {
    for (WsManItem item : items) {
      names.add(
          assertInstanceOf(WsManItem.Instance.class, item).instance().text("Name").orElseThrow());
    }
  }

  /** The connections of a client, one or as many as it has requests. */
  private static final class Connections implements AutoCloseable {
    final Client client;
    private Wire wire;
    private int messages;

    Connections(Client client) throws IOException {
      this.client = client;
      this.wire = Wire.to(server);
    }

    WsManMessage ask(String action, String resource, String selectors, String body)
        throws Exception {
      if (client.everyRequestAnew && messages > 0) {
        wire.close();
        wire = Wire.to(server);
      }
      String messageId = "uuid:0000000" + messages++ + "-0000-4000-8000-000000000000";
      String envelope =
          client.rewritten.apply(
              "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\""
                  + OLD
                  + "\" xmlns:n=\"http://schemas.xmlsoap.org/ws/2004/09/enumeration\""
                  + " xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\"><s:Header>"
                  + "<a:To>http://localhost:5985/wsman</a:To><w:ResourceURI>"
                  + resource
                  + "</w:ResourceURI><a:ReplyTo><a:Address>"
                  + CimReference.ANONYMOUS
                  + "</a:Address></a:ReplyTo><a:Action>"
                  + action
                  + "</a:Action><a:MessageID>"
                  + messageId
                  + "</a:MessageID>"
                  + client.more
                  + selectors
                  + "</s:Header><s:Body>"
                  + body
                  + "</s:Body></s:Envelope>");
      Wire.Response response = send(client.encoding.bytes(envelope));
      assertTrue(
          response.status() == 200 || response.status() == 500,
          () -> response.status() + " " + response.text());
      WsManMessage answer = WsManCodec.decode(response.body(), WsManLimits.STANDARD);
      assertEquals(
          response.status() == 500, answer.body() instanceof WsManBody.Fault, answer::toString);
      assertEquals(client.answeredIn, answer.header().addressing());
      String id = envelope.contains(messageId) ? messageId : messageId.replace("uuid:", "");
      assertEquals(Optional.of(id), answer.header().relatesTo());
      boolean old = client.version.equals("HTTP/1.0") && client.everyRequestAnew;
      if (old || client.headers.contains("close")) {
        assertTrue(wire.closes(), "the connection stays");
      }
      return answer;
    }

    private Wire.Response send(byte[] envelope) throws Exception {
      String length =
          client.chunked
              ? "Transfer-Encoding: chunked\r\n"
              : "Content-Length: " + envelope.length + "\r\n";
      wire.raw(
          "POST "
              + client.path
              + " "
              + client.version
              + "\r\n"
              + client.headers
              + Wire.basic(server)
              + (client.continues ? "Expect: 100-continue\r\n" : "")
              + length
              + "\r\n");
      if (client.continues) {
        assertEquals(100, wire.response().status());
      }
      return wire.raw(client.chunked ? chunks(envelope) : envelope).response();
    }

    @Override
    public void close() throws IOException {
      wire.close();
    }
  }

  /** In pieces of growing length, one with an extension, and a trailer behind them. */
  private static byte[] chunks(byte[] envelope) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int size = 1;
    for (int from = 0; from < envelope.length; from += size, size *= 2) {
      int count = Math.min(size, envelope.length - from);
      out.writeBytes(
          (Integer.toHexString(count) + (size == 4 ? ";x=y" : "") + "\r\n").getBytes(ISO_8859_1));
      out.write(envelope, from, count);
      out.writeBytes("\r\n".getBytes(ISO_8859_1));
    }
    out.writeBytes("0\r\nX-Trailer: 1\r\n\r\n".getBytes(ISO_8859_1));
    return out.toByteArray();
  }

  private static void newer(Client client, String anonymous) {
    client.answeredIn = Addressing.AUGUST_2005;
    client.rewritten =
        envelope ->
            envelope
                .replace("xmlns:a=\"" + OLD, "xmlns:a=\"" + NEW)
                .replace(CimReference.ANONYMOUS, anonymous);
  }

  private static byte[] marked(String envelope, boolean little) {
    return ("\uFEFF" + envelope).getBytes(little ? UTF_16LE : UTF_16BE);
  }

  private static String renamed(String envelope) {
    return written(envelope, namespace -> "q" + Integer.toHexString(namespace.hashCode()));
  }

  private static String unprefixed(String envelope) {
    return written(envelope, namespace -> "");
  }

  private static String written(String envelope, UnaryOperator<String> prefixes) {
    try {
      StringBuilder out = new StringBuilder();
      write(out, Skeleton.root(envelope.getBytes(UTF_8)), prefixes);
      return out.toString();
    } catch (Exception e) {
      throw new AssertionError(envelope, e);
    }
  }

  /** Each element declares what it needs, under the prefix that its client has for it. */
  private static void write(StringBuilder out, Element element, UnaryOperator<String> prefixes) {
    String prefix = prefixes.apply(element.getNamespaceURI());
    String name = (prefix.isEmpty() ? "" : prefix + ":") + element.getLocalName();
    out.append('<')
        .append(name)
        .append(prefix.isEmpty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"");
    out.append(element.getNamespaceURI()).append('"');
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) element.getAttributes().item(i);
      if (!attribute.getName().startsWith("xmlns")) {
        out.append(' ').append(attribute.getName()).append("=\"").append(attribute.getValue());
        out.append('"');
      }
    }
    out.append('>');
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        write(out, child, prefixes);
      } else {
        out.append(node.getTextContent());
      }
    }
    out.append("</").append(name).append('>');
  }

  /** What is not the endpoint is none, however it is written. */
  @Test
  void otherPathsAreNone() throws Exception {
    for (String path : List.of("/", "/wsman2", "/wsman/SubscriptionManager/WEC", "//wsman", "*")) {
      try (Wire wire = Wire.to(server)) {
        int status =
            wire.raw("POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")
                .response()
                .status();
        assertTrue(status == 404 || status == 400, path + " " + status);
      }
    }
  }
}
