package io.avma.transport.linux;

import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Locale;

/** The bytes of a pool file at one moment. Nobody changes the array once it is here. */
final class PoolBytes {
  private static final int ATTEMPTS = 3;

  private final byte[] bytes;
  private final int length;
  private final boolean settled;

  private PoolBytes(byte[] bytes, int length, boolean settled) {
    this.bytes = bytes;
    this.length = length;
    this.settled = settled;
  }

  static PoolBytes of(byte[] bytes) {
    return new PoolBytes(bytes, bytes.length, true);
  }

  /**
   * Reads all of {@code channel}. Writers that do not honor the POSIX lock may change the file
   * meanwhile; if it has another size after three attempts, the result says so.
   *
   * @throws TransportException {@code TOO_LARGE}, before anything is read
   */
  static PoolBytes read(SeekableByteChannel channel, PoolLimits limits, String label)
      throws IOException, TransportException {
    return read(channel, limits, label, new byte[0]);
  }

  /** The same into {@code scratch}, if it is large enough: it must not be used meanwhile. */
  static PoolBytes read(
      SeekableByteChannel channel, PoolLimits limits, String label, byte[] scratch)
      throws IOException, TransportException {
    PoolBytes latest = of(new byte[0]);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      latest = readOnce(channel, limits, label, scratch);
      if (latest.settled) {
        return latest;
      }
    }
    return latest;
  }

  private static PoolBytes readOnce(
      SeekableByteChannel channel, PoolLimits limits, String label, byte[] scratch)
      throws IOException, TransportException {
    long size = channel.size();
    if (size > limits.maxBytes()) {
      throw new TransportException(
          TransportException.Reason.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "%s has %d bytes (expected: at most %d, from PoolLimits.maxRecords %d). Nothing was"
                  + " read; raise the limit if the pool is meant to be that large",
              label,
              size,
              limits.maxBytes(),
              limits.maxRecords()));
    }
    int length = (int) size;
    byte[] bytes = scratch.length >= length ? scratch : new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
    channel.position(0);
    Transfer.read(channel, buffer);
    boolean settled = buffer.position() == length && channel.size() == size;
    return new PoolBytes(bytes, buffer.position(), settled);
  }

  /** Returns the array itself; only the first {@link #length} bytes count. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  /** Returns whether the file had the same size before and after it was read. */
  boolean isSettled() {
    return settled;
  }

  /** Returns some of the bytes; not a copy. */
  ByteBuffer slice(int from, int count) {
    return ByteBuffer.wrap(bytes, from, count).slice();
  }

  boolean sameAs(PoolBytes other) {
    return Arrays.equals(bytes, 0, length, other.bytes, 0, other.length);
  }
}
