package io.avma.transport.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/**
 * Moves bytes between files and the heap in pieces: a channel copies each call's bytes through
 * memory of its own, as large as the call, and keeps that memory for the thread.
 */
final class Transfer {
  /** Whole records, so that a kill between two pieces leaves none that is half another. */
  private static final int PIECE_BYTES = 25 * PoolLayout.RECORD_BYTES;

  private Transfer() {}

  /** Reads until {@code bytes} is full or {@code from} ends. */
  static void read(ReadableByteChannel from, ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    int read = 0;
    while (read >= 0 && bytes.position() < limit) {
      bytes.limit(Math.min(bytes.position() + PIECE_BYTES, limit));
      read = from.read(bytes);
    }
    bytes.limit(limit);
  }

  /** Writes {@code bytes} from the front to the back, the first one to {@code position}. */
  static void write(FileChannel to, long position, ByteBuffer bytes) throws IOException {
    ByteBuffer rest = bytes.duplicate();
    int limit = rest.limit();
    while (rest.position() < limit) {
      rest.limit(Math.min(rest.position() + PIECE_BYTES, limit));
      int unused = to.write(rest, position + rest.position() - bytes.position());
    }
  }

  /**
   * Writes {@code bytes} sector by sector from the back to the front, so that a kill leaves what
   * was there before at the front, and these at the back.
   */
  static void writeBackwards(FileChannel to, long position, ByteBuffer bytes) throws IOException {
    for (int end = bytes.limit(); end > 0; ) {
      int start = (end - 1) / PoolLayout.SECTOR_BYTES * PoolLayout.SECTOR_BYTES;
      write(to, position + start, bytes.slice(start, end - start));
      end = start;
    }
  }
}
