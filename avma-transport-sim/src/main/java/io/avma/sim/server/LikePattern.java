package io.avma.sim.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of {@code LIKE}: {@code %} any characters, {@code _} one, {@code [a-f]} one of these,
 * {@code [^a-f]} none of these. Case does not count. Takes the length of the text times that of the
 * pattern at most.
 */
final class LikePattern {
  private static final String MANY = "%";

  private final List<String> parts = new ArrayList<>();

  LikePattern(String pattern) {
    String lower = pattern.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      int end = lower.charAt(i) == '[' ? lower.indexOf(']', i + 1) : -1;
      if (end > 0) {
        parts.add(lower.substring(i, end + 1));
        i = end;
      } else {
        parts.add(lower.substring(i, i + 1));
      }
    }
  }

  boolean matches(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int at = 0;
    int part = 0;
    int many = -1; // the last %, and up to where the text went to it
    int mark = 0;
    while (at < lower.length()) {
      if (part < parts.size() && parts.get(part).equals(MANY)) {
        many = part++;
        mark = at;
      } else if (part < parts.size() && matches(parts.get(part), lower.charAt(at))) {
        part++;
        at++;
      } else if (many >= 0) {
        part = many + 1;
        at = ++mark;
      } else {
        return false;
      }
    }
    while (part < parts.size() && parts.get(part).equals(MANY)) {
      part++;
    }
    return part == parts.size();
  }

  private static boolean matches(String part, char c) {
    if (part.length() == 1) {
      return part.equals("_") || part.charAt(0) == c;
    }
    boolean not = part.length() > 3 && part.charAt(1) == '^';
    boolean in = false;
    for (int i = not ? 2 : 1; i < part.length() - 1; i++) {
      if (i + 2 < part.length() - 1 && part.charAt(i + 1) == '-') {
        in |= c >= part.charAt(i) && c <= part.charAt(i + 2);
        i += 2;
      } else {
        in |= c == part.charAt(i);
      }
    }
    return in != not;
  }
}
