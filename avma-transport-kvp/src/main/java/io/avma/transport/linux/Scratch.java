package io.avma.transport.linux;

import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Memory for the pool that somebody reads or changes, kept because that happens again and again.
 * One thread at a time has it; another one gets its own. For any thread.
 */
final class Scratch {
  private static final byte[] NOTHING = {};
  private static final int MOST_KEPT = 4 << 20;

  private final AtomicReference<byte[]> kept = new AtomicReference<>(NOTHING);

  /** What is done with a pool; nothing of it may be used afterwards. */
  interface Work<T> {
    T with(PoolBytes pool) throws IOException, TransportException;
  }

  /**
   * Reads all of {@code channel}, as {@link PoolBytes#read}, and carries out {@code work} on it.
   */
  <T> T read(SeekableByteChannel channel, PoolLimits limits, String label, Work<T> work)
      throws IOException, TransportException {
    byte[] memory = kept.getAndSet(NOTHING);
    PoolBytes pool = PoolBytes.read(channel, limits, label, memory);
    T result = work.with(pool);
    if (pool.bytes().length <= MOST_KEPT) {
      kept.set(pool.bytes());
    }
    return result;
  }
}
