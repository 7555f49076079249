package io.avma.transport.cim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;

/** Writes instances as WMI does: the mirror of {@link InstanceReader}. */
final class InstanceWriter {
  private InstanceWriter() {}

  static void write(StringBuilder out, CimInstance instance) {
    open(out, "INSTANCE", "CLASSNAME", instance.className());
    for (CimProperty property : instance.properties()) {
      property(out, property);
    }
    out.append("</INSTANCE>");
  }

  private static void property(StringBuilder out, CimProperty property) {
    CimValue value = property.value();
    boolean array = value instanceof CimValue.Array;
    CimType type = property.type().orElseGet(() -> typeOf(value));
    String suffix = suffix(type, array);
    out.append("<PROPERTY").append(suffix).append(" NAME=\"");
    XmlText.appendAttribute(out, property.name());
    out.append('"');
    if (property.propagated()) {
      out.append(" PROPAGATED=\"true\"");
    }
    boolean untyped = property.type().isEmpty() && type == CimType.STRING;
    if (!untyped && type != CimType.REFERENCE && type != CimType.OBJECT) {
      out.append(" TYPE=\"").append(type.wireName()).append('"');
    }
    out.append('>');
    if (value instanceof CimValue.Array all) {
      String name = "VALUE" + suffix;
      out.append('<').append(name).append('>');
      all.values().forEach(element -> value(out, element, true));
      out.append("</").append(name).append('>');
    } else {
      value(out, value, false);
    }
    out.append("</PROPERTY").append(suffix).append('>');
  }

  private static String suffix(CimType type, boolean array) {
    return switch (type) {
      case REFERENCE -> array ? ".REFARRAY" : ".REFERENCE";
      case OBJECT -> array ? ".OBJECTARRAY" : ".OBJECT";
      default -> array ? ".ARRAY" : "";
    };
  }

  private static CimType typeOf(CimValue value) {
    if (value instanceof CimValue.Whole whole) {
      return whole.type();
    } else if (value instanceof CimValue.Real real) {
      return real.type();
    } else if (value instanceof CimValue.Bool) {
      return CimType.BOOLEAN;
    } else if (value instanceof CimValue.Char16) {
      return CimType.CHAR16;
    } else if (value instanceof CimValue.Time) {
      return CimType.DATETIME;
    } else if (value instanceof CimValue.Reference) {
      return CimType.REFERENCE;
    } else if (value instanceof CimValue.Embedded) {
      return CimType.OBJECT;
    } else if (value instanceof CimValue.Array array) {
      return array.values().isEmpty() ? CimType.STRING : typeOf(array.values().get(0));
    }
    return CimType.STRING;
  }

  private static void value(StringBuilder out, CimValue value, boolean inArray) {
    if (value.isNil()) {
      out.append(inArray ? "<VALUE.NULL/>" : "");
    } else if (value instanceof CimValue.Reference reference) {
      reference(out, reference.reference());
    } else if (value instanceof CimValue.Embedded embedded) {
      out.append("<VALUE.OBJECT>");
      write(out, embedded.instance());
      out.append("</VALUE.OBJECT>");
    } else {
      out.append("<VALUE>");
      XmlText.appendContent(out, value.text());
      out.append("</VALUE>");
    }
  }

  private static void reference(StringBuilder out, CimReference reference) {
    checkArgument(
        reference.resourceUri().startsWith(CimReference.WMI),
        "reference to %s (expected: a class of WMI)",
        reference.resourceUri());
    out.append("<VALUE.REFERENCE>");
    String namespace = reference.namespace();
    if (!namespace.isEmpty()) {
      out.append("<LOCALINSTANCEPATH><LOCALNAMESPACEPATH>");
      for (String part : Splitter.on('/').split(namespace)) {
        open(out, "NAMESPACE", "NAME", part);
        out.append("</NAMESPACE>");
      }
      out.append("</LOCALNAMESPACEPATH>");
    }
    open(out, "INSTANCENAME", "CLASSNAME", reference.className());
    reference
        .keys()
        .forEach(
            (name, value) -> {
              open(out, "KEYBINDING", "NAME", name);
              if (value instanceof CimValue.Reference inner) {
                reference(out, inner.reference());
              } else {
                out.append("<KEYVALUE VALUETYPE=\"string\">");
                XmlText.appendContent(out, value.text());
                out.append("</KEYVALUE>");
              }
              out.append("</KEYBINDING>");
            });
    out.append("</INSTANCENAME>");
    out.append(namespace.isEmpty() ? "" : "</LOCALINSTANCEPATH>");
    out.append("</VALUE.REFERENCE>");
  }

  private static void open(StringBuilder out, String element, String attribute, String value) {
    out.append('<').append(element).append(' ').append(attribute).append("=\"");
    XmlText.appendAttribute(out, value);
    out.append("\">");
  }
}
