package io.avma.transport.eventlog;

/** A record does not fit into the rest of a chunk. Ordinary, so without a stack trace. */
final class ChunkFull extends Exception {
  private static final long serialVersionUID = 1L;

  ChunkFull() {
    super("the chunk is full", null, false, false);
  }
}
