package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Ascii;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes {@code .evtx} files that Windows' layout describes and other readers read. What {@link
 * EvtxReader} reads back is what was written, with two exceptions: an event without a number gets
 * that of its record, one without a time the time of the record before it.
 *
 * <p>Nothing reaches the file before a chunk of 64 KiB is full or the writer is closed. Until then
 * the header says that the file is in use, so a process that dies leaves a file that is read as
 * such. For one thread.
 */
@CheckReturnValue
public final class EvtxWriter implements AutoCloseable {
  private final Path path;
  private final EvtxWriterOptions options;
  private final ChunkBuilder chunk = new ChunkBuilder();
  private EvtxFileOutput file;
  private long nextId;
  private long written;
  private boolean closed;

  private EvtxWriter(Path path, EvtxWriterOptions options) throws TransportException {
    this.path = path;
    this.options = options;
    this.nextId = options.firstRecordId();
    this.file = EvtxFileOutput.create(path, options, nextId);
  }

  /**
   * Creates a file with {@link EvtxWriterOptions#standard}.
   *
   * @throws TransportException if it cannot be created; {@code ALREADY_EXISTS} if there is one
   */
  public static EvtxWriter create(Path path) throws TransportException {
    return create(path, EvtxWriterOptions.standard());
  }

  /**
   * Creates a file.
   *
   * @throws TransportException if it cannot be created; {@code ALREADY_EXISTS} if there is one
   */
  public static EvtxWriter create(Path path, EvtxWriterOptions options) throws TransportException {
    return new EvtxWriter(path, options);
  }

  /**
   * Writes an event behind those before and returns the number of its record in the file. An event
   * with a number of its own keeps that beside it, as forwarded events do.
   *
   * @throws IllegalArgumentException if the event has no form in a log file: a NUL in a text, a
   *     time outside 1601 to 60055, a payload that is not XML; or if these are {@linkplain
   *     EvtxWriterOptions#isSimulated() logs of a simulation} and its computer says otherwise
   * @throws TransportException {@code TOO_LARGE} if the event does not fit into a chunk, or the
   *     file is full and the options say to stop; otherwise if writing fails
   */
  @CanIgnoreReturnValue
  public long write(WindowsEvent event) throws TransportException {
    checkState(!closed, "writer of %s is closed", path);
    checkArgument(
        !options.isSimulated()
            || event
                .computer()
                .filter(
                    name -> Ascii.toLowerCase(name).endsWith(EvtxWriterOptions.SIMULATED_SUFFIX))
                .isPresent(),
        "computer is %s (expected: a name that ends in %s)",
        event.computer().map(name -> ForeignText.escape(name, 80)),
        EvtxWriterOptions.SIMULATED_SUFFIX);
    if (chunk.isEmpty()) {
      requireRoom();
    }
    long id = nextId;
    ShapedEvent shaped = EventShaper.shape(event, id);
    long time = event.timeCreated().map(Filetime::of).orElse(written);
    if (!chunk.add(id, time, shaped)) {
      flush();
      requireRoom();
      chunk.start();
      if (!chunk.add(id, time, shaped)) {
        chunk.start();
        throw new TransportException(
            Reason.TOO_LARGE,
            "event "
                + event.eventId()
                + " does not fit into a chunk of an event log (expected: at most 65024 bytes with"
                + " its names and templates)");
      }
    }
    written = time;
    nextId++;
    return id;
  }

  /** A record that was taken can always be written, so what has no room is not taken. */
  private void requireRoom() throws TransportException {
    if (file.isFull() && options.whenFull() == EvtxWriterOptions.WhenFull.STOP) {
      throw new TransportException(
          Reason.TOO_LARGE,
          ForeignText.escape(file.name(), 200)
              + " has "
              + options.maxChunks()
              + " chunks, all it may have (EvtxWriterOptions.maxChunks)");
    }
  }

  private void flush() throws TransportException {
    if (chunk.isEmpty()) {
      return;
    }
    if (file.isFull() && options.whenFull() == EvtxWriterOptions.WhenFull.ARCHIVE) {
      file.archive(chunk.firstId());
      file = EvtxFileOutput.create(path, options, chunk.firstId());
    }
    file.add(chunk.finish());
    chunk.start();
  }

  /** Returns the number of the next record, unsigned. */
  public long nextRecordId() {
    return nextId;
  }

  /**
   * Writes what is left and closes the file, cleanly unless the options say otherwise. Does nothing
   * the second time.
   *
   * @throws TransportException if writing fails; the file is closed nevertheless
   */
  @Override
  public void close() throws TransportException {
    if (closed) {
      return;
    }
    closed = true;
    Optional<TransportException> failure = Optional.empty();
    try {
      flush();
    } catch (TransportException e) {
      failure = Optional.of(e);
    }
    file.close(nextId, failure.isEmpty() && !options.isLeftDirty());
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
