package io.avma.transport.linux;

import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a locked pool so that our readers see the state before or the state after, wherever the
 * writer is killed.
 *
 * <p>First the redo record is written beside the pool and forced to disk, then the pool in place,
 * front to back, then the record goes away. Killed before the record is whole, the pool is
 * untouched; killed later, the next opener finishes the write. The pool is never replaced by
 * another file, because the daemon keeps the one that it opened at its start.
 */
final class PoolWriter {
  /** Old and new bytes of a pool, the edit once more, and something for the numbers. */
  private static final int POOLS_IN_A_REDO_RECORD = 4;

  private PoolWriter() {}

  /** Carries out {@code edit}; returns whether a key to remove was there. */
  static boolean write(
      PoolFile file, FileChannel channel, PosixFileAttributes attributes, WritePlan plan)
      throws IOException, TransportException {
    PoolBytes before = plan.current();
    PoolEdit.Outcome outcome = plan.edit().apply(before, plan.rules());
    if (outcome.after().length() > plan.limits().maxBytes()) {
      throw new TransportException(
          TransportException.Reason.TOO_LARGE,
          PoolLayout.label(file.pool())
              + ": would have "
              + outcome.after().length() / PoolLayout.RECORD_BYTES
              + " records (expected: at most "
              + plan.limits().maxRecords()
              + ", PoolLimits.maxRecords). Nothing was written; remove items first");
    }
    if (outcome.after().sameAs(before)) {
      return outcome.removed();
    }
    PoolPatch patch = PoolPatch.between(before, outcome.after());
    RedoRecord redo = new RedoRecord(patch, plan.edit(), plan.rules());
    writeRedo(file.redoPath(), redo.encode(), attributes);
    try {
      writePatch(channel, patch.offset(), patch.newBytes(), patch.afterLength());
    } catch (IOException e) {
      rollBack(file, channel, patch, e);
      throw e;
    }
    Files.delete(file.redoPath());
    return outcome.removed();
  }

  /** Finishes a write that was cut off, if there is one. Returns how. */
  static Recovery recover(PoolFile file, FileChannel channel, PoolLimits limits)
      throws IOException, TransportException {
    Optional<byte[]> bytes = readRedo(file.redoPath(), limits);
    if (bytes.isEmpty()) {
      return Recovery.NOTHING_TO_DO;
    }
    Optional<RedoRecord> redo = RedoRecord.decode(bytes.get());
    if (redo.isEmpty()) {
      Files.delete(file.redoPath());
      return Recovery.DROPPED;
    }
    PoolBytes current = PoolBytes.read(channel, limits, PoolLayout.label(file.pool()));
    RedoRecord.Completion completion = redo.get().complete(current);
    if (!completion.after().sameAs(current)) {
      PoolPatch rest = PoolPatch.between(current, completion.after());
      writePatch(channel, rest.offset(), rest.newBytes(), rest.afterLength());
    }
    Files.delete(file.redoPath());
    return completion.merged() ? Recovery.MERGED : Recovery.COMPLETED;
  }

  /**
   * Returns the redo record beside the pool, if there is one. Whoever can put a file there can
   * write the pool as well, so it is bounded and checked, but not mistrusted further.
   */
  static Optional<byte[]> readRedo(Path path, PoolLimits limits) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      if (size > POOLS_IN_A_REDO_RECORD * limits.maxBytes()) {
        return Optional.of(new byte[0]); // larger than any of ours: dropped like a broken one
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) size);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        // until the end
      }
      return Optional.of(buffer.array());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void writeRedo(Path path, byte[] bytes, PosixFileAttributes pool)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(pool.permissions()))) {
      writeFully(channel, 0, bytes);
      channel.force(false);
    } catch (IOException e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  private static void writePatch(FileChannel channel, long offset, byte[] bytes, long length)
      throws IOException {
    writeFully(channel, offset, bytes);
    channel.truncate(length);
    channel.force(false);
  }

  private static void rollBack(
      PoolFile file, FileChannel channel, PoolPatch patch, IOException cause) {
    if (!channel.isOpen()) {
      return; // interrupted: the redo record stays, and the next opener finishes
    }
    try {
      writePatch(channel, patch.offset(), patch.oldBytes(), patch.beforeLength());
      Files.delete(file.redoPath());
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void writeFully(FileChannel channel, long offset, byte[] bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, offset + buffer.position());
    }
  }
}
