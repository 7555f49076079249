package io.avma.transport.eventlog;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Writes one value of binary XML as the text that Windows shows for it. A number takes as many
 * bytes as it has, whatever its type promises; an unknown type is written as hexadecimal bytes, so
 * that nothing is lost because it is new.
 */
final class ValueText {
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private static final long SECONDS_PER_DAY = 86_400;

  /** What strings of the ANSI type are read as; the file does not say (assumed). */
  private static final Charset ANSI = Charset.forName("windows-1252");

  private static final int SID_HEADER = 8;

  private final XmlBuffer out;
  private final byte[] digits = new byte[20];
  private final byte[] dayText = new byte[16];
  private int dayTextLength;
  private long dayOfText = Long.MIN_VALUE;

  ValueText(XmlBuffer out) {
    this.out = out;
  }

  /** Writes the value in {@code bytes}; an array becomes its items with blanks between. */
  void append(byte[] bytes, int offset, int size, int type, boolean attribute)
      throws MalformedEvent {
    if ((type & BinXmlType.ARRAY) != 0) {
      items(bytes, offset, size, type & ~BinXmlType.ARRAY, attribute);
      return;
    }
    if (size == 0) {
      return;
    }
    switch (type) {
      case BinXmlType.NULL -> {}
      case BinXmlType.STRING, BinXmlType.XML ->
          out.utf16(bytes, offset, stringUnits(bytes, offset, size), attribute);
      case BinXmlType.ANSI_STRING -> out.text(ansi(bytes, offset, size), attribute);
      case BinXmlType.INT8, BinXmlType.INT16, BinXmlType.INT32, BinXmlType.INT64 ->
          signed(number(bytes, offset, size, true));
      case BinXmlType.UINT8, BinXmlType.UINT16, BinXmlType.UINT32, BinXmlType.UINT64 ->
          unsigned(number(bytes, offset, size, false));
      case BinXmlType.FLOAT, BinXmlType.DOUBLE -> out.text(floating(bytes, offset, size), false);
      case BinXmlType.BOOL -> out.raw(number(bytes, offset, size, false) != 0 ? TRUE : FALSE);
      case BinXmlType.GUID -> guid(bytes, offset, size);
      case BinXmlType.SIZE_T, BinXmlType.HEX32, BinXmlType.HEX64, BinXmlType.HANDLE ->
          hexNumber(number(bytes, offset, size, false));
      case BinXmlType.FILETIME -> filetime(number(bytes, offset, size, false));
      case BinXmlType.SYSTEMTIME -> systemTime(bytes, offset, size);
      case BinXmlType.SID -> sid(bytes, offset, size);
      default -> hexBytes(bytes, offset, size);
    }
  }

  private void items(byte[] bytes, int offset, int size, int type, boolean attribute)
      throws MalformedEvent {
    int end = offset + size;
    for (int at = offset; at < end; ) {
      int next = BinXmlItems.next(bytes, at, end, type);
      if (at > offset) {
        out.ascii(' ');
      }
      append(bytes, at, BinXmlItems.contentBytes(bytes, at, next, type), type, attribute);
      at = next;
    }
  }

  /** Code units of a string without the NULs that some writers leave at its end. */
  static int stringUnits(byte[] bytes, int offset, int size) {
    int units = size >> 1;
    while (units > 0 && LittleEndian.u16(bytes, offset + 2 * units - 2) == 0) {
      units--;
    }
    return units;
  }

  static String ansi(byte[] bytes, int offset, int size) {
    int end = offset + size;
    while (end > offset && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, offset, end - offset, ANSI);
  }

  /** A number of at most eight bytes; of a longer value the first eight count. */
  static long number(byte[] bytes, int offset, int size, boolean signed) {
    return switch (size) {
      case 1 -> signed ? bytes[offset] : LittleEndian.u8(bytes, offset);
      case 2 -> {
        int unit = LittleEndian.u16(bytes, offset);
        yield signed ? (short) unit : unit;
      }
      case 4 -> signed ? LittleEndian.i32(bytes, offset) : LittleEndian.u32(bytes, offset);
      default ->
          size >= 8 ? LittleEndian.i64(bytes, offset) : oddNumber(bytes, offset, size, signed);
    };
  }

  private static long oddNumber(byte[] bytes, int offset, int size, boolean signed) {
    long value = 0;
    for (int i = size - 1; i >= 0; i--) {
      value = (value << 8) | LittleEndian.u8(bytes, offset + i);
    }
    int unused = 64 - 8 * size;
    return signed ? (value << unused) >> unused : value;
  }

  private static String floating(byte[] bytes, int offset, int size) {
    if (size >= 8) {
      return Double.toString(Double.longBitsToDouble(LittleEndian.i64(bytes, offset)));
    }
    return size >= 4
        ? Float.toString(Float.intBitsToFloat(LittleEndian.i32(bytes, offset)))
        : Long.toString(number(bytes, offset, size, true));
  }

  private void signed(long value) throws MalformedEvent {
    if (value < 0) {
      out.ascii('-');
      unsigned(-value); // the smallest number is its own negative and right as unsigned
    } else {
      unsigned(value);
    }
  }

