package io.avma.sim.server;

import io.avma.transport.TransportException;

/** The host went down or hangs in the middle of an enumeration. */
final class HostGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HostGoneException(TransportException cause) {
    super(cause.getMessage(), cause);
  }
}
