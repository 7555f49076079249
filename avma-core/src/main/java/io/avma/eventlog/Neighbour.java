package io.avma.eventlog;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.internal.DataTable;
import io.avma.platform.Standing;
import java.util.Optional;

/**
 * A record of the Software Protection Platform that supports what the activation events say: keys
 * installed and removed, other ways of activation, the service's own life.
 *
 * <p>Numbers and meanings come from the table {@code neighbours.table} beside this class.
 *
 * @param event the record
 * @param kind what it says
 */
@CheckReturnValue
public record Neighbour(WindowsEvent event, Kind kind) implements LogEntry {
  /** What such a record says. */
  public enum Kind {
    /** The service is starting. */
    SERVICE_STARTING,
    /** The service has started. */
    SERVICE_STARTED,
    /** The service has stopped. */
    SERVICE_STOPPED,
    /** The status of all licenses was checked. */
    LICENSE_STATUS,
    /** Getting an end-user license failed. */
    LICENSE_ACQUISITION_FAILED,
    /** A product key was installed. */
    KEY_INSTALLED,
    /** A product key was removed. */
    KEY_REMOVED,
    /** The rules engine failed to activate with a volume license. */
    VOLUME_ACTIVATION_FAILED,
    /** A request was sent to a KMS host. */
    KMS_REQUEST,
    /** The answer of a KMS host was processed. */
    KMS_RESPONSE,
    /** A KMS host has served a request. */
    KMS_SERVED,
    /** A genuine ticket was acquired. */
    GENUINE_TICKET,
    /** The genuine state was set. */
    GENUINE_STATE,
    /** Activation through Active Directory has succeeded. */
    ACTIVE_DIRECTORY_ACTIVATION,
    /** The client for Microsoft accounts was triggered. */
    ACCOUNT_CLIENT_TRIGGERED;

    /** Returns the event's number. */
    public int eventId() {
      return row().eventId;
    }

    /** Returns what such a record says, in our words. */
    public String meaning() {
      return row().meaning;
    }

    /** Returns how well number and meaning are founded. */
    public Standing standing() {
      return row().standing;
    }

    private Row row() {
      Row row = Table.ROWS.get(this);
      if (row == null) {
        throw new AssertionError(name()); // the table was checked when it was loaded
      }
      return row;
    }
  }

  /**
   * Returns {@code event} as a neighbour; empty unless it comes from the Software Protection
   * Platform and its number is in the table.
   */
  public static Optional<Neighbour> of(WindowsEvent event) {
    return SoftwareProtection.wrote(event)
        ? Optional.ofNullable(Table.BY_ID.get(event.eventId()))
            .map(kind -> new Neighbour(event, kind))
        : Optional.empty();
  }

  private record Row(int eventId, Standing standing, String meaning) {}

  private static final class Table {
    static final ImmutableMap<Kind, Row> ROWS = load();
    static final ImmutableMap<Integer, Kind> BY_ID = byId();

    private static ImmutableMap<Kind, Row> load() {
      DataTable table =
          DataTable.resource(
              Neighbour.class,
              "neighbours.table",
              "event",
              "kind",
              "standing",
              "source",
              "meaning");
      table.requireEachOnce(Kind.class, "kind");
      ImmutableMap.Builder<Kind, Row> rows = ImmutableMap.builder();
      for (DataTable.Row row : table.rows()) {
        rows.put(
            row.constant("kind", Kind.class),
            new Row(
                (int) row.number("event"),
                row.constant("standing", Standing.class),
                row.text("meaning")));
      }
      return rows.buildOrThrow();
    }

    private static ImmutableMap<Integer, Kind> byId() {
      ImmutableMap.Builder<Integer, Kind> byId = ImmutableMap.builder();
      ROWS.forEach((kind, row) -> byId.put(row.eventId, kind));
      return byId.buildOrThrow();
    }
  }
}
