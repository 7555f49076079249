package io.avma.transport.eventlog;

import java.util.Arrays;
import java.util.zip.CRC32;

/** One chunk after the other while it is filled with records. */
final class ChunkBuilder {
  private final ChunkBytes out = new ChunkBytes();
  private final BinXmlEncoder encoder = new BinXmlEncoder(out);
  private long firstId;
  private int count;
  private int lastRecord;

  /** Whether something did not fit: the encoder now knows names that are not there. */
  private boolean full;

  ChunkBuilder() {
    start();
  }

  /** Starts an empty chunk. */
  void start() {
    Arrays.fill(out.array(), (byte) 0);
    out.position(EvtxChunkLayout.RECORDS);
    encoder.startChunk();
    count = 0;
    lastRecord = 0;
    full = false;
  }

  boolean isEmpty() {
    return count == 0;
  }

  long firstId() {
    return firstId;
  }

  /**
   * Adds a record behind the ones before, with the number that follows theirs. Returns false if it
   * does not fit; then the chunk is as it was, and takes no further record.
   */
  boolean add(long id, long written, ShapedEvent event) {
    if (full) {
      return false;
    }
    int start = out.position();
    byte[] heads =
        Arrays.copyOfRange(out.array(), EvtxChunkLayout.NAME_BUCKETS, EvtxChunkLayout.RECORDS);
    try {
      record(id, written, event);
    } catch (ChunkFull e) {
      Arrays.fill(out.array(), start, EvtxChunkLayout.BYTES, (byte) 0);
      System.arraycopy(heads, 0, out.array(), EvtxChunkLayout.NAME_BUCKETS, heads.length);
      out.position(start);
      full = true;
      return false;
    }
    if (count == 0) {
      firstId = id;
    }
    count++;
    lastRecord = start;
    return true;
  }

  private void record(long id, long written, ShapedEvent event) throws ChunkFull {
    int start = out.position();
    out.u32(EvtxRecordLayout.MAGIC_VALUE);
    out.u32(0);
    out.u64(id);
    out.u64(written);
    encoder.fragment(event);
    out.u8(BinXmlToken.END_OF_STREAM);
    int content = out.position() + EvtxRecordLayout.SIZE_COPY_BYTES - start;
    out.zeros(-content & (EvtxRecordLayout.ALIGNMENT - 1));
    int size = out.position() + EvtxRecordLayout.SIZE_COPY_BYTES - start;
    out.u32(size);
    LittleEndian.put32(out.array(), start + EvtxRecordLayout.SIZE, size);
  }

  /** Fills in the header and returns the bytes of the chunk, valid until the next start. */
  byte[] finish() {
    byte[] chunk = out.array();
    LittleEndian.put64(chunk, EvtxChunkLayout.MAGIC, EvtxChunkLayout.MAGIC_VALUE);
    LittleEndian.put64(chunk, EvtxChunkLayout.FIRST_RECORD_NUMBER, firstId);
    LittleEndian.put64(chunk, EvtxChunkLayout.LAST_RECORD_NUMBER, firstId + count - 1);
    LittleEndian.put64(chunk, EvtxChunkLayout.FIRST_RECORD_ID, firstId);
    LittleEndian.put64(chunk, EvtxChunkLayout.LAST_RECORD_ID, firstId + count - 1);
    LittleEndian.put32(chunk, EvtxChunkLayout.HEADER_SIZE, 128);
    LittleEndian.put32(chunk, EvtxChunkLayout.LAST_RECORD_OFFSET, lastRecord);
    LittleEndian.put32(chunk, EvtxChunkLayout.FREE_SPACE_OFFSET, out.position());
    LittleEndian.put32(
        chunk, EvtxChunkLayout.DATA_CRC, crc(chunk, EvtxChunkLayout.RECORDS, out.position(), 0, 0));
    LittleEndian.put32(
        chunk,
        EvtxChunkLayout.HEADER_CRC,
        crc(
            chunk,
            0,
            EvtxChunkLayout.CRC_BYTES,
            EvtxChunkLayout.NAME_BUCKETS,
            EvtxChunkLayout.RECORDS));
    return chunk;
  }

  private static int crc(byte[] bytes, int from, int to, int from2, int to2) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    crc.update(bytes, from2, to2 - from2);
    return (int) crc.getValue();
  }
}
