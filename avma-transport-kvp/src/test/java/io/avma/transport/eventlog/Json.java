package io.avma.transport.eventlog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the expectations beside the samples: maps, lists, strings, longs, booleans and null. */
public final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  public static Map<String, Object> object(Path file) throws IOException {
    return map(new Json(Files.readString(file)).value());
  }

  public static List<Map<String, Object>> lines(Path file) throws IOException {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      objects.add(map(new Json(line).value()));
    }
    return objects;
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  public static List<Map<String, Object>> maps(Object value) {
    return (List<Map<String, Object>>) value;
  }

  private Object value() {
    return switch (peek()) {
      case '{' -> members();
      case '[' -> items();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Object members() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    while (peek() != '}') {
      peek();
      String name = string();
      expect(':');
      members.put(name, value());
      if (peek() == ',') {
        at++;
      }
    }
    at++;
    return members;
  }

  private Object items() {
    List<Object> items = new ArrayList<>();
    at++;
    while (peek() != ']') {
      items.add(value());
      if (peek() == ',') {
        at++;
      }
    }
    at++;
    return items;
  }

  private String string() {
    StringBuilder characters = new StringBuilder();
    at++;
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      characters.append(c == '\\' ? escape() : c);
    }
    at++;
    return characters.toString();
  }

  private char escape() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> c;
    };
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return Long.valueOf(text.substring(start, at));
  }

  private Object word(String word, Object value) {
    at += word.length();
    return value;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw new IllegalStateException("expected " + c + " at " + at);
    }
    at++;
  }

  private char peek() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }
}
