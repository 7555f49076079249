package io.avma.cli.input;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A CSV file nobody trusts, row by row: a header names the columns, the separator is a comma, a
 * semicolon or a tab, quotes follow RFC 4180 strictly. Memory is bounded whatever the file holds.
 * For one thread.
 */
public final class CsvFile implements AutoCloseable {
  /** The most columns that a file may have. */
  public static final int MOST_COLUMNS = 200;

  /** The longest cell, in characters. */
  public static final int LONGEST_CELL = 4096;

  private static final String QUOTES = "Close every quote, and write a quote within a cell twice.";

  private final String name;
  private final CsvReader<CsvRow> reader;
  private final CloseableIterator<CsvRow> rows;
  private final CsvRowHandler handler;
  private final ImmutableMap<String, Integer> columns;
  private final ImmutableList<String> unnamed;
  private final int width;

  private CsvFile(String name, InputStream in) throws IOException, InputException {
    this.name = name;
    BufferedReader text = new BufferedReader(StrictText.open(name, in));
    char separator = separator(text);
    handler = new CsvRowHandler(name);
    reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // whoever reads the rows complains
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(2 * StrictText.LONGEST_LINE)
            .build(handler, text);
    rows = reader.iterator();
    CsvRow header = fetch().orElseThrow(() -> empty(name));
    width = header.cells().size();
    ImmutableList.Builder<String> nameless = ImmutableList.builder();
    columns = columns(name, header, nameless);
    unnamed = nameless.build();
  }

  /**
   * Opens {@code in}, which is closed with this file, and reads the header.
   *
   * @param name the name that complaints use, escaped
   */
  public static CsvFile open(String name, InputStream in) throws IOException, InputException {
    try {
      return new CsvFile(name, in);
    } catch (StrictText.Refused e) {
      throw new InputException(e.complaint());
    }
  }

  /** Returns the name that complaints use. */
  public String name() {
    return name;
  }

  /** Returns the columns and their numbers, from 1, in the order of the file. */
  public ImmutableMap<String, Integer> columns() {
    return columns;
  }

  /** Returns the numbers of the columns that have no name, as text. */
  public ImmutableList<String> unnamed() {
    return unnamed;
  }

  /** Returns the number of cells that each row must have. */
  public int width() {
    return width;
  }

  /** Returns the next row that holds anything; empty at the end. */
  public Optional<CsvRow> next() throws IOException, InputException {
    Optional<CsvRow> row = fetch();
    while (row.isPresent() && row.get().isBlank()) {
      row = fetch();
    }
    return row;
  }

  private Optional<CsvRow> fetch() throws IOException, InputException {
    try {
      return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
    } catch (CsvParseException e) {
      if (e.getCause() instanceof CsvRowHandler.Exceeded exceeded) {
        throw new InputException(exceeded.complaint());
      }
      throw new InputException(
          Complaint.at(
              name,
              handler.line(),
              "the row that begins here is not CSV: a quote is not closed, or text follows a closing"
                  + " quote.",
              QUOTES));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof StrictText.Refused refused) {
        throw new InputException(refused.complaint());
      }
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** The separator is the one that the header holds most of, outside quotes. */
  private static char separator(BufferedReader text) throws IOException {
    text.mark(2 * StrictText.LONGEST_LINE);
    String header = Optional.ofNullable(text.readLine()).orElse("");
    text.reset();
    char best = ',';
    long most = 0;
    String bare = header.replaceAll("\"[^\"]*\"", "");
    for (char candidate : new char[] {',', ';', '\t'}) {
      long count = bare.chars().filter(c -> c == candidate).count();
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  private static ImmutableMap<String, Integer> columns(
      String name, CsvRow header, ImmutableList.Builder<String> nameless) throws InputException {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < header.cells().size(); i++) {
      String column = normalized(header.cells().get(i));
      if (column.isEmpty()) {
        nameless.add(String.valueOf(i + 1));
        continue;
      }
      Integer earlier = columns.putIfAbsent(column, i + 1);
      if (earlier != null) {
        throw new InputException(
            new Complaint(
                name,
                header.line(),
                i + 1,
                "the column "
                    + Complaint.quoted(column)
                    + " stands here and in column "
                    + earlier
                    + ".",
                "Leave one of them out."));
      }
    }
    return ImmutableMap.copyOf(columns);
  }

  private static String normalized(String column) {
    return column.strip().toLowerCase(Locale.ROOT).replaceAll("[ -]+", "_");
  }

  private static InputException empty(String name) {
    return new InputException(
        Complaint.about(name, "is empty.", "Give it a header row that names the columns."));
  }
}
