package io.avma.cli.output;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table for people: columns aligned, the last one wrapped, sentences below a row where they
 * explain it. Collect rows, then {@link #print}. For one thread.
 */
public final class TextTable {
  private static final String GAP = "  ";

  private final ImmutableList<String> headings;
  private final List<Row> rows = new ArrayList<>();

  /** Starts a table with these columns. */
  public TextTable(String... headings) {
    this.headings = ImmutableList.copyOf(headings);
  }

  /** One cell. */
  public record Cell(String text, Screen.Paint paint) {
    /** Returns a cell in no particular colour. */
    public static Cell of(String text) {
      return new Cell(text, Screen.Paint.PLAIN);
    }
  }

  private record Row(ImmutableList<Cell> cells, List<String> notes) {}

  /** Adds a row of plain cells. */
  @CanIgnoreReturnValue
  public TextTable row(String... cells) {
    return row(Arrays.stream(cells).map(Cell::of).toArray(Cell[]::new));
  }

  /** Adds a row. */
  @CanIgnoreReturnValue
  public TextTable row(Cell... cells) {
    checkArgument(cells.length == headings.size(), "%s cells", cells.length);
    rows.add(new Row(ImmutableList.copyOf(cells), new ArrayList<>()));
    return this;
  }

  /** Adds a sentence below the row added last. */
  @CanIgnoreReturnValue
  public TextTable note(String sentence) {
    rows.get(rows.size() - 1).notes().add(sentence);
    return this;
  }

  /** Prints the table; nothing if it has no rows. */
  public void print(Console console) {
    if (rows.isEmpty()) {
      return;
    }
    int[] widths = widths();
    Screen screen = console.screen();
    print(
        console,
        headings.stream().map(text -> new Cell(text, Screen.Paint.HEADING)).toList(),
        widths);
    for (Row row : rows) {
      print(console, row.cells(), widths);
      for (String note : row.notes()) {
        for (String line : Wrapping.lines(note, screen.width() - 2 * GAP.length())) {
          console.line(GAP + GAP + line);
        }
      }
    }
  }

  private int[] widths() {
    int[] widths = new int[headings.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          rows.stream()
              .mapToInt(row -> Wrapping.width(row.cells().get(column).text()))
              .reduce(Wrapping.width(headings.get(i)), Math::max);
    }
    return widths;
  }

  private static void print(Console console, List<Cell> cells, int[] widths) {
    Screen screen = console.screen();
    int last = cells.size() - 1;
    int start = Arrays.stream(widths, 0, last).map(width -> width + GAP.length()).sum();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < last; i++) {
      String text = cells.get(i).text();
      line.append(screen.painted(cells.get(i).paint(), text))
          .append(" ".repeat(widths[i] - Wrapping.width(text)))
          .append(GAP);
    }
    boolean first = true;
    int room = Math.max(16, screen.width() - start);
    for (String part : Wrapping.lines(cells.get(last).text(), room)) {
      String painted = screen.painted(cells.get(last).paint(), part);
      console.line((first ? line + painted : " ".repeat(start) + painted).stripTrailing());
      first = false;
    }
  }
}
