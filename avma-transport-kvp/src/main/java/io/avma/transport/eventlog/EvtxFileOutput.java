package io.avma.transport.eventlog;

import com.google.common.io.Files;
import io.avma.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.zip.CRC32;

/** A file being written: its header, and slots for chunks that are filled in a ring. */
final class EvtxFileOutput {
  private final Path path;
  private final EvtxWriterOptions options;
  private final FileChannel channel;
  private int chunks;
  private int last = -1;

  private EvtxFileOutput(Path path, EvtxWriterOptions options, FileChannel channel) {
    this.path = path;
    this.options = options;
    this.channel = channel;
  }

  static EvtxFileOutput create(Path path, EvtxWriterOptions options, long nextId)
      throws TransportException {
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      try {
        EvtxFileOutput file = new EvtxFileOutput(path, options, channel);
        file.header(nextId, EvtxFileLayout.FLAG_DIRTY);
        return file;
      } catch (IOException | RuntimeException | Error e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw LogFileInput.failed("create", nameOf(path), e);
    }
  }

  String name() {
    return nameOf(path);
  }

  private static String nameOf(Path path) {
    Path fileName = path.getFileName();
    return fileName == null ? path.toString() : fileName.toString();
  }

  boolean isFull() {
    return chunks == options.maxChunks();
  }

  /** Writes a chunk into the next slot: behind the others, or over the oldest. */
  void add(byte[] chunk) throws TransportException {
    int slot = (last + 1) % options.maxChunks();
    try {
      write(chunk, EvtxFileLayout.BLOCK_BYTES + (long) slot * EvtxChunkLayout.BYTES);
    } catch (IOException e) {
      throw LogFileInput.failed("write", name(), e);
    }
    last = slot;
    chunks = Math.max(chunks, slot + 1);
  }

  /** Closes the file as full and gives it a name that is free. */
  void archive(long nextId) throws TransportException {
    try (channel) {
      header(nextId, EvtxFileLayout.FLAG_FULL);
    } catch (IOException e) {
      throw LogFileInput.failed("write", name(), e);
    }
    String base = Files.getNameWithoutExtension(name());
    try {
      for (int number = 1; ; number++) {
        Path target =
            path.resolveSibling(String.format(Locale.ROOT, "Archive-%s-%04d.evtx", base, number));
        if (!java.nio.file.Files.exists(target)) {
          java.nio.file.Files.move(path, target);
          return;
        }
      }
    } catch (IOException e) {
      throw LogFileInput.failed("archive", name(), e);
    }
  }

  /** Closes the file, with a header that tells all if {@code cleanly}. */
  void close(long nextId, boolean cleanly) throws TransportException {
    try (channel) {
      if (cleanly) {
        header(nextId, 0);
      }
    } catch (IOException e) {
      throw LogFileInput.failed("write", name(), e);
    }
  }

  private void header(long nextId, int flags) throws IOException {
    byte[] header = new byte[EvtxFileLayout.BLOCK_BYTES];
    boolean wrapped = isFull() && last != chunks - 1;
    LittleEndian.put64(header, EvtxFileLayout.MAGIC, EvtxFileLayout.MAGIC_VALUE);
    LittleEndian.put64(header, EvtxFileLayout.FIRST_CHUNK, wrapped ? last + 1 : 0);
    LittleEndian.put64(header, EvtxFileLayout.LAST_CHUNK, Math.max(last, 0));
    LittleEndian.put64(header, EvtxFileLayout.NEXT_RECORD_ID, nextId);
    LittleEndian.put32(header, EvtxFileLayout.HEADER_SIZE, EvtxFileLayout.USED_BYTES);
    LittleEndian.put16(header, EvtxFileLayout.MINOR_VERSION, options.minorVersion());
    LittleEndian.put16(header, EvtxFileLayout.MAJOR_VERSION, 3);
    LittleEndian.put16(header, EvtxFileLayout.BLOCK_SIZE, EvtxFileLayout.BLOCK_BYTES);
    LittleEndian.put16(header, EvtxFileLayout.CHUNK_COUNT, chunks);
    LittleEndian.put32(header, EvtxFileLayout.FLAGS, flags);
    CRC32 crc = new CRC32();
    crc.update(header, 0, EvtxFileLayout.CRC_BYTES);
    LittleEndian.put32(header, EvtxFileLayout.HEADER_CRC, (int) crc.getValue());
    write(header, 0);
  }

  private void write(byte[] bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
  }
}
