package io.avma.tracking;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import java.time.Instant;

/**
 * Where a VM was, as hosts saw it: from the first to the last of a row of sightings with nothing
 * different in between. About the time between two placements nothing is known.
 *
 * @param host the host
 * @param presence whether it ran there
 * @param from when it was first seen so
 * @param until when it was last seen so; the same for a single sighting
 * @param first what shows the beginning
 * @param last what shows the end
 * @param sightings how many observations show it, 1 or more
 */
@CheckReturnValue
public record Placement(
    HostId host,
    Presence presence,
    Instant from,
    Instant until,
    Observation first,
    Observation last,
    int sightings) {
  /** Whether a VM runs where it is. */
  public enum Presence {
    /** It runs, or is paused or changing its state. */
    RUNNING("running"),
    /** It is switched off or saved. */
    AT_REST("not running"),
    /** It is there; whether it runs is not known. */
    UNKNOWN("in an unknown state");

    private final String text;

    Presence(String text) {
      this.text = text;
    }

    /** Returns what it means, for people. */
    public String text() {
      return text;
    }
  }

  /** Returns whether the VM was seen here both at or before and at or after {@code at}. */
  public boolean covers(Instant at) {
    return !at.isBefore(from) && !at.isAfter(until);
  }
}
