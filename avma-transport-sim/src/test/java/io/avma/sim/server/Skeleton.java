package io.avma.sim.server;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The shape of a message: elements in their order with prefix and name space, attributes, what has
 * no value, and of texts that they are there.
 */
final class Skeleton {
  private Skeleton() {}

  static String of(byte[] message) throws Exception {
    return of(root(message));
  }

  static Element root(byte[] message) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(message))
        .getDocumentElement();
  }

  static String of(Element element) {
    StringBuilder out = new StringBuilder();
    append(out, element, "");
    return out.toString();
  }

  private static void append(StringBuilder out, Element element, String indent) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Attr attribute = (Attr) element.getAttributes().item(i);
      attributes.put(
          attribute.getName(), attribute.getName().equals("xml:lang") ? "" : attribute.getValue());
    }
    out.append(indent)
        .append(element.getNodeName())
        .append(" {")
        .append(element.getNamespaceURI())
        .append('}')
        .append(attributes);
    boolean text = false;
    boolean child = false;
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      child |= node instanceof Element;
      text |= !(node instanceof Element) && !node.getTextContent().isEmpty();
    }
    out.append(text && !child ? " text\n" : "\n");
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element inner) {
        append(out, inner, indent + " ");
      }
    }
  }
}
