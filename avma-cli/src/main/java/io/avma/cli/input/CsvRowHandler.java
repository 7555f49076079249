package io.avma.cli.input;

import com.google.common.collect.ImmutableList;
import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;

/** Collects the cells of a row within the limits, and knows on which line the row began. */
final class CsvRowHandler extends AbstractBaseCsvCallbackHandler<CsvRow> {
  private final String file;
  private ImmutableList.Builder<String> cells = ImmutableList.builder();

  CsvRowHandler(String file) {
    this.file = file;
  }

  /** Thrown out of the parser when a row passes a limit. */
  static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Complaint complaint;

    Exceeded(Complaint complaint) {
      super(complaint.toString());
      this.complaint = complaint;
    }

    Complaint complaint() {
      return complaint;
    }
  }

  long line() {
    return getStartingLineNumber();
  }

  @Override
  protected void handleBegin(long startingLineNumber) {
    cells = ImmutableList.builder();
  }

  @Override
  protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
    if (index >= CsvFile.MOST_COLUMNS) {
      throw exceeded(index, "the row has more than " + CsvFile.MOST_COLUMNS + " cells.");
    }
    if (length > CsvFile.LONGEST_CELL) {
      throw exceeded(
          index,
          "the cell has "
              + length
              + " characters (expected: at most "
              + CsvFile.LONGEST_CELL
              + ").");
    }
    cells.add(new String(buffer, offset, length).strip());
  }

  @Override
  protected CsvRow buildRecord() {
    return new CsvRow(getStartingLineNumber(), cells.build());
  }

  private Exceeded exceeded(int index, String what) {
    return new Exceeded(
        new Complaint(file, line(), index + 1, what, "Check that this is the file you meant."));
  }
}
