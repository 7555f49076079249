package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a tree of binary XML into the two programs of a {@link Template}. */
final class TemplateCompiler {
  private final XmlProgram xml;
  private final ProgramCode structure = new ProgramCode();
  private final Map<String, Integer> strings = new LinkedHashMap<>();
  private int slotCount;
  private boolean chunkLocal;

  private TemplateCompiler(EventLogLimits limits) {
    this.xml = new XmlProgram(limits.maxEventXmlBytes());
  }

  static Template compile(List<BinXmlNode> fragment, EventLogLimits limits) throws MalformedEvent {
    TemplateCompiler compiler = new TemplateCompiler(limits);
    for (BinXmlNode node : fragment) {
      if (node instanceof BinXmlNode.Element root) {
        // An event stays an event: its root is neither left out nor repeated, whatever it depends
        // on (Windows lets it depend on the slot of the event's data).
        compiler.elementItself(root);
      } else {
        compiler.node(node);
      }
    }
    return compiler.finish(SystemFields.of(fragment));
  }

  private Template finish(SystemFields system) throws MalformedEvent {
    return new Template(
        xml.finish(),
        xml.literals(),
        structure.finish(),
        ImmutableList.copyOf(strings.keySet()),
        slotCount,
        chunkLocal,
        system);
  }

  private void nodes(List<BinXmlNode> nodes) throws MalformedEvent {
    for (BinXmlNode node : nodes) {
      node(node);
    }
  }

  private void node(BinXmlNode node) throws MalformedEvent {
    if (node instanceof BinXmlNode.Element element) {
      element(element);
    } else if (node instanceof BinXmlNode.Substitution substitution) {
      use(substitution.slot());
      xml.control(ProgramCode.TEXT, substitution.slot());
      structure.add(ProgramCode.VALUE, substitution.slot());
    } else if (node instanceof BinXmlNode.Instance instance) {
      chunkLocal = true;
      xml.control(ProgramCode.INSTANCE, instance.chunkOffset(), instance.end());
      structure.add(ProgramCode.INSTANCE, instance.chunkOffset(), instance.end());
    } else if (node instanceof BinXmlNode.Instruction instruction) {
      xml.instruction(instruction);
    } else {
      characters(node, false);
    }
  }

  private void element(BinXmlNode.Element element) throws MalformedEvent {
    int condition = conditionSlot(element);
    int xmlSkip = -1;
    int structureSkip = -1;
    if (condition >= 0) {
      use(condition);
      xmlSkip = xml.control(ProgramCode.SKIP_IF_NULL, condition, 0) - 1;
      structure.add(ProgramCode.SKIP_IF_NULL, condition, 0);
      structureSkip = structure.position() - 1;
    }
    int repeated = repeatedSlot(element);
    int xmlBody = -1;
    int structureBody = -1;
    if (repeated >= 0) {
      use(repeated);
      xmlBody = xml.control(ProgramCode.REPEAT, repeated);
      structure.add(ProgramCode.REPEAT, repeated);
      structureBody = structure.position();
    }
    elementItself(element);
    if (repeated >= 0) {
      xml.control(ProgramCode.NEXT, xmlBody);
      structure.add(ProgramCode.NEXT, structureBody);
    }
    if (condition >= 0) {
      xml.patch(xmlSkip);
      structure.patch(structureSkip);
    }
  }

  private void elementItself(BinXmlNode.Element element) throws MalformedEvent {
    xml.literal("<").literal(element.name());
    structure.add(ProgramCode.OPEN, string(element.name()));
    for (BinXmlNode.Attribute attribute : element.attributes()) {
      attribute(attribute);
    }
    if (element.closedEmpty()) {
      xml.literal("/>");
    } else {
      xml.literal(">");
      nodes(element.content());
      xml.literal("</").literal(element.name()).literal(">");
    }
    structure.add(ProgramCode.CLOSE);
  }

  private void attribute(BinXmlNode.Attribute attribute) throws MalformedEvent {
    int condition = optionalSlot(attribute.value());
    int xmlSkip = -1;
    int structureSkip = -1;
    if (condition >= 0) {
      xmlSkip = xml.control(ProgramCode.SKIP_IF_NULL, condition, 0) - 1;
      structure.add(ProgramCode.SKIP_IF_NULL, condition, 0);
      structureSkip = structure.position() - 1;
    }
    xml.literal(" ").literal(attribute.name()).literal("='");
    structure.add(ProgramCode.ATTRIBUTE, string(attribute.name()));
    for (BinXmlNode part : attribute.value()) {
      if (part instanceof BinXmlNode.Substitution substitution) {
        use(substitution.slot());
        xml.control(ProgramCode.ATTRIBUTE_TEXT, substitution.slot());
        structure.add(ProgramCode.VALUE, substitution.slot());
      } else {
        characters(part, true);
      }
    }
    xml.literal("'");
    structure.add(ProgramCode.ATTRIBUTE_END);
    if (condition >= 0) {
      xml.patch(xmlSkip);
      structure.patch(structureSkip);
    }
  }

  private void characters(BinXmlNode node, boolean attribute) throws MalformedEvent {
    String text =
        node instanceof BinXmlNode.Entity reference
            ? entity(reference.name())
            : ((BinXmlNode.Text) node).text();
    xml.text(text, attribute);
    structure.add(ProgramCode.STRING, string(text));
  }

  /** The slot without whose value the element is left out, or -1. */
  private static int conditionSlot(BinXmlNode.Element element) {
    return element.dependency() != BinXmlToken.NO_DEPENDENCY
        ? element.dependency()
        : optionalSlot(element.content());
  }

  private static int optionalSlot(List<BinXmlNode> nodes) {
    return nodes.size() == 1
            && nodes.get(0) instanceof BinXmlNode.Substitution substitution
            && substitution.optional()
        ? substitution.slot()
        : -1;
  }

  /** The slot whose items repeat the element, or -1: the first one in its own content. */
  private static int repeatedSlot(BinXmlNode.Element element) {
    for (BinXmlNode node : element.content()) {
      if (node instanceof BinXmlNode.Substitution substitution) {
        return substitution.slot();
      }
    }
    return -1;
  }

  private void use(int slot) {
    slotCount = Math.max(slotCount, slot + 1);
  }

  private int string(String text) {
    Integer known = strings.get(text);
    if (known != null) {
      return known;
    }
    strings.put(text, strings.size());
    return strings.size() - 1;
  }

  /** XML knows five entities; another name stays as it was written. */
  private static String entity(String name) {
    return switch (name) {
      case "amp" -> "&";
      case "lt" -> "<";
      case "gt" -> ">";
      case "quot" -> "\"";
      case "apos" -> "'";
      default -> "&" + name + ";";
    };
  }
}
