package io.avma.catalog;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.internal.DataTable;
import io.avma.platform.Edition;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The reader of the two key tables. Everything that a typing error could spoil is checked here, and
 * every complaint names file and line.
 */
final class KeyTables {
  private static final String[] AVMA_COLUMNS = {
    "releases", "edition", "key", "standing", "source", "reason"
  };
  private static final String[] KMS_COLUMNS = {
    "name", "releases", "edition", "key", "standing", "source"
  };

  private KeyTables() {}

  /** What the AVMA table holds. */
  record AvmaRows(ImmutableList<AvmaKey> keys, ImmutableList<KeyAbsence> absences) {
    private boolean hold(WindowsRelease release, Edition edition) {
      return keys.stream()
              .anyMatch(key -> key.edition() == edition && key.releases().contains(release))
          || absences.stream()
              .anyMatch(absent -> absent.edition() == edition && absent.release() == release);
    }
  }

  /** Reads the built-in table. */
  static AvmaRows standardAvma() {
    return wholeAvma(DataTable.resource(KeyCatalog.class, "avma-keys.table", AVMA_COLUMNS));
  }

  /** Reads a table that must have each release and edition in exactly one row. */
  static AvmaRows wholeAvma(DataTable table) {
    AvmaRows rows = avma(table, key -> Optional.empty());
    for (WindowsRelease release : WindowsRelease.values()) {
      for (Edition edition : Edition.values()) {
        if (!rows.hold(release, edition)) {
          throw table.complaint("no row for " + release + " " + edition);
        }
      }
    }
    return rows;
  }

  /** Reads a user's table; {@code objection} says why a key may not stand in it, if so. */
  static ImmutableList<AvmaKey> parseAvma(
      String name, List<String> lines, Function<ProductKey, Optional<String>> objection) {
    return avma(DataTable.parse(name, lines, AVMA_COLUMNS), objection).keys;
  }

  static ImmutableList<KmsClientKey> standardKmsClient() {
    return kmsClient(DataTable.resource(KeyCatalog.class, "kms-client-keys.table", KMS_COLUMNS));
  }

  static ImmutableList<KmsClientKey> kmsClient(DataTable table) {
    ImmutableList.Builder<KmsClientKey> keys = ImmutableList.builder();
    Map<ProductKey, Integer> lines = new HashMap<>();
    for (DataTable.Row row : table.rows()) {
      ProductKey key = key(row, lines);
      keys.add(
          new KmsClientKey(
              key,
              row.text("name"),
              ImmutableSet.copyOf(row.constants("releases", WindowsRelease.class)),
              row.constant("edition", Edition.class),
              row.constant("standing", Standing.class),
              row.text("source")));
    }
    return keys.build();
  }

  private static AvmaRows avma(DataTable table, Function<ProductKey, Optional<String>> objection) {
    ImmutableList.Builder<AvmaKey> keys = ImmutableList.builder();
    ImmutableList.Builder<KeyAbsence> absences = ImmutableList.builder();
    Map<ProductKey, Integer> lines = new HashMap<>();
    Map<String, Integer> cells = new HashMap<>();
    for (DataTable.Row row : table.rows()) {
      ImmutableList<WindowsRelease> releases = row.constants("releases", WindowsRelease.class);
      Edition edition = row.constant("edition", Edition.class);
      if (releases.isEmpty()) {
        throw row.complaint("no release");
      }
      for (WindowsRelease release : releases) {
        Integer earlier = cells.putIfAbsent(release + " " + edition, row.line());
        if (earlier != null) {
          throw row.complaint(
              "second row for " + release + " " + edition + " (the first is line " + earlier + ")");
        }
      }
      Standing standing = row.constant("standing", Standing.class);
      if (row.optional("key").isPresent()) {
        if (row.optional("reason").isPresent()) {
          throw row.complaint("column 'reason' says why there is no key, but there is one");
        }
        ProductKey key = key(row, lines);
        Optional<String> refused = objection.apply(key);
        if (refused.isPresent()) {
          throw row.complaint(refused.get());
        }
        keys.add(
            new AvmaKey(key, ImmutableSet.copyOf(releases), edition, standing, row.text("source")));
      } else {
        for (WindowsRelease release : releases) {
          absences.add(
              new KeyAbsence(release, edition, row.text("reason"), standing, row.text("source")));
        }
      }
    }
    return new AvmaRows(keys.build(), absences.build());
  }

  private static ProductKey key(DataTable.Row row, Map<ProductKey, Integer> lines) {
    ProductKey key;
    try {
      key = ProductKey.parse(row.text("key"));
    } catch (KeyFormatException e) {
      throw row.complaint(e.flaw().message());
    }
    Integer earlier = lines.putIfAbsent(key, row.line());
    if (earlier != null) {
      throw row.complaint("second row for the same key (the first is line " + earlier + ")");
    }
    return key;
  }
}
