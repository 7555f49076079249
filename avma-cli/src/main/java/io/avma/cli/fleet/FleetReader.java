package io.avma.cli.fleet;

import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.input.Cells;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.Complaints;
import io.avma.cli.input.CsvFile;
import io.avma.cli.input.CsvRow;
import io.avma.cli.input.InputException;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The reader of the two files that describe a fleet, {@code hosts.csv} and {@code vms.csv}. Their
 * columns are described in {@code docs/fleet-files.md}. For one thread.
 */
public final class FleetReader {
  /** The file with one row for each host. */
  public static final String HOSTS = "hosts.csv";

  /** The file with one row for each virtual machine. */
  public static final String VMS = "vms.csv";

  /** The most rows that one file may have. */
  public static final int MOST_ROWS = 500_000;

  /** The most characters that the columns of one file which are understood may hold together. */
  public static final int MOST_CHARACTERS = 128 * MOST_ROWS;

  private final KeyCatalog catalog;
  private final Complaints complaints = new Complaints();
  private final ImmutableList.Builder<String> notes = ImmutableList.builder();

  private FleetReader(KeyCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Reads the fleet in {@code directory}.
   *
   * @throws InputException with file, line, column and remedy of everything that is wrong, as far
   *     as one run can tell
   */
  public static Fleet read(Path directory, KeyCatalog catalog) throws InputException {
    return new FleetReader(catalog).read(directory);
  }

  private Fleet read(Path directory) throws InputException {
    if (!Files.isDirectory(directory)) {
      throw new InputException(
          Complaint.about(
              shown(directory),
              Files.exists(directory) ? "is no directory." : "is not there.",
              "Give the directory that holds " + HOSTS + " and " + VMS + "."));
    }
    HostRows hosts = new HostRows();
    rows(directory.resolve(HOSTS), HostRows.COLUMNS, hosts);
    ImmutableMap<HostId, FleetHost> known = hosts.hosts();
    if (known.isEmpty()) {
      complaints.throwIfAny();
      throw new InputException(
          Complaint.about(
              shown(directory.resolve(HOSTS)), "names no host.", "Add one row a host."));
    }
    VmRows vms = new VmRows(known, catalog, shown(directory.resolve(HOSTS)));
    rows(directory.resolve(VMS), VmRows.COLUMNS, vms);
    complaints.throwIfAny();
    return new Fleet(known, vms.vms(), notes.build());
  }

  /** Takes the rows of one file. */
  interface Rows {
    /** Takes one row. */
    void take(Cells cells) throws InputException;

    /** Returns what a file without the column means, if it is not simply unknown. */
    ImmutableMap<String, String> assumedWithout();

    /** Returns the columns that must be there. */
    ImmutableList<String> required();

    /** Returns what was not known among the rows taken. */
    Unknowns unknowns();
  }

  private void rows(Path path, ImmutableList<String> known, Rows rows) throws InputException {
    String name = shown(path);
    if (!Files.exists(path)) {
      throw new InputException(
          Complaint.about(name, "is not there.", "docs/fleet-files.md says what it should hold."));
    }
    try (CsvFile file = CsvFile.open(name, Files.newInputStream(path))) {
      requireColumns(file, rows);
      note(file, known, rows);
      int count = 0;
      long characters = 0; // at most 4,096 more than allowed for each of 200 columns
      for (Optional<CsvRow> row = file.next(); row.isPresent(); row = file.next()) {
        if (++count > MOST_ROWS) {
          throw new InputException(
              Complaint.at(
                  name,
                  row.get().line(),
                  "is row " + count + ".",
                  "Plan at most " + MOST_ROWS + "."));
        }
        characters += take(file, row.get(), known, rows);
        if (characters > MOST_CHARACTERS) {
          throw new InputException(
              Complaint.at(
                  name,
                  row.get().line(),
                  "up to here the columns that are used hold more than "
                      + MOST_CHARACTERS
                      + " characters.",
                  "Check that this is the file you meant, or plan parts of the fleet."));
        }
      }
      rows.unknowns().note().ifPresent(note -> notes.add(name + ": " + note));
    } catch (IOException e) {
      throw new InputException(
          Complaint.about(name, "cannot be read.", "Check that it is a file and its permissions."));
    }
  }

  /** Returns how many characters of the row may be kept. */
  private int take(CsvFile file, CsvRow row, ImmutableList<String> known, Rows rows)
      throws InputException {
    int count = row.cells().size();
    if (count != file.width()) {
      complaints.add(
          new Complaint(
              file.name(),
              row.line(),
              Math.min(count, file.width()) + 1,
              "the row has "
                  + (count == 1 ? "1 cell" : count + " cells")
                  + " (expected: "
                  + file.width()
                  + ").",
              count < file.width()
                  ? "Add the missing separators, or check that the file was not cut off."
                  : "Put quotes around cells that hold the separator."));
      return 0;
    }
    Cells cells = new Cells(file, row, complaints);
    rows.take(cells);
    return cells.length(known);
  }

  private void requireColumns(CsvFile file, Rows rows) throws InputException {
    for (String column : rows.required()) {
      if (!file.columns().containsKey(column)) {
        throw new InputException(
            Complaint.at(
                file.name(),
                1,
                "the column '" + column + "' is missing.",
                "The first row names the columns, separated by commas, semicolons or tabs; see"
                    + " docs/fleet-files.md."));
      }
    }
  }

  private void note(CsvFile file, ImmutableList<String> known, Rows rows) {
    ImmutableList.Builder<String> unused = ImmutableList.builder();
    file.columns().keySet().stream()
        .filter(column -> !known.contains(column))
        .map(column -> ForeignText.escape(column, 40))
        .forEach(unused::add);
    file.unnamed().forEach(number -> unused.add("column " + number + " without a name"));
    if (!unused.build().isEmpty()) {
      notes.add(file.name() + ": not used: " + Joiner.on(", ").join(unused.build()) + ".");
    }
    Map<String, String> assumed = new LinkedHashMap<>(rows.assumedWithout());
    assumed.keySet().removeAll(file.columns().keySet());
    if (!assumed.isEmpty()) {
      notes.add(
          file.name()
              + ": assumed, for want of the column: "
              + assumed.entrySet().stream()
                  .map(entry -> entry.getKey() + " = " + entry.getValue())
                  .collect(Collectors.joining(", "))
              + ".");
    }
  }

  private static String shown(Path path) {
    return ForeignText.escape(path.toString(), 200);
  }
}
