package io.avma.install;

/**
 * The one place in which an edited text differs.
 *
 * @param start the index of the first character that goes
 * @param end the index after the last one; {@code start} if none goes
 * @param replacement what comes in their place
 */
record Splice(int start, int end, String replacement) {
  static Splice insert(int index, String text) {
    return new Splice(index, index, text);
  }
}
