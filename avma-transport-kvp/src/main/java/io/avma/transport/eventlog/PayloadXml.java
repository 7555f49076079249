package io.avma.transport.eventlog;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes the part of an event that is kept as XML, in one canonical form whatever the source looked
 * like: single quotes, no declaration, an element without content as {@code <Name/>}.
 */
final class PayloadXml {
  private final XmlBuffer out = new XmlBuffer();
  private final ValueText valueText = new ValueText(out);
  private final Deque<String> names = new ArrayDeque<>();
  private boolean startOpen;
  private boolean inAttribute;

  /** Starts with the element {@code name}, of at most {@code limitBytes}. */
  void begin(String name, int limitBytes) throws MalformedEvent {
    out.begin(limitBytes);
    names.clear();
    startOpen = false;
    inAttribute = false;
    open(name);
  }

  /** Forgets a payload that broke off. */
  void reset() {
    names.clear();
  }

  int used() {
    return out.used();
  }

  boolean isOpen() {
    return !names.isEmpty();
  }

  void open(String name) throws MalformedEvent {
    endStart();
    names.push(name);
    out.ascii('<');
    out.markup(name);
    startOpen = true;
  }

  void attribute(String name) throws MalformedEvent {
    out.ascii(' ');
    out.markup(name);
    out.ascii('=');
    out.ascii('\'');
    inAttribute = true;
  }

  void attributeEnd() throws MalformedEvent {
    out.ascii('\'');
    inAttribute = false;
  }

  void characters(String text) throws MalformedEvent {
    if (!text.isEmpty()) {
      endStart();
      out.text(text, inAttribute);
    }
  }

  void value(byte[] chunk, int offset, int size, int type) throws MalformedEvent {
    if (!inAttribute && startOpen) {
      // Whether the value is empty shows only when it is written.
      int start = out.length();
      out.ascii('>');
      valueText.append(chunk, offset, size, type, false);
      if (out.length() == start + 1) {
        out.truncate(start);
      } else {
        startOpen = false;
      }
    } else {
      valueText.append(chunk, offset, size, type, inAttribute);
    }
  }

  void close() throws MalformedEvent {
    String name = names.pop();
    if (startOpen) {
      out.ascii('/');
      out.ascii('>');
      startOpen = false;
    } else {
      out.ascii('<');
      out.ascii('/');
      out.markup(name);
      out.ascii('>');
    }
  }

  String text() {
    return out.toString();
  }

  private void endStart() throws MalformedEvent {
    if (startOpen && !inAttribute) {
      out.ascii('>');
      startOpen = false;
    }
  }
}
