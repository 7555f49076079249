package io.avma.install;

import com.google.common.collect.ImmutableMap;
import io.avma.internal.DataTable;
import io.avma.platform.Edition;
import io.avma.platform.Standing;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names by which DISM knows an edition; from {@code image-editions.table}.
 *
 * @param desktop the name of an installation with the desktop; empty if DISM is not the way
 * @param core the name of a Server Core installation; empty if DISM is not the way
 */
record ImageEdition(
    Optional<String> desktop, Optional<String> core, Standing standing, String source) {

  /** Returns the names of {@code edition}. */
  static ImageEdition of(Edition edition) {
    ImageEdition row = Table.ROWS.get(edition);
    if (row == null) {
      throw new AssertionError(edition); // the table was checked when it was loaded
    }
    return row;
  }

  /** Loaded on first use. */
  private static final class Table {
    static final ImmutableMap<Edition, ImageEdition> ROWS = load();

    private static ImmutableMap<Edition, ImageEdition> load() {
      DataTable table =
          DataTable.resource(
              ImageEdition.class,
              "image-editions.table",
              "edition",
              "desktop",
              "core",
              "standing",
              "source");
      table.requireEachOnce(Edition.class, "edition");
      Map<Edition, ImageEdition> rows = new EnumMap<>(Edition.class);
      for (DataTable.Row row : table.rows()) {
        rows.put(
            row.constant("edition", Edition.class),
            new ImageEdition(
                row.optional("desktop"),
                row.optional("core"),
                row.constant("standing", Standing.class),
                row.text("source")));
      }
      return ImmutableMap.copyOf(rows);
    }
  }
}
