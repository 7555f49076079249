package io.avma.compatibility;

import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Table;
import com.google.common.collect.TreeBasedTable;
import io.avma.internal.DataTable;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;
import java.util.Locale;
import java.util.Optional;

/**
 * Which release activates which, as the two tables say: one row a pair of long-term releases, the
 * other releases follow their {@linkplain WindowsRelease#baseline() baseline}.
 *
 * @param windowsServer host release × guest release
 * @param azureLocal host key's release × guest release
 * @param subscription guest release; the row of the Azure Local subscription
 */
record ReleaseRules(
    ImmutableTable<WindowsRelease, WindowsRelease, Cell> windowsServer,
    ImmutableTable<WindowsRelease, WindowsRelease, Cell> azureLocal,
    ImmutableTable<String, WindowsRelease, Cell> subscription) {
  private static final String SUBSCRIPTION = "subscription";

  /**
   * One answer of a table.
   *
   * @param supported the answer
   * @param standing how well it is founded
   * @param source where it comes from
   */
  record Cell(boolean supported, Standing standing, String source) {}

  /** Loaded on first use. */
  private static final class Standard {
    static final ReleaseRules RULES = load();
  }

  static ReleaseRules standard() {
    return Standard.RULES;
  }

  /** Returns the answer for a Windows Server host; any release that is no baseline is assumed. */
  Cell windowsServer(WindowsRelease host, WindowsRelease guest) {
    return throughBaselines(windowsServer, host, guest);
  }

  /** Returns the answer for a host key on Azure Local; empty if Azure Local takes no such key. */
  Optional<Cell> azureLocalKey(WindowsRelease key, WindowsRelease guest) {
    return azureLocal.containsRow(key.baseline())
        ? Optional.of(throughBaselines(azureLocal, key, guest))
        : Optional.empty();
  }

  /** Returns the answer for the subscription of Azure Local. */
  Cell subscription(WindowsRelease guest) {
    return assumedUnlessBaseline(required(subscription.get(SUBSCRIPTION, guest.baseline())), guest);
  }

  /** Returns these rules with another answer for one pair of Windows Server releases. */
  ReleaseRules with(WindowsRelease host, WindowsRelease guest, Cell cell) {
    Table<WindowsRelease, WindowsRelease, Cell> changed = TreeBasedTable.create();
    changed.putAll(windowsServer);
    changed.put(host, guest, cell);
    return new ReleaseRules(ImmutableTable.copyOf(changed), azureLocal, subscription);
  }

  private static Cell throughBaselines(
      Table<WindowsRelease, WindowsRelease, Cell> table,
      WindowsRelease host,
      WindowsRelease guest) {
    Cell exact = table.get(host, guest);
    if (exact != null) {
      return exact;
    }
    Cell baseline = required(table.get(host.baseline(), guest.baseline()));
    return new Cell(baseline.supported, Standing.ASSUMED, baseline.source);
  }

  private static Cell assumedUnlessBaseline(Cell cell, WindowsRelease guest) {
    return guest.baseline() == guest
        ? cell
        : new Cell(cell.supported, Standing.ASSUMED, cell.source);
  }

  private static Cell required(@org.jspecify.annotations.Nullable Cell cell) {
    if (cell == null) {
      throw new AssertionError("the tables were checked for holes when they were loaded");
    }
    return cell;
  }

  private static ReleaseRules load() {
    DataTable windows =
        DataTable.resource(
            ReleaseRules.class,
            "windows-server.table",
            "host",
            "guest",
            "supported",
            "standing",
            "source");
    DataTable local =
        DataTable.resource(
            ReleaseRules.class,
            "azure-local.table",
            "license",
            "guest",
            "supported",
            "standing",
            "source");
    return of(windows, local);
  }

  /** Builds the rules from two tables and complains about every hole and every second row. */
  static ReleaseRules of(DataTable windows, DataTable local) {
    Table<WindowsRelease, WindowsRelease, Cell> server = TreeBasedTable.create();
    for (DataTable.Row row : windows.rows()) {
      put(server, row.constant("host", WindowsRelease.class), row);
    }
    Table<WindowsRelease, WindowsRelease, Cell> keys = TreeBasedTable.create();
    Table<String, WindowsRelease, Cell> subscription = TreeBasedTable.create();
    for (DataTable.Row row : local.rows()) {
      if (row.text("license").equals(SUBSCRIPTION)) {
        put(subscription, SUBSCRIPTION, row);
      } else {
        put(keys, row.constant("license", WindowsRelease.class), row);
      }
    }
    for (WindowsRelease guest : WindowsRelease.values()) {
      if (guest.baseline() != guest) {
        continue;
      }
      for (WindowsRelease host : WindowsRelease.values()) {
        if (host.baseline() == host) {
          requireCell(server.contains(host, guest), windows, host.label(), guest);
        }
      }
      for (WindowsRelease key : keys.rowKeySet()) {
        requireCell(keys.contains(key, guest), local, key.label(), guest);
      }
      requireCell(subscription.contains(SUBSCRIPTION, guest), local, SUBSCRIPTION, guest);
    }
    return new ReleaseRules(
        ImmutableTable.copyOf(server),
        ImmutableTable.copyOf(keys),
        ImmutableTable.copyOf(subscription));
  }

  private static <R> void put(Table<R, WindowsRelease, Cell> table, R rowKey, DataTable.Row row) {
    Cell cell =
        new Cell(supported(row), row.constant("standing", Standing.class), row.text("source"));
    WindowsRelease guest = row.constant("guest", WindowsRelease.class);
    if (table.put(rowKey, guest, cell) != null) {
      throw row.complaint("second row for " + rowKey + " and " + guest);
    }
  }

  private static boolean supported(DataTable.Row row) {
    return switch (row.text("supported").toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw row.complaint("'" + row.text("supported") + "' (expected: yes or no)");
    };
  }

  private static void requireCell(
      boolean present, DataTable table, String host, WindowsRelease guest) {
    if (!present) {
      throw table.complaint("no row for " + host + " and " + guest.label());
    }
  }
}
