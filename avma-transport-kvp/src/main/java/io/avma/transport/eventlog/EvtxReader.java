package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads the events of an {@code .evtx} file one by one, in the order in which they were written: a
 * log that overwrites its oldest chunk is read from there on and around. With several threads if
 * the {@linkplain EventLogOptions#threads() options} say so, which changes nothing but time.
 *
 * <p>Damage costs only what is damaged: everything else is returned, and {@link #flaws} tells what
 * was wrong, where, and what it cost. The codes of these flaws:
 *
 * <table>
 * <caption>Codes</caption>
 * <tr><td>{@code file-header}, {@code file-version}, {@code file-header-crc}
 *     <td>the header of the file is damaged or of an unknown format
 * <tr><td>{@code dirty}<td>the log was in use when it was copied
 * <tr><td>{@code empty-slots}, {@code chunks-missing}<td>places of chunks without one
 * <tr><td>{@code chunk-magic}<td>bytes without the mark of a chunk where one should be
 * <tr><td>{@code torn-chunk}, {@code trailing-bytes}<td>the file ends inside a chunk, or after it
 * <tr><td>{@code chunk-header-crc}, {@code chunk-data-crc}<td>a checksum is wrong
 * <tr><td>{@code free-space-offset}<td>the chunk does not say where its records end
 * <tr><td>{@code records-missing}<td>the chunk declares more records than were found
 * <tr><td>{@code record-magic}, {@code record-size}, {@code record-size-copy}, {@code no-record}
 *     <td>the frame of a record is damaged, or bytes between records are none
 * <tr><td>{@code record-content}<td>the binary XML of a record cannot be decoded
 * <tr><td>{@code event-field}<td>a field of the event is not what the schema allows
 * <tr><td>{@code stale-record}, {@code recovered-record}
 *     <td>salvaged from the free space of a chunk, or from a place without one
 * <tr><td>{@code file-shrunk}, {@code file-grown}, {@code file-changed}, {@code file-replaced}
 *     <td>the file changed while it was read
 * </table>
 *
 * <p>An event without a time or a number of its own gets those of its record. For one thread.
 */
@CheckReturnValue
public final class EvtxReader implements EventLogReader {
  private final String name;
  private final ChunkPipeline<List<WindowsEvent>> chunks;
  private final Deque<WindowsEvent> ready = new ArrayDeque<>();
  private boolean closed;

  EvtxReader(LogInput input, EventLogOptions options) throws TransportException {
    this.name = input.name();
    this.chunks = new ChunkPipeline<>(input, options, EvtxReader::events);
  }

  private static List<WindowsEvent> events(ChunkWorker worker) {
    List<WindowsEvent> events = new ArrayList<>();
    while (worker.next()) {
      worker.event().ifPresent(events::add);
    }
    return events;
  }

  /** Opens the file to read every event, lenient, with one thread. */
  public static EvtxReader open(Path file) throws TransportException {
    return open(file, EventLogOptions.standard());
  }

  /**
   * Opens the file.
   *
   * @throws TransportException if it cannot be opened; {@code DAMAGED} if options are strict and
   *     its header is not sound
   */
  public static EvtxReader open(Path file, EventLogOptions options) throws TransportException {
    LogInput input = LogFileInput.open(file);
    try {
      return new EvtxReader(input, options);
    } catch (TransportException | RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>A strict reader returns no event of the chunk with the flaw that stops it.
   */
  @Override
  public Optional<WindowsEvent> next() throws TransportException {
    checkState(!closed, "reader of %s is closed", name);
    while (ready.isEmpty()) {
      Optional<List<WindowsEvent>> chunk = chunks.next();
      if (chunk.isEmpty()) {
        return Optional.empty();
      }
      ready.addAll(chunk.get());
    }
    return Optional.of(ready.remove());
  }

  @Override
  public ImmutableList<Flaw> flaws() {
    return chunks.flaws().kept();
  }

  @Override
  public long flawCount() {
    return chunks.flaws().count();
  }

  @Override
  public void close() {
    closed = true;
    chunks.close();
  }
}
