package io.avma.transport.eventlog;

import java.util.Arrays;

/**
 * The values of the template instances being decoded, innermost last: where each value lies in the
 * chunk, how long it is and of which type. No object per value.
 */
final class ValueSlots {
  private int[] offsets = new int[256];
  private int[] sizes = new int[256];
  private byte[] types = new byte[256];
  private int top;

  /**
   * Reads the values of an instance (u32 count, descriptors, packed values) and returns the index
   * of its first slot.
   */
  int push(byte[] chunk, int at, int end) throws MalformedEvent {
    if (end - at < 4) {
      throw new MalformedEvent(at, "the binary XML ends before a template's values");
    }
    long count = LittleEndian.u32(chunk, at);
    int descriptors = at + 4;
    if (count > (end - descriptors) / BinXmlToken.DESCRIPTOR_BYTES) {
      throw new MalformedEvent(at, count + " template values, more than the record can hold");
    }
    int base = top;
    reserve((int) count);
    int value = descriptors + BinXmlToken.DESCRIPTOR_BYTES * (int) count;
    for (int i = 0; i < count; i++) {
      int descriptor = descriptors + BinXmlToken.DESCRIPTOR_BYTES * i;
      int size = LittleEndian.u16(chunk, descriptor + BinXmlToken.DESCRIPTOR_SIZE);
      offsets[base + i] = value;
      sizes[base + i] = size;
      types[base + i] = chunk[descriptor + BinXmlToken.DESCRIPTOR_TYPE];
      value += size;
      if (value > end) {
        throw new MalformedEvent(descriptor, "value " + i + " goes beyond the record");
      }
    }
    top = base + (int) count;
    return base;
  }

  /** Returns the base of a program without slots. */
  int empty() {
    return top;
  }

  /** How many values the instance pushed last has, which starts at {@code base}. */
  int count(int base) {
    return top - base;
  }

  /** Checks that the instance pushed last has as many values as its template needs. */
  void requireCount(int base, int needed, int at) throws MalformedEvent {
    if (count(base) < needed) {
      throw new MalformedEvent(
          at, "a template of " + needed + " slots with " + (top - base) + " values");
    }
  }

  /** Forgets the instance that starts at {@code base}, and everything inside it. */
  void pop(int base) {
    top = base;
  }

  int offset(int slot) {
    return offsets[slot];
  }

  int size(int slot) {
    return sizes[slot];
  }

  int type(int slot) {
    return types[slot] & 0xFF;
  }

  boolean isNull(int slot) {
    return types[slot] == BinXmlType.NULL;
  }

  boolean isArray(int slot) {
    return types[slot] < 0; // BinXmlType.ARRAY is the sign bit
  }

  /** Puts one item of an array in the array's place. */
  void replace(int slot, int offset, int size, int type) {
    offsets[slot] = offset;
    sizes[slot] = size;
    types[slot] = (byte) type;
  }

  private void reserve(int count) {
    int needed = top + count;
    if (needed > offsets.length) {
      int length = Math.max(2 * offsets.length, needed);
      offsets = Arrays.copyOf(offsets, length);
      sizes = Arrays.copyOf(sizes, length);
      types = Arrays.copyOf(types, length);
    }
  }
}
