package io.avma.transport.eventlog;

/** A text ends inside an event. It becomes one flaw, so it has no stack trace. */
final class TornText extends Exception {
  private static final long serialVersionUID = 1L;

  TornText() {
    super("the file ends inside an event", null, false, false);
  }
}
