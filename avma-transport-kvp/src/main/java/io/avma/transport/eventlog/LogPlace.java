package io.avma.transport.eventlog;

import io.avma.eventlog.WindowsEvent;
import io.avma.transport.LogName;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a file has been read: how many events, and which was the last. The count alone says
 * nothing about a log that drops its oldest records, which stays as long as it was.
 *
 * @param count how many events were read
 * @param event what tells the last of them from others
 */
record LogPlace(long count, String event) {
  /** The place behind {@code last}, which was the event of that number. */
  static LogPlace behind(long count, WindowsEvent last) {
    return new LogPlace(count, fingerprint(last));
  }

  /** Whether {@code event} looks like the one that was read last. */
  boolean isBehind(WindowsEvent last) {
    return event.equals(fingerprint(last));
  }

  private static String fingerprint(WindowsEvent event) {
    String number =
        event.recordId().isPresent() ? Long.toUnsignedString(event.recordId().getAsLong()) : "-";
    String time = event.timeCreated().map(Instant::toString).orElse("-");
    int log = LogName.of(event).toString().hashCode(); // the same in every JVM
    return number + "@" + time + "/" + Integer.toHexString(log);
  }

  /** Reads what {@link #toString} wrote; empty for any other text. */
  static Optional<LogPlace> parse(String text) {
    int colon = text.indexOf(':');
    try {
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new LogPlace(Long.parseLong(text.substring(0, colon)), text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return count + ":" + event;
  }
}
