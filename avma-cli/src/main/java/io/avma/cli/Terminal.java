package io.avma.cli;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether standard output is a terminal. */
final class Terminal {
  private Terminal() {}

  /**
   * Returns whether somebody is looking. Since JDK 22 a console may be there without a terminal, so
   * it is asked where it can be asked.
   */
  static boolean isThere() {
    // On JDK 22 and later it may be there without a terminal, which is what is asked below.
    @SuppressWarnings("SystemConsoleNull")
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true; // before JDK 22 a console was a terminal
    } catch (IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
