package io.avma.transport.wsman;

import java.io.ByteArrayInputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A message without what has no meaning: prefixes, declarations, the order of headers. */
final class XmlShape {
  private XmlShape() {}

  static String of(byte[] message) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    return of(
        factory.newDocumentBuilder().parse(new ByteArrayInputStream(message)).getDocumentElement());
  }

  private static String of(Element element) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) element.getAttributes().item(i);
      if (!attribute.getName().startsWith("xmlns")
          && !"mustUnderstand".equals(attribute.getLocalName())) {
        attributes.put(attribute.getLocalName(), attribute.getValue());
      }
    }
    boolean unordered = element.getLocalName().toLowerCase(Locale.ROOT).equals("header");
    TreeMap<String, String> sorted = new TreeMap<>();
    StringBuilder content = new StringBuilder();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        String shape = of(inner);
        sorted.put(shape, shape);
        content.append(unordered ? "" : shape);
      } else {
        content.append(child.getTextContent());
      }
    }
    return "{"
        + element.getNamespaceURI()
        + "}"
        + element.getLocalName()
        + attributes
        + "("
        + (unordered ? String.join("", sorted.values()) : content)
        + ")\n";
  }
}
