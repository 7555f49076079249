package io.avma.transport.eventlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which elements of an event are its own, and which come from elsewhere: the namespaces declared
 * since its start. A prefix that the event does not declare stands for itself.
 */
final class Namespaces {
  static final String EVENTS = "http://schemas.microsoft.com/win/2004/08/events/event";

  private record Binding(int depth, String prefix, String uri, @Nullable Binding hidden) {}

  private final List<Binding> bindings = new ArrayList<>();

  /** The binding in force for each prefix; never iterated. */
  private final Map<String, Binding> inForce = new HashMap<>();

  private String own = "";

  void reset() {
    bindings.clear();
    inForce.clear();
    own = "";
  }

  void declare(int depth, String prefix, String uri) {
    Binding binding = new Binding(depth, prefix, uri, inForce.get(prefix));
    bindings.add(binding);
    inForce.put(prefix, binding);
  }

  /** Forgets what elements deeper than {@code depth} declared. */
  void leave(int depth) {
    while (!bindings.isEmpty() && bindings.get(bindings.size() - 1).depth > depth) {
      Binding left = bindings.remove(bindings.size() - 1);
      if (left.hidden == null) {
        inForce.remove(left.prefix);
      } else {
        inForce.put(left.prefix, left.hidden);
      }
    }
  }

  /** Makes the namespace of {@code name} the event's own; false if it is one of something else. */
  boolean begin(String name) {
    own = of(name);
    return own.equals(EVENTS) || own.isEmpty() || own.startsWith("prefix:");
  }

  boolean isOwn(String name) {
    return of(name).equals(own);
  }

  private String of(String name) {
    int colon = name.indexOf(':');
    String prefix = colon < 0 ? "" : name.substring(0, colon);
    Binding binding = inForce.get(prefix);
    if (binding != null) {
      return binding.uri;
    }
    return prefix.isEmpty() ? "" : "prefix:" + prefix;
  }

  static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
