package io.avma.install;

/** Which characters XML 1.0 allows, and which of them are white space. */
final class XmlCharacters {
  private XmlCharacters() {}

  /** Returns whether XML allows {@code codePoint}. */
  static boolean isLegal(int codePoint) {
    return codePoint < 0x20
        ? codePoint == '\t' || codePoint == '\n' || codePoint == '\r'
        : codePoint < 0xD800
            || (codePoint > 0xDFFF && codePoint < 0xFFFE)
            || (codePoint > 0xFFFF && codePoint <= 0x10FFFF);
  }

  /** Returns the index of the first character that XML does not allow, or -1. */
  static int firstIllegal(String text) {
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (!isLegal(codePoint)) {
        return i;
      }
      i += Character.charCount(codePoint);
    }
    return -1;
  }

  /** Returns whether {@code c} is white space to XML: no-break spaces and the like are not. */
  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Returns the index of the first character from {@code start} on that is no white space. */
  static int skipSpace(String text, int start) {
    int i = start;
    while (i < text.length() && isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }

  /** Returns {@code text} without white space at its ends. */
  static String strip(String text) {
    int start = skipSpace(text, 0);
    int end = text.length();
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }
}