  private void unsigned(long value) throws MalformedEvent {
    int at = digits.length;
    long rest = value;
    if (rest < 0) {
      long quotient = Long.divideUnsigned(rest, 10);
      digits[--at] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
    do {
      long quotient = rest / 10;
      digits[--at] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    } while (rest != 0);
    out.raw(digits, at, digits.length - at);
  }

  private void hexNumber(long value) throws MalformedEvent {
    int at = digits.length;
    long rest = value;
    do {
      digits[--at] = LOWER[(int) rest & 0xF];
      rest >>>= 4;
    } while (rest != 0);
    digits[--at] = 'x';
    digits[--at] = '0';
    out.raw(digits, at, digits.length - at);
  }

  private void hexBytes(byte[] bytes, int offset, int size) throws MalformedEvent {
    out.reserve(2 * size);
    for (int i = offset; i < offset + size; i++) {
      hexByte(bytes[i]);
    }
  }

  private void hexByte(byte value) throws MalformedEvent {
    out.ascii(UPPER[(value >> 4) & 0xF]);
    out.ascii(UPPER[value & 0xF]);
  }

  private void guid(byte[] bytes, int offset, int size) throws MalformedEvent {
    if (size != 16) {
      hexBytes(bytes, offset, size);
      return;
    }
    out.reserve(38);
    out.ascii('{');
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        out.ascii('-');
      }
      hexByte(bytes[offset + guidByte(i)]);
    }
    out.ascii('}');
  }

  /** Where the {@code i}-th byte of the text stands: the first three groups are numbers. */
  static int guidByte(int i) {
    return i < 4 ? 3 - i : i < 6 ? 9 - i : i < 8 ? 13 - i : i;
  }

  private void filetime(long ticks) throws MalformedEvent {
    long seconds = Long.divideUnsigned(ticks, Filetime.TICKS_PER_SECOND);
    int fraction = (int) Long.remainderUnsigned(ticks, Filetime.TICKS_PER_SECOND);
    day(seconds / SECONDS_PER_DAY);
    timeOfDay((int) (seconds % SECONDS_PER_DAY));
    out.ascii('.');
    padded(fraction, 7);
    out.ascii('Z');
  }

  /** Writes the date of a day counted from 1601-01-01; events of one day share the text. */
  private void day(long days) throws MalformedEvent {
    if (days != dayOfText) {
      String date = java.time.LocalDate.ofEpochDay(days - Filetime.EPOCH_DAYS).toString();
      int start = date.charAt(0) == '+' ? 1 : 0; // years beyond 9999
      dayTextLength = date.length() - start;
      for (int i = 0; i < dayTextLength; i++) {
        dayText[i] = (byte) date.charAt(start + i);
      }
      dayOfText = days;
    }
    out.raw(dayText, 0, dayTextLength);
    out.ascii('T');
  }

  private void timeOfDay(int second) throws MalformedEvent {
    padded(second / 3600, 2);
    out.ascii(':');
    padded(second / 60 % 60, 2);
    out.ascii(':');
    padded(second % 60, 2);
  }

  private void padded(int value, int width) throws MalformedEvent {
    int rest = value;
    for (int i = width - 1; i >= 0; i--) {
      digits[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    out.raw(digits, 0, width);
  }

  /** Eight u16: year, month, day of week, day, hour, minute, second, millisecond. */
  private void systemTime(byte[] bytes, int offset, int size) throws MalformedEvent {
    if (size != 16) {
      hexBytes(bytes, offset, size);
      return;
    }
    padded(LittleEndian.u16(bytes, offset), 4);
    out.ascii('-');
    padded(LittleEndian.u16(bytes, offset + 2), 2);
    out.ascii('-');
    padded(LittleEndian.u16(bytes, offset + 6), 2);
    out.ascii('T');
    padded(LittleEndian.u16(bytes, offset + 8), 2);
    out.ascii(':');
    padded(LittleEndian.u16(bytes, offset + 10), 2);
    out.ascii(':');
    padded(LittleEndian.u16(bytes, offset + 12), 2);
    out.ascii('.');
    padded(LittleEndian.u16(bytes, offset + 14), 3);
    out.ascii('Z');
  }

  /** u8 revision, u8 count, u48 authority (big-endian), count x u32. */
  private void sid(byte[] bytes, int offset, int size) throws MalformedEvent {
    if (size < SID_HEADER || size < SID_HEADER + 4 * LittleEndian.u8(bytes, offset + 1)) {
      hexBytes(bytes, offset, size);
      return;
    }
    out.ascii('S');
    out.ascii('-');
    unsigned(LittleEndian.u8(bytes, offset));
    out.ascii('-');
    long authority = 0;
    for (int i = 2; i < SID_HEADER; i++) {
      authority = (authority << 8) | LittleEndian.u8(bytes, offset + i);
    }
    unsigned(authority);
    int count = LittleEndian.u8(bytes, offset + 1);
    for (int i = 0; i < count; i++) {
      out.ascii('-');
      unsigned(LittleEndian.u32(bytes, offset + SID_HEADER + 4 * i));
    }
  }
}
