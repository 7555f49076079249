package io.avma.transport.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the first NUL of a field. Half the time of decoding a pool goes into this search, so it
 * looks at eight bytes at once; see docs/benchmarks.md.
 */
final class NulSearch {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private NulSearch() {}

  /** Returns the index of the first 0 in {@code [from, to)}, or {@code to} if there is none. */
  static int indexOf(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) LONGS.get(bytes, i);
      // The lowest high bit that stays marks the first zero byte; borrows only reach higher ones.
      long zeros = (word - ONES) & ~word & HIGH_BITS;
      if (zeros != 0) {
        return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    while (i < to && bytes[i] != 0) {
      i++;
    }
    return i;
  }
}
