package io.avma.sim.server;

/**
 * An answer as HTTP carries it.
 *
 * @param status 200, or 400 and up for a fault
 * @param envelope in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
record Answer(int status, byte[] envelope) implements Outcome {}
