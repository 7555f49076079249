package io.avma.transport.eventlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The XML text of one event as UTF-8, in an array that grows to the largest event and is used
 * again. Never longer than the limit given to {@link #begin}.
 *
 * <p>The one hot loop of the XML rendering is {@link #plainRun}: eight UTF-16 code units at a time
 * while all of them are ASCII that XML does not care about. Everything else takes the slow road one
 * character at a time.
 */
final class XmlBuffer {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long NOT_ASCII = 0xFF80_FF80_FF80_FF80L;
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  /** ASCII that text and attribute values hold as it is. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (int c = ' '; c < 0x7F; c++) {
      PLAIN[c] = c != '&' && c != '<' && c != '>' && c != '\'';
    }
  }

  private static final byte[] AMP = ascii("&amp;");
  private static final byte[] LT = ascii("&lt;");
  private static final byte[] GT = ascii("&gt;");
  private static final byte[] APOS = ascii("&apos;");
  private static final byte[] TAB = ascii("&#9;");
  private static final byte[] LINE_FEED = ascii("&#10;");
  private static final byte[] CARRIAGE_RETURN = ascii("&#13;");

  private static final int REPLACEMENT = 0xFFFD;

  private byte[] bytes = new byte[4096];
  private int length;
  private int limit = Integer.MAX_VALUE;
  private int wholeLimit = Integer.MAX_VALUE;

  /** Empties the buffer for an event of at most {@code limitBytes}. */
  void begin(int limitBytes) {
    length = 0;
    limit = limitBytes;
    wholeLimit = limitBytes;
  }

  /** What was written and charged; no more than the whole limit. */
  int used() {
    return (int) Math.min((long) wholeLimit - limit + length, wholeLimit);
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Forgets everything behind the first {@code newLength} bytes. */
  void truncate(int newLength) {
    length = newLength;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Counts work as if it were {@code count} bytes written. */
  void charge(int count) throws MalformedEvent {
    limit -= count;
    if (length > limit) {
      grow(0);
    }
  }

  /** Makes room for {@code count} more bytes. */
  void reserve(int count) throws MalformedEvent {
    if (count > bytes.length - length || count > limit - length) {
      grow(count);
    }
  }

  private void grow(int count) throws MalformedEvent {
    long needed = (long) length + count;
    if (needed > limit) {
      throw new MalformedEvent(
          0,
          "the event's XML is longer than "
              + Math.max(limit, 0)
              + " bytes (EventLogLimits.maxEventXmlBytes or what is left of maxChunkXmlBytes)");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * bytes.length, needed), 1L << 30));
    }
  }

  void ascii(int c) throws MalformedEvent {
    reserve(1);
    bytes[length++] = (byte) c;
  }

  void raw(byte[] source, int offset, int count) throws MalformedEvent {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  void raw(byte[] source) throws MalformedEvent {
    raw(source, 0, source.length);
  }

  /** Appends {@code markup} as it is. */
  void markup(String markup) throws MalformedEvent {
    raw(markup.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends {@code text} escaped for element content or, if {@code attribute}, for a value. */
  void text(CharSequence text, boolean attribute) throws MalformedEvent {
    for (int i = 0; i < text.length(); ) {
      int codePoint = Character.codePointAt(text, i);
      character(codePoint, attribute);
      i += Character.charCount(codePoint);
    }
  }

  /** Appends {@code units} UTF-16 code units of {@code source}, escaped. */
  void utf16(byte[] source, int offset, int units, boolean attribute) throws MalformedEvent {
    int end = offset + 2 * units;
    int at = offset;
    while (at < end) {
      reserve((end - at) >> 1);
      at = plainRun(source, at, end);
      if (at < end) {
        at = oneCharacter(source, at, end, attribute);
      }
    }
  }

  /** Copies units up to the first that is not plain; room for all of them is reserved. */
  private int plainRun(byte[] source, int from, int end) {
    byte[] out = bytes;
    int to = length;
    int at = from;
    while (end - at >= 16) {
      long low = (long) LONG.get(source, at);
      long high = (long) LONG.get(source, at + 8);
      if (((low | high) & NOT_ASCII) != 0) {
        break;
      }
      long packed = pack(low) | (pack(high) << 32);
      if (needsEscape(packed)) {
        break;
      }
      LONG.set(out, to, packed);
      at += 16;
      to += 8;
    }
    while (at < end) {
      int unit = LittleEndian.u16(source, at);
      if (unit >= 128 || !PLAIN[unit]) {
        break;
      }
      out[to++] = (byte) unit;
      at += 2;
    }
    length = to;
    return at;
  }

  /** Four code units below 128 become four bytes. */
  private static long pack(long units) {
    long pairs = (units | (units >>> 8)) & 0x0000_FFFF_0000_FFFFL;
    return (pairs | (pairs >>> 16)) & 0xFFFF_FFFFL;
  }

  /**
   * Whether one of eight ASCII bytes is a control, {@code &}, {@code '}, {@code <} or {@code >}.
   * All bytes are below 128, so the usual test for a zero byte cannot be fooled by a high bit;
   * {@code &} and {@code '} differ in one bit only, {@code <} and {@code >} too.
   */
  private static boolean needsEscape(long packed) {
    long control = packed - ONES * 0x20;
    long ampersand = ((packed | ONES) ^ (ONES * 0x27)) - ONES;
    long angle = ((packed | (ONES * 2)) ^ (ONES * 0x3E)) - ONES;
    return ((control | ampersand | angle) & HIGHS) != 0;
  }

  private int oneCharacter(byte[] source, int at, int end, boolean attribute)
      throws MalformedEvent {
    int unit = LittleEndian.u16(source, at);
    if (Character.isHighSurrogate((char) unit) && end - at >= 4) {
      int next = LittleEndian.u16(source, at + 2);
      if (Character.isLowSurrogate((char) next)) {
        character(Character.toCodePoint((char) unit, (char) next), attribute);
        return at + 4;
      }
    }
    character(unit, attribute);
    return at + 2;
  }

  private void character(int c, boolean attribute) throws MalformedEvent {
    switch (c) {
      case '&' -> raw(AMP);
      case '<' -> raw(LT);
      case '>' -> raw(GT);
      case '\'' -> quote(attribute);
      case '\r' -> raw(CARRIAGE_RETURN); // a parser turns a bare one into a line feed
      case '\t' -> whitespace(c, TAB, attribute);
      case '\n' -> whitespace(c, LINE_FEED, attribute);
      default -> utf8(isXmlCharacter(c) ? c : REPLACEMENT);
    }
  }

  private void quote(boolean attribute) throws MalformedEvent {
    if (attribute) {
      raw(APOS);
    } else {
      ascii('\'');
    }
  }

  /** A parser turns bare white space in an attribute into blanks. */
  private void whitespace(int c, byte[] reference, boolean attribute) throws MalformedEvent {
    if (attribute) {
      raw(reference);
    } else {
      ascii(c);
    }
  }

  static boolean isXmlCharacter(int c) {
    return c >= 0x20
        ? c < 0xD800 || (c >= 0xE000 && c != 0xFFFE && c != 0xFFFF)
        : c == '\t' || c == '\n' || c == '\r';
  }

  private void utf8(int c) throws MalformedEvent {
    reserve(4);
    byte[] out = bytes;
    if (c < 0x80) {
      out[length++] = (byte) c;
    } else if (c < 0x800) {
      out[length++] = (byte) (0xC0 | (c >> 6));
      out[length++] = (byte) (0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      out[length++] = (byte) (0xE0 | (c >> 12));
      out[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      out[length++] = (byte) (0x80 | (c & 0x3F));
    } else {
      out[length++] = (byte) (0xF0 | (c >> 18));
      out[length++] = (byte) (0x80 | ((c >> 12) & 0x3F));
      out[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
      out[length++] = (byte) (0x80 | (c & 0x3F));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
