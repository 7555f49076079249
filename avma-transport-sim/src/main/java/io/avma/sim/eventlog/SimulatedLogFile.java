package io.avma.sim.eventlog;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.TransportException;
import io.avma.transport.eventlog.EvtxWriter;
import io.avma.transport.eventlog.EvtxWriterOptions;
import java.nio.file.Path;

/** The log of a simulated machine as an {@code .evtx} file. */
public final class SimulatedLogFile {
  private static final int BATCH = 1000;

  private SimulatedLogFile() {}

  /**
   * Writes all that {@code log} holds now to a new file and returns how many events that were.
   *
   * @param log the events of a simulated host or guest; it stays open
   * @throws IllegalArgumentException if an event names a computer that is not under {@code
   *     .invalid}: then it is none of a simulation
   * @throws TransportException if the log cannot be read or the file not be written; {@code
   *     ALREADY_EXISTS} if there is one
   */
  @CanIgnoreReturnValue
  public static long write(EventSource log, Path file) throws TransportException {
    return write(log, file, EvtxWriterOptions.standard());
  }

  /**
   * The same with options of its own: rings, archives, a file left in use. That it is simulated is
   * said whatever they are.
   */
  @CanIgnoreReturnValue
  public static long write(EventSource log, Path file, EvtxWriterOptions options)
      throws TransportException {
    long written = 0;
    try (EvtxWriter writer = EvtxWriter.create(file, options.toBuilder().simulated(true).build())) {
      EventBatch batch = log.read(EventBookmark.start(), EventFilter.all(), BATCH);
      while (true) {
        for (WindowsEvent event : batch.events()) {
          writer.write(event);
          written++;
        }
        if (batch.atEnd()) {
          return written;
        }
        batch = log.read(batch.next(), EventFilter.all(), BATCH);
      }
    }
  }
}
