package io.avma.sim.server;

import io.avma.transport.wsman.WsManBody;

/** A fault on its way to the client. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient WsManBody.Fault fault;

  Refusal(WsManBody.Fault fault) {
    super(fault.reason());
    this.fault = fault;
  }

  WsManBody.Fault fault() {
    return fault;
  }
}
