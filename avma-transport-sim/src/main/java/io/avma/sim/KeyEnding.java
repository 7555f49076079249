package io.avma.sim;

/** The last five characters of a key in the bits of a trace entry. */
final class KeyEnding {
  private KeyEnding() {}

  static long packed(String lastFive) {
    long bits = 0;
    for (int i = 0; i < lastFive.length(); i++) {
      bits = bits << 8 | (lastFive.charAt(i) & 0xFF);
    }
    return bits;
  }

  static String unpacked(long bits) {
    StringBuilder text = new StringBuilder(5);
    for (int shift = 32; shift >= 0; shift -= 8) {
      text.append((char) (bits >>> shift & 0xFF));
    }
    return text.toString();
  }
}
