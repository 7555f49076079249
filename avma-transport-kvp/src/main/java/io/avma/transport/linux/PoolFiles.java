package io.avma.transport.linux;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.KvpStore;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolContent;
import io.avma.transport.Position;
import io.avma.transport.Strictness;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The five pool files of a directory as a store. For any thread. */
final class PoolFiles implements KvpStore {
  private static final Logger LOG = LoggerFactory.getLogger(PoolFiles.class);

  private final PoolOptions options;
  private final WriteRules rules;
  private final PoolWatches watches;
  private final Scratch scratch = new Scratch();

  private volatile boolean closed;

  PoolFiles(PoolOptions options, ChangeSignal signal) {
    this.options = options;
    this.rules = new WriteRules(options.limits(), options.longValues());
    this.watches = new PoolWatches(options.directory(), signal, this::read);
  }

  @Override
  public PoolContent read(KvpPool pool) throws TransportException {
    checkOpen();
    PoolFile file = file(pool);
    Recovery recovery = recoverIfNeeded(file);
    return file.locked(
        PoolFile.Mode.READ, (channel, attributes) -> decode(file, channel, attributes, recovery));
  }

  @Override
  public void putAll(KvpPool pool, List<KvpItem> items) throws TransportException {
    checkOpen();
    checkWritable(pool);
    PoolEdit edit = PoolEdit.putAll(items);
    for (KvpItem item : edit.puts()) {
      rules.check(item);
    }
    if (!edit.puts().isEmpty()) {
      boolean unused = edit(pool, edit);
    }
  }

  @Override
  public boolean remove(KvpPool pool, String key) throws TransportException {
    checkOpen();
    checkWritable(pool);
    return edit(pool, PoolEdit.remove(key));
  }

  @Override
  public KvpWatch watch(KvpPool pool, KvpWatch.Listener listener) throws TransportException {
    checkOpen();
    return watches.add(pool, listener);
  }

  void close() {
    watches.close(); // first, so that no watch reads a closed store
    closed = true;
  }

  @Override
  public String toString() {
    return "pools in " + options;
  }

  private boolean edit(KvpPool pool, PoolEdit edit) throws TransportException {
    PoolFile file = file(pool);
    if (options.createMissing()) {
      file.createIfMissing();
    }
    boolean removed =
        file.locked(
            PoolFile.Mode.WRITE,
            (channel, attributes) -> {
              logRecovery(
                  file, PoolWriter.recover(file, channel, attributes, options.poolLimits()));
              WritePlan plan = new WritePlan(edit, rules, options.poolLimits(), scratch);
              return PoolWriter.write(file, channel, attributes, plan);
            });
    LOG.debug(
        "Wrote a pool: {} puts {} removals {}",
        PoolLayout.label(pool),
        edit.puts().size(),
        edit.removals().size());
    return removed;
  }

  /** Finishes an interrupted write, if this user may; otherwise reading does so in memory. */
  private Recovery recoverIfNeeded(PoolFile file) throws TransportException {
    if (!Files.exists(file.redoPath(), LinkOption.NOFOLLOW_LINKS)
        || !Files.isReadable(file.redoPath())
        || !Files.isWritable(file.path())
        || !Files.isWritable(options.directory())) {
      return Recovery.NOTHING_TO_DO;
    }
    Recovery recovery =
        file.locked(
            PoolFile.Mode.WRITE,
            (channel, attributes) ->
                PoolWriter.recover(file, channel, attributes, options.poolLimits()));
    logRecovery(file, recovery);
    return recovery;
  }

  private static void logRecovery(PoolFile file, Recovery recovery) {
    if (recovery == Recovery.MERGED) {
      LOG.warn(
          "Finished a write that a killed writer left, on top of a later one: {}", file.path());
    } else if (recovery != Recovery.NOTHING_TO_DO) {
      LOG.info("Settled a write that a killed writer left: {} {}", recovery, file.path());
    }
  }

  PoolContent decode(
      PoolFile file, FileChannel channel, BasicFileAttributes attributes, Recovery recovery)
      throws IOException, TransportException {
    return scratch.read(
        channel,
        options.poolLimits(),
        PoolLayout.label(file.pool()),
        bytes -> decode(file, bytes, attributes, recovery)); // the items are copies
  }

  private PoolContent decode(
      PoolFile file, PoolBytes bytes, BasicFileAttributes attributes, Recovery recovery)
      throws IOException, TransportException {
    PoolLimits limits = options.poolLimits();
    PoolBytes state = bytes;
    Recovery told = recovery;
    ImmutableList.Builder<Flaw> doubts = ImmutableList.builder();
    // No writer of ours is at work while we hold the lock, so a record that lies here is a left
    // one.
    try {
      Optional<byte[]> left = file.redo().read(limits);
      if (left.isPresent()) {
        Optional<RedoRecord> redo = file.redo().decode(left.get());
        if (redo.isPresent()) {
          told = redo.get().recoveryOf(bytes);
          state = redo.get().finished(told, bytes);
        }
      }
    } catch (AccessDeniedException e) {
      doubts.add(unreadableRedo(file));
    }
    doubts.addAll(told.flaws(file.pool()));
    if (!bytes.isSettled()) {
      doubts.add(changedWhileRead(file));
    }
    PoolContent content =
        PoolCodec.decode(file.pool(), state.bytes(), state.length(), options.strictness());
    ImmutableList.Builder<Flaw> flaws = ImmutableList.builder();
    flaws.addAll(PoolAttributes.flaws(file.pool(), file.path(), attributes));
    for (Flaw doubt : doubts.build()) {
      if (options.strictness() == Strictness.STRICT) {
        throw TransportException.damaged(doubt);
      }
      flaws.add(doubt);
    }
    flaws.addAll(content.flaws());
    return rules
        .pieces()
        .join(
            new PoolContent(file.pool(), content.entries(), flaws.build()), PoolRecords.of(state));
  }

  private static Flaw unreadableRedo(PoolFile file) {
    return new Flaw(
        "unfinished-write",
        Flaw.Effect.DOUBTFUL,
        Position.in(PoolLayout.label(file.pool())),
        "a writer was killed, and this user may not read the record that says how to finish its"
            + " write (expected: no such record). The pool may be half-written until root or the"
            + " writer's user opens it");
  }

  private static Flaw changedWhileRead(PoolFile file) {
    return new Flaw(
        "changed-while-read",
        Flaw.Effect.DOUBTFUL,
        Position.in(PoolLayout.label(file.pool())),
        "the file's size changed while it was read, three times in a row (expected: writers"
            + " that take the POSIX lock). Read it again when the writer has finished");
  }

  private PoolFile file(KvpPool pool) {
    return new PoolFile(pool, options.directory(), options.lockTimeout());
  }

  private void checkWritable(KvpPool pool) throws TransportException {
    if (!options.writable().contains(pool)) {
      throw new TransportException(
          TransportException.Reason.REFUSED,
          PoolLayout.label(pool)
              + ": writing the pool "
              + pool.label()
              + " works against its owner (expected: one of "
              + options.writable()
              + "). Nothing was written; name it in PoolOptions.writable if you mean it");
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("Linux guest " + options.directory() + " is closed");
    }
  }
}
