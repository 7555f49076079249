package io.avma.cli.input;

import io.avma.platform.ForeignText;

/**
 * What is wrong with an input, where, and what to do about it.
 *
 * @param file the file or argument as the user named it, escaped
 * @param line the line, from 1; 0 if the complaint is about the whole
 * @param column the number of the cell in its row, from 1; 0 if the complaint is about the line
 * @param what what is wrong; foreign text in it is escaped
 * @param remedy what to do, a sentence; may be empty
 */
public record Complaint(String file, long line, int column, String what, String remedy) {
  private static final int LONGEST_QUOTE = 60;

  /** Returns a complaint about a whole file or argument. */
  public static Complaint about(String file, String what, String remedy) {
    return new Complaint(file, 0, 0, what, remedy);
  }

  /** Returns a complaint about a line. */
  public static Complaint at(String file, long line, String what, String remedy) {
    return new Complaint(file, line, 0, what, remedy);
  }

  /** Returns {@code text} as it may be quoted in a complaint: escaped, cut, in quotes. */
  public static String quoted(String text) {
    return "'" + ForeignText.escape(text, LONGEST_QUOTE) + "'";
  }

  /** Returns file, line, column, what is wrong and the remedy in one line. */
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + (column > 0 ? ":" + column : "")
        + ": "
        + what
        + (remedy.isEmpty() ? "" : " " + remedy);
  }
}
