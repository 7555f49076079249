package io.avma.transport.wsman;

import java.io.IOException;

/** The peer has closed a connection before it said anything to the last request. */
final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean nothingDone;

  ConnectionLostException(boolean nothingDone, Throwable cause) {
    super("connection closed before an answer", cause);
    this.nothingDone = nothingDone;
  }

  /** Whether the request has certainly not been carried out. */
  boolean nothingDone() {
    return nothingDone;
  }
}
