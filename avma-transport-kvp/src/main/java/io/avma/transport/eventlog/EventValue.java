package io.avma.transport.eventlog;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The value of one field while it comes together: one number, time or GUID straight from a chunk,
 * or text. Used again for field after field.
 */
final class EventValue {
  private static final int MAX_NUMBER_CHARS = 40;

  /** {@code T} or a blank between date and time, any fraction, and a zone or none. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .optionalEnd()
          .optionalStart()
          .appendLiteral(' ')
          .optionalEnd()
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private enum Form {
    NOTHING,
    NUMBER,
    TICKS,
    TEXT
  }

  private final XmlBuffer scratch = new XmlBuffer();
  private final ValueText valueText = new ValueText(scratch);
  private final StringBuilder builder = new StringBuilder();
  private Form form = Form.NOTHING;
  private long number;
  private int type;
  private @Nullable String text;

  void clear() {
    form = Form.NOTHING;
    text = null;
    builder.setLength(0);
  }

  boolean isEmpty() {
    return form == Form.NOTHING;
  }

  /** Appends characters. */
  void add(String characters) throws MalformedEvent {
    if (form == Form.NOTHING) {
      form = Form.TEXT;
      text = characters;
      return;
    }
    becomeText();
    if (builder.isEmpty() && text != null) {
      builder.append(text);
    }
    builder.append(characters);
    text = null;
  }

  /** Appends a value of a template. */
  void add(byte[] chunk, int offset, int size, int valueType) throws MalformedEvent {
    if (form == Form.NOTHING && size > 0) {
      switch (valueType) {
        case BinXmlType.UINT8,
            BinXmlType.UINT16,
            BinXmlType.UINT32,
            BinXmlType.UINT64,
            BinXmlType.HEX32,
            BinXmlType.HEX64 -> {
          form = Form.NUMBER;
          type = valueType;
          number = ValueText.number(chunk, offset, size, false);
          return;
        }
        case BinXmlType.FILETIME -> {
          form = Form.TICKS;
          type = valueType;
          number = ValueText.number(chunk, offset, size, false);
          return;
        }
        default -> {}
      }
    }
    if (valueType != BinXmlType.NULL) {
      add(plainText(chunk, offset, size, valueType));
    }
  }

  private void becomeText() throws MalformedEvent {
    if (form == Form.NUMBER || form == Form.TICKS) {
      byte[] bytes = new byte[8];
      LittleEndian.put64(bytes, 0, number);
      text = plainText(bytes, 0, 8, type);
    }
    form = Form.TEXT;
  }

  private String plainText(byte[] chunk, int offset, int size, int valueType)
      throws MalformedEvent {
    if ((valueType & BinXmlType.ARRAY) != 0) {
      return joined(chunk, offset, size, valueType & ~BinXmlType.ARRAY);
    }
    return switch (valueType) {
      case BinXmlType.STRING, BinXmlType.XML ->
          Utf16.read(chunk, offset, ValueText.stringUnits(chunk, offset, size));
      case BinXmlType.ANSI_STRING -> ValueText.ansi(chunk, offset, size);
      default -> {
        scratch.begin(Integer.MAX_VALUE); // all other types write ASCII, at most five bytes a byte
        valueText.append(chunk, offset, size, valueType, false);
        yield scratch.toString();
      }
    };
  }

  private String joined(byte[] chunk, int offset, int size, int itemType) throws MalformedEvent {
    StringBuilder items = new StringBuilder();
    int end = offset + size;
    for (int at = offset; at < end; ) {
      int next = BinXmlItems.next(chunk, at, end, itemType);
      if (at > offset) {
        items.append(' ');
      }
      items.append(
          plainText(chunk, at, BinXmlItems.contentBytes(chunk, at, next, itemType), itemType));
      at = next;
    }
    return items.toString();
  }

  /** Returns the value as text, as the XML would show it. */
  String text() throws MalformedEvent {
    if (form == Form.NOTHING) {
      return "";
    }
    becomeText();
    String whole = text;
    if (whole == null) {
      whole = builder.toString();
    }
    return whole;
  }

  /** Returns the value as an unsigned number: decimal, or hexadecimal behind {@code 0x}. */
  OptionalLong number() throws MalformedEvent {
    if (form == Form.NUMBER) {
      return OptionalLong.of(number);
    }
    String digits = text().strip();
    try {
      if (digits.length() > MAX_NUMBER_CHARS || digits.isEmpty()) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(
          digits.startsWith("0x") || digits.startsWith("0X")
              ? Long.parseUnsignedLong(digits.substring(2), 16)
              : Long.parseUnsignedLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Returns the value as a point in time; without a zone it is read as UTC. */
  Optional<Instant> time() throws MalformedEvent {
    if (form == Form.TICKS) {
      return Optional.of(Filetime.toInstant(number));
    }
    String written = text().strip();
    if (written.isEmpty() || written.length() > MAX_NUMBER_CHARS) {
      return Optional.empty();
    }
    Instant usual = IsoTime.read(written);
    if (usual != null) {
      return Optional.of(usual);
    }
    try {
      TemporalAccessor parsed = TIME.parse(written);
      ZoneOffset zone =
          parsed.isSupported(java.time.temporal.ChronoField.OFFSET_SECONDS)
              ? ZoneOffset.from(parsed)
              : ZoneOffset.UTC;
      return Optional.of(LocalDateTime.from(parsed).toInstant(zone));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Returns the value as a GUID, with or without braces, in either letter case. */
  Optional<UUID> guid() throws MalformedEvent {
    String written = text().strip();
    if (written.length() == 38 && written.charAt(0) == '{' && written.charAt(37) == '}') {
      written = written.substring(1, 37);
    }
    if (written.length() != 36) {
      return Optional.empty();
    }
    try {
      UUID guid = UUID.fromString(written);
      return Optional.of(guid);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
