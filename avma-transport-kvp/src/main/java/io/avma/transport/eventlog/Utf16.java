package io.avma.transport.eventlog;

/**
 * Texts as UTF-16 code units, little-endian. Unlike the charset of the JDK it keeps halves of
 * surrogate pairs as they are: nothing in a log says that texts are well-formed.
 */
final class Utf16 {
  private Utf16() {}

  /** Returns {@code units} code units from {@code offset} on. */
  static String read(byte[] bytes, int offset, int units) {
    char[] characters = new char[units];
    for (int i = 0; i < units; i++) {
      characters[i] = (char) LittleEndian.u16(bytes, offset + 2 * i);
    }
    return new String(characters);
  }

  static byte[] bytes(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      LittleEndian.put16(bytes, 2 * i, text.charAt(i));
    }
    return bytes;
  }
}
