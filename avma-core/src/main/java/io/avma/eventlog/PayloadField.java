package io.avma.eventlog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of one element in the XML that an event holds in the place of strings. */
final class PayloadField {
  private static final int LOOKED_AT = 65_536;

  private static final Pattern REFERENCE =
      Pattern.compile("&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));");

  private PayloadField() {}

  /** Returns the text of the first element {@code name} without children, in any namespace. */
  static Optional<String> text(String payload, String name) {
    String looked = payload.length() <= LOOKED_AT ? payload : payload.substring(0, LOOKED_AT);
    Matcher matcher =
        Pattern.compile(
                "<(?:[\\w.-]{1,80}:)?" + Pattern.quote(name) + "(?:\\s[^<>]*)?(?<!/)>([^<]*)</")
            .matcher(looked);
    return matcher.find() ? Optional.of(unescaped(matcher.group(1)).strip()) : Optional.empty();
  }

  private static String unescaped(String text) {
    return text.indexOf('&') < 0
        ? text
        : REFERENCE
            .matcher(text)
            .replaceAll(reference -> Matcher.quoteReplacement(character(reference)));
  }

  private static String character(java.util.regex.MatchResult reference) {
    String name = reference.group(1);
    if (name != null) {
      return switch (name) {
        case "lt" -> "<";
        case "gt" -> ">";
        case "amp" -> "&";
        case "quot" -> "\"";
        default -> "'";
      };
    }
    String hex = reference.group(3);
    int codePoint = hex != null ? Integer.parseInt(hex, 16) : Integer.parseInt(reference.group(2));
    return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : "\uFFFD";
  }
}
