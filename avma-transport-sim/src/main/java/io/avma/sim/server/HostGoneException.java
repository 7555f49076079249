package io.avma.sim.server;

import io.avma.transport.TransportException;

/** The host is down or hangs, and answers nothing: no fault either. */
final class HostGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HostGoneException(String why) {
    super(why);
  }

  HostGoneException(TransportException cause) {
    super(cause.getMessage(), cause);
  }
}
