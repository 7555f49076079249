package io.avma.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * A record whose meaning this library knows: of the Software Protection Platform, or of Hyper-V
 * about its machines.
 */
@CheckReturnValue
public sealed interface LogEntry
    permits ActivationLogEntry, LicenseContext, MachineEvent, Neighbour {
  /** Returns the record that this entry reads. */
  WindowsEvent event();

  /**
   * Returns what {@code event} means; empty for events of other providers and for numbers that say
   * nothing that this library reads. Never throws.
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
    Optional<Neighbour> neighbour = Neighbour.of(event);
    return neighbour.isPresent()
        ? Optional.of(neighbour.get())
        : MachineEvent.of(event).map(machine -> machine);
  }
}
