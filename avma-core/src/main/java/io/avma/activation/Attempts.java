package io.avma.activation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * How the attempts with the installed key went.
 *
 * @param failures how many failed in a row, as far as the retry delays count them
 * @param lapsed whether an activation with this key has expired and none followed
 * @param last how the last one ended
 */
@CheckReturnValue
public record Attempts(int failures, boolean lapsed, ActivationOutcome last) {
  /** No attempt yet. */
  public static final Attempts NONE = new Attempts(0, false, ActivationOutcome.NOT_ATTEMPTED);

  /** The last attempt succeeded. */
  public static final Attempts SUCCEEDED = new Attempts(0, false, ActivationOutcome.ACTIVATED);

  /** Refuses a negative count. */
  public Attempts {
    checkArgument(failures >= 0, "failures is %s (expected: 0 or more)", failures);
  }

  /** Returns these attempts and one that failed; the count stops at {@code most}. */
  Attempts failed(ActivationOutcome outcome, int most) {
    return new Attempts(Math.min(failures + 1, most), lapsed, outcome);
  }

  /** Returns these attempts after the activation has expired. */
  Attempts lapsedNow() {
    return new Attempts(failures, true, last);
  }

  /** Returns these attempts after a restart: the retry delays begin again. */
  Attempts restarted() {
    return failures == 0 ? this : new Attempts(0, lapsed, last);
  }
}
