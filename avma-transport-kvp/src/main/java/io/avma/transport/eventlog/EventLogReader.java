package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the events of a file one by one, whatever form they have: an {@code .evtx} log, event XML,
 * or the JSON of Winlogbeat.
 *
 * <p>Damage costs only what is damaged: everything else is returned, and {@link #flaws} tells what
 * was wrong, where, and what it cost. For one thread.
 */
@CheckReturnValue
public sealed interface EventLogReader extends AutoCloseable
    permits EvtxReader, EventXmlReader, WinlogbeatReader {

  /** Opens the file to read every event, lenient, with one thread. */
  static EventLogReader open(Path file) throws TransportException {
    return open(file, EventLogOptions.standard());
  }

  /**
   * Opens the file in the form that its first bytes show; a file that shows none is an {@code
   * .evtx} log, of which even a destroyed header is survived.
   *
   * @throws TransportException if it cannot be opened; {@code DAMAGED} if options are strict and
   *     its beginning is not sound
   */
  static EventLogReader open(Path file, EventLogOptions options) throws TransportException {
    LogInput input = LogFileInput.open(file);
    try {
      return switch (LogForm.of(input)) {
        case EVTX -> new EvtxReader(input, options);
        case XML -> new EventXmlReader(input, options);
        case JSON -> new WinlogbeatReader(input, options);
      };
    } catch (TransportException | RuntimeException | Error e) {
      input.close();
      throw e;
    }
  }

  /**
   * Returns the next event that passes the filter; empty at the end of the file.
   *
   * @throws TransportException if the file cannot be read; {@code DAMAGED} if it is no event log,
   *     or at the first flaw that stops a strict reader, then and whenever it is asked again
   */
  Optional<WindowsEvent> next() throws TransportException;

  /** Returns all events that are left, in order; mind that a large log may not fit in memory. */
  default ImmutableList<WindowsEvent> rest() throws TransportException {
    ImmutableList.Builder<WindowsEvent> events = ImmutableList.builder();
    Optional<WindowsEvent> event = next();
    while (event.isPresent()) {
      events.add(event.get());
      event = next();
    }
    return events.build();
  }

  /** Returns the flaws found so far, in order, at most as many as the limits allow. */
  ImmutableList<Flaw> flaws();

  /** Returns how many flaws were found so far, those that were not kept included. */
  long flawCount();

  /** Gives back what the reader holds. Does nothing the second time. */
  @Override
  void close();
}
