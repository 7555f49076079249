package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Turns an {@code .evtx} file into event XML: UTF-8, one {@code Event} element after the other in
 * the order of the file, each ended by a line feed, inside a root element {@code Events}; what
 * {@code wevtutil qe /lf:true /e:Events} prints.
 */
@CheckReturnValue
public final class EvtxToXml {
  private static final byte[] START = "<Events>\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "</Events>\n".getBytes(StandardCharsets.US_ASCII);

  private EvtxToXml() {}

  /**
   * Writes the events of {@code file} that pass the filter to {@code target}, which stays open, and
   * returns the flaws, at most as many as the limits allow.
   *
   * @throws TransportException if reading or writing fails; {@code DAMAGED} if the file is no event
   *     log, or at the first flaw that stops a strict reader
   */
  public static ImmutableList<Flaw> write(Path file, EventLogOptions options, OutputStream target)
      throws TransportException {
    LogInput input = LogFileInput.open(file);
    boolean filtered = !new RawFilter(options.filter()).isEverything();
    try (ChunkPipeline<ChunkXml> chunks =
        new ChunkPipeline<>(input, options, worker -> ChunkXml.of(worker, filtered))) {
      put(target, START, START.length, input);
      Optional<ChunkXml> chunk = chunks.next();
      while (chunk.isPresent()) {
        put(target, chunk.get().bytes, chunk.get().length, input);
        chunk = chunks.next();
      }
      put(target, END, END.length, input);
      return chunks.flaws().kept();
    } finally {
      input.close();
    }
  }

  private static void put(OutputStream target, byte[] bytes, int length, LogInput input)
      throws TransportException {
    try {
      target.write(bytes, 0, length);
    } catch (IOException e) {
      throw new TransportException(
          TransportException.Reason.FAILED,
          "cannot write the XML of " + ForeignText.escape(input.name(), 200),
          e);
    }
  }

  /** The XML of one chunk. */
  private static final class ChunkXml {
    private byte[] bytes = new byte[2 * EvtxChunkLayout.BYTES];
    private int length;

    static ChunkXml of(ChunkWorker worker, boolean filtered) {
      ChunkXml chunk = new ChunkXml();
      while (worker.next()) {
        if (!filtered || worker.event().isPresent()) {
          chunk.add(worker.xml());
        }
      }
      return chunk;
    }

    private void add(@org.jspecify.annotations.Nullable XmlBuffer xml) {
      if (xml == null) {
        return;
      }
      int needed = length + xml.length() + 1;
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, needed));
      }
      System.arraycopy(xml.array(), 0, bytes, length, xml.length());
      length = needed;
      bytes[length - 1] = '\n';
    }
  }
}
