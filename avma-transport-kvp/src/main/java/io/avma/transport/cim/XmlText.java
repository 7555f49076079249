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
  /** The characters of ASCII that stand for themselves. */
  private static final boolean[] PLAIN = plain(false);

  private static final boolean[] PLAIN_IN_ATTRIBUTES = plain(true);

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
      if (isPair(text, i)) {
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
    boolean[] asItIs = attribute ? PLAIN_IN_ATTRIBUTES : PLAIN;
    int start = out.length();
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < asItIs.length ? asItIs[c] : c < Character.MIN_SURROGATE) {
        continue;
      }
      String escape = escape(c, attribute);
      if (!escape.isEmpty()) {
        out.append(text, plain, i).append(escape);
        plain = i + 1;
      } else if (isPair(text, i)) {
        i++;
      } else if (!isCarried(c)) {
        out.setLength(start);
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "character U+%04X at %d (expected: characters that XML 1.0 carries)",
                (int) c,
                i));
      }
    }
    out.append(text, plain, text.length());
  }

  private static boolean isPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static boolean[] plain(boolean attribute) {
    boolean[] plain = new boolean[128];
    for (char c = 0; c < plain.length; c++) {
      plain[c] = isCarried(c) && escape(c, attribute).isEmpty();
    }
    return plain;
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
