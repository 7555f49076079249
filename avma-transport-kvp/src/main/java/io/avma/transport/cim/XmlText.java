package io.avma.transport.cim;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Text made into XML: whatever it holds, a reader gets it back as text.
 *
 * <p>Only what must be escaped is, as Windows does: {@code & < >}, and quotes in attributes alone.
 * A carriage return goes as a reference by number, because every reader turns a bare one into a
 * line feed; in attributes so do tabs and line feeds.
 */
@CheckReturnValue
public final class XmlText {
  private XmlText() {}

  /**
   * Returns the index of the first character that XML 1.0 cannot carry in any form: a control other
   * than tab, line feed and carriage return, a lone surrogate, U+FFFE or U+FFFF.
   */
  public static OptionalInt firstUncarried(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c < Character.MIN_SURROGATE) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (!isCarried(c)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Appends {@code text} as the content of an element.
   *
   * @throws IllegalArgumentException if XML cannot carry it; then nothing is appended
   */
  public static void appendContent(StringBuilder out, String text) {
    append(out, text, false);
  }

  /**
   * Appends {@code text} as the value of an attribute, without its quotes.
   *
   * @throws IllegalArgumentException if XML cannot carry it; then nothing is appended
   */
  public static void appendAttribute(StringBuilder out, String text) {
    append(out, text, true);
  }

  /** Whether XML carries the unit as a character of its own. */
  static boolean isCarried(char c) {
    return c >= ' '
        ? c < Character.MIN_SURROGATE || (c > Character.MAX_SURROGATE && c < 0xFFFE)
        : c == '\t' || c == '\n' || c == '\r';
  }

  private static void append(StringBuilder out, String text, boolean attribute) {
    OptionalInt uncarried = firstUncarried(text);
    if (uncarried.isPresent()) {
      int index = uncarried.getAsInt();
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "character U+%04X at %d (expected: characters that XML 1.0 carries)",
              (int) text.charAt(index),
              index));
    }
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      String escape = escape(text.charAt(i), attribute);
      if (!escape.isEmpty()) {
        out.append(text, plain, i).append(escape);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length());
  }

  private static String escape(char c, boolean attribute) {
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '\r' -> "&#13;";
      case '"' -> attribute ? "&quot;" : "";
      case '\t' -> attribute ? "&#9;" : "";
      case '\n' -> attribute ? "&#10;" : "";
      default -> "";
    };
  }
}
