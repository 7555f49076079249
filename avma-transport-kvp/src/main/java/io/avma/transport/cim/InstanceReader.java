package io.avma.transport.cim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code INSTANCE} elements in every form that Windows gives them. Recursion is bounded by
 * the depth that the scanner allows.
 */
final class InstanceReader {
  private static final String SOURCE = "embedded instance";

  private final XmlScanner xml;
  private final CimLimits limits;
  private int values;

  InstanceReader(String text, CimLimits limits) throws TransportException {
    this.xml = new XmlScanner(SOURCE, unwrapped(text, limits), limits);
    this.limits = limits;
  }

  /** Texts that were taken out of a larger one as they stood still have its escapes, or CDATA. */
  private static String unwrapped(String text, CimLimits limits) throws TransportException {
    int start = 0;
    while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    if (!text.startsWith("&lt;", start) && !text.startsWith("<![CDATA[", start)) {
      return text;
    }
    XmlScanner outer = new XmlScanner(SOURCE, text, limits);
    String inner = outer.content();
    if (outer.next() != XmlScanner.Tag.END) {
      throw outer.damaged("unexpected-element", outer.at(), "an element beside escaped text");
    }
    return inner;
  }

  /**
   * Goes on to the next instance, through whatever elements wrap them; its class, or null if there
   * is none.
   */
  @Nullable String nextInstance() throws TransportException {
    while (true) {
      switch (xml.next()) {
        case END -> {
          return null;
        }
        case CLOSE -> {}
        case OPEN -> {
          if (xml.is("INSTANCE")) {
            return required("CLASSNAME");
          }
        }
      }
    }
  }

  /** Reads the properties of the instance just opened, to its end. */
  void properties(InstanceSink sink) throws TransportException {
    int count = 0;
    while (xml.next() == XmlScanner.Tag.OPEN) {
      if (!xml.nameStartsWith("PROPERTY")) {
        xml.skip(); // qualifiers, methods
        continue;
      }
      if (++count > limits.maxProperties()) {
        throw damaged("too-many-properties", "more than " + limits.maxProperties() + " properties");
      }
      property(sink);
    }
  }

  /** Reads the instance just opened, to its end. */
  CimInstance instance(String className) throws TransportException {
    ImmutableList.Builder<CimProperty> properties = ImmutableList.builder();
    Set<String> names = new HashSet<>();
    properties(
        (offset, name, type, propagated, value) -> {
          if (!names.add(name.toLowerCase(Locale.ROOT))) {
            throw duplicate(offset, name);
          }
          properties.add(new CimProperty(name, Optional.ofNullable(type), value, propagated));
        });
    return new CimInstance(className, properties.build());
  }

  /** What a value that broke out of its element would look like, so it is never overlooked. */
  TransportException duplicate(int offset, String name) {
    return xml.damaged(
        "duplicate-property", offset, "property " + ForeignText.escape(name, 40) + " twice");
  }

  TransportException wrongType(int offset, String name, CimType type) {
    return xml.damaged(
        "wrong-type",
        offset,
        "property " + ForeignText.escape(name, 40) + " (expected: " + type.expected() + ")");
  }

  TransportException damaged(String code, String message) {
    return xml.damaged(code, xml.at(), message);
  }

  private void property(InstanceSink sink) throws TransportException {
    int offset = xml.at();
    String name = required("NAME");
    CimType type = xml.hasAttribute("TYPE", "string") ? CimType.STRING : type();
    if (type == null && xml.nameStartsWith("PROPERTY.REF")) {
      type = CimType.REFERENCE;
    } else if (type == null && xml.nameStartsWith("PROPERTY.OBJECT")) {
      type = CimType.OBJECT;
    }
    boolean propagated =
        xml.hasAttribute("PROPAGATED", "true")
            || "true".equalsIgnoreCase(xml.attribute("PROPAGATED"));
    CimValue value = null;
    while (xml.next() == XmlScanner.Tag.OPEN) {
      if (!xml.nameStartsWith("VALUE")) {
        xml.skip();
      } else if (value != null) {
        throw damaged(
            "unexpected-element", "a second value of property " + ForeignText.escape(name, 40));
      } else if (xml.nameStartsWith("VALUE.") && isArray()) {
        value = array(type);
      } else {
        value = value(type);
      }
    }
    sink.property(offset, name, type, propagated, value == null ? CimValue.Nil.NIL : value);
  }

  private @Nullable CimType type() throws TransportException {
    String name = xml.attribute("TYPE");
    return name == null ? null : CimType.ofName(name);
  }

