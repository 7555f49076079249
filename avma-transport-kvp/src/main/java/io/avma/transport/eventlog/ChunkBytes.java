package io.avma.transport.eventlog;

/** The bytes of a chunk being written; nothing is ever written beyond its end. */
final class ChunkBytes {
  private final byte[] bytes = new byte[EvtxChunkLayout.BYTES];
  private int at;

  byte[] array() {
    return bytes;
  }

  int position() {
    return at;
  }

  void position(int offset) {
    at = offset;
  }

  void u8(int value) throws ChunkFull {
    bytes[claim(1)] = (byte) value;
  }

  void u16(int value) throws ChunkFull {
    LittleEndian.put16(bytes, claim(2), value);
  }

  void u32(int value) throws ChunkFull {
    LittleEndian.put32(bytes, claim(4), value);
  }

  void u64(long value) throws ChunkFull {
    LittleEndian.put64(bytes, claim(8), value);
  }

  void raw(byte[] source) throws ChunkFull {
    int target = claim(source.length);
    System.arraycopy(source, 0, bytes, target, source.length);
  }

  void utf16(String text) throws ChunkFull {
    raw(Utf16.bytes(text));
  }

  /** Claims four bytes for a size that {@link #patchSize} fills in. */
  int sizeField() throws ChunkFull {
    return claim(4);
  }

  /** Puts the number of bytes written since behind {@code field} into it. */
  void patchSize(int field) {
    LittleEndian.put32(bytes, field, at - field - 4);
  }

  /** Claims {@code count} zeros. */
  int zeros(int count) throws ChunkFull {
    return claim(count);
  }

  private int claim(int count) throws ChunkFull {
    if (count > bytes.length - at) {
      throw new ChunkFull();
    }
    at += count;
    return at - count;
  }
}
