package io.avma.internal;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.io.CharStreams;
import com.google.common.primitives.UnsignedInts;
import com.google.errorprone.annotations.CheckReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A table of text cells, as the facts of this library are kept: columns separated by {@code |}, a
 * first row that names them, empty lines and lines that start with {@code #} ignored.
 *
 * <p>Every complaint names file and line, because the person who reads it has the file open. It
 * repeats no more of a cell than a short plain word: a table may hold keys, and a file may be
 * hostile.
 *
 * @param name the name that complaints use
 * @param rows the rows below the header, in file order
 * @param lastLine the number of lines in the file; complaints about what is missing name it
 */
@CheckReturnValue
public record DataTable(String name, ImmutableList<Row> rows, int lastLine) {
  private static final Splitter CELLS = Splitter.on('|').trimResults();

  /** Reads the resource {@code file} that lies beside {@code owner}. */
  public static DataTable resource(Class<?> owner, String file, String... columns) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + ": resource missing beside " + owner.getName());
      }
      var reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      return parse(file, CharStreams.readLines(reader), columns);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }

  /**
   * Parses {@code lines}; the header must hold exactly {@code columns}, in that order.
   *
   * @throws IllegalArgumentException with file and line if header or a row has another shape
   */
  public static DataTable parse(String name, List<String> lines, String... columns) {
    ImmutableList<String> expected = ImmutableList.copyOf(columns);
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    boolean headerSeen = false;
    for (int i = 0; i < lines.size(); i++) {
      String line =
          i == 0 && lines.get(0).startsWith("\uFEFF") ? lines.get(0).substring(1) : lines.get(i);
      if (line.isBlank() || line.stripLeading().startsWith("#")) {
        continue;
      }
      List<String> cells = CELLS.splitToList(line);
      if (!headerSeen) {
        if (!cells.equals(expected)) {
          throw complaint(name, i + 1, "header names other columns (expected: " + expected + ")");
        }
        headerSeen = true;
        continue;
      }
      if (cells.size() != expected.size()) {
        throw complaint(
            name,
            i + 1,
            cells.size() + " cells (expected: " + expected.size() + ", " + expected + ")");
      }
      ImmutableMap.Builder<String, String> byColumn = ImmutableMap.builder();
      for (int c = 0; c < cells.size(); c++) {
        byColumn.put(expected.get(c), cells.get(c));
      }
      rows.add(new Row(name, i + 1, byColumn.buildOrThrow()));
    }
    if (!headerSeen) {
      throw complaint(name, lines.size(), "no header (expected: " + expected + ")");
    }
    return new DataTable(name, rows.build(), lines.size());
  }

  /** Fails unless every constant of {@code type} stands in {@code column} in exactly one row. */
  public <E extends Enum<E>> void requireEachOnce(Class<E> type, String column) {
    Set<E> seen = new HashSet<>();
    for (Row row : rows) {
      E constant = row.constant(column, type);
      if (!seen.add(constant)) {
        throw row.complaint("second row for " + constant);
      }
    }
    for (E constant : type.getEnumConstants()) {
      if (!seen.contains(constant)) {
        throw complaint("no row for " + constant);
      }
    }
  }

  /**
   * Returns an exception about what the table lacks; for the caller to throw. It names the last
   * line, below which the missing row belongs.
   */
  public IllegalArgumentException complaint(String what) {
    return complaint(name, lastLine, what);
  }

  private static IllegalArgumentException complaint(String name, int line, String what) {
    return new IllegalArgumentException(name + ":" + line + ": " + what);
  }

  /**
   * One row of a table.
   *
   * @param table the table's name
   * @param line the line in its file, from 1
   * @param cells the cells by column name, in column order
   */
  @CheckReturnValue
  public record Row(String table, int line, ImmutableMap<String, String> cells) {
    /** Returns the cell, which must not be empty. */
    public String text(String column) {
      return optional(column).orElseThrow(() -> complaint("column '" + column + "' is empty"));
    }

    /** Returns the cell unless it is empty or a lone dash. */
    public Optional<String> optional(String column) {
      String cell = cells.get(column);
      if (cell == null) {
        throw new IllegalArgumentException("no column '" + column + "' in " + table);
      }
      return cell.isEmpty() || cell.equals("-") ? Optional.empty() : Optional.of(cell);
    }

    /**
     * Returns the cell as a number of 32 bits without sign, decimal or with {@code 0x}: 0 to
     * 4,294,967,295.
     */
    public long number(String column) {
      String text = text(column);
      boolean hex = text.startsWith("0x");
      try {
        return UnsignedInts.parseUnsignedInt(hex ? text.substring(2) : text, hex ? 16 : 10)
            & 0xFFFF_FFFFL;
      } catch (NumberFormatException e) {
        throw complaint(
            "column '" + column + "': " + shown(text) + " is not a whole number of 32 bits");
      }
    }

    /** Returns the cell as a constant of {@code type}, compared ignoring case. */
    public <E extends Enum<E>> E constant(String column, Class<E> type) {
      return constantOf(text(column), column, type);
    }

    /** Returns the cell, which must hold constants of {@code type} separated by blanks or empty. */
    public <E extends Enum<E>> ImmutableList<E> constants(String column, Class<E> type) {
      ImmutableList.Builder<E> found = ImmutableList.builder();
      for (String word : Splitter.on(' ').omitEmptyStrings().split(optional(column).orElse(""))) {
        found.add(constantOf(word, column, type));
      }
      return found.build();
    }

    /** Returns an exception that names this row; for the caller to throw. */
    public IllegalArgumentException complaint(String what) {
      return DataTable.complaint(table, line, what);
    }

    /** Returns the text quoted if it is a short plain word, else its length only. */
    private static String shown(String text) {
      return text.matches("[!-~]{1,20}") ? "'" + text + "'" : text.length() + " characters";
    }

    private <E extends Enum<E>> E constantOf(String text, String column, Class<E> type) {
      String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(wanted)) {
          return constant;
        }
      }
      throw complaint(
          "column '"
              + column
              + "': "
              + shown(text)
              + " is none of "
              + Arrays.toString(type.getEnumConstants()));
    }
  }
}
