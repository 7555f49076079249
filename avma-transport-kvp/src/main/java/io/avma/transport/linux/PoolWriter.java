package io.avma.transport.linux;

import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Writes a locked pool so that our readers see the state before or the state after, wherever the
 * writer is killed.
 *
 * <p>First the redo record is written beside the pool and forced to disk, then the pool in place,
 * front to back, then the record goes away. Killed before the record is whole, the pool is
 * untouched; killed later, the next opener finishes the write. The pool is never replaced by
 * another file, because the daemon keeps the one that it opened at its start.
 *
 * <p>Programs that do not honor the lock may append meanwhile. What can be seen of that is
 * respected: a change is built anew on a pool that has grown, and a file is only cut if it shall
 * shrink.
 */
final class PoolWriter {
  private static final int ATTEMPTS = 3;

  private PoolWriter() {}

  /**
   * Carries out {@code plan}; returns whether a key to remove was there.
   *
   * @throws TransportException {@code TOO_LARGE}, {@code INVALID} if split values meet other items,
   *     or {@code LOCKED} if others keep on writing
   */
  static boolean write(
      PoolFile file, FileChannel channel, BasicFileAttributes attributes, WritePlan plan)
      throws IOException, TransportException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Boolean> removed =
          plan.scratch()
              .read(
                  channel,
                  plan.limits(),
                  PoolLayout.label(file.pool()),
                  before -> tryToWrite(file, channel, attributes, plan, before));
      if (removed.isPresent()) {
        return removed.get();
      }
    }
    throw changing(file);
  }

  /** Returns empty, with nothing written, if the pool changes its size meanwhile. */
  private static Optional<Boolean> tryToWrite(
      PoolFile file,
      FileChannel channel,
      BasicFileAttributes attributes,
      WritePlan plan,
      PoolBytes before)
      throws IOException, TransportException {
    if (!before.isSettled()) {
      throw changing(file); // it has been read three times already
    }
    EditedPool edited = plan.edit().apply(before, plan.rules());
    checkSize(file, edited, plan.limits());
    PieceConflicts.check(plan.edit(), plan.rules(), before, edited);
    if (edited.isUnchanged()) {
      return Optional.of(edited.removed());
    }
    RedoRecord redo = new RedoRecord(edited.patch(), plan.edit(), plan.rules());
    file.redo().create(redo, attributes);
    return carryOut(file, channel, redo.patch()) ? Optional.of(edited.removed()) : Optional.empty();
  }

  /** Finishes a write that was cut off, if there is one. Returns how. */
  static Recovery recover(
      PoolFile file, FileChannel channel, BasicFileAttributes attributes, PoolLimits limits)
      throws IOException, TransportException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Recovery> how = tryToRecover(file, channel, attributes, limits);
      if (how.isPresent()) {
        return how.get();
      }
    }
    throw changing(file);
  }

  /** Returns empty, with the pool untouched, if it has grown or shrunk since it was read. */
  private static Optional<Recovery> tryToRecover(
      PoolFile file, FileChannel channel, BasicFileAttributes attributes, PoolLimits limits)
      throws IOException, TransportException {
    Optional<byte[]> bytes = file.redo().read(limits);
    if (bytes.isEmpty()) {
      return Optional.of(Recovery.NOTHING_TO_DO);
    }
    Optional<RedoRecord> redo = file.redo().decode(bytes.get());
    if (redo.isEmpty()) {
      file.redo().delete();
      return Optional.of(Recovery.DROPPED);
    }
    PoolBytes current = PoolBytes.read(channel, limits, PoolLayout.label(file.pool()));
    if (!current.isSettled()) {
      throw changing(file);
    }
    Recovery how = redo.get().recoveryOf(current);
    Optional<PoolPatch> rest = Optional.empty();
    if (how == Recovery.COMPLETED) {
      rest = Optional.of(redo.get().patch());
    } else if (how == Recovery.MERGED) {
      EditedPool merged = redo.get().edit().apply(current, redo.get().rules());
      if (!merged.isUnchanged()) {
        rest = Optional.of(merged.patch());
        file.redo()
            .replace(new RedoRecord(rest.get(), redo.get().edit(), redo.get().rules()), attributes);
      }
    }
    if (rest.isPresent()) {
      if (channel.size() != current.length()) {
        if (how == Recovery.MERGED) {
          file.redo().replace(redo.get(), attributes); // only the former one knows what is ours
        }
        return Optional.empty();
      }
      PoolPatch patch = rest.get();
      overwrite(channel, patch.offset(), patch.newBytes(), patch.afterLength(), current.length());
    }
    file.redo().delete();
    return Optional.of(how);
  }

  private static TransportException changing(PoolFile file) {
    return new TransportException(
        TransportException.Reason.LOCKED,
        PoolLayout.label(file.pool())
            + ": "
            + file.path()
            + " changed its size again and again although it is locked (expected: writers that take"
            + " the POSIX lock). Nothing was written; try again when the writer has finished");
  }

  private static void checkSize(PoolFile file, EditedPool after, PoolLimits limits)
      throws TransportException {
    if (after.records() > limits.maxRecords()) {
      throw new TransportException(
          TransportException.Reason.TOO_LARGE,
          PoolLayout.label(file.pool())
              + ": would have "
              + after.records()
              + " records (expected: at most "
              + limits.maxRecords()
              + ", PoolLimits.maxRecords). Nothing was written; remove items first");
    }
  }

  /** Returns false, with nothing written, if the pool has grown or shrunk since it was read. */
  private static boolean carryOut(PoolFile file, FileChannel channel, PoolPatch patch)
      throws IOException {
    int before = patch.beforeLength();
    int after = patch.afterLength();
    boolean unchanged = channel.size() == before;
    if (unchanged) {
      try {
        overwrite(channel, patch.offset(), patch.newBytes(), after, before);
      } catch (IOException e) {
        rollBack(file, channel, patch, e);
        throw e;
      }
    }
    file.redo().delete();
    return unchanged;
  }

  private static void rollBack(
      PoolFile file, FileChannel channel, PoolPatch patch, IOException cause) {
    if (!channel.isOpen()) {
      return; // interrupted: the redo record stays, and the next opener finishes
    }
    try {
      if (channel.size() < patch.beforeLength()) {
        return; // it holds the new state already: the record stays, and the next opener sees that
      }
      if (patch.afterLength() > patch.beforeLength()) {
        channel.truncate(patch.beforeLength());
      }
      Transfer.writeBackwards(channel, patch.offset(), patch.oldBytes());
      channel.force(false);
      file.redo().delete();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static void overwrite(
      FileChannel channel, long offset, ByteBuffer bytes, long length, long formerLength)
      throws IOException {
    Transfer.write(channel, offset, bytes);
    if (length < formerLength) {
      channel.truncate(length);
    }
    channel.force(false);
  }
}
