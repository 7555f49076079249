package io.avma.catalog;

import io.avma.platform.ForeignText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The reader of key texts: one pass over the characters, one division of the number into its
 * fields, one checksum.
 *
 * <p>The format: 24 symbols count in base 24, and the place of the {@code N} among the 25 counts as
 * the leading digit. The number's bits, from the least significant: 20 group, 30 serial, 53
 * security, 10 checksum, 1 upgrade, 1 extra. The checksum is the low 10 bits of CRC-32/BZIP2 over
 * the number's 16 bytes, little-endian, with the checksum's own bits cleared.
 */
final class KeyText {
  /** The symbols of a key, in the order of their values; {@code N} stands outside. */
  static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";

  private static final int SYMBOLS = 25;
  private static final int LONGEST_TEXT = 200;

  /** 24 to the power of 12: two such digits and the place of the N make the whole number. */
  private static final long HALF = 36_520_347_436_056_576L;

  /** Next line, macron, modifier minus, hyphen bullet, minus, box line, Japanese long sound. */
  private static final String FOREIGN_SEPARATORS =
      "\u0085\u00AF\u02D7\u2043\u2212\u2500\u30FC\uFF70";

  private static final byte N = 24;
  private static final byte SEPARATOR = 25;
  private static final byte ILLEGAL = -1;
  private static final byte[] VALUES = values();
  private static final int[] CRC = crcTable();

  private KeyText() {}

