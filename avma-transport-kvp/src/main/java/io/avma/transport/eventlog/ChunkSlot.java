package io.avma.transport.eventlog;

/**
 * A stretch of the file that should hold a chunk.
 *
 * @param number its place among the slots, from 0
 * @param offset where it starts in the file
 * @param bytes how much of it there was when the file was opened, at most the size of a chunk
 * @param isLast whether no chunk follows it
 */
record ChunkSlot(long number, long offset, int bytes, boolean isLast) {}
