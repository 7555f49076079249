package io.avma.sim.server;

import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimProperty;
import io.avma.transport.cim.CimValue;
import io.avma.transport.wsman.WsManItem;

/** How long items get on the wire, about; so that as many are taken as an envelope holds. */
final class Envelopes {
  private static final int ELEMENT = 400;
  private static final int REFERENCE = 1000;

  /** {@code <p:></p:>} and {@code <p: xsi:nil="true"/>}. */
  private static final int PROPERTY = 9;

  private static final int NIL = 21;

  private Envelopes() {}

  static long size(WsManItem item) {
    if (item instanceof WsManItem.Event event) {
      return ELEMENT + size(event.xml());
    }
    if (item instanceof WsManItem.Instance instance) {
      return ELEMENT
          + size(instance.instance())
          + (instance.reference().isPresent() ? REFERENCE : 0);
    }
    return REFERENCE;
  }

  private static long size(CimInstance instance) {
    long size = 0;
    for (CimProperty property : instance.properties()) {
      size += size(property.name(), property.value());
    }
    return size;
  }

  private static long size(String name, CimValue value) {
    if (value instanceof CimValue.Array array) {
      return array.values().stream().mapToLong(each -> size(name, each)).sum();
    }
    if (value.isNil()) {
      return NIL + (long) name.length();
    }
    long element = PROPERTY + 2L * name.length();
    if (value instanceof CimValue.Reference) {
      return element + REFERENCE;
    }
    return element
        + (value instanceof CimValue.Embedded embedded
            ? size(embedded.instance())
            : size(value.text()));
  }

  /** The bytes of a text in UTF-8, escaped. */
  private static long size(String text) {
    long size = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      size += c == '<' || c == '>' ? 4 : c == '&' ? 5 : c < 0x80 ? 1 : 3;
    }
    return size;
  }
}
