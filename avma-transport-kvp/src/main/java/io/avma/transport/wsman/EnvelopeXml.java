package io.avma.transport.wsman;

import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a message element by element, on the JDK's StAX parser with everything off that a
 * message does not need. Always stands on a start tag or behind an end tag.
 */
final class EnvelopeXml {
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader xml;
  private final WsManLimits limits;
  private final int maxDepth;
  private final int length;
  private int depth;

  EnvelopeXml(byte[] message, WsManLimits limits) throws TransportException {
    this.limits = limits;
    this.maxDepth = limits.maxDepth();
    if (message.length > limits.maxBytes()) {
      throw tooLong(limits);
    }
    String text = text(message);
    this.length = text.length();
    try {
      this.xml = FACTORY.createXMLStreamReader(new StringReader(text));
    } catch (XMLStreamException e) {
      throw damaged("malformed", 1, 0, "no XML");
    }
  }

  /**
   * All that {@code in} has, unless it is more than the limits allow; no more than that is read.
   */
  static byte[] bytes(InputStream in, WsManLimits limits) throws IOException, TransportException {
    byte[] message = in.readNBytes(limits.maxBytes());
    if (in.read() >= 0) {
      throw tooLong(limits);
    }
    return message;
  }

  /** Refuses what became longer than a whole message may be. */
  void checkLength(int characters) throws TransportException {
    if (characters > limits.maxBytes()) {
      throw tooLong(limits);
    }
  }

  private static TransportException tooLong(WsManLimits limits) {
    return damaged("too-long", 1, 0, "message has more than " + limits.maxBytes() + " bytes");
  }

  /** Goes into the root element. */
  void root() throws TransportException {
    if (!advance()) {
      throw damaged("malformed", "no element");
    }
  }

  /** Goes to the next child of the element whose start tag or last child was passed; else out. */
  boolean child() throws TransportException {
    return advance();
  }

  /** Wants that nothing but blanks and comments follow the root element. */
  void end() throws TransportException {
    try {
      while (xml.hasNext()) {
        int ignored = xml.next();
      }
    } catch (XMLStreamException | RuntimeException e) {
      throw malformed(e);
    }
  }

  String namespace() {
    String uri = xml.getNamespaceURI();
    return uri == null ? "" : uri;
  }

  String name() {
    return xml.getLocalName();
  }

  boolean is(String namespace, String name) {
    return name.equals(xml.getLocalName()) && namespace.equals(xml.getNamespaceURI());
  }

  boolean isAddressing(String name) {
    return name.equals(xml.getLocalName()) && Addressing.isNamespace(namespace());
  }

  /** The value of an attribute; of no name space if {@code namespace} is empty. */
  @Nullable String attribute(String namespace, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String uri = xml.getAttributeNamespace(i);
      if (xml.getAttributeLocalName(i).equals(name) && (uri == null ? "" : uri).equals(namespace)) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  boolean isTrue(String namespace, String name) {
    String value = attribute(namespace, name);
    return value != null && (value.strip().equals("true") || value.strip().equals("1"));
  }

  int attributeCount() {
    return xml.getAttributeCount();
  }

  String attributeName(int index) {
    return xml.getAttributeLocalName(index);
  }

  String attributeValue(int index) {
    return xml.getAttributeValue(index);
  }

  /** The name space that a prefix stands for here; empty for none. */
  String namespaceOf(String prefix) {
    String uri = xml.getNamespaceURI(prefix);
    return uri == null ? "" : uri;
  }

  /** The text of this element, to its end; children are refused. */
  String text() throws TransportException {
    StringBuilder text = new StringBuilder();
    if (textToChild(text)) {
      throw damaged("unexpected-element", "<" + shownName() + "> where only text may be");
    }
    return text.toString();
  }

  /**
   * Reads the text up to the next child, and stands on the child then; false if this element ends
   * before there is one.
   */
  boolean textToChild(StringBuilder text) throws TransportException {
    while (true) {
      switch (next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          enter();
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
        default -> {}
      }
    }
  }

  /** Passes the rest of this element, whatever it holds. */
  void skip() throws TransportException {
    int outer = depth - 1;
    while (depth > outer) {
      boolean ignored = advance();
    }
  }

  int depth() {
    return depth;
  }

  String shownName() {
    return ForeignText.escape(name(), 60);
  }

  TransportException damaged(String code, String message) {
    int line = Math.max(1, xml.getLocation().getLineNumber());
    int offset = xml.getLocation().getCharacterOffset(); // which may lie behind the end
    return damaged(code, line, Math.max(0, Math.min(length, offset)), message);
  }

  private static TransportException damaged(String code, int line, int offset, String message) {
    return TransportException.damaged(
        new Flaw(
            code,
            Flaw.Effect.LOST,
            Position.in("WS-Management message").onLine(line).atOffset(offset),
            message));
  }

  private boolean advance() throws TransportException {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        enter();
        return true;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        return false;
      }
    }
  }

  private void enter() throws TransportException {
    if (++depth > maxDepth) {
      throw damaged("too-deep", "elements nest deeper than " + maxDepth + " levels");
    }
  }

  private int next() throws TransportException {
    int event;
    try {
      event = xml.next();
    } catch (XMLStreamException | RuntimeException e) {
      // The JDK's parser lets some errors of its inner parts through as they are.
      throw malformed(e);
    }
    if (event == XMLStreamConstants.DTD) {
      throw damaged("document-type", "a document type, which no message has");
    } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw damaged("unknown-reference", "an entity, which no message has");
    }
    return event;
  }

  private TransportException malformed(Exception e) {
    String message = e.getMessage() == null ? "not well-formed" : e.getMessage();
    int text = message.indexOf("Message: ");
    return damaged(
        "malformed", ForeignText.escape(text < 0 ? message : message.substring(text + 9), 200));
  }

  /** Windows sends UTF-8, forwarding clients UTF-16; a declaration cannot ask for another one. */
  private static String text(byte[] message) throws TransportException {
    int first = message.length > 1 ? (message[0] & 0xFF) << 8 | (message[1] & 0xFF) : 0;
    Charset charset =
        switch (first) {
          case 0xFEFF, 0x003C -> StandardCharsets.UTF_16BE;
          case 0xFFFE, 0x3C00 -> StandardCharsets.UTF_16LE;
          default -> StandardCharsets.UTF_8;
        };
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(message)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw damaged("encoding", 1, 0, "bytes that are no characters of " + charset);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    return factory;
  }
}