  private boolean isArray() {
    return xml.is("VALUE.ARRAY") || xml.is("VALUE.REFARRAY") || xml.is("VALUE.OBJECTARRAY");
  }

  private CimValue array(@Nullable CimType type) throws TransportException {
    ImmutableList.Builder<CimValue> array = ImmutableList.builder();
    while (xml.next() == XmlScanner.Tag.OPEN) {
      if (++values > limits.maxValues()) {
        throw damaged("too-many-values", "more than " + limits.maxValues() + " values in arrays");
      }
      array.add(value(type));
    }
    return new CimValue.Array(array.build());
  }

  private CimValue value(@Nullable CimType type) throws TransportException {
    if (xml.is("VALUE")) {
      int offset = xml.at();
      String text = xml.content();
      end("VALUE");
      if (type == null || type == CimType.STRING) {
        return new CimValue.Text(text);
      }
      CimValue value = type.parsed(text);
      if (value == null) {
        throw xml.damaged(
            "wrong-type",
            offset,
            "'" + ForeignText.escape(text, 40) + "' (expected: " + type.expected() + ")");
      }
      return value;
    }
    if (xml.is("VALUE.NULL")) {
      end("VALUE.NULL");
      return CimValue.Nil.NIL;
    }
    if (xml.is("VALUE.REFERENCE")) {
      return new CimValue.Reference(reference());
    }
    if (xml.is("VALUE.OBJECT") || xml.is("VALUE.NAMEDINSTANCE")) {
      return object();
    }
    throw damaged("unexpected-element", "<" + xml.openName() + "> where a value should be");
  }

  private CimValue object() throws TransportException {
    CimInstance instance = null;
    while (xml.next() == XmlScanner.Tag.OPEN) {
      if (xml.is("INSTANCE") && instance == null) {
        instance = instance(required("CLASSNAME"));
      } else {
        xml.skip();
      }
    }
    if (instance == null) {
      throw damaged("unexpected-element", "no instance where one should be");
    }
    return new CimValue.Embedded(instance);
  }

  /** Reads to the end of the element just opened; a path of whatever length down to the name. */
  private CimReference reference() throws TransportException {
    int outer = xml.depth() - 1;
    StringBuilder namespace = new StringBuilder();
    String className = null;
    Map<String, CimValue> keys = new LinkedHashMap<>();
    while (xml.depth() > outer) {
      if (xml.next() != XmlScanner.Tag.OPEN) {
        continue;
      }
      if (xml.is("NAMESPACE")) {
        namespace.append(namespace.length() == 0 ? "" : "/").append(required("NAME"));
      } else if (xml.is("INSTANCENAME") || xml.is("CLASSNAME")) {
        className = xml.is("CLASSNAME") ? required("NAME") : required("CLASSNAME");
      } else if (xml.is("KEYBINDING")) {
        String name = required("NAME");
        if (keys.put(name, key()) != null) {
          throw damaged("duplicate-key", "key " + ForeignText.escape(name, 40) + " twice");
        }
      } else if (xml.is("HOST")) {
        xml.skip(); // a host names itself; whoever asked it knows it by another name
      }
    }
    if (className == null) {
      throw damaged("unexpected-element", "a reference without a class");
    }
    return new CimReference(
        CimReference.ANONYMOUS,
        CimReference.uri(namespace.toString(), className),
        ImmutableMap.copyOf(keys));
  }

  private CimValue key() throws TransportException {
    CimValue key = null;
    while (xml.next() == XmlScanner.Tag.OPEN) {
      if (xml.is("KEYVALUE") && key == null) {
        key = new CimValue.Text(xml.content());
        end("KEYVALUE");
      } else if (xml.is("VALUE.REFERENCE") && key == null) {
        key = new CimValue.Reference(reference());
      } else {
        throw damaged("unexpected-element", "<" + xml.openName() + "> where a key should be");
      }
    }
    if (key == null) {
      throw damaged("unexpected-element", "a key without a value");
    }
    return key;
  }

  private void end(String name) throws TransportException {
    if (xml.next() != XmlScanner.Tag.CLOSE) {
      throw damaged("unexpected-element", "<" + xml.openName() + "> inside of " + name);
    }
  }

  private String required(String attribute) throws TransportException {
    String value = xml.attribute(attribute);
    if (value == null || value.isEmpty()) {
      throw damaged("missing-attribute", "<" + xml.openName() + "> without " + attribute);
    }
    return value;
  }
}
