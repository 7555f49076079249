package io.avma.install;

import com.google.common.collect.ImmutableList;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Collects an {@link Infoset}. */
final class InfosetHandler extends DefaultHandler {
  /** Ends an event; XML allows this character nowhere. */
  static final char END = '\u0001';

  private static final char SEPARATOR = '\u0002';

  private final StringBuilder events = new StringBuilder();
  private final StringBuilder text = new StringBuilder();
  private final Deque<String> path = new ArrayDeque<>();
  private final List<String> keys = new ArrayList<>();

  /** Numbers in the place of names: one long name must not be written for every element. */
  private final Map<String, String> namespaces = new HashMap<>();

  InfosetHandler() {
    namespaces.put("", "");
    namespaces.put(Outline.NAMESPACE, "unattend");
  }

  Infoset infoset() {
    return new Infoset(events.toString(), ImmutableList.copyOf(keys));
  }

  @Override
  public void startElement(String uri, String localName, String name, Attributes attributes) {
    endText();
    events.append('<').append(namespace(uri)).append(SEPARATOR).append(localName);
    for (int i = 0; i < attributes.getLength(); i++) {
      events
          .append(SEPARATOR)
          .append(namespace(attributes.getURI(i)))
          .append(SEPARATOR)
          .append(attributes.getLocalName(i))
          .append(SEPARATOR)
          .append(attributes.getValue(i));
    }
    events.append(END);
    path.push(uri.equals(Outline.NAMESPACE) ? step(localName, attributes) : "");
  }

  @Override
  public void endElement(String uri, String localName, String name) {
    String content = endText();
    if (path.size() == 4 && path.element().equals("ProductKey")) {
      List<String> steps = List.copyOf(path);
      if (steps.get(2).equals("pass specialize") && steps.get(1).startsWith("shell-setup ")) {
        keys.add(steps.get(1).substring("shell-setup ".length()) + "=" + content);
      }
    }
    path.pop();
    events.append('>').append(END);
  }

  @Override
  public void characters(char[] buffer, int start, int length) {
    text.append(buffer, start, length);
  }

  @Override
  public void processingInstruction(String target, String data) {
    events.append('?').append(target).append(SEPARATOR).append(data).append(END);
  }

  @Override
  public void error(SAXParseException e) throws SAXException {
    throw e;
  }

  @Override
  public void fatalError(SAXParseException e) throws SAXException {
    throw e;
  }

  /** Never asked, since a DOCTYPE is refused; if it were, nothing would be fetched. */
  @Override
  public InputSource resolveEntity(String publicId, String systemId) {
    return new InputSource(new StringReader(""));
  }

  private String namespace(String uri) {
    return namespaces.computeIfAbsent(uri, unseen -> Integer.toString(namespaces.size()));
  }

  private String endText() {
    String content = XmlCharacters.strip(text.toString());
    text.setLength(0);
    if (!content.isEmpty()) {
      events.append('"').append(content).append(END);
    }
    return content;
  }

  private static String step(String localName, Attributes attributes) {
    return switch (localName) {
      case "settings" -> "pass " + lowerCase(attributes, "pass");
      case "component" ->
          lowerCase(attributes, "name").equals("microsoft-windows-shell-setup")
              ? "shell-setup " + lowerCase(attributes, "processorArchitecture")
              : "";
      default -> localName;
    };
  }

  private static String lowerCase(Attributes attributes, String name) {
    String value = attributes.getValue(name);
    return value == null ? "" : value.toLowerCase(Locale.ROOT);
  }
}
