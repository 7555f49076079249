package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Lays out the XML that stands in the place of event data: its elements and namespaces become a
 * template, its texts and attributes the values, so events of one kind share the template.
 */
final class PayloadShaper extends DefaultHandler {
  private static final int MAX_DEPTH = 48;

  private record Open(
      String name, ImmutableList<BinXmlNode.Attribute> attributes, List<BinXmlNode> content) {}

  private final Deque<Open> open = new ArrayDeque<>();
  private final SlotValues values = new SlotValues();
  private final ImmutableList.Builder<Integer> types = ImmutableList.builder();
  private final StringBuilder text = new StringBuilder();
  private BinXmlNode.Element root = EventShaper.element("UserData", List.of());

  private PayloadShaper() {}

  /**
   * Lays out {@code xml}.
   *
   * @throws IllegalArgumentException if it is not a whole element of one of the names {@code roots}
   */
  static ShapedEvent shape(String xml, ImmutableSet<String> roots) {
    PayloadShaper shaper = new PayloadShaper();
    try {
      parser().parse(new InputSource(new StringReader(xml)), shaper);
    } catch (SAXException e) {
      throw new IllegalArgumentException(
          "the payload of an event is not well-formed XML of at most " + MAX_DEPTH + " levels", e);
    } catch (IOException | ParserConfigurationException e) {
      throw new IllegalStateException("the XML parser of the JDK does not work", e);
    }
    checkArgument(
        roots.contains(shaper.root.name()),
        "the payload of an event is an element %s (expected: one of %s)",
        shaper.root.name(),
        roots);
    return new ShapedEvent(new EventShape(shaper.root, shaper.types.build()), shaper.values);
  }

  private static SAXParser parser() throws SAXException, ParserConfigurationException {
    SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newSAXParser();
  }

  @Override
  public void startElement(String uri, String localName, String name, Attributes attributes)
      throws SAXException {
    if (open.size() == MAX_DEPTH) {
      throw new SAXException("too deep");
    }
    flushText();
    ImmutableList.Builder<BinXmlNode.Attribute> list = ImmutableList.builder();
    for (int i = 0; i < attributes.getLength(); i++) {
      String key = attributes.getQName(i);
      boolean namespace = key.equals("xmlns") || key.startsWith("xmlns:");
      String value = attributes.getValue(i);
      list.add(
          namespace
              ? EventShaper.attribute(key, EventShaper.text(value))
              : EventShaper.attribute(key, value(value)));
    }
    open.push(new Open(name, list.build(), new ArrayList<>()));
  }

  @Override
  public void characters(char[] characters, int start, int length) {
    text.append(characters, start, length);
  }

  @Override
  public void endElement(String uri, String localName, String name) {
    flushText();
    Open ended = open.pop();
    BinXmlNode.Element element =
        new BinXmlNode.Element(
            ended.name,
            BinXmlToken.NO_DEPENDENCY,
            ended.attributes,
            ended.content.isEmpty(),
            ImmutableList.copyOf(ended.content));
    Open parent = open.peek();
    if (parent == null) {
      root = element;
    } else {
      parent.content.add(element);
    }
  }

  private void flushText() {
    Open parent = open.peek();
    if (parent != null && text.length() > 0) {
      parent.content.add(value(text.toString()));
    }
    text.setLength(0);
  }

  private BinXmlNode value(String value) {
    types.add(BinXmlType.STRING);
    values.string(value);
    return EventShaper.slot(values.count() - 1);
  }
}
