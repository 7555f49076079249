package io.avma.install;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Which namespace a prefix stands for, at the place that was reached. A look-up costs at most one
 * probe for each open element, however many prefixes a hostile file declares.
 */
final class Namespaces {
  private final Deque<Map<String, String>> scopes = new ArrayDeque<>();

  /** An element starts, with the declarations that its tag holds. */
  void open(StartTag tag) {
    Map<String, String> scope = ImmutableMap.of();
    for (StartTag.Attribute attribute : tag.attributes()) {
      String name = attribute.name();
      if (name.equals("xmlns") || name.startsWith("xmlns:")) {
        scope = scope.isEmpty() ? new HashMap<>() : scope;
        scope.put(name.equals("xmlns") ? "" : name.substring(6), attribute.value());
      }
    }
    scopes.push(scope);
  }

  /** The innermost element ends. */
  void close() {
    scopes.pop();
  }

  /** Returns the namespace of an element's name; empty if it has none. */
  String of(String name) {
    String prefix = name.substring(0, Math.max(name.indexOf(':'), 0));
    for (Map<String, String> scope : scopes) {
      String uri = scope.get(prefix);
      if (uri != null) {
        return uri;
      }
    }
    return ""; // undeclared prefixes are refused by the JDK's parser
  }
}
