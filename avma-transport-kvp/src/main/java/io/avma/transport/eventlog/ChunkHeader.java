package io.avma.transport.eventlog;

import io.avma.transport.Flaw;
import java.util.zip.CRC32;

/** What the header of a chunk says, checked against the chunk. */
final class ChunkHeader {
  private final CRC32 crc = new CRC32();
  private int recordsEnd;
  private long declaredRecords;

  /** Where the records end, between {@link EvtxChunkLayout#RECORDS} and the bytes there are. */
  int recordsEnd() {
    return recordsEnd;
  }

  /** How many records the header declares; -1 if that makes no sense. */
  long declaredRecords() {
    return declaredRecords;
  }

  static boolean hasMagic(byte[] chunk) {
    return LittleEndian.i64(chunk, EvtxChunkLayout.MAGIC) == EvtxChunkLayout.MAGIC_VALUE;
  }

  /**
   * Reads the header of a chunk of which {@code available} bytes are there.
   *
   * @param fileHasChecksums whether the file's own header lets checksums count
   * @param maybeLive whether the chunk may be the one that a running system writes into, whose
   *     checksum is stale as long as it does
   */
  void read(
      byte[] chunk, int available, boolean fileHasChecksums, boolean maybeLive, ChunkFlaws flaws) {
    long free = LittleEndian.u32(chunk, EvtxChunkLayout.FREE_SPACE_OFFSET);
    boolean sensible = free >= EvtxChunkLayout.RECORDS && free <= EvtxChunkLayout.BYTES;
    recordsEnd = (int) Math.min(sensible ? free : EvtxChunkLayout.BYTES, available);
    declaredRecords = declared(chunk);
    if (!sensible) {
      flaws.add(
          "free-space-offset",
          Flaw.Effect.DOUBTFUL,
          EvtxChunkLayout.FREE_SPACE_OFFSET,
          "free space starts at " + free + " (expected: 512 to 65536); all of the chunk is read");
    }
    int flags = LittleEndian.i32(chunk, EvtxChunkLayout.FLAGS);
    if (fileHasChecksums && (flags & EvtxFileLayout.FLAG_NO_CRC) == 0) {
      // The dirty flag of a chunk stands in files that were closed long ago, too.
      check(
          chunk, available, sensible, maybeLive ? Flaw.Effect.NOTED : Flaw.Effect.DOUBTFUL, flaws);
    }
  }

  private static long declared(byte[] chunk) {
    long first = LittleEndian.i64(chunk, EvtxChunkLayout.FIRST_RECORD_NUMBER);
    long last = LittleEndian.i64(chunk, EvtxChunkLayout.LAST_RECORD_NUMBER);
    long count = last - first + 1;
    return count > 0 && count <= EvtxChunkLayout.BYTES / EvtxRecordLayout.MIN_SIZE ? count : -1;
  }

  private void check(
      byte[] chunk, int available, boolean sensible, Flaw.Effect effect, ChunkFlaws flaws) {
    if (headerCrc(chunk) != LittleEndian.i32(chunk, EvtxChunkLayout.HEADER_CRC)) {
      flaws.add(
          "chunk-header-crc",
          effect,
          EvtxChunkLayout.HEADER_CRC,
          "the checksum of the chunk's header is wrong");
    }
    boolean whole = available >= recordsEnd && available == EvtxChunkLayout.BYTES;
    if (sensible
        && whole
        && dataCrc(chunk, recordsEnd) != LittleEndian.i32(chunk, EvtxChunkLayout.DATA_CRC)) {
      flaws.add(
          "chunk-data-crc",
          effect,
          EvtxChunkLayout.DATA_CRC,
          "the checksum of the chunk's records is wrong");
    }
  }

  /** Whether the records of a chunk are not what its checksum says, if it has one. */
  static boolean isTorn(byte[] chunk, int available) {
    long free = LittleEndian.u32(chunk, EvtxChunkLayout.FREE_SPACE_OFFSET);
    if (available < EvtxChunkLayout.BYTES
        || free < EvtxChunkLayout.RECORDS
        || free > EvtxChunkLayout.BYTES) {
      return true;
    }
    return new ChunkHeader().dataCrc(chunk, (int) free)
        != LittleEndian.i32(chunk, EvtxChunkLayout.DATA_CRC);
  }

  int headerCrc(byte[] chunk) {
    crc.reset();
    crc.update(chunk, 0, EvtxChunkLayout.CRC_BYTES);
    crc.update(
        chunk,
        EvtxChunkLayout.NAME_BUCKETS,
        EvtxChunkLayout.RECORDS - EvtxChunkLayout.NAME_BUCKETS);
    return (int) crc.getValue();
  }

  int dataCrc(byte[] chunk, int end) {
    crc.reset();
    crc.update(chunk, EvtxChunkLayout.RECORDS, end - EvtxChunkLayout.RECORDS);
    return (int) crc.getValue();
  }
}
