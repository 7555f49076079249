package io.avma.transport.eventlog;

/**
 * Bytes that are no event, or more of it than the limits allow. It ends the decoding of one record
 * and becomes one flaw; without a stack trace, since a hostile file may hold a great many.
 */
final class MalformedEvent extends Exception {
  private static final long serialVersionUID = 1L;

  /** Where in the chunk the damage shows; 0 if it is the event as a whole. */
  private final int chunkOffset;

  MalformedEvent(int chunkOffset, String reason) {
    super(reason, null, false, false);
    this.chunkOffset = chunkOffset;
  }

  int chunkOffset() {
    return chunkOffset;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
