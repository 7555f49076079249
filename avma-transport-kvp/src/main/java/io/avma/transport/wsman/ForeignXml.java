package io.avma.transport.wsman;

import io.avma.transport.TransportException;
import io.avma.transport.cim.XmlText;

/** Turns elements of no concern here back into XML, each with its name space as the default. */
final class ForeignXml {
  private final EnvelopeXml xml;
  private final StringBuilder out = new StringBuilder();

  ForeignXml(EnvelopeXml xml) {
    this.xml = xml;
  }

  /**
   * What the element on which the reader stands holds, to its end: its elements as XML, or, if it
   * has none, its text, which then is XML already.
   */
  String content() throws TransportException {
    StringBuilder text = new StringBuilder();
    boolean child = xml.textToChild(text);
    if (!child) {
      return text.toString();
    }
    while (child) {
      element("");
      child = xml.child();
    }
    return out.toString();
  }

  /** Recursion is bounded by the depth of the message. */
  private void element(String outer) throws TransportException {
    String name = xml.name();
    String namespace = xml.namespace();
    xml.checkLength(out.length()); // a name space is written as often as it changes
    out.append('<').append(name);
    if (!namespace.equals(outer)) {
      attribute("xmlns", namespace);
    }
    for (int i = 0; i < xml.attributeCount(); i++) {
      attribute(xml.attributeName(i), xml.attributeValue(i));
    }
    out.append('>');
    StringBuilder text = new StringBuilder();
    for (boolean child = xml.textToChild(text); child; child = xml.textToChild(text)) {
      XmlText.appendContent(out, text.toString());
      text.setLength(0);
      element(namespace);
    }
    XmlText.appendContent(out, text.toString());
    out.append("</").append(name).append('>');
    xml.checkLength(out.length());
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"");
    XmlText.appendAttribute(out, value);
    out.append('"');
  }
}
