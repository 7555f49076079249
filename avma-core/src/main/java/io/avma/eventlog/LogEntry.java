package io.avma.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/** A record of the Software Protection Platform whose meaning this library knows. */
@CheckReturnValue
public sealed interface LogEntry permits ActivationLogEntry, LicenseContext, Neighbour {
  /** Returns the record that this entry reads. */
  WindowsEvent event();

  /**
   * Returns what {@code event} means; empty for events of other providers and for numbers that say
   * nothing about activation. Never throws.
   */
  static Optional<LogEntry> of(WindowsEvent event) {
    Optional<ActivationLogEntry> activation = ActivationLogEntry.of(event);
    if (activation.isPresent()) {
      return Optional.of(activation.get());
    }
    Optional<LicenseContext> context = LicenseContext.of(event);
    if (context.isPresent()) {
      return Optional.of(context.get());
    }
    return Neighbour.of(event).map(neighbour -> neighbour);
  }
}
