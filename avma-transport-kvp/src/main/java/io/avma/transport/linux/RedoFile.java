package io.avma.transport.linux;

import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/** The file beside a pool that holds its redo record. Only for who has locked the pool. */
final class RedoFile {
  /** Old and new bytes of a pool, the edit once more, and something for the numbers. */
  private static final int POOLS_IN_A_RECORD = 4;

  private final Path path;
  private final Path successor;

  RedoFile(Path path) {
    this.path = path;
    this.successor = path.resolveSibling(path.getFileName() + ".new");
  }

  /**
   * Returns the bytes of the record, if there is one. Whoever can put a file there can write the
   * pool as well, so it is bounded and checked, but not mistrusted further.
   *
   * @throws TransportException {@code TOO_LARGE}, before anything is read
   */
  Optional<byte[]> read(PoolLimits limits) throws IOException, TransportException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      long most = POOLS_IN_A_RECORD * limits.maxBytes();
      if (size > most) {
        throw new TransportException(
            TransportException.Reason.TOO_LARGE,
            path
                + " has "
                + size
                + " bytes (expected: at most "
                + most
                + ", from PoolLimits.maxRecords "
                + limits.maxRecords()
                + "). It says how to finish a write that was cut off, so the pool beside it may be"
                + " half-written and was not used; raise the limit");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) size);
      Transfer.read(channel, buffer);
      return Optional.of(buffer.array());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Decodes what {@link #read} returned; empty if it was cut off. */
  Optional<RedoRecord> decode(byte[] bytes) throws TransportException {
    return RedoRecord.decode(bytes, path.toString());
  }

  /** Writes the first record of a write and forces it to disk. */
  void create(RedoRecord redo, BasicFileAttributes pool) throws IOException {
    write(path, redo, pool);
  }

  /** Puts {@code redo} in the place of the record that is there; there is always one of them. */
  void replace(RedoRecord redo, BasicFileAttributes pool) throws IOException {
    Files.deleteIfExists(successor);
    write(successor, redo, pool);
    Files.move(successor, path, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes the record, and what a killed {@link #replace} left. */
  void delete() throws IOException {
    Files.deleteIfExists(successor);
    Files.delete(path);
  }

  private static void write(Path path, RedoRecord redo, BasicFileAttributes pool)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      try {
        if (pool instanceof PosixFileAttributes posix) {
          PoolAttributes.setMode(
              path, posix.permissions()); // whoever reads the pool needs this too
        }
        long end = 0;
        for (ByteBuffer part : redo.encode()) {
          Transfer.write(channel, end, part);
          end += part.limit();
        }
        channel.force(false);
      } catch (IOException e) {
        Files.deleteIfExists(path);
        throw e;
      }
    }
  }
}
