package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.time.Instant;

/**
 * How many requests a host had since a window opened. Two numbers instead of a list of instants, so
 * that it stays bounded.
 *
 * @param openedAt when the window opened; {@link Instant#EPOCH} in a window without requests
 * @param requests how many requests were answered in it, never more than the limit
 */
@CheckReturnValue
record ThrottleWindow(Instant openedAt, int requests) {
  static final ThrottleWindow EMPTY = new ThrottleWindow(Instant.EPOCH, 0);

  /**
   * Returns the window at {@code now}: empty when its time is over. One that opened in the future,
   * because the clock was set back, is over too: it must not lock guests out.
   */
  ThrottleWindow at(Instant now, ActivationTerms terms) {
    boolean open = !now.isBefore(openedAt) && now.isBefore(openedAt.plus(terms.throttleWindow()));
    return open ? this : EMPTY;
  }

  boolean isFull(ActivationTerms terms) {
    return requests >= terms.throttleLimit();
  }

  ThrottleWindow plusOne(Instant now, ActivationTerms terms) {
    if (terms.throttleLimit() == Integer.MAX_VALUE) {
      return this;
    }
    return new ThrottleWindow(requests == 0 ? now : openedAt, requests + 1);
  }

  ThrottleWindow shiftedBy(Duration shift) {
    return requests == 0 ? this : new ThrottleWindow(openedAt.plus(shift), requests);
  }
}
