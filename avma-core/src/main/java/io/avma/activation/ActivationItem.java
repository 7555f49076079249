package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A fact that an activated guest publishes through Data Exchange. That such items exist is
 * documented; which ones, and their names, is not (assumed, see {@link ActivationTerms#items()}).
 */
@CheckReturnValue
public enum ActivationItem {
  /** The AVMA ID that was activated. */
  AVMA_ID("AvmaId") {
    @Override
    String value(AvmaId avmaId, Activation activation) {
      return avmaId.value();
    }
  },
  /** The host that activated the guest. */
  HOST("AvmaHost") {
    @Override
    String value(AvmaId avmaId, Activation activation) {
      return activation.host().value();
    }
  },
  /** When the guest was activated, on its own clock, in ISO 8601. */
  ACTIVATED_AT("AvmaActivatedAt") {
    @Override
    String value(AvmaId avmaId, Activation activation) {
      return activation.activatedAt().toString();
    }
  },
  /** When the activation ends, on the guest's clock, in ISO 8601. */
  EXPIRES_AT("AvmaExpiresAt") {
    @Override
    String value(AvmaId avmaId, Activation activation) {
      return activation.expiresAt().toString();
    }
  };

  private final String assumedName;

  ActivationItem(String assumedName) {
    this.assumedName = assumedName;
  }

  /** Returns the name that this library assumes. */
  public String assumedName() {
    return assumedName;
  }

  abstract String value(AvmaId avmaId, Activation activation);
}
