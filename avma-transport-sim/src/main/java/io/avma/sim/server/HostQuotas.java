package io.avma.sim.server;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How much a host lets be asked.
 *
 * @param maxEnvelopeBytes how long a message may be, either way; MaxEnvelopeSizekb
 * @param maxBatchItems how many items an answer may hold
 * @param maxOperations how many enumerations and subscriptions a user may have open
 * @param operationLife how long one stays open when nobody pulls
 * @param maxJobs how many jobs are remembered
 */
record HostQuotas(
    int maxEnvelopeBytes,
    int maxBatchItems,
    int maxOperations,
    Duration operationLife,
    int maxJobs) {
  /** As Windows has it by default (documented), but for life and jobs, which are assumptions. */
  static final HostQuotas STANDARD =
      new HostQuotas(500 << 10, 32_000, 1500, Duration.ofMinutes(1), 1000);

  /** The smallest envelope that a client may ask for; documented. */
  static final int SMALLEST_ENVELOPE = 8192;

  HostQuotas {
    checkArgument(
        maxEnvelopeBytes >= SMALLEST_ENVELOPE,
        "maxEnvelopeBytes is %s (expected: at least %s)",
        maxEnvelopeBytes,
        SMALLEST_ENVELOPE);
    checkArgument(maxBatchItems >= 1 && maxOperations >= 1 && maxJobs >= 1, "a quota below 1");
  }

  HostQuotas withMaxEnvelope(int bytes) {
    return new HostQuotas(bytes, maxBatchItems, maxOperations, operationLife, maxJobs);
  }
}
