package io.avma.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Waiting until nobody is at the other end of standard input. */
final class StandardInput {
  private static final Path OURS = Path.of("/proc/self/fd/0");
  private static final Path NOTHING = Path.of("/dev/null");

  private StandardInput() {}

  /**
   * Returns when {@code in} has ended, whatever comes before. A process that was put into the
   * background by a script reads from {@code /dev/null}, where nobody ever was: it waits for a
   * signal.
   */
  static void awaitEnd(InputStream in) {
    if (in == System.in && isNothing()) {
      awaitSignal();
      return;
    }
    try {
      long unused = in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Nobody is there.
    }
  }

  private static boolean isNothing() {
    try {
      return Files.isSameFile(OURS, NOTHING);
    } catch (IOException e) {
      return false; // not a system that tells
    }
  }

  private static void awaitSignal() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
