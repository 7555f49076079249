package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a template keeps the fields of an event's {@code System} element: in a slot, or as text of
 * its own. A filter decides on these before anything is rendered.
 */
final class SystemFields {
  static final int PROVIDER_NAME = 0;
  static final int EVENT_ID = 1;
  static final int TIME_CREATED = 2;
  static final int EVENT_RECORD_ID = 3;
  static final int LEVEL = 4;
  static final int CHANNEL = 5;
  static final int COMPUTER = 6;
  static final int EVENT_SOURCE_NAME = 7;
  private static final int COUNT = 8;

  private static final ImmutableMap<String, Integer> FIELDS =
      ImmutableMap.of(
          "Provider/Name", PROVIDER_NAME,
          "EventID", EVENT_ID,
          "TimeCreated/SystemTime", TIME_CREATED,
          "EventRecordID", EVENT_RECORD_ID,
          "Level", LEVEL,
          "Channel", CHANNEL,
          "Computer", COMPUTER,
          "Provider/EventSourceName", EVENT_SOURCE_NAME);

  private final int[] slots = new int[COUNT];
  private final @Nullable String[] literals = new @Nullable String[COUNT];
  private final boolean[] present = new boolean[COUNT];
  private boolean found;

  private SystemFields() {
    Arrays.fill(slots, -1);
  }

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

  private void addSystem(BinXmlNode.Element system) {
    found = true;
    for (BinXmlNode child : system.content()) {
      if (child instanceof BinXmlNode.Element element) {
        add(element.name(), element.content());
        for (BinXmlNode.Attribute attribute : element.attributes()) {
          add(element.name() + "/" + attribute.name(), attribute.value());
        }
      }
    }
  }

  private void add(String path, List<BinXmlNode> value) {
    Integer field = FIELDS.get(path);
    if (field == null) {
      return;
    }
    present[field] = true;
    if (value.size() != 1) {
      return;
    }
    if (value.get(0) instanceof BinXmlNode.Substitution substitution) {
      slots[field] = substitution.slot();
    } else if (value.get(0) instanceof BinXmlNode.Text text) {
      literals[field] = text.text();
    }
  }

  /** Returns whether the template has a {@code System} element of its own. */
  boolean found() {
    return found;
  }

  /** Returns whether the template has no such element or attribute. */
  boolean isAbsent(int field) {
    return !present[field];
  }

  /** Returns the slot of a field, or -1. */
  int slot(int field) {
    return slots[field];
  }

  /** Returns the text of a field that is the same in every record, or null. */
  @Nullable String literal(int field) {
    return literals[field];
  }
}
