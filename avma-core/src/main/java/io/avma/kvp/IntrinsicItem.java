package io.avma.kvp;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.internal.DataTable;
import io.avma.platform.Standing;
import java.util.Locale;
import java.util.Optional;

/**
 * An item that an integration service publishes about its guest: 19 by Windows, ten of them by
 * Linux, and two more that hosts have been seen to hold.
 *
 * <p>Keys and forms come from the table {@code intrinsic-items.table} beside this class, each row
 * with source and standing. Never rely on an item's position in a list.
 */
@CheckReturnValue
public enum IntrinsicItem {
  /** The guest's name in the domain name system. */
  FULLY_QUALIFIED_DOMAIN_NAME,
  /** The version of the integration services; Linux echoes what its kernel says. */
  INTEGRATION_SERVICES_VERSION,
  /** IPv4 addresses of all adapters. */
  NETWORK_ADDRESS_IPV4,
  /** IPv6 addresses of all adapters, link-local ones included. */
  NETWORK_ADDRESS_IPV6,
  /** Windows: the build. Linux: the whole release of the kernel. */
  OS_BUILD_NUMBER,
  /** The name of the operating system or distribution. */
  OS_NAME,
  /** Windows: the first number of the version. Linux: the version of the distribution. */
  OS_MAJOR_VERSION,
  /** Windows: the second number of the version. Linux: usually empty. */
  OS_MINOR_VERSION,
  /** Windows: the version with its build. Linux: the kernel's release up to the first dash. */
  OS_VERSION,
  /** The processor architecture. */
  PROCESSOR_ARCHITECTURE,
  /** The latest service pack, as text. */
  CSD_VERSION,
  /** The SKU number. */
  OS_EDITION_ID,
  /** The platform; 2 for every Windows of today. */
  OS_PLATFORM_ID,
  /** Client, domain controller or server. */
  PRODUCT_TYPE,
  /** IPv4 addresses that Remote Desktop listens on; empty when it is off. */
  RDP_ADDRESS_IPV4,
  /** IPv6 addresses that Remote Desktop listens on; empty when it is off. */
  RDP_ADDRESS_IPV6,
  /** The major number of the service pack. */
  SERVICE_PACK_MAJOR,
  /** The minor number of the service pack. */
  SERVICE_PACK_MINOR,
  /** The product suites. */
  SUITE_MASK,
  /** A signature of the operating system; seen on hosts. */
  OS_SIGNATURE,
  /** The maker of the operating system; seen on hosts. */
  OS_VENDOR;

  /** Returns the key of the item, for example {@code OSVersion}. */
  public String key() {
    return row().key;
  }

  /** Returns whether a Windows guest publishes it. */
  public boolean onWindows() {
    return row().windows;
  }

  /** Returns whether a Linux guest publishes it. */
  public boolean onLinux() {
    return row().linux;
  }

  /** Returns how well the row of this item is founded. */
  public Standing standing() {
    return row().standing;
  }

  /** Returns where the row of this item comes from. */
  public String source() {
    return row().source;
  }

  /** Returns the item whose key is exactly {@code key}. */
  public static Optional<IntrinsicItem> ofKey(String key) {
    return Optional.ofNullable(Table.BY_KEY.get(key));
  }

  /** Returns what {@code raw} means as the value of this item. Never throws. */
  public ItemValue read(String raw) {
    return row().form.read(raw);
  }

  private Row row() {
    Row row = Table.ROWS.get(this);
    if (row == null) {
      throw new AssertionError(name()); // the table was checked when it was loaded
    }
    return row;
  }

  private record Row(
      String key,
      boolean windows,
      boolean linux,
      ValueForm form,
      Standing standing,
      String source) {}

  /** Loaded on first use, so that naming a constant costs nothing. */
  private static final class Table {
    static final ImmutableMap<IntrinsicItem, Row> ROWS = load();
    static final ImmutableMap<String, IntrinsicItem> BY_KEY = byKey();

    private static ImmutableMap<IntrinsicItem, Row> load() {
      DataTable table =
          DataTable.resource(
              IntrinsicItem.class,
              "intrinsic-items.table",
              "item",
              "key",
              "windows",
              "linux",
              "form",
              "standing",
              "source");
      table.requireEachOnce(IntrinsicItem.class, "item");
      ImmutableMap.Builder<IntrinsicItem, Row> rows = ImmutableMap.builder();
      for (DataTable.Row row : table.rows()) {
        rows.put(
            row.constant("item", IntrinsicItem.class),
            new Row(
                row.text("key"),
                yes(row, "windows"),
                yes(row, "linux"),
                row.constant("form", ValueForm.class),
                row.constant("standing", Standing.class),
                row.text("source")));
      }
      return rows.buildOrThrow();
    }

    private static boolean yes(DataTable.Row row, String column) {
      return switch (row.text(column).toLowerCase(Locale.ROOT)) {
        case "yes" -> true;
        case "no" -> false;
        default -> throw row.complaint("column '" + column + "' (expected: yes or no)");
      };
    }

    private static ImmutableMap<String, IntrinsicItem> byKey() {
      ImmutableMap.Builder<String, IntrinsicItem> byKey = ImmutableMap.builder();
      ROWS.forEach((item, row) -> byKey.put(row.key, item));
      return byKey.buildOrThrow();
    }
  }
}
