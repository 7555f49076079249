package io.avma.transport.eventlog;

/** One string for each name that comes again and again; a bounded cache, nothing more. */
final class NameTable {
  private static final int SIZE = 1024;

  private final String[] names = new String[SIZE];

  NameTable() {
    java.util.Arrays.fill(names, "");
  }

  String get(char[] chars, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + chars[i];
    }
    int slot = (hash ^ (hash >>> 10)) & (SIZE - 1);
    String known = names[slot];
    if (known.length() == to - from && matches(known, chars, from)) {
      return known;
    }
    String name = new String(chars, from, to - from);
    names[slot] = name;
    return name;
  }

  private static boolean matches(String name, char[] chars, int from) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != chars[from + i]) {
        return false;
      }
    }
    return true;
  }
}
