package io.avma.transport.eventlog;

import io.avma.transport.TransportException;

/**
 * The bytes of an event log, read by position. Never a memory map: a file that shrinks under a map
 * kills the JVM. May be read by several threads at once.
 */
interface LogInput extends AutoCloseable {
  /** Returns the name that messages use. */
  String name();

  /** Returns how long the input is now. */
  long size() throws TransportException;

  /**
   * Reads up to {@code count} bytes at {@code position} and returns how many there were: fewer only
   * at the end of the input.
   */
  int read(long position, byte[] target, int count) throws TransportException;

  /**
   * Returns whether the name still leads to this input, and not to one that has taken its place.
   */
  boolean isStillThere();

  @Override
  void close();
}
