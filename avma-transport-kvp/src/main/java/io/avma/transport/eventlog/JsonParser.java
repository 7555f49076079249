package io.avma.transport.eventlog;

import io.avma.transport.TransportException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON object of bounded size: objects as maps, arrays as lists, strings, numbers as the
 * text they are, booleans. A {@code null} is left out, since here it says as much as nothing.
 */
final class JsonParser {
  private final LogText text;
  private final EventLogLimits limits;
  private final StringBuilder string = new StringBuilder();

  JsonParser(LogText text, EventLogLimits limits) {
    this.text = text;
    this.limits = limits;
  }

  /** Reads the object whose brace comes next; the text is marked there. */
  Map<String, Object> object() throws MalformedEvent, TornText, TransportException {
    return object(1);
  }

  private Map<String, Object> object(int depth)
      throws MalformedEvent, TornText, TransportException {
    requireDepth(depth);
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    if (skipBlanks() == '}') {
      text.at++;
      return object;
    }
    while (true) {
      skipBlanks();
      String key = string();
      skipBlanks();
      expect(':');
      value(depth).ifPresent(value -> object.put(key, value));
      if (skipBlanks() == '}') {
        text.at++;
        return object;
      }
      expect(',');
    }
  }

  private List<Object> array(int depth) throws MalformedEvent, TornText, TransportException {
    requireDepth(depth);
    List<Object> array = new ArrayList<>();
    expect('[');
    if (skipBlanks() == ']') {
      text.at++;
      return array;
    }
    while (true) {
      value(depth).ifPresent(array::add);
      if (skipBlanks() == ']') {
        text.at++;
        return array;
      }
      expect(',');
    }
  }

  private Optional<Object> value(int depth) throws MalformedEvent, TornText, TransportException {
    return switch (skipBlanks()) {
      case '{' -> Optional.of(object(depth + 1));
      case '[' -> Optional.of(array(depth + 1));
      case '"' -> Optional.of(string());
      default -> word();
    };
  }

  /** A number, {@code true}, {@code false} or {@code null}. */
  private Optional<Object> word() throws MalformedEvent, TornText, TransportException {
    string.setLength(0);
    char c = current();
    while (string.length() < 40
        && ((c >= '0' && c <= '9')
            || (c >= 'a' && c <= 'z')
            || c == '-'
            || c == '+'
            || c == '.'
            || c == 'E')) {
      string.append(c);
      text.at++;
      c = current();
    }
    String word = string.toString();
    return switch (word) {
      case "null" -> Optional.empty();
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> {
        if (word.isEmpty() || (word.charAt(0) != '-' && !Character.isDigit(word.charAt(0)))) {
          throw malformed("no value where one should be");
        }
        yield Optional.of(word);
      }
    };
  }

  private String string() throws MalformedEvent, TornText, TransportException {
    expect('"');
    string.setLength(0);
    while (true) {
      int from = text.at;
      int i = from;
      while (i < text.limit
          && text.chars[i] != '"'
          && text.chars[i] != '\\'
          && text.chars[i] >= ' ') {
        i++;
      }
      string.append(text.chars, from, i - from);
      text.at = i;
      char c = current();
      if (c == '"') {
        text.at++;
        return string.toString();
      } else if (c == '\\') {
        text.at++;
        escape();
      } else if (c < ' ') {
        throw malformed("a control character in a string");
      }
    }
  }

  private void escape() throws MalformedEvent, TornText, TransportException {
    char c = current();
    text.at++;
    switch (c) {
      case 'n' -> string.append('\n');
      case 'r' -> string.append('\r');
      case 't' -> string.append('\t');
      case 'b' -> string.append('\b');
      case 'f' -> string.append('\f');
      case '"', '\\', '/' -> string.append(c);
      case 'u' -> {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(current(), 16);
          if (digit < 0) {
            throw malformed("an escape without four digits");
          }
          unit = 16 * unit + digit;
          text.at++;
        }
        string.append((char) unit);
      }
      default -> throw malformed("an escape that is none");
    }
  }

  private char skipBlanks() throws MalformedEvent, TornText, TransportException {
    char c = current();
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      text.at++;
      c = current();
    }
    return c;
  }

  private void expect(char expected) throws MalformedEvent, TornText, TransportException {
    if (current() != expected) {
      throw malformed("no '" + expected + "' where one should be");
    }
    text.at++;
  }

  private char current() throws MalformedEvent, TornText, TransportException {
    if (text.sinceMark() > limits.maxEventXmlBytes()) {
      throw malformed(
          "the event has more than "
              + limits.maxEventXmlBytes()
              + " characters (EventLogLimits.maxEventXmlBytes)");
    }
    if (!text.ready()) {
      throw new TornText();
    }
    return text.chars[text.at];
  }

  private void requireDepth(int depth) throws MalformedEvent {
    if (depth > limits.maxDepth()) {
      throw malformed(
          "values nest deeper than " + limits.maxDepth() + " levels (EventLogLimits.maxDepth)");
    }
  }

  private MalformedEvent malformed(String what) {
    return new MalformedEvent(text.at, what);
  }
}
