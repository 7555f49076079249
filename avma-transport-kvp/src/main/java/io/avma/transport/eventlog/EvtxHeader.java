package io.avma.transport.eventlog;

import io.avma.transport.Flaw;
import io.avma.transport.Position;
import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The header of an event log file. Only its flags and its version mean something to a reader: the
 * chunk numbers of a dirty file are stale, and wrong ones with a right checksum have been seen.
 */
final class EvtxHeader {
  private final byte[] bytes;
  private final boolean whole;

  private EvtxHeader(byte[] bytes, boolean whole) {
    this.bytes = bytes;
    this.whole = whole;
  }

  static EvtxHeader read(LogInput input) throws TransportException {
    byte[] bytes = new byte[EvtxFileLayout.USED_BYTES];
    int count = input.read(0, bytes, bytes.length);
    return new EvtxHeader(bytes, count == bytes.length);
  }

  boolean hasMagic() {
    return whole && LittleEndian.i64(bytes, EvtxFileLayout.MAGIC) == EvtxFileLayout.MAGIC_VALUE;
  }

  boolean hasChecksums() {
    return !hasMagic() || (flags() & EvtxFileLayout.FLAG_NO_CRC) == 0;
  }

  boolean isDirty() {
    return hasMagic() && (flags() & EvtxFileLayout.FLAG_DIRTY) != 0;
  }

  int chunkCount() {
    return hasMagic() ? LittleEndian.u16(bytes, EvtxFileLayout.CHUNK_COUNT) : 0;
  }

  private int flags() {
    return LittleEndian.i32(bytes, EvtxFileLayout.FLAGS);
  }

  boolean isSameAs(EvtxHeader other) {
    return Arrays.equals(bytes, other.bytes);
  }

  /** Reports what is wrong with the header itself. */
  void report(String source, FlawLog flaws) throws TransportException {
    Position place = Position.in(source).atOffset(0);
    if (!hasMagic()) {
      flaws.add(
          new Flaw(
              "file-header",
              Flaw.Effect.DOUBTFUL,
              place,
              "the file does not start with the mark of an event log; chunks are searched anyway"));
      return;
    }
    int major = LittleEndian.u16(bytes, EvtxFileLayout.MAJOR_VERSION);
    int minor = LittleEndian.u16(bytes, EvtxFileLayout.MINOR_VERSION);
    if (major != 3 || minor < 1 || minor > 2) {
      flaws.add(
          new Flaw(
              "file-version",
              Flaw.Effect.DOUBTFUL,
              place.atOffset(EvtxFileLayout.MINOR_VERSION),
              "format " + major + "." + minor + " (expected: 3.1 or 3.2), read like 3.1"));
    }
    if (hasChecksums() && crc() != LittleEndian.i32(bytes, EvtxFileLayout.HEADER_CRC)) {
      flaws.add(
          new Flaw(
              "file-header-crc",
              Flaw.Effect.DOUBTFUL,
              place.atOffset(EvtxFileLayout.HEADER_CRC),
              "the checksum of the file's header is wrong"));
    }
    if (isDirty()) {
      flaws.add(
          new Flaw(
              "dirty",
              Flaw.Effect.NOTED,
              place.atOffset(EvtxFileLayout.FLAGS),
              "the log was not closed; its header may be stale, so all of the file is searched"));
    }
  }

  private int crc() {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, EvtxFileLayout.CRC_BYTES);
    return (int) crc.getValue();
  }
}
