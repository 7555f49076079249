package io.avma.compatibility;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableTable;
import com.google.common.collect.Maps;
import com.google.common.collect.ObjectArrays;
import com.google.common.collect.Table;
import com.google.common.collect.TreeBasedTable;
import io.avma.internal.DataTable;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which release activates which, as the three tables say: one row a pair of long-term releases, the
 * other releases follow their {@linkplain WindowsRelease#baseline() baseline}.
 *
 * @param windowsServer host release × guest release
 * @param azureLocal host key's release × guest release
 * @param subscription guest release; the row of the Azure Local subscription
 * @param azureStackHub guest release
 */
record ReleaseRules(
    ImmutableTable<WindowsRelease, WindowsRelease, Cell> windowsServer,
    ImmutableTable<WindowsRelease, WindowsRelease, Cell> azureLocal,
    ImmutableMap<WindowsRelease, Cell> subscription,
    ImmutableMap<WindowsRelease, Cell> azureStackHub) {
  private static final String SUBSCRIPTION = "subscription";
  private static final String HUB = "Azure Stack Hub";

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
    return throughBaseline(subscription, guest);
  }

  /** Returns the answer for Azure Stack Hub. */
  Cell azureStackHub(WindowsRelease guest) {
    return throughBaseline(azureStackHub, guest);
  }

  /**
   * Returns whether Azure Stack Hub takes releases, and all of them are older than {@code guest}.
   */
  boolean isNewerThanAzureStackHub(WindowsRelease guest) {
    return azureStackHub.entrySet().stream()
        .filter(row -> row.getValue().supported)
        .map(Map.Entry::getKey)
        .max(Comparator.naturalOrder())
        .filter(newest -> newest.compareTo(guest) < 0)
        .isPresent();
  }

  /** Returns these rules with another answer for one pair of Windows Server releases. */
  ReleaseRules with(WindowsRelease host, WindowsRelease guest, Cell cell) {
    return new ReleaseRules(
        changed(windowsServer, host, guest, cell), azureLocal, subscription, azureStackHub);
  }

  /**
   * Returns these rules with another answer for one host key of Azure Local and guest.
   *
   * @throws IllegalArgumentException if Azure Local takes no such key
   */
  ReleaseRules withAzureLocalKey(WindowsRelease key, WindowsRelease guest, Cell cell) {
    checkArgument(
        azureLocal.containsRow(key.baseline()),
        "Azure Local takes no host key of %s",
        key.displayName());
    return new ReleaseRules(
        windowsServer, changed(azureLocal, key, guest, cell), subscription, azureStackHub);
  }

  /** Returns these rules with another answer for one guest of the Azure Local subscription. */
  ReleaseRules withSubscription(WindowsRelease guest, Cell cell) {
    return new ReleaseRules(
        windowsServer, azureLocal, changed(subscription, guest, cell), azureStackHub);
  }

  /** Returns these rules with another answer for one guest of Azure Stack Hub. */
  ReleaseRules withAzureStackHub(WindowsRelease guest, Cell cell) {
    return new ReleaseRules(
        windowsServer, azureLocal, subscription, changed(azureStackHub, guest, cell));
  }

  private static ImmutableTable<WindowsRelease, WindowsRelease, Cell> changed(
      Table<WindowsRelease, WindowsRelease, Cell> table,
      WindowsRelease row,
      WindowsRelease guest,
      Cell cell) {
    Table<WindowsRelease, WindowsRelease, Cell> changed = TreeBasedTable.create();
    changed.putAll(table);
    changed.put(row, guest, cell);
    return ImmutableTable.copyOf(changed);
  }

  private static ImmutableMap<WindowsRelease, Cell> changed(
      Map<WindowsRelease, Cell> row, WindowsRelease guest, Cell cell) {
    Map<WindowsRelease, Cell> changed = new EnumMap<>(row);
    changed.put(guest, cell);
    return Maps.immutableEnumMap(changed);
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

  private static Cell throughBaseline(Map<WindowsRelease, Cell> row, WindowsRelease guest) {
    Cell exact = row.get(guest);
    if (exact != null) {
      return exact;
    }
    Cell baseline = required(row.get(guest.baseline()));
    return new Cell(baseline.supported, Standing.ASSUMED, baseline.source);
  }

  private static Cell required(@org.jspecify.annotations.Nullable Cell cell) {
    if (cell == null) {
      throw new AssertionError("the tables were checked for holes when they were loaded");
    }
    return cell;
  }

  private static ReleaseRules load() {
    return of(
        resource("windows-server.table", "host", "guest"),
        resource("azure-local.table", "license", "guest"),
        resource("azure-stack-hub.table", "guest"));
  }

  private static DataTable resource(String file, String... subject) {
    return DataTable.resource(ReleaseRules.class, file, columns(subject));
  }

  /** Returns the columns of a table: what it is about, then the answer. */
  static String[] columns(String... subject) {
    return ObjectArrays.concat(
        subject, new String[] {"supported", "standing", "source"}, String.class);
  }

  /** Builds the rules from three tables and complains about every hole and every second row. */
  static ReleaseRules of(DataTable windows, DataTable local, DataTable hub) {
    Table<WindowsRelease, WindowsRelease, Cell> server = TreeBasedTable.create();
    for (DataTable.Row row : windows.rows()) {
      WindowsRelease host = row.constant("host", WindowsRelease.class);
      put(server.row(host), host.name(), row);
    }
    Table<WindowsRelease, WindowsRelease, Cell> keys = TreeBasedTable.create();
    Map<WindowsRelease, Cell> subscription = new EnumMap<>(WindowsRelease.class);
    for (DataTable.Row row : local.rows()) {
      if (row.text("license").equals(SUBSCRIPTION)) {
        put(subscription, SUBSCRIPTION, row);
      } else {
        WindowsRelease key = row.constant("license", WindowsRelease.class);
        put(keys.row(key), key.name(), row);
      }
    }
    Map<WindowsRelease, Cell> onHub = new EnumMap<>(WindowsRelease.class);
    hub.rows().forEach(row -> put(onHub, HUB, row));
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
      requireCell(subscription.containsKey(guest), local, SUBSCRIPTION, guest);
      requireCell(onHub.containsKey(guest), hub, HUB, guest);
    }
    return new ReleaseRules(
        ImmutableTable.copyOf(server),
        ImmutableTable.copyOf(keys),
        Maps.immutableEnumMap(subscription),
        Maps.immutableEnumMap(onHub));
  }

  private static void put(Map<WindowsRelease, Cell> cells, String subject, DataTable.Row row) {
    Cell cell =
        new Cell(supported(row), row.constant("standing", Standing.class), row.text("source"));
    WindowsRelease guest = row.constant("guest", WindowsRelease.class);
    if (cells.put(guest, cell) != null) {
      throw row.complaint("second row for " + subject + " and " + guest);
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
