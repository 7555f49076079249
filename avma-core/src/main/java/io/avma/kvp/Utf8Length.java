package io.avma.kvp;

/** Lengths of text in UTF-8, counted without encoding it. */
final class Utf8Length {
  private Utf8Length() {}

  /**
   * Returns the bytes that {@code text} takes, a lone surrogate counted as three like the character
   * that replaces it; saturates at {@link Integer#MAX_VALUE}.
   */
  static int of(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      bytes += ofCodePoint(codePoint);
      i += Character.charCount(codePoint);
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /** Returns the bytes of one code point, 1 to 4. */
  static int ofCodePoint(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    if (codePoint < 0x800) {
      return 2;
    }
    return codePoint < 0x1_0000 ? 3 : 4;
  }

  /** Returns the index of the first surrogate without its other half, or -1. */
  static int firstLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return i;
      }
      i += Character.charCount(codePoint);
    }
    return -1;
  }
}
