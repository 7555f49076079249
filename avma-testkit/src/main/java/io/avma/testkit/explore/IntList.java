package io.avma.testkit.explore;

import java.util.Arrays;

/** A list of numbers without objects: there may be tens of millions. */
final class IntList {
  private int[] values = new int[1_024];
  private int size;

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }
}
