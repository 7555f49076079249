package io.avma.transport.eventlog;

/**
 * A chunk of an {@code .evtx} file: a header of 512 bytes, then records, names and templates; all
 * offsets inside count from the start of the chunk, so every chunk can be read alone.
 *
 * <p>Source: the libevtx format description, confirmed on real files (observed).
 */
final class EvtxChunkLayout {
  private EvtxChunkLayout() {}

  /** {@code ElfChnk} and a NUL, read as a little-endian number. */
  static final long MAGIC_VALUE = 0x006B6E68_43666C45L;

  static final int MAGIC = 0; // u64
  static final int FIRST_RECORD_NUMBER = 8; // u64
  static final int LAST_RECORD_NUMBER = 16; // u64
  static final int FIRST_RECORD_ID = 24; // u64
  static final int LAST_RECORD_ID = 32; // u64
  static final int HEADER_SIZE = 40; // u32, always 128
  static final int LAST_RECORD_OFFSET = 44; // u32
  static final int FREE_SPACE_OFFSET = 48; // u32
  static final int DATA_CRC = 52; // u32, of the bytes from RECORDS to the free-space offset
  static final int FLAGS = 120; // u32
  static final int HEADER_CRC = 124; // u32, of bytes 0 to 119 and 128 to 511
  static final int NAME_BUCKETS = 128; // 64 x u32
  static final int TEMPLATE_BUCKETS = 384; // 32 x u32
  static final int RECORDS = 512;

  static final int NAME_BUCKET_COUNT = 64;
  static final int TEMPLATE_BUCKET_COUNT = 32;
  static final int BYTES = 65_536;
  static final int CRC_BYTES = 120;

  static final int FLAG_DIRTY = 0x1;
}
