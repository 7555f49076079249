package io.avma.transport.eventlog;

import java.util.ArrayList;
import java.util.List;

/**
 * Which elements of an event are its own, and which come from elsewhere: the namespaces declared
 * since its start. A prefix that the event does not declare stands for itself.
 */
final class Namespaces {
  static final String EVENTS = "http://schemas.microsoft.com/win/2004/08/events/event";

  private record Binding(int depth, String prefix, String uri) {}

  private final List<Binding> bindings = new ArrayList<>();
  private String own = "";

  void reset() {
    bindings.clear();
    own = "";
  }

  void declare(int depth, String prefix, String uri) {
    bindings.add(new Binding(depth, prefix, uri));
  }

  /** Forgets what elements deeper than {@code depth} declared. */
  void leave(int depth) {
    while (!bindings.isEmpty() && bindings.get(bindings.size() - 1).depth > depth) {
      bindings.remove(bindings.size() - 1);
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
    for (int i = bindings.size() - 1; i >= 0; i--) {
      if (bindings.get(i).prefix.equals(prefix)) {
        return bindings.get(i).uri;
      }
    }
    return prefix.isEmpty() ? "" : "prefix:" + prefix;
  }

  static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
