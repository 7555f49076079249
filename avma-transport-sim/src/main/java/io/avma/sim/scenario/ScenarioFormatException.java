package io.avma.sim.scenario;

import java.io.Serial;

/** A text is no scenario; the message says what is wrong and where. */
public final class ScenarioFormatException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int line;
  private final int column;
  private final String what;

  /** About the whole. */
  ScenarioFormatException(String what) {
    this(0, 0, what);
  }

  ScenarioFormatException(String what, Throwable cause) {
    this(what);
    initCause(cause);
  }

  ScenarioFormatException(int line, int column, String what) {
    super(line == 0 ? what : "line " + line + ", column " + column + ", " + what);
    this.line = line;
    this.column = column;
    this.what = what;
  }

  /** Returns the line, from 1; 0 if what is wrong is wrong with the whole. */
  public int line() {
    return line;
  }

  /** Returns the character in its line, from 1; 0 if what is wrong is wrong with the whole. */
  public int column() {
    return column;
  }

  /** Returns the message without line and column; foreign text in it is escaped. */
  public String what() {
    return what;
  }
}
