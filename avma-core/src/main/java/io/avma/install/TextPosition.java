package io.avma.install;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A place in a text file.
 *
 * @param line the line, from 1; CR, LF and CR LF each end one
 * @param column the character within the line, from 1, counted in code points as editors do
 * @param offsetBytes the byte within the file, from 0, a byte-order mark included
 */
@CheckReturnValue
public record TextPosition(int line, int column, int offsetBytes) {
  /** The start of a file. */
  static final TextPosition START = new TextPosition(1, 1, 0);

  /** Returns {@code line 7, column 21}. */
  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
