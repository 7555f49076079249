package io.avma.transport.eventlog;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The values of one template instance in the order of its slots, each with its type. */
final class SlotValues {
  private static final byte[] NOTHING = new byte[0];

  /** A value: its bytes, or an instance inside this one. */
  sealed interface Value {}

  static final class Bytes implements Value {
    private final int type;
    private final byte[] bytes;

    private Bytes(int type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    int type() {
      return type;
    }

    /** Not to be changed. */
    byte[] bytes() {
      return bytes;
    }
  }

  record Nested(ShapedEvent event) implements Value {}

  private final List<Value> values = new ArrayList<>();

  ImmutableList<Value> all() {
    return ImmutableList.copyOf(values);
  }

  int count() {
    return values.size();
  }

  SlotValues nothing() {
    return add(BinXmlType.NULL, NOTHING);
  }

  SlotValues u8(int value) {
    return add(BinXmlType.UINT8, new byte[] {(byte) value});
  }

  SlotValues u16(int value) {
    byte[] bytes = new byte[2];
    LittleEndian.put16(bytes, 0, value);
    return add(BinXmlType.UINT16, bytes);
  }

  SlotValues u32(long value) {
    byte[] bytes = new byte[4];
    LittleEndian.put32(bytes, 0, (int) value);
    return add(BinXmlType.UINT32, bytes);
  }

  /** Adds eight bytes as {@code type}: a number, hexadecimal or not, or a FILETIME. */
  SlotValues eight(int type, long value) {
    byte[] bytes = new byte[8];
    LittleEndian.put64(bytes, 0, value);
    return add(type, bytes);
  }

  SlotValues guid(UUID guid) {
    byte[] bytes = new byte[16];
    for (int i = 0; i < 16; i++) {
      long half = i < 8 ? guid.getMostSignificantBits() : guid.getLeastSignificantBits();
      bytes[ValueText.guidByte(i)] = (byte) (half >>> (56 - 8 * (i % 8)));
    }
    return add(BinXmlType.GUID, bytes);
  }

  SlotValues string(String text) {
    return add(BinXmlType.STRING, Utf16.bytes(text));
  }

  /** Adds an array of strings, each ended by a NUL, the last one too. */
  SlotValues strings(List<String> texts) {
    StringBuilder joined = new StringBuilder();
    texts.forEach(text -> joined.append(text).append('\0'));
    return add(BinXmlType.STRING | BinXmlType.ARRAY, Utf16.bytes(joined.toString()));
  }

  SlotValues bytes(int type, byte[] bytes) {
    return add(type, bytes);
  }

  SlotValues nested(ShapedEvent event) {
    values.add(new Nested(event));
    return this;
  }

  private SlotValues add(int type, byte[] bytes) {
    values.add(new Bytes(type, bytes));
    return this;
  }
}
