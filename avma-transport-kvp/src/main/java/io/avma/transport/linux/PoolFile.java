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
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The way to one pool's file: nobody gets a channel of it but through here, and only while it is
 * locked.
 *
 * <p>POSIX drops a process's locks on a file when the process closes <em>any</em> descriptor of it.
 * So within this JVM one thread at a time opens, locks, works, unlocks and closes, and no close can
 * drop a lock that another thread still needs. What they exclude each other with is an interned
 * string made of the file's identity, because those are the same in every class loader, so copies
 * of this library in one JVM exclude each other too. Code that is not ours may still hold a lock in
 * this JVM; then we try again until the time is up, and say so.
 */
final class PoolFile {
  private static final int REPLACEMENTS_FOLLOWED = 3;
  private static final long FIRST_PAUSE_NANOS = 100_000;
  private static final long LONGEST_PAUSE_NANOS = 10_000_000;

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
    T with(FileChannel channel, PosixFileAttributes attributes)
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
    try {
      for (int attempt = 0; attempt < REPLACEMENTS_FOLLOWED; attempt++) {
        PosixFileAttributes attributes = attributes();
        Optional<T> result = exclusively(mode, attributes, work);
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
    try (FileChannel created =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PoolAttributes.DAEMONS_MODE))) {
      created.force(true);
    } catch (FileAlreadyExistsException e) {
      return; // somebody was faster, which is as good
    } catch (IOException e) {
      throw PoolFailure.of(pool, path, e);
    }
  }

  private PosixFileAttributes attributes() throws IOException, TransportException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
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

  /** Returns empty if the file was replaced between the look at it and the lock. */
  private <T> Optional<T> exclusively(Mode mode, PosixFileAttributes attributes, Work<T> work)
      throws IOException, TransportException {
    String guard = ("io.avma.transport.linux:" + attributes.fileKey()).intern();
    synchronized (guard) {
      try (FileChannel channel = FileChannel.open(path, openOptions(mode))) {
        FileLock lock = lock(channel, mode);
        try {
          boolean same = Objects.equals(attributes().fileKey(), attributes.fileKey());
          return same ? Optional.of(work.with(channel, attributes)) : Optional.empty();
        } finally {
          if (channel.isOpen()) {
            lock.release();
          }
        }
      }
    }
  }

  private static Set<OpenOption> openOptions(Mode mode) {
    return mode == Mode.READ
        ? Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
        : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  }

  private FileLock lock(FileChannel channel, Mode mode) throws IOException, TransportException {
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    while (true) {
      boolean inThisJvm = false;
      try {
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, mode == Mode.READ);
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        inThisJvm = true;
      }
      long waited = System.nanoTime() - start;
      if (waited >= lockTimeout.toNanos()) {
        throw PoolFailure.locked(pool, path, inThisJvm, lockTimeout);
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new TransportException(
            TransportException.Reason.INTERRUPTED,
            PoolLayout.label(pool) + ": interrupted while waiting for the lock; nothing was done");
      }
      LockSupport.parkNanos(Math.min(pause, lockTimeout.toNanos() - waited));
      pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
  }
}
