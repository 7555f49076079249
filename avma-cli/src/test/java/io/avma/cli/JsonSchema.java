package io.avma.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * As much of JSON Schema (2020-12) as the schema of this repository uses; a word beyond that is an
 * error, so that no rule of a schema is passed over.
 */
final class JsonSchema {
  /** Words that say something to people only. */
  private static final Set<String> NOTES =
      Set.of("$schema", "$id", "$defs", "title", "description");

  private final Map<?, ?> root;

  JsonSchema(@Nullable Object root) {
    this.root = (Map<?, ?>) root;
  }

  /** Returns what is wrong with {@code value}, each with its place; empty if nothing is. */
  List<String> violations(@Nullable Object value) {
    List<String> found = new ArrayList<>();
    check(root, value, "", found);
    return found;
  }

  private void check(Map<?, ?> schema, @Nullable Object value, String place, List<String> found) {
    for (Map.Entry<?, ?> rule : schema.entrySet()) {
      check((String) rule.getKey(), rule.getValue(), schema, value, place, found);
    }
  }

  private void check(
      String word,
      Object rule,
      Map<?, ?> schema,
      @Nullable Object value,
      String place,
      List<String> found) {
    String shown = place.isEmpty() ? "/" : place;
    switch (word) {
      case "$ref" -> check(referred((String) rule), value, place, found);
      case "type" -> {
        if (!isOfType((String) rule, value)) {
          found.add(shown + ": no " + rule);
        }
      }
      case "const" -> {
        if (!rule.equals(value)) {
          found.add(shown + ": " + value + " is not " + rule);
        }
      }
      case "enum" -> {
        if (!((List<?>) rule).contains(value)) {
          found.add(shown + ": none of " + rule);
        }
      }
      case "pattern" -> {
        if (value instanceof String text
            && !java.util.regex.Pattern.compile((String) rule).matcher(text).find()) {
          found.add(shown + ": does not match " + rule);
        }
      }
      case "minimum" -> {
        if (value instanceof Long number && number < (Long) rule) {
          found.add(shown + ": below " + rule);
        }
      }
      case "minItems" -> {
        if (value instanceof List<?> list && list.size() < (Long) rule) {
          found.add(shown + ": fewer than " + rule);
        }
      }
      case "required" -> {
        for (Object name : (List<?>) rule) {
          if (value instanceof Map<?, ?> object && !object.containsKey(name)) {
            found.add(shown + ": no '" + name + "'");
          }
        }
      }
      case "items" -> {
        if (value instanceof List<?> list) {
          for (int i = 0; i < list.size(); i++) {
            check((Map<?, ?>) rule, list.get(i), place + "/" + i, found);
          }
        }
      }
      case "properties" -> {
        if (value instanceof Map<?, ?> object) {
          ((Map<?, ?>) rule)
              .forEach(
                  (name, inner) -> {
                    if (object.containsKey(name)) {
                      check((Map<?, ?>) inner, object.get(name), place + "/" + name, found);
                    }
                  });
        }
      }
      case "additionalProperties" -> {
        if (value instanceof Map<?, ?> object) {
          Set<?> known = ((Map<?, ?>) schema.get("properties")).keySet();
          for (Object name : object.keySet()) {
            if (!known.contains(name)) {
              found.add(shown + ": '" + name + "' is unknown");
            }
          }
        }
      }
      default -> {
        if (!NOTES.contains(word)) {
          throw new IllegalArgumentException("this checker does not know '" + word + "'");
        }
      }
    }
  }

  private Map<?, ?> referred(String reference) {
    String name = reference.substring("#/$defs/".length());
    return (Map<?, ?>) ((Map<?, ?>) root.get("$defs")).get(name);
  }

  private static boolean isOfType(String type, @Nullable Object value) {
    return switch (type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "integer" -> value instanceof Long;
      default -> throw new IllegalArgumentException("this checker does not know " + type);
    };
  }
}
