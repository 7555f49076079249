package io.avma.transport;

/** What a reader does when it meets damage. */
public enum Strictness {
  /**
   * Stops at the first flaw that leaves data in doubt or costs some, with a {@link
   * TransportException} that holds the flaw. For whoever must know that a source is whole.
   */
  STRICT,
  /** Returns everything sound, and every flaw beside it. The default. */
  LENIENT,
  /** Also digs where no sound writer leaves data: slack, stale copies, broken records. */
  SALVAGE
}
