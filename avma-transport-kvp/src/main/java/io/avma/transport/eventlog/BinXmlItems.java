package io.avma.transport.eventlog;

/**
 * The items of an array value: numbers lie packed, every string ends with a NUL (the last one may
 * lack it), a SID tells its own length.
 */
final class BinXmlItems {
  private BinXmlItems() {}

  /**
   * Returns where the item behind the one at {@code at} starts: always later than {@code at} and
   * never beyond {@code end}.
   */
  static int next(byte[] bytes, int at, int end, int type) {
    return switch (type) {
      case BinXmlType.STRING -> afterNul(bytes, at, end);
      case BinXmlType.ANSI_STRING -> afterByteNul(bytes, at, end);
      case BinXmlType.SID -> end - at < 8 ? end : within(at + 8 + 4 * (bytes[at + 1] & 0xFF), end);
      default -> {
        int width = BinXmlType.itemBytes(type);
        yield width == 0 ? end : within(at + width, end);
      }
    };
  }

  /** Returns the bytes of the item from {@code at} to {@code next} without the NUL it ends with. */
  static int contentBytes(byte[] bytes, int at, int next, int type) {
    int size = next - at;
    if (type == BinXmlType.STRING) {
      boolean ended = size >= 2 && LittleEndian.u16(bytes, next - 2) == 0;
      return ended ? size - 2 : size;
    }
    if (type == BinXmlType.ANSI_STRING) {
      return bytes[next - 1] == 0 ? size - 1 : size;
    }
    return size;
  }

  private static int afterNul(byte[] bytes, int at, int end) {
    int i = at;
    while (i + 2 <= end) {
      i += 2;
      if (LittleEndian.u16(bytes, i - 2) == 0) {
        return i;
      }
    }
    return end;
  }

  private static int afterByteNul(byte[] bytes, int at, int end) {
    int i = at;
    while (i < end) {
      if (bytes[i++] == 0) {
        return i;
      }
    }
    return end;
  }

  private static int within(int offset, int end) {
    return Math.min(offset, end);
  }
}
