package io.avma.transport.eventlog;

import io.avma.transport.TransportException;

/**
 * Finds where events start, whatever is around them: a root of any name or none, wrappers,
 * comments, a document type. Behind damage it looks for the next start tag and for nothing else.
 */
final class EventXmlScanner {
  private final LogText text;
  private long depth;
  private boolean sawDocumentType;

  /** What comes next. */
  enum Found {
    /** The {@code <} of an event. */
    EVENT,
    /** The end of the file. */
    END,
    /** The end of the file inside a tag, a comment or an element that is not closed. */
    TORN
  }

  EventXmlScanner(LogText text) {
    this.text = text;
  }

  /** Whether a document type was passed over. */
  boolean sawDocumentType() {
    return sawDocumentType;
  }

  /** Forgets which elements are open, because damage makes that meaningless. */
  void forgetDepth() {
    depth = Long.MIN_VALUE / 2;
  }

  /** An element that looked like an event and is none was opened. */
  void opened() {
    depth++;
  }

  /** Goes to the next event in a sound text. */
  Found next() throws TransportException {
    while (toNextTag()) {
      switch (charAt(1)) {
        case '!' -> {
          if (charAt(2) == '-' && charAt(3) == '-') {
            if (!skipPast("-->", 4)) {
              return Found.TORN;
            }
          } else if (charAt(2) == '[') {
            if (!skipPast("]]>", 3)) {
              return Found.TORN;
            }
          } else {
            sawDocumentType = true;
            if (!skipDeclaration()) {
              return Found.TORN;
            }
          }
        }
        case '?' -> {
          if (!skipPast("?>", 2)) {
            return Found.TORN;
          }
        }
        case '/' -> {
          depth--;
          if (!skipPast(">", 2)) {
            return Found.TORN;
          }
        }
        case 0 -> {
          return Found.TORN;
        }
        default -> {
          if (isEvent()) {
            return Found.EVENT;
          } else if (!skipStartTag()) {
            return Found.TORN;
          }
        }
      }
    }
    return depth > 0 ? Found.TORN : Found.END;
  }

  /** Goes to the next thing that looks like the start of an event, whatever it is inside of. */
  Found resume() throws TransportException {
    while (toNextTag()) {
      if (isEvent()) {
        return Found.EVENT;
      }
      text.at++;
    }
    return Found.END;
  }

  private boolean toNextTag() throws TransportException {
    while (text.ready()) {
      char[] chars = text.chars;
      int end = text.limit;
      int i = text.at;
      while (i < end && chars[i] != '<') {
        i++;
      }
      text.at = i;
      if (i < end) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code <Event} or {@code <x:Event} comes next, and not {@code <Events}. */
  private boolean isEvent() throws TransportException {
    int i = 1;
    int start = 1;
    while (i < 80) {
      char c = charAt(i);
      if (c == ':' && start == 1) {
        start = i + 1;
      } else if (c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        break;
      } else if (c == 0 || c == '<' || c == '"' || c == '\'') {
        return false;
      }
      i++;
    }
    return i - start == 5
        && charAt(start) == 'E'
        && charAt(start + 1) == 'v'
        && charAt(start + 2) == 'e'
        && charAt(start + 3) == 'n'
        && charAt(start + 4) == 't';
  }

  private boolean skipStartTag() throws TransportException {
    text.at++;
    char quote = 0;
    char before = 0;
    while (text.ready()) {
      char c = text.chars[text.at++];
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        depth += before == '/' ? 0 : 1;
        return true;
      }
      before = c;
    }
    return false;
  }

  /** A document type with what it holds between brackets; nothing of it is ever used. */
  private boolean skipDeclaration() throws TransportException {
    int brackets = 0;
    while (text.ready()) {
      char c = text.chars[text.at++];
      if (c == '[') {
        brackets++;
      } else if (c == ']') {
        brackets--;
      } else if (c == '>' && brackets <= 0) {
        return true;
      }
    }
    return false;
  }

  private boolean skipPast(String end, int from) throws TransportException {
    for (int i = 0; i < from && text.ready(); i++) {
      text.at++;
    }
    int matched = 0;
    while (text.ready()) {
      char c = text.chars[text.at++];
      if (c == end.charAt(matched)) {
        matched++;
        if (matched == end.length()) {
          return true;
        }
      } else if (c == end.charAt(0)) {
        // Of "--->" the last two dashes count.
        matched = matched == 2 && end.length() == 3 && end.charAt(1) == c ? 2 : 1;
      } else {
        matched = 0;
      }
    }
    return false;
  }

  /** The character that many places on, or 0 at the end of the file. */
  private char charAt(int ahead) throws TransportException {
    while (text.at + ahead >= text.limit) {
      if (!text.more()) {
        return 0;
      }
    }
    return text.chars[text.at + ahead];
  }
}