  /** Reads {@code text}. */
  static KeyReading read(CharSequence given) {
    if (given.length() > LONGEST_TEXT) {
      return flawed(
          KeyFlaw.Kind.TOO_LONG,
          0,
          "text of " + given.length() + " characters (a key has 25 symbols in five groups)",
          "");
    }
    String text =
        given.toString(); // a direct call for each character, not one through an interface
    byte[] shown = new byte[29]; // the key as it is written, dashes included
    int count = 0;
    int placeOfN = -1;
    long upper = 0;
    long lower = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      byte value = c < 128 ? VALUES[c] : foreign(c);
      if (value == SEPARATOR) {
        continue;
      }
      if (value == ILLEGAL) {
        return illegal(text, i, count, shown);
      }
      if (count == SYMBOLS) {
        return flawed(
            KeyFlaw.Kind.TOO_LONG,
            i + 1,
            "more than 25 symbols: the 26th stands at character " + (i + 1),
            symbols(shown, count) + restOf(text, i));
      }
      if (value == N) {
        if (placeOfN >= 0) {
          return flawed(
              KeyFlaw.Kind.SECOND_N,
              i + 1,
              "character "
                  + (i + 1)
                  + " is a second N "
                  + place(count)
                  + " (a key has exactly one)",
              symbols(shown, count) + restOf(text, i));
        }
        placeOfN = count;
      } else if (count - (placeOfN >= 0 ? 1 : 0) < 12) {
        upper = upper * 24 + value;
      } else {
        lower = lower * 24 + value;
      }
      shown[count + count / 5] = value == N ? (byte) 'N' : (byte) ALPHABET.charAt(value);
      count++;
    }
    if (count < SYMBOLS) {
      return flawed(
          count == 0 ? KeyFlaw.Kind.EMPTY : KeyFlaw.Kind.TOO_SHORT,
          0,
          count == 0 ? "empty (a key has 25 symbols)" : count + " symbols (a key has 25)",
          symbols(shown, count));
    }
    if (placeOfN < 0) {
      return flawed(
          KeyFlaw.Kind.OLDER_FORMAT,
          0,
          "no N among the symbols: a key of the format before Windows 8 and Server 2012",
          symbols(shown, count));
    }
    return verified(shown, placeOfN * HALF + upper, lower);
  }

  private static KeyReading verified(byte[] shown, long upper, long lower) {
    long low = low(upper, lower);
    long high = high(upper, lower);
    int stored = (int) (high >>> 39) & 0x3FF;
    int computed = crc(low, high & ~(0x3FFL << 39)) & 0x3FF;
    shown[5] = shown[11] = shown[17] = shown[23] = '-';
    String text = new String(shown, StandardCharsets.ISO_8859_1);
    if (stored != computed) {
      return flawed(
          KeyFlaw.Kind.CHECKSUM,
          0,
          "the checksum does not fit: a symbol was mistyped, or this was never a key",
          text.replace("-", ""));
    }
    int group = (int) low & 0xF_FFFF;
    int serial = (int) (low >>> 20) & 0x3FFF_FFFF;
    return new KeyReading.Sound(new ProductKey(text, group, serial));
  }

  /** Returns the low 64 bits of {@code upper * HALF + lower}. */
  static long low(long upper, long lower) {
    return upper * HALF + lower;
  }

  /** Returns the bits above them; both factors are positive, so the high product is exact. */
  static long high(long upper, long lower) {
    long carry = Long.compareUnsigned(low(upper, lower), lower) < 0 ? 1 : 0;
    return Math.multiplyHigh(upper, HALF) + carry;
  }

  private static KeyReading illegal(String text, int i, int count, byte[] shown) {
    int codePoint = text.codePointAt(i);
    String seen = ForeignText.escape(Character.toString(codePoint));
    return flawed(
        KeyFlaw.Kind.ILLEGAL_CHARACTER,
        i + 1,
        "character "
            + (i + 1)
            + " is '"
            + seen
            + "' "
            + place(count)
            + ", which no product key has (used are "
            + ALPHABET
            + " and one N)",
        symbols(shown, count) + "?" + restOf(text, i + Character.charCount(codePoint)));
  }

  /** Says in which group the symbol with the index {@code count} would stand. */
  private static String place(int count) {
    return "in group " + (Math.min(count, SYMBOLS - 1) / 5 + 1);
  }

  private static KeyReading flawed(
      KeyFlaw.Kind kind, int position, String message, String symbols) {
    return new KeyReading.Flawed(new KeyFlaw(kind, position, message), symbols);
  }

  private static String symbols(byte[] shown, int count) {
    StringBuilder symbols = new StringBuilder(SYMBOLS);
    for (int i = 0; i < count; i++) {
      symbols.append((char) shown[i + i / 5]);
    }
    return symbols.toString();
  }

  /** Returns the symbols from {@code start} on; what is no symbol counts as {@code ?}. */
  private static String restOf(String text, int start) {
    StringBuilder rest = new StringBuilder();
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      byte value = c < 128 ? VALUES[c] : foreign(c);
      if (value != SEPARATOR) {
        rest.append(value == ILLEGAL ? '?' : value == N ? 'N' : ALPHABET.charAt(value));
      }
    }
    return rest.toString();
  }

  /**
   * Classes a character outside ASCII: dashes and what is typed or pasted in their place, blanks,
   * line ends and invisible marks separate.
   */
  private static byte foreign(char c) {
    return switch (Character.getType(c)) {
      case Character.DASH_PUNCTUATION,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.FORMAT ->
          SEPARATOR;
      default -> FOREIGN_SEPARATORS.indexOf(c) >= 0 ? SEPARATOR : ILLEGAL;
    };
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, ILLEGAL);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
      values[Character.toLowerCase(ALPHABET.charAt(i))] = (byte) i;
    }
    values['N'] = N;
    values['n'] = N;
    for (char separator : new char[] {'-', '_', ' ', '\t', '\r', '\n', '\f', '\u000B'}) {
      values[separator] = SEPARATOR;
    }
    return values;
  }

  /** CRC-32/BZIP2 of the 16 bytes of the number, least significant first. */
  static int crc(long low, long high) {
    int crc = -1;
    for (int shift = 0; shift < 64; shift += 8) {
      crc = (crc << 8) ^ CRC[((crc >>> 24) ^ (int) (low >>> shift)) & 0xFF];
    }
    for (int shift = 0; shift < 64; shift += 8) {
      crc = (crc << 8) ^ CRC[((crc >>> 24) ^ (int) (high >>> shift)) & 0xFF];
    }
    return ~crc;
  }

  private static int[] crcTable() {
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
      }
      table[i] = crc;
    }
    return table;
  }
}
