package io.avma.sim.server;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.avma.transport.cim.CimDateTime;
import io.avma.transport.cim.CimReference;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.CimValue;
import io.avma.transport.cim.XmlText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;

/** What an instance says; properties of its class that are not set have no value. */
final class Row {
  private final Map<String, CimValue> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Map<String, CimValue> values() {
    return values;
  }

  @CanIgnoreReturnValue
  Row set(String name, CimValue value) {
    values.put(name, value);
    return this;
  }

  @CanIgnoreReturnValue
  Row set(String name, String text) {
    return set(name, CimValue.of(carried(text)));
  }

  @CanIgnoreReturnValue
  Row set(String name, CimType type, long number) {
    return set(name, CimValue.of(type, number));
  }

  @CanIgnoreReturnValue
  Row set(String name, CimType type, OptionalLong number) {
    return number.isPresent() ? set(name, type, number.getAsLong()) : this;
  }

  @CanIgnoreReturnValue
  Row set(String name, boolean value) {
    return set(name, CimValue.of(value));
  }

  @CanIgnoreReturnValue
  Row set(String name, Instant time) {
    return set(name, new CimValue.Time(CimDateTime.of(time)));
  }

  @CanIgnoreReturnValue
  Row set(String name, CimReference reference) {
    return set(name, new CimValue.Reference(reference));
  }

  /** An array; an empty one is left out, as WMI does. */
  @CanIgnoreReturnValue
  Row set(String name, List<String> texts) {
    return texts.isEmpty()
        ? this
        : set(
            name,
            CimValue.of(
                texts.stream()
                    .map(text -> CimValue.of(carried(text)))
                    .collect(ImmutableList.toImmutableList())));
  }

  /** Sets {@code Status} and its neighbours to a health that everybody has. */
  @CanIgnoreReturnValue
  Row healthy(int operationalStatus, String description) {
    return set("HealthState", CimType.UINT16, 5)
        .set("OperationalStatus", CimValue.of(List.of(number(operationalStatus))))
        .set("StatusDescriptions", List.of(description));
  }

  private static CimValue number(int value) {
    return CimValue.of(CimType.UINT16, value);
  }

  /**
   * Returns the text with U+FFFD for what XML cannot carry, so that what one tenant writes does not
   * hide the others.
   */
  static String carried(String text) {
    if (XmlText.firstUncarried(text).isEmpty()) {
      return text;
    }
    StringBuilder carried = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c ->
                carried.appendCodePoint(
                    XmlText.firstUncarried(Character.toString(c)).isEmpty() ? c : 0xFFFD));
    return carried.toString();
  }

  /** A GUID as Windows writes it. */
  static String guid(UUID id) {
    return id.toString().toUpperCase(Locale.ROOT);
  }
}
