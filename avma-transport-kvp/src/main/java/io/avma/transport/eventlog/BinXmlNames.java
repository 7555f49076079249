package io.avma.transport.eventlog;

/**
 * The names in a chunk. A name is found by its own offset; the hash buckets of the chunk header are
 * never needed, and in damaged files they lie.
 */
final class BinXmlNames {
  private BinXmlNames() {}

  /** Returns the UTF-16 units of the name at {@code offset}, which is checked. */
  static int length(byte[] chunk, long offset, int usedFrom, EventLogLimits limits)
      throws MalformedEvent {
    if (offset + BinXmlToken.NAME_TEXT > chunk.length) {
      throw new MalformedEvent(usedFrom, "the name at " + offset + " is outside the chunk");
    }
    int units = LittleEndian.u16(chunk, (int) offset + BinXmlToken.NAME_LENGTH);
    if (units > limits.maxNameChars()) {
      throw new MalformedEvent(
          usedFrom,
          "a name of "
              + units
              + " characters (expected: at most "
              + limits.maxNameChars()
              + ", EventLogLimits.maxNameChars)");
    }
    if (offset + BinXmlToken.NAME_TEXT + 2L * units + BinXmlToken.NAME_NUL_BYTES > chunk.length) {
      throw new MalformedEvent(usedFrom, "the name at " + offset + " is outside the chunk");
    }
    return units;
  }

  /** Returns the bytes a name of {@code units} takes in the chunk. */
  static int bytes(int units) {
    return BinXmlToken.NAME_TEXT + 2 * units + BinXmlToken.NAME_NUL_BYTES;
  }

  /** Returns the checked name at {@code offset} with what XML cannot hold replaced by {@code _}. */
  static String read(byte[] chunk, int offset, int units) {
    String name = Utf16.read(chunk, offset + BinXmlToken.NAME_TEXT, units);
    return isXmlName(name) ? name : asXmlName(name);
  }

  private static boolean isXmlName(String name) {
    if (name.isEmpty() || !isNameStart(name.codePointAt(0))) {
      return false;
    }
    return name.codePoints().allMatch(BinXmlNames::isNamePart);
  }

  static String asXmlName(String name) {
    StringBuilder xml = new StringBuilder(name.length() + 1);
    if (name.isEmpty() || !isNameStart(name.codePointAt(0))) {
      xml.append('_');
    }
    name.codePoints().forEach(c -> xml.appendCodePoint(isNamePart(c) ? c : '_'));
    return xml.toString();
  }

  private static boolean isNameStart(int c) {
    return c == ':' || c == '_' || (c < 128 ? Character.isLetter(c) : isNamePart(c));
  }

  /**
   * The name characters of XML 1.0, less the few beyond ASCII that only the continuation of a name
   * may hold: a little stricter than XML, so that every parser agrees.
   */
  private static boolean isNamePart(int c) {
    if (c < 128) {
      return Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_' || c == ':';
    }
    return (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7)
        || (c >= 0x370 && c <= 0x1FFF && c != 0x37E)
        || (c >= 0x3001 && c <= 0xD7FF)
        || (c >= 0xF900 && c <= 0xFDCF)
        || (c >= 0xFDF0 && c <= 0xFFFD)
        || (c >= 0x10000 && c <= 0xEFFFF);
  }
}
