package io.avma.eventlog;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.internal.DataTable;
import io.avma.platform.Standing;
import io.avma.platform.VmId;
import java.util.EnumSet;
import java.util.Optional;

/**
 * A record of a Hyper-V host about one of its machines: started, stopped, moved. Evidence of where
 * a machine ran, which no ledger uses yet.
 *
 * <p>Numbers, meanings and fields come from the table {@code machine-events.table} beside this
 * class.
 *
 * @param event the record
 * @param kind what it says
 */
@CheckReturnValue
public record MachineEvent(WindowsEvent event, Kind kind) implements LogEntry {
  /** What such a record says of the machine. */
  public enum Kind {
    /** It was created on the host. */
    CREATED,
    /** It was imported to the host. */
    IMPORTED,
    /** It has started. */
    STARTED,
    /** It was restored from its saved state. */
    RESTORED,
    /** It was paused. */
    PAUSED,
    /** It was resumed. */
    RESUMED,
    /** It was reset. */
    RESET,
    /** It was saved, and runs no longer. */
    SAVED,
    /** It has hibernated. */
    HIBERNATED,
    /** It was shut down. */
    SHUT_DOWN,
    /** It was turned off. */
    TURNED_OFF,
    /** It was live-migrated, to the host or from it. */
    MIGRATED,
    /** A migration from the host has failed. */
    MIGRATION_FAILED,
    /** It was deleted from the host. */
    DELETED
  }

  /** The provider that logs what happens to running machines. */
  public static final String WORKER = "Microsoft-Windows-Hyper-V-Worker";

  /** The provider that logs what the management service does. */
  public static final String MANAGEMENT = "Microsoft-Windows-Hyper-V-VMMS";

  /**
   * Returns {@code event} as an event of a machine; empty unless it comes from Hyper-V and its
   * number is in the table.
   */
  public static Optional<MachineEvent> of(WindowsEvent event) {
    return row(event).map(row -> new MachineEvent(event, row.kind));
  }

  /** Returns the numbers of all such records. */
  public static ImmutableSet<Integer> eventIds() {
    return Table.ROWS.keySet();
  }

  /** Returns what the record says, in our words. */
  public String meaning() {
    return row(event).map(Row::meaning).orElse("");
  }

  /** Returns how well number and meaning are founded. */
  public Standing standing() {
    return row(event).map(Row::standing).orElse(Standing.ASSUMED);
  }

  /** Returns the machine that the record names; empty if its data is not what the table says. */
  public Optional<VmReference> machine() {
    return row(event)
        .flatMap(
            row -> {
              Optional<VmId> id = field(row.idField).flatMap(VmId::parse);
              Optional<String> name = field(row.nameField).filter(text -> !text.isBlank());
              return id.isPresent() || name.isPresent()
                  ? Optional.of(new VmReference(id, name))
                  : Optional.empty();
            });
  }

  private Optional<String> field(String name) {
    Optional<String> inPayload =
        event.payloadXml().flatMap(payload -> PayloadField.text(payload, name));
    return inPayload.isPresent()
        ? inPayload
        : event.data().stream()
            .filter(datum -> datum.name().equals(Optional.of(name)))
            .map(EventDatum::text)
            .findFirst();
  }

  private static Optional<Row> row(WindowsEvent event) {
    return Optional.ofNullable(Table.ROWS.get(event.eventId()))
        .filter(row -> row.provider.equalsIgnoreCase(event.providerName()));
  }

  private enum Provider {
    WORKER(MachineEvent.WORKER),
    VMMS(MANAGEMENT);

    private final String providerName;

    Provider(String providerName) {
      this.providerName = providerName;
    }
  }

  private record Row(
      String provider,
      Kind kind,
      String nameField,
      String idField,
      Standing standing,
      String meaning) {}

  private static final class Table {
    static final ImmutableMap<Integer, Row> ROWS = load();

    private static ImmutableMap<Integer, Row> load() {
      DataTable table =
          DataTable.resource(
              MachineEvent.class,
              "machine-events.table",
              "event",
              "provider",
              "kind",
              "name",
              "id",
              "standing",
              "source",
              "meaning");
      EnumSet<Kind> missing = EnumSet.allOf(Kind.class);
      ImmutableMap.Builder<Integer, Row> rows = ImmutableMap.builder();
      for (DataTable.Row row : table.rows()) {
        Kind kind = row.constant("kind", Kind.class);
        missing.remove(kind);
        rows.put(
            (int) row.number("event"),
            new Row(
                row.constant("provider", Provider.class).providerName,
                kind,
                row.text("name"),
                row.text("id"),
                row.constant("standing", Standing.class),
                row.text("meaning")));
      }
      if (!missing.isEmpty()) {
        throw table.complaint("no row for " + missing);
      }
      return rows.buildOrThrow();
    }
  }
}
