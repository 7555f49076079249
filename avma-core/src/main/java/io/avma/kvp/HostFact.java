package io.avma.kvp;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.internal.DataTable;
import io.avma.platform.Standing;
import java.util.Optional;

/**
 * An item that a host writes into each guest about itself and about the VM, in the order in which
 * hosts write them.
 *
 * <p>Keys and forms come from the table {@code host-facts.table} beside this class, each row with
 * source and standing. From 2016 on every host says 10 and 0 for its version and no build, so these
 * items alone cannot tell such releases apart (assumed).
 */
@CheckReturnValue
public enum HostFact {
  /** The host's computer name. */
  HOST_NAME,
  /** The host's SKU number. */
  HOSTING_SYSTEM_EDITION_ID,
  /** How deep the host itself is nested; 0 on hardware. */
  NESTED_LEVEL,
  /** The first number of the host's version. */
  OS_MAJOR,
  /** The second number of the host's version. */
  OS_MINOR,
  /** The host's processor architecture. */
  PROCESSOR_ARCHITECTURE,
  /** The deepest idle state allowed. */
  PROCESSOR_IDLE_STATE_MAX,
  /** The highest processor throttle, in percent. */
  PROCESSOR_THROTTLE_MAX,
  /** The lowest processor throttle, in percent. */
  PROCESSOR_THROTTLE_MIN,
  /** The major number of the host's service pack. */
  SERVICE_PACK_MAJOR,
  /** The minor number of the host's service pack. */
  SERVICE_PACK_MINOR,
  /** The physical host's computer name. */
  PHYSICAL_HOST_NAME,
  /** The physical host's fully qualified name. */
  PHYSICAL_HOST_NAME_FULLY_QUALIFIED,
  /** Whether the VM's memory is balanced dynamically. */
  DYNAMIC_MEMORY_BALANCING,
  /** The VM's identifier. */
  VIRTUAL_MACHINE_ID,
  /** The VM's name. */
  VIRTUAL_MACHINE_NAME;

  /** Returns the key of the item, for example {@code HostingSystemEditionId}. */
  public String key() {
    return row().key;
  }

  /** Returns how well the row of this item is founded. */
  public Standing standing() {
    return row().standing;
  }

  /** Returns where the row of this item comes from. */
  public String source() {
    return row().source;
  }

  /** Returns the fact whose key is exactly {@code key}. */
  public static Optional<HostFact> ofKey(String key) {
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

  private record Row(String key, ValueForm form, Standing standing, String source) {}

  /** Loaded on first use, so that naming a constant costs nothing. */
  private static final class Table {
    static final ImmutableMap<HostFact, Row> ROWS = load();
    static final ImmutableMap<String, HostFact> BY_KEY = byKey();

    private static ImmutableMap<HostFact, Row> load() {
      DataTable table =
          DataTable.resource(
              HostFact.class, "host-facts.table", "fact", "key", "form", "standing", "source");
      table.requireEachOnce(HostFact.class, "fact");
      ImmutableMap.Builder<HostFact, Row> rows = ImmutableMap.builder();
      for (DataTable.Row row : table.rows()) {
        rows.put(
            row.constant("fact", HostFact.class),
            new Row(
                row.text("key"),
                row.constant("form", ValueForm.class),
                row.constant("standing", Standing.class),
                row.text("source")));
      }
      return rows.buildOrThrow();
    }

    private static ImmutableMap<String, HostFact> byKey() {
      ImmutableMap.Builder<String, HostFact> byKey = ImmutableMap.builder();
      ROWS.forEach((fact, row) -> byKey.put(row.key, fact));
      return byKey.buildOrThrow();
    }
  }
}
