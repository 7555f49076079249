package io.avma.install;

import java.util.Optional;

/** The references that XML has without a DOCTYPE: five names, and numbers. */
final class References {
  /** The longest that means something is that of U+10FFFF; leading zeros beyond are refused. */
  private static final int LONGEST = 16;

  private References() {}

  /** Returns the index of the first reference in the range that means nothing, or -1. */
  static int firstUnknown(String text, int start, int end) {
    for (int i = ampersand(text, start, end); i < end; i = ampersand(text, i + 1, end)) {
      if (codePointAt(text, i, end).isEmpty()) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the text of the range; all its references must mean something. */
  static String resolve(String text, int start, int end) {
    StringBuilder resolved = new StringBuilder(end - start);
    int done = start;
    for (int i = ampersand(text, start, end); i < end; i = ampersand(text, done, end)) {
      append(resolved, text, done, i);
      resolved.appendCodePoint(codePointAt(text, i, end).orElseThrow());
      done = text.indexOf(';', i) + 1;
    }
    return append(resolved, text, done, end).toString();
  }

  /** Returns the text of a CDATA section, which knows no references. */
  static String literal(String text, int start, int end) {
    return append(new StringBuilder(end - start), text, start, end).toString();
  }

  /** Appends the range as XML reads it: every line end is a LF, unless written as a reference. */
  private static StringBuilder append(StringBuilder out, String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c != '\r') {
        out.append(c);
      } else if (i + 1 == end || text.charAt(i + 1) != '\n') {
        out.append('\n');
      }
    }
    return out;
  }

  /** Returns where the next reference starts, or {@code end}; never looks beyond the range. */
  private static int ampersand(String text, int start, int end) {
    int i = start;
    while (i < end && text.charAt(i) != '&') {
      i++;
    }
    return i;
  }

  private static Optional<Integer> codePointAt(String text, int ampersand, int end) {
    int limit = Math.min(end, ampersand + LONGEST);
    int semicolon = ampersand + 1;
    while (semicolon < limit && text.charAt(semicolon) != ';') {
      semicolon++;
    }
    if (semicolon == limit) {
      return Optional.empty();
    }
    String name = text.substring(ampersand + 1, semicolon);
    return switch (name) {
      case "amp" -> Optional.of((int) '&');
      case "lt" -> Optional.of((int) '<');
      case "gt" -> Optional.of((int) '>');
      case "apos" -> Optional.of((int) '\'');
      case "quot" -> Optional.of((int) '"');
      default -> number(name).filter(XmlCharacters::isLegal);
    };
  }

  private static Optional<Integer> number(String name) {
    if (name.matches("#[0-9]{1,9}")) {
      return Optional.of(Integer.parseInt(name, 1, name.length(), 10));
    }
    if (name.matches("#x[0-9A-Fa-f]{1,7}")) {
      return Optional.of(Integer.parseInt(name, 2, name.length(), 16));
    }
    return Optional.empty();
  }
}
