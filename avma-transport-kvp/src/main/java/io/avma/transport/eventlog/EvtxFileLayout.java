package io.avma.transport.eventlog;

/**
 * The file header of an {@code .evtx} file: one block of 4,096 bytes of which 128 are used,
 * little-endian, followed by chunks of 65,536 bytes.
 *
 * <p>Source: the libevtx format description, confirmed on real files (observed).
 */
final class EvtxFileLayout {
  private EvtxFileLayout() {}

  /** {@code ElfFile} and a NUL, read as a little-endian number. */
  static final long MAGIC_VALUE = 0x00656C69_46666C45L;

  static final int MAGIC = 0; // u64
  static final int FIRST_CHUNK = 8; // u64
  static final int LAST_CHUNK = 16; // u64
  static final int NEXT_RECORD_ID = 24; // u64
  static final int HEADER_SIZE = 32; // u32, always 128
  static final int MINOR_VERSION = 36; // u16, 1, since Windows 10 2004 also 2
  static final int MAJOR_VERSION = 38; // u16, 3
  static final int BLOCK_SIZE = 40; // u16, always 4096
  static final int CHUNK_COUNT = 42; // u16
  static final int FLAGS = 120; // u32
  static final int HEADER_CRC = 124; // u32, of the first 120 bytes

  static final int USED_BYTES = 128;
  static final int BLOCK_BYTES = 4096;
  static final int CRC_BYTES = 120;

  static final int FLAG_DIRTY = 0x1;
  static final int FLAG_FULL = 0x2;

  /** None of the checksums of file or chunk may be trusted. The same bit in both headers. */
  static final int FLAG_NO_CRC = 0x4;
}
