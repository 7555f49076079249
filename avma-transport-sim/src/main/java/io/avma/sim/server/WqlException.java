package io.avma.sim.server;

/** A query that cannot be answered. Says why, to the client. */
final class WqlException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long code;

  /**
   * Creates an exception.
   *
   * @param code the error of WMI
   */
  WqlException(long code, String message) {
    super(message);
    this.code = code;
  }

  long code() {
    return code;
  }
}
