package io.avma.tracking;

import java.time.Instant;
import java.util.Optional;

/**
 * The times that a ledger believes in: from where Windows starts to count to where four digits of a
 * year end. A log may hold any others; adding a duration to these never overflows.
 */
final class LedgerTime {
  private static final Instant FIRST = Instant.parse("1601-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private LedgerTime() {}

  static Optional<Instant> within(Instant at) {
    return at.isBefore(FIRST) || at.isAfter(LAST) ? Optional.empty() : Optional.of(at);
  }
}
