package io.avma.transport.eventlog;

import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a template keeps the fields of an event's {@code System} element: in a slot, or as text of
 * its own. A filter decides on these before anything is rendered.
 */
final class SystemFields {
  /** Where a field is: in a slot, or a text; neither if that shows only when it is decoded. */
  private record Place(int slot, @Nullable String literal) {}

  private static final Place UNTOLD = new Place(-1, null);

  private final EnumMap<EventField, Place> places = new EnumMap<>(EventField.class);
  private boolean found;

  private SystemFields() {}

  /** Looks through {@code fragment} for {@code Event/System}. */
  static SystemFields of(List<BinXmlNode> fragment) {
    SystemFields fields = new SystemFields();
    for (BinXmlNode root : fragment) {
      if (root instanceof BinXmlNode.Element event && event.name().equals("Event")) {
        for (BinXmlNode child : event.content()) {
          if (child instanceof BinXmlNode.Element system && system.name().equals("System")) {
            fields.addSystem(system);
          }
        }
      }
    }
    return fields;
  }

  /** The same rules as in {@link EventAssembler}, so that both find the same. */
  private void addSystem(BinXmlNode.Element system) {
    found = true;
    for (BinXmlNode child : system.content()) {
      if (child instanceof BinXmlNode.Element element) {
        add(EventField.ofSystem(element.name()), element.content());
        for (BinXmlNode.Attribute attribute : element.attributes()) {
          add(EventField.ofSystemAttribute(attribute.name()), attribute.value());
        }
      }
    }
  }

  private void add(EventField field, List<BinXmlNode> value) {
    places.put(
        field, places.containsKey(field) || value.size() != 1 ? UNTOLD : place(value.get(0)));
  }

  private static Place place(BinXmlNode value) {
    if (value instanceof BinXmlNode.Substitution substitution) {
      return new Place(substitution.slot(), null);
    }
    return value instanceof BinXmlNode.Text text ? new Place(-1, text.text()) : UNTOLD;
  }

  /** Returns whether the template has a {@code System} element of its own. */
  boolean found() {
    return found;
  }

  /** Returns whether the template has no such element or attribute. */
  boolean isAbsent(EventField field) {
    return !places.containsKey(field);
  }

  /** Returns the slot of a field, or -1. */
  int slot(EventField field) {
    Place place = places.get(field);
    return place == null ? -1 : place.slot;
  }

  /** Returns the text of a field that is the same in every record, or null. */
  @Nullable String literal(EventField field) {
    Place place = places.get(field);
    return place == null ? null : place.literal;
  }
}
