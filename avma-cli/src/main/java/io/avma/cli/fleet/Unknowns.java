package io.avma.cli.fleet;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What files say and no table of ours holds, such as the build of a release that is not out yet. It
 * is taken as unknown, and one note tells how often. For one thread.
 */
final class Unknowns {
  private static final int MOST = 8;

  private final Map<String, Integer> rows = new LinkedHashMap<>();
  private int others;

  /** Counts {@code what}, for example {@code build 27500}; foreign text in it is escaped. */
  void add(String what) {
    if (rows.size() < MOST || rows.containsKey(what)) {
      rows.merge(what, 1, Integer::sum);
    } else {
      others++;
    }
  }

  /** Returns the note, a sentence without the name of the file; empty if all was known. */
  Optional<String> note() {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "in no table of this version, so taken as unknown: "
            + rows.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + rows(entry.getValue()) + ")")
                .collect(Collectors.joining(", "))
            + (others == 0 ? "" : ", and others (" + rows(others) + ")")
            + ".");
  }

  private static String rows(int count) {
    return count == 1 ? "1 row" : count + " rows";
  }
}
