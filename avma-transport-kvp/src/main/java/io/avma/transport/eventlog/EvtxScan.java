package io.avma.transport.eventlog;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the records of an {@code .evtx} file one by one. Whether a record can pass the
 * filter is decided on its raw values; only what is then asked for is decoded.
 *
 * <p>For one thread. What the accessors say is about the record that {@link #next} reached last.
 */
@CheckReturnValue
public final class EvtxScan implements AutoCloseable {
  private final LogInput input;
  private final EvtxHeader header;
  private final SlotWalk slots;
  private final ChunkWorker worker;
  private final FlawLog flaws;
  private final @Nullable LongPredicate known;
  private @Nullable ChunkSlot slot;
  private boolean onRecord;
  private boolean ended;
  private boolean closed;

  EvtxScan(LogInput input, EventLogOptions options) throws TransportException {
    this.input = input;
    this.header = EvtxHeader.read(input);
    this.slots = new SlotWalk(input, header, options.strictness());
    this.worker = new ChunkWorker(input.name(), options);
    this.flaws = new FlawLog(options.strictness(), options.limits().maxFlaws());
    this.known = KnownRecords.of(input, header, options);
    header.report(input.name(), flaws);
  }

  /**
   * Opens the file.
   *
   * @throws TransportException if it cannot be opened; {@code DAMAGED} if options are strict and
   *     its header is not sound
   */
  public static EvtxScan open(Path file, EventLogOptions options) throws TransportException {
    LogInput input = LogFileInput.open(file);
    try {
      return new EvtxScan(input, options);
    } catch (TransportException | RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  /**
   * Moves to the next record that may pass the filter; false at the end of the file.
   *
   * @throws TransportException if the file cannot be read; {@code DAMAGED} if it is no event log,
   *     or at the first flaw that stops a strict reader
   */
  public boolean next() throws TransportException {
    checkState(!closed, "scan of %s is closed", input.name());
    onRecord = false;
    flaws.requireNotStopped();
    while (!ended) {
      if (slot != null) {
        onRecord = worker.next();
        flaws.addAll(worker.takeFlaws());
        if (onRecord) {
          return true;
        }
      }
      nextChunk();
    }
    return false;
  }

  private void nextChunk() throws TransportException {
    slot = null;
    Optional<ChunkSlot> next = slots.next();
    if (next.isEmpty()) {
      ended = true;
      slots.finish(flaws);
      return;
    }
    ChunkWorker.Content content = worker.load(input, next.get(), header, known);
    slots.filled(next.get(), content, flaws);
    flaws.addAll(worker.takeFlaws());
    if (content == ChunkWorker.Content.CHUNK) {
      slot = next.get();
    }
  }

  /** Returns the id of the record in this file; in forwarded events the event's own differs. */
  public long recordId() {
    checkRecord();
    return worker.recordId();
  }

  /** Returns when the record was written, which may differ from when the event was created. */
  public Instant written() {
    checkRecord();
    return Filetime.toInstant(worker.written());
  }

  /** Returns where the record starts in the file. */
  public long offset() {
    checkRecord();
    return slot == null ? 0 : slot.offset() + worker.recordOffset();
  }

  /** Returns whether the frame of the record is damaged, or it was found in free space. */
  public boolean isDoubtful() {
    checkRecord();
    return worker.isDoubtful();
  }

  /**
   * Returns the decoded event; empty if the filter refuses it after all or, then with a flaw, it
   * cannot be decoded.
   */
  public Optional<WindowsEvent> event() throws TransportException {
    checkRecord();
    Optional<WindowsEvent> event = worker.event();
    flaws.addAll(worker.takeFlaws());
    return event;
  }

  /**
   * Writes the event as XML in UTF-8, as Windows does: one line if its texts have one, single
   * quotes, no declaration. Returns false and writes nothing if, then with a flaw, it cannot be
   * decoded. The filter is not asked again.
   *
   * @throws TransportException if writing fails
   */
  public boolean writeXml(OutputStream target) throws TransportException {
    checkRecord();
    XmlBuffer xml = worker.xml();
    flaws.addAll(worker.takeFlaws());
    if (xml == null) {
      return false;
    }
    try {
      target.write(xml.array(), 0, xml.length());
      return true;
    } catch (IOException e) {
      throw new TransportException(
          TransportException.Reason.FAILED,
          "cannot write event XML of " + ForeignText.escape(input.name(), 200),
          e);
    }
  }

  /** Returns the event as XML; see {@link #writeXml}. */
  public Optional<String> xml() throws TransportException {
    checkRecord();
    XmlBuffer xml = worker.xml();
    flaws.addAll(worker.takeFlaws());
    return xml == null ? Optional.empty() : Optional.of(xml.toString());
  }

  /** Returns the flaws found so far, in order, at most as many as the limits allow. */
  public ImmutableList<Flaw> flaws() {
    return flaws.kept();
  }

  /** Returns how many flaws were found so far, those that were not kept included. */
  public long flawCount() {
    return flaws.count();
  }

  private void checkRecord() {
    checkState(onRecord, "the scan of %s is on no record", input.name());
  }

  @Override
  public void close() {
    closed = true;
    onRecord = false;
    input.close();
  }
}
