package io.avma.sim.server;

import io.avma.platform.ForeignText;

/** Splits a query into its words, texts, numbers and signs. */
final class WqlScanner {
  /** WBEM_E_INVALID_QUERY. */
  static final long INVALID_QUERY = 0x80041017L;

  /** What a token is. */
  enum Kind {
    WORD,
    TEXT,
    NUMBER,
    SIGN,
    END
  }

  private final String query;
  private int next;
  private Kind kind = Kind.END;
  private String text = "";

  WqlScanner(String query) throws WqlException {
    this.query = query;
    advance();
  }

  Kind kind() {
    return kind;
  }

  /** The token; of a text what it says, without quotes. */
  String text() {
    return text;
  }

  /** Returns whether the token is the keyword, in any case. */
  boolean is(String keyword) {
    return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  /** Goes on if the token is the keyword. */
  boolean took(String keyword) throws WqlException {
    boolean is = is(keyword);
    if (is) {
      advance();
    }
    return is;
  }

  boolean tookSign(String sign) throws WqlException {
    boolean is = isSign(sign);
    if (is) {
      advance();
    }
    return is;
  }

  /** Returns the token, which has to be a name, and goes on. */
  String name() throws WqlException {
    if (kind != Kind.WORD) {
      throw unexpected("a name");
    }
    String name = text;
    advance();
    return name;
  }

  WqlException unexpected(String expected) {
    String found = kind == Kind.END ? "the end" : "'" + ForeignText.escape(text, 40) + "'";
    return new WqlException(INVALID_QUERY, "WQL: " + found + " (expected: " + expected + ")");
  }

  void advance() throws WqlException {
    while (next < query.length() && Character.isWhitespace(query.charAt(next))) {
      next++;
    }
    if (next == query.length()) {
      kind = Kind.END;
      text = "";
      return;
    }
    int start = next;
    char c = query.charAt(next++);
    if (c == '\'' || c == '"') {
      quoted(c);
    } else if (isNamePart(c) && !isDigit(c)) {
      kind = Kind.WORD;
      rest(start, true);
    } else if (isDigit(c) || (c == '-' && next < query.length() && isDigit(query.charAt(next)))) {
      kind = Kind.NUMBER;
      rest(start, false);
    } else {
      kind = Kind.SIGN;
      boolean two =
          next < query.length()
              && ((c == '<' && ">=".indexOf(query.charAt(next)) >= 0)
                  || ((c == '>' || c == '!') && query.charAt(next) == '='));
      next += two ? 1 : 0;
      text = query.substring(start, next);
    }
  }

  private void rest(int start, boolean word) {
    while (next < query.length()
        && (isNamePart(query.charAt(next)) || (!word && query.charAt(next) == '.'))) {
      next++;
    }
    text = query.substring(start, next);
  }

  private void quoted(char quote) throws WqlException {
    StringBuilder content = new StringBuilder();
    while (next < query.length()) {
      char c = query.charAt(next++);
      if (c == quote) {
        kind = Kind.TEXT;
        text = content.toString();
        return;
      }
      if (c == '\\' && next < query.length()) {
        c = query.charAt(next++);
      }
      content.append(c);
    }
    throw new WqlException(INVALID_QUERY, "WQL: a text without its closing quote");
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return isDigit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
