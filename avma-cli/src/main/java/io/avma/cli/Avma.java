package io.avma.cli;

import io.avma.cli.output.Console;
import io.avma.cli.output.Screen;
import java.io.InputStream;
import java.io.PrintStream;

/** The command {@code avma}. */
public final class Avma {
  private Avma() {}

  /** Runs the command on the streams of this process and ends it with the command's exit code. */
  public static void main(String[] args) {
    Screen screen = Screen.of(System.getenv(), Terminal.isThere());
    Console console = new Console(System.in, System.out, System.err, screen);
    System.exit(new Dispatch(console, System.getenv()).run(args));
  }

  /**
   * Runs the command on the given streams, without colours.
   *
   * @return the exit code: see {@link ExitCode}
   */
  public static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
    return new Dispatch(new Console(in, out, err, Screen.PLAIN), java.util.Map.of()).run(args);
  }
}
