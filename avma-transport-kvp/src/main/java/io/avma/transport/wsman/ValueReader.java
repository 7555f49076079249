package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads instances, parameters and references; the wire tells no types, so values are text unless
 * their elements say more. Recursion is bounded by the depth of the message.
 */
final class ValueReader {
  private final EnvelopeXml xml;
  private final WsManLimits limits;
  private final StringBuilder text = new StringBuilder(1024); // of the value that is being read

  ValueReader(EnvelopeXml xml, WsManLimits limits) {
    this.xml = xml;
    this.limits = limits;
  }

  /** Reads the instance on whose element the reader stands, to its end. */
  CimInstance instance(String className) throws TransportException {
    return properties(className, xml.child());
  }

  ImmutableList<CimProperty> parameters() throws TransportException {
    return properties("parameters", xml.child()).properties();
  }

  /** A property and its values so far, under the name that came first. */
  private record Told(String name, List<CimValue> values) {
    CimProperty property() {
      return CimProperty.of(name, values.size() == 1 ? values.get(0) : CimValue.of(values));
    }
  }

  private CimInstance properties(String className, boolean first) throws TransportException {
    Map<String, Told> all = new LinkedHashMap<>(); // by lower case
    Told last = new Told("", List.of());
    for (boolean child = first; child; child = xml.child()) {
      String name = xml.name();
      if (!name.equals(last.name())) { // the values of an array follow one another
        last =
            all.computeIfAbsent(
                name.toLowerCase(Locale.ROOT), unused -> new Told(name, new ArrayList<>(1)));
        if (all.size() > limits.maxProperties()) {
          throw xml.damaged(
              "too-many-properties", "more than " + limits.maxProperties() + " properties");
        }
      }
      last.values().add(value());
    }
    ImmutableList.Builder<CimProperty> properties =
        ImmutableList.builderWithExpectedSize(all.size());
    all.values().forEach(told -> properties.add(told.property()));
    return new CimInstance(className, properties.build());
  }

  /** Reads the value of the element on which the reader stands, to its end. */
  private CimValue value() throws TransportException {
    boolean nil = xml.isTrue(Names.XSI, "nil");
    String type = xml.attribute(Names.XSI, "type");
    text.setLength(0);
    if (!xml.textToChild(text)) {
      return nil ? CimValue.Nil.NIL : CimValue.of(text.toString());
    }
    if (xml.namespace().equals(Names.CIM)) {
      return time();
    }
    if (xml.isAddressing("Address") || xml.isAddressing("ReferenceParameters")) {
      return new CimValue.Reference(reference(true));
    }
    if (xml.isAddressing("EndpointReference")) {
      CimReference reference = reference(xml.child());
      while (xml.child()) {
        xml.skip();
      }
      return new CimValue.Reference(reference);
    }
    return new CimValue.Embedded(properties(className(type), true));
  }

  /** The class that {@code xsi:type} names, {@code p:Class_Type}. */
  private static String className(@Nullable String type) {
    if (type == null) {
      return "embedded";
    }
    String name = type.substring(type.indexOf(':') + 1).strip();
    String plain = name.endsWith("_Type") ? name.substring(0, name.length() - 5) : name;
    return plain.isEmpty() ? "embedded" : plain;
  }

  private CimValue time() throws TransportException {
    String text = xml.text();
    CimDateTime time =
        CimDateTime.parse(text)
            .orElseThrow(
                () ->
                    xml.damaged(
                        "wrong-type",
                        "'"
                            + ForeignText.escape(text, 40)
                            + "' (expected: a date and time, or an interval)"));
    while (xml.child()) {
      xml.skip();
    }
    return new CimValue.Time(time);
  }

  /** Reads the children of a reference, on the first of which the reader stands if there is one. */
  CimReference reference(boolean first) throws TransportException {
    String address = "";
    String resource = "";
    Map<String, CimValue> keys = new LinkedHashMap<>();
    for (boolean child = first; child; child = xml.child()) {
      if (xml.isAddressing("Address")) {
        address = xml.text().strip();
      } else if (xml.isAddressing("ReferenceParameters")) {
        while (xml.child()) {
          if (xml.is(Names.WSMAN, "ResourceURI")) {
            resource = xml.text().strip();
          } else if (xml.is(Names.WSMAN, "SelectorSet")) {
            selectors(keys);
          } else {
            xml.skip();
          }
        }
      } else {
        xml.skip();
      }
    }
    return new CimReference(address, resource, ImmutableMap.copyOf(keys));
  }

  /** Reads the selectors of the set on which the reader stands. */
  void selectors(Map<String, CimValue> into) throws TransportException {
    while (xml.child()) {
      if (!xml.is(Names.WSMAN, "Selector")) {
        xml.skip();
        continue;
      }
      String name = xml.attribute("", "Name");
      if (name == null || name.isEmpty()) {
        throw xml.damaged("missing-attribute", "<Selector> without Name");
      }
      CimValue value = value();
      if (value.isNil()) {
        value = CimValue.of("");
      }
      if (!(value instanceof CimValue.Text || value instanceof CimValue.Reference)) {
        throw xml.damaged("wrong-type", "a selector that is neither text nor a reference");
      }
      if (into.put(name, value) != null) {
        throw xml.damaged("duplicate-key", "selector " + ForeignText.escape(name, 40) + " twice");
      }
    }
  }
}
