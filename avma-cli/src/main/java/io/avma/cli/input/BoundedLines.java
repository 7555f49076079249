package io.avma.cli.input;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The lines of a text nobody trusts, one by one: decoded strictly, never longer than {@link
 * StrictText#LONGEST_LINE}. For one thread.
 */
public final class BoundedLines {
  private final BufferedReader reader;
  private long lineNumber;

  private BoundedLines(BufferedReader reader) {
    this.reader = reader;
  }

  /**
   * Opens {@code in}.
   *
   * @param name the name that complaints use, escaped
   */
  public static BoundedLines of(String name, InputStream in) throws IOException {
    return new BoundedLines(new BufferedReader(StrictText.open(name, in)));
  }

  /** Returns the next line; empty at the end. */
  public Optional<String> next() throws InputException, IOException {
    try {
      String line = reader.readLine();
      lineNumber++;
      return Optional.ofNullable(line);
    } catch (StrictText.Refused e) {
      throw new InputException(e.complaint());
    }
  }

  /** Returns whether the next line is here at least in part, so that nobody need wait for it. */
  public boolean ready() throws IOException {
    return reader.ready();
  }

  /** Returns the number of the line returned last, from 1. */
  public long lineNumber() {
    return lineNumber;
  }
}
