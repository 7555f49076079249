package io.avma.benchmarks;

/** What the heap holds. */
final class Memory {
  private Memory() {}

  /** Returns the least of some measurements: what is garbage by then is not counted. */
  static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
