package io.avma.testkit.container;

import io.avma.kvp.KvpItem;

/** Items that show whether they are whole: the value follows from the key and a number in it. */
final class CheckedItems {
  private CheckedItems() {}

  static KvpItem item(String key, int number) {
    return new KvpItem(key, value(key, number));
  }

  private static String value(String key, int number) {
    String unit = number + "." + key + "\u2603|";
    return unit.repeat(1 + Math.floorMod(number * 7 + key.hashCode(), 60));
  }

  static boolean isWhole(KvpItem item) {
    int dot = item.value().indexOf('.');
    try {
      return dot > 0
          && item.equals(item(item.key(), Integer.parseInt(item.value().substring(0, dot))));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
