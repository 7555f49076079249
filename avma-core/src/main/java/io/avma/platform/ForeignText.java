package io.avma.platform;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Locale;

/**
 * Text that a guest, a file or a peer gave us, made harmless before a person or a program sees it.
 *
 * <p>Controls, escape sequences, line separators, bidirectional overrides, invisible format
 * characters and lone surrogates become {@code \\u{1B}}; everything else, of whatever script, stays
 * as it is.
 */
@CheckReturnValue
public final class ForeignText {
  private ForeignText() {}

  /** Returns {@code text} with everything that could steer a terminal, log or eye spelled out. */
  public static String escape(String text) {
    int first = 0;
    while (first < text.length() && isPlain(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (isHarmless(codePoint)) {
        escaped.appendCodePoint(codePoint);
      } else {
        escaped
            .append("\\u{")
            .append(Integer.toHexString(codePoint).toUpperCase(Locale.ROOT))
            .append('}');
      }
      i += Character.charCount(codePoint);
    }
    return escaped.toString();
  }

  /**
   * Returns {@code text} escaped and cut: of more than {@code limit} characters the first {@code
   * limit} stay, followed by {@code …} and the number of characters left out.
   */
  public static String escape(String text, int limit) {
    checkArgument(limit > 0, "limit is %s (expected: at least 1)", limit);
    if (text.length() <= limit) {
      return escape(text);
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return escape(text.substring(0, end)) + "… (" + (text.length() - end) + " more)";
  }

  /** Returns whether escaping would leave {@code text} as it is. */
  public static boolean isHarmless(String text) {
    return text.codePoints().allMatch(ForeignText::isHarmless);
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7F && c != '\\';
  }

  private static boolean isHarmless(int codePoint) {
    if (codePoint == '\\') {
      return false; // otherwise a name could imitate an escape of ours
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
