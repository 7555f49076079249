package io.avma.cli.output;

import java.util.Map;

/**
 * What the screen shows.
 *
 * @param colour whether escape sequences for colours are wanted
 * @param width the number of columns, 40 to 400
 * @param live whether somebody watches, so that a line may be drawn over another
 */
public record Screen(boolean colour, int width, boolean live) {
  private static final int USUAL_WIDTH = 100;

  /** No colour, 100 columns, nobody watching: what a file or a pipe gets. */
  public static final Screen PLAIN = new Screen(false, USUAL_WIDTH, false);

  /** Keeps the width within reason. */
  public Screen {
    width = Math.max(40, Math.min(400, width));
  }

  /**
   * Returns the screen as the environment describes it: colour only on a terminal, unless {@code
   * NO_COLOR} is set or {@code TERM} is {@code dumb}; the width from {@code COLUMNS}.
   */
  public static Screen of(Map<String, String> environment, boolean terminal) {
    boolean colour =
        terminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    String columns = environment.getOrDefault("COLUMNS", "");
    int width = columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    return new Screen(colour, width, terminal && !"dumb".equals(environment.get("TERM")));
  }

  /** Returns {@code text} in {@code paint}, or as it is where there is no colour. */
  public String painted(Paint paint, String text) {
    return colour ? paint.sequence() + text + "\u001B[0m" : text;
  }

  /** What a colour says. */
  public enum Paint {
    /** Nothing in particular. */
    PLAIN("\u001B[0m"),
    /** A heading. */
    HEADING("\u001B[1m"),
    /** All is well. */
    GOOD("\u001B[32m"),
    /** Something must be done. */
    BAD("\u001B[31m"),
    /** Something is not known. */
    OPEN("\u001B[33m"),
    /** Of less interest. */
    FAINT("\u001B[2m");

    private final String sequence;

    Paint(String sequence) {
      this.sequence = sequence;
    }

    String sequence() {
      return sequence;
    }
  }
}
