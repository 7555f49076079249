package io.avma.transport.eventlog;

import io.avma.transport.EventFilter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides on the raw values of a record whether a filter can let it pass, before anything is
 * decoded. What it cannot tell passes, and is decided on the decoded event.
 *
 * <p>The provider is nearly always a literal of the template, so one look at the template settles
 * it for all records that use it. For one thread.
 */
final class RawFilter {
  /** What is known of the provider of one template; kept in the template, and gone with it. */
  enum Providers {
    PASS,
    REFUSED,
    IN_SLOTS
  }

  private final EventFilter filter;
  private final boolean everything;
  private final boolean @Nullable [] wantedIds;

  // The place of the value that was found last.
  private int valueOffset;
  private int valueSize;
  private int valueType;

  RawFilter(EventFilter filter) {
    this.filter = filter;
    this.everything = filter.equals(EventFilter.all());
    this.wantedIds = filter.eventIds().isEmpty() ? null : new boolean[0x1_0000];
    if (wantedIds != null) {
      filter.eventIds().forEach(id -> wantedIds[id] = true);
    }
  }

  /** Whether the filter lets every event pass. */
  boolean isEverything() {
    return everything;
  }

  /**
   * Returns whether a record can pass whose template is known and whose values start at {@code
   * values}.
   */
  boolean canPass(byte[] chunk, Template template, int values, int end) {
    SystemFields system = template.system();
    if (!system.found()) {
      return true;
    }
    Providers providers = providers(template);
    return providers != Providers.REFUSED
        && canPassId(chunk, system, values, end)
        && (providers == Providers.PASS || canPassProvider(chunk, system, values, end))
        && canPassTime(chunk, system, values, end)
        && canPassRecord(chunk, system, values, end);
  }

  private Providers providers(Template template) {
    Providers known = template.providers();
    if (known == null) {
      known = ofLiterals(template);
      template.providers(known);
    }
    return known;
  }

  private Providers ofLiterals(Template template) {
    SystemFields system = template.system();
    if (filter.providers().isEmpty()) {
      return Providers.PASS;
    }
    String name = system.literal(EventField.PROVIDER_NAME);
    if (name == null || name.isEmpty()) {
      return Providers.IN_SLOTS;
    }
    return filter.matchesProvider(name) ? Providers.PASS : Providers.REFUSED;
  }

  private boolean canPassProvider(byte[] chunk, SystemFields system, int values, int end) {
    return canPassName(chunk, system, EventField.PROVIDER_NAME, values, end)
        || canPassName(chunk, system, EventField.EVENT_SOURCE_NAME, values, end);
  }

  private boolean canPassName(
      byte[] chunk, SystemFields system, EventField field, int values, int end) {
    String literal = system.literal(field);
    if (literal != null) {
      return filter.matchesProvider(literal);
    }
    if (system.isAbsent(field)) {
      return field == EventField.PROVIDER_NAME && filter.matchesProvider("");
    }
    if (!find(chunk, system.slot(field), values, end)) {
      return true;
    }
    return switch (valueType) {
      case BinXmlType.NULL -> field == EventField.PROVIDER_NAME; // an event without a name
      case BinXmlType.STRING ->
          filter.matchesProvider(
              Utf16.read(chunk, valueOffset, ValueText.stringUnits(chunk, valueOffset, valueSize)));
      default -> true;
    };
  }

  private boolean canPassId(byte[] chunk, SystemFields system, int values, int end) {
    if (wantedIds == null || !find(chunk, system.slot(EventField.EVENT_ID), values, end)) {
      return true;
    }
    if (valueType != BinXmlType.UINT16 || valueSize != 2) {
      return true;
    }
    return wantedIds[LittleEndian.u16(chunk, valueOffset)];
  }

  private boolean canPassTime(byte[] chunk, SystemFields system, int values, int end) {
    if (filter.since().isEmpty() && filter.until().isEmpty()) {
      return true;
    }
    if (!find(chunk, system.slot(EventField.TIME_CREATED), values, end)
        || valueType != BinXmlType.FILETIME
        || valueSize != 8) {
      return true;
    }
    Instant created = Filetime.toInstant(LittleEndian.i64(chunk, valueOffset));
    return filter.matchesTime(created);
  }

  private boolean canPassRecord(byte[] chunk, SystemFields system, int values, int end) {
    if (filter.afterRecord().isEmpty()
        || !find(chunk, system.slot(EventField.EVENT_RECORD_ID), values, end)
        || valueType != BinXmlType.UINT64
        || valueSize != 8) {
      return true;
    }
    return filter.matchesRecord(LittleEndian.i64(chunk, valueOffset));
  }

  /** Finds the value of a slot; false if there is none or the values are damaged. */
  private boolean find(byte[] chunk, int slot, int values, int end) {
    if (slot < 0 || end - values < 4) {
      return false;
    }
    long count = LittleEndian.u32(chunk, values);
    int descriptors = values + 4;
    if (slot >= count || count > (end - descriptors) / BinXmlToken.DESCRIPTOR_BYTES) {
      return false;
    }
    int descriptor = descriptors + BinXmlToken.DESCRIPTOR_BYTES * slot;
    int offset = descriptors + BinXmlToken.DESCRIPTOR_BYTES * (int) count;
    for (int i = descriptors; i < descriptor; i += BinXmlToken.DESCRIPTOR_BYTES) {
      offset += LittleEndian.u16(chunk, i);
    }
    valueOffset = offset;
    valueSize = LittleEndian.u16(chunk, descriptor);
    valueType = LittleEndian.u8(chunk, descriptor + BinXmlToken.DESCRIPTOR_TYPE);
    return valueSize <= end - offset;
  }
}
