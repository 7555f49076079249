package io.avma.transport.linux;

import io.avma.kvp.KvpPool;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way to one pool's file: nobody gets a channel of it but through here, and only while it is
 * locked.
 *
 * <p>POSIX drops a process's locks on a file when the process closes <em>any</em> descriptor of it.
 * So within this JVM one thread at a time opens, tries to lock, works, unlocks and closes, and no
 * close can drop a lock that another thread still needs. What they exclude each other with is an
 * interned string made of the file's identity, because those are the same in every class loader, so
 * copies of this library in one JVM exclude each other too. Nobody waits for a lock while excluding
 * others: between two attempts a thread holds nothing but an open channel. Code that is not ours
 * may still hold a lock in this JVM; then we try again until the time is up, and say so.
 */
final class PoolFile {
  private static final int REPLACEMENTS_FOLLOWED = 3;

  private final KvpPool pool;
  private final Path path;
  private final Duration lockTimeout;

  PoolFile(KvpPool pool, Path directory, Duration lockTimeout) {
    this.pool = pool;
    this.path = directory.resolve(PoolLayout.fileName(pool));
    this.lockTimeout = lockTimeout;
  }

  /** What is done with the file while it is locked. */
  interface Work<T> {
    T with(FileChannel channel, BasicFileAttributes attributes)
        throws IOException, TransportException;
  }

  /** How the file is locked. */
  enum Mode {
    /** For reading, beside other readers. */
    READ,
    /** For writing, alone. */
    WRITE
  }

  KvpPool pool() {
    return pool;
  }

  Path path() {
    return path;
  }

  Path redoPath() {
    return path.resolveSibling(PoolLayout.redoName(pool));
  }

  RedoFile redo() {
    return new RedoFile(redoPath());
  }

  /** Carries out {@code work} under the lock. */
  <T> T locked(Mode mode, Work<T> work) throws TransportException {
    Patience patience = new Patience(lockTimeout);
    try {
      for (int attempt = 0; attempt < REPLACEMENTS_FOLLOWED; attempt++) {
        BasicFileAttributes attributes = attributes();
        Optional<T> result = new Attempt(mode, attributes).run(work, patience);
        if (result.isPresent()) {
          return result.get();
        }
      }
    } catch (IOException e) {
      throw PoolFailure.of(pool, path, e);
    }
    throw new TransportException(
        TransportException.Reason.LOCKED,
        PoolLayout.label(pool)
            + ": "
            + path
            + " is being replaced again and again (expected: to stay the same file). The daemon"
            + " keeps the file that it opened at its start; whoever renames over it must stop");
  }

  /** Creates the file with the daemon's mode, unless it is there. */
  void createIfMissing() throws TransportException {
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      FileChannel created =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      try {
        // Others see it from now on and may lock it, so it is closed as carefully as any other.
        synchronized (guard(PoolAttributes.read(path))) {
          PoolAttributes.setMode(path, PoolAttributes.DAEMONS_MODE);
          created.close();
        }
      } finally {
        created.close();
      }
    } catch (FileAlreadyExistsException e) {
      return; // somebody was faster, which is as good
    } catch (IOException e) {
      throw PoolFailure.of(pool, path, e);
    }
  }

  private BasicFileAttributes attributes() throws IOException, TransportException {
    BasicFileAttributes attributes = PoolAttributes.read(path);
    if (!attributes.isRegularFile()) {
      throw new TransportException(
          TransportException.Reason.REFUSED,
          PoolLayout.label(pool)
              + ": "
              + path
              + " is no regular file (expected: one). It was not opened; the daemon makes a"
              + " regular one when it starts without it");
    }
    return attributes;
  }

  private String guard(BasicFileAttributes attributes) {
    Object identity = attributes.fileKey();
    if (identity == null) {
      identity = path.toAbsolutePath().normalize(); // Windows, where pools are only copies
    }
    return ("io.avma.transport.linux:" + identity).intern();
  }

  private static Set<OpenOption> openOptions(Mode mode) {
    return mode == Mode.READ
        ? Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
        : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  /** One opening of the file, with as many attempts at the lock as the patience allows. */
  private final class Attempt {
    private final Mode mode;
    private final BasicFileAttributes attributes;
    private final String guard;
    private @Nullable FileChannel channel;
    private boolean heldInThisJvm;

    Attempt(Mode mode, BasicFileAttributes attributes) {
      this.mode = mode;
      this.attributes = attributes;
      this.guard = guard(attributes);
    }

    /** Returns empty if the file was replaced between the look at it and the lock. */
    <T> Optional<T> run(Work<T> work, Patience patience) throws IOException, TransportException {
      while (true) {
        synchronized (guard) {
          boolean again = false;
          try {
            Optional<FileLock> lock = tryLock();
            if (lock.isPresent()) {
              return withLock(lock.get(), work);
            }
            if (patience.isUsedUp()) {
              throw PoolFailure.locked(pool, path, heldInThisJvm, lockTimeout);
            }
            checkInterrupt();
            again = true;
          } finally {
            if (!again) {
              close();
            }
          }
        }
        patience.pause();
      }
    }

    private Optional<FileLock> tryLock() throws IOException {
      if (channel == null) {
        channel = FileChannel.open(path, openOptions(mode));
      }
      heldInThisJvm = false;
      try {
        return Optional.ofNullable(channel.tryLock(0, Long.MAX_VALUE, mode == Mode.READ));
      } catch (OverlappingFileLockException e) {
        heldInThisJvm = true;
        return Optional.empty();
      }
    }

    private <T> Optional<T> withLock(FileLock lock, Work<T> work)
        throws IOException, TransportException {
      FileChannel locked = lock.channel();
      try {
        boolean same = Objects.equals(attributes().fileKey(), attributes.fileKey());
        return same ? Optional.of(work.with(locked, attributes)) : Optional.empty();
      } finally {
        if (locked.isOpen()) {
          lock.release();
        }
      }
    }

    private void checkInterrupt() throws TransportException {
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new TransportException(
            TransportException.Reason.INTERRUPTED,
            PoolLayout.label(pool) + ": interrupted while waiting for the lock; nothing was done");
      }
    }

    private void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }
  }
}
