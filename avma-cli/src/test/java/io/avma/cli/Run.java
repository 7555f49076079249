package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.avma.cli.output.Console;
import io.avma.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of the command in this process, and what became of it. */
record Run(int code, String out, String err) {
  static Run avma(String... args) {
    return withInput(new byte[0], args);
  }

  static Run withInput(byte[] input, String... args) {
    return of(input, Map.of(), args);
  }

  static Run inEnvironment(Map<String, String> environment, String... args) {
    return of(new byte[0], environment, args);
  }

  private static Run of(byte[] input, Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            Screen.PLAIN);
    int code = new Dispatch(console, environment).run(args);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  static Run withInput(String input, String... args) {
    return withInput(input.getBytes(StandardCharsets.UTF_8), args);
  }

  /** Fails with everything that was printed unless the exit code is {@code expected}. */
  Run exits(int expected) {
    assertEquals(expected, code, () -> "exit code; out:\n" + out + "\nerr:\n" + err);
    return this;
  }

  /** Returns the JSON objects, one a line: text, number, boolean and null, lists and maps. */
  List<Map<String, Object>> objects() {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (String line : out.lines().toList()) {
      try (JsonParser parser = new JsonFactory().createParser(line)) {
        parser.nextToken();
        @SuppressWarnings("unchecked")
        Map<String, Object> object = (Map<String, Object>) value(parser);
        assertEquals(null, parser.nextToken(), () -> "more than one value: " + line);
        objects.add(object);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + line, e);
      }
    }
    return objects;
  }

  List<Map<String, Object>> objects(String type) {
    return objects().stream().filter(object -> object.get("type").equals(type)).toList();
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          Object earlier = map.put(name, value(parser));
          assertEquals(null, earlier, () -> "field twice: " + name);
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }
}
