package io.avma.install;

import java.util.List;

/**
 * Reads an edited file back and compares: nothing but the key may have changed in what the file
 * says, and the place that takes the key must hold it and nothing else.
 */
final class EditCheck {
  private EditCheck() {}

  /**
   * Returns whether {@code after} says what {@code before} says, with {@code added} in the place of
   * {@code removed} once, and holds exactly the one key.
   *
   * @param key the entry that {@code after} must have, the only one of its architecture
   */
  static boolean holds(Infoset before, Infoset after, String removed, String added, String key) {
    String architecture = key.substring(0, key.indexOf('=') + 1);
    List<String> sameArchitecture =
        after.keys().stream().filter(entry -> entry.startsWith(architecture)).toList();
    return sameArchitecture.equals(List.of(key))
        && isReplacement(before.events(), after.events(), removed, added);
  }

  /**
   * Returns whether {@code after} is {@code before} with one occurrence of {@code removed} replaced
   * by {@code added}.
   */
  private static boolean isReplacement(String before, String after, String removed, String added) {
    if (removed.equals(added)) {
      return after.equals(before);
    }
    if (after.length() - added.length() != before.length() - removed.length()) {
      return false;
    }
    // What is added can start as what follows it does, so the texts may differ later than the
    // place of the change, but by no more than the length of what was added.
    int differ = commonPrefix(before, after);
    int first = Math.max(0, differ - added.length());
    for (int place = differ; place >= first; place--) {
      int rest = place + removed.length();
      if (after.startsWith(added, place)
          && before.startsWith(removed, place)
          && after.regionMatches(place + added.length(), before, rest, before.length() - rest)) {
        return true;
      }
    }
    return false;
  }

  private static int commonPrefix(String a, String b) {
    int length = Math.min(a.length(), b.length());
    int i = 0;
    while (i < length && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }
}
