package io.avma.cli.input;

import io.avma.platform.Ternary;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The cells of one row by the names of their columns; what a cell does not say right becomes a
 * complaint with line and column. For one thread.
 */
public final class Cells {
  private final CsvFile file;
  private final CsvRow row;
  private final Complaints complaints;
  private boolean sound = true;

  /** Opens {@code row}, which has as many cells as the header. */
  public Cells(CsvFile file, CsvRow row, Complaints complaints) {
    this.file = file;
    this.row = row;
    this.complaints = complaints;
  }

  /** Returns the line on which the row begins. */
  public long line() {
    return row.line();
  }

  /** Returns whether no complaint was made about this row. */
  public boolean sound() {
    return sound;
  }

  /** Returns whether the file has {@code column}. */
  public boolean has(String column) {
    return file.columns().containsKey(column);
  }

  /** Returns the cell; empty if the file has no such column. */
  public String text(String column) {
    Integer number = file.columns().get(column);
    return number == null ? "" : row.cells().get(number - 1);
  }

  /** Returns the cell, if it holds anything. */
  public Optional<String> optional(String column) {
    return Optional.of(text(column)).filter(text -> !text.isEmpty());
  }

  /** Returns the cell; a complaint and an empty text if it holds nothing. */
  public String required(String column, String remedy) throws InputException {
    String text = text(column);
    if (text.isEmpty()) {
      complain(column, "column '" + column + "' is empty.", remedy);
    }
    return text;
  }

  /**
   * Returns what the cell says: yes, no, or unknown if it is empty.
   *
   * @param ifNoColumn what a file without the column means
   */
  public Ternary ternary(String column, Ternary ifNoColumn) throws InputException {
    if (!has(column)) {
      return ifNoColumn;
    }
    Optional<Ternary> fact = Words.ternary(text(column));
    if (fact.isEmpty()) {
      complainAbout(column, "yes, no, or empty if not known");
    }
    return fact.orElse(Ternary.UNKNOWN);
  }

  /**
   * Returns what {@code parser} makes of the cell; empty, with a complaint, if it makes nothing of
   * it; empty if the cell is.
   */
  public <T> Optional<T> parsed(
      String column, Function<String, Optional<T>> parser, String expected) throws InputException {
    String text = text(column);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<T> value = parser.apply(text);
    if (value.isEmpty()) {
      complainAbout(column, expected);
    }
    return value;
  }

  /** Returns the whole number that the cell holds, from {@code least} to {@code most}. */
  public OptionalInt number(String column, int least, int most) throws InputException {
    Optional<Integer> number =
        parsed(
            column,
            text ->
                text.matches("[0-9]{1,9}")
                    ? Optional.of(Integer.valueOf(text)).filter(n -> n >= least && n <= most)
                    : Optional.empty(),
            "a whole number from " + least + " to " + most);
    return number.map(OptionalInt::of).orElse(OptionalInt.empty());
  }

  /** Returns how many characters the cells of {@code columns} hold together. */
  public int length(Iterable<String> columns) {
    int length = 0;
    for (String column : columns) {
      length += text(column).length();
    }
    return length;
  }

  /** Complains that the cell is none of what is expected. */
  public void complainAbout(String column, String expected) throws InputException {
    complain(
        column,
        "column '" + column + "': " + Complaint.quoted(text(column)) + " is not understood",
        "(expected: " + expected + ").");
  }

  /** Complains about the cell. */
  public void complain(String column, String what, String remedy) throws InputException {
    sound = false;
    int number = file.columns().getOrDefault(column, 0);
    complaints.add(new Complaint(file.name(), row.line(), number, what, remedy));
  }
}
