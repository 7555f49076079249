package io.avma.tracking;

import com.google.errorprone.annotations.CheckReturnValue;

/** How the two sides of an exchange were brought together, from the best founded to the least. */
@CheckReturnValue
public enum Attribution {
  /** The host's record names the VM, in the reading of the terms' extractor. */
  NAMED("the host's record names the VM"),
  /**
   * Only time joins them: within the terms' correlation the guest logged the same result, ran on
   * that host as far as anybody saw, and no other guest or record fits. Or several guests of one
   * host and as many of its records fit each other: then each guest was answered, and which record
   * is whose is settled by the order of time.
   */
  INFERRED("joined by time alone"),
  /**
   * Records of hosts would fit, but they or the guest's record fit others as well; none is used.
   */
  AMBIGUOUS("several records fit"),
  /** No host's record fits. */
  UNMATCHED("no host's record fits");

  private final String text;

  Attribution(String text) {
    this.text = text;
  }

  /** Returns whether a host's record stands behind the exchange. */
  public boolean hasHostEvidence() {
    return this == NAMED || this == INFERRED;
  }

  /** Returns what it means, for people. */
  public String text() {
    return text;
  }
}
