package io.avma.transport.linux;

import io.avma.kvp.KvpPool;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Failures of the file system as what a caller must plan for, with what to do about them. */
final class PoolFailure {
  private PoolFailure() {}

  static TransportException of(KvpPool pool, Path path, IOException failure) {
    // Of the files that a pool needs, the one that failed; messages of Java may lack its name.
    String name =
        failure instanceof FileSystemException e && e.getFile() != null
            ? e.getFile()
            : path.toString();
    String what = PoolLayout.label(pool) + ": " + name + " ";
    boolean isPool = name.equals(path.toString());
    if (failure instanceof NoSuchFileException && isPool) {
      return new TransportException(
          Reason.UNREACHABLE,
          what
              + "does not exist (expected: made by hv_kvp_daemon when it starts). Is this a guest"
              + " of Hyper-V, with Data Exchange on and the daemon running?",
          failure);
    }
    if (failure instanceof AccessDeniedException) {
      return new TransportException(
          Reason.REFUSED,
          what
              + (isPool
                  ? "may not be opened by this user (expected: root, for writing)"
                  : "may not be made or opened by this user (expected: the rights to write in the"
                      + " pools' directory)")
              + ". Run as root",
          failure);
    }
    if (failure instanceof ClosedByInterruptException) {
      return new TransportException(
          Reason.INTERRUPTED,
          what
              + "was being used when the thread was interrupted. A write that had begun is"
              + " finished by whoever opens the pool next",
          failure);
    }
    String reason =
        failure instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : String.valueOf(failure.getMessage());
    return new TransportException(Reason.FAILED, what + "failed: " + reason, failure);
  }

  static TransportException locked(
      KvpPool pool, Path path, boolean inThisJvm, Duration lockTimeout) {
    return new TransportException(
        Reason.LOCKED,
        PoolLayout.label(pool)
            + ": "
            + path
            + " is locked by "
            + (inThisJvm ? "other code in this JVM" : "another process")
            + " for more than "
            + lockTimeout.toMillis()
            + " ms (PoolOptions.lockTimeout). Nothing was done; try again");
  }
}
