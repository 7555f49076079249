package io.avma.transport.eventlog;

/**
 * A record in a chunk: a header of 24 bytes, binary XML, and a copy of the size. Sizes are
 * multiples of eight.
 *
 * <p>Source: the libevtx format description, confirmed on real files (observed).
 */
final class EvtxRecordLayout {
  private EvtxRecordLayout() {}

  /** Two asterisks and two NULs, read as a little-endian number. */
  static final int MAGIC_VALUE = 0x00002A2A;

  static final int MAGIC = 0; // u32
  static final int SIZE = 4; // u32, of the whole record
  static final int RECORD_ID = 8; // u64
  static final int WRITTEN = 16; // FILETIME, may differ from TimeCreated
  static final int BINARY_XML = 24;

  static final int SIZE_COPY_BYTES = 4;
  static final int MIN_SIZE = BINARY_XML + SIZE_COPY_BYTES;
  static final int ALIGNMENT = 8;
}
