package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class KeyTextTest {
  private static final long HALF = 36_520_347_436_056_576L;

  /**
   * No published key carries from the low half of its number into the high one, so the keys alone
   * would not show a mistake there.
   */
  @Test
  void aCarryReachesTheHighHalf() {
    int carries = 0;
    for (long upper = 0; upper < 20_000; upper++) {
      BigInteger whole = KeyTextProperties.whole(upper, HALF - 1);
      assertEquals(whole.longValue(), KeyText.low(upper, HALF - 1));
      assertEquals(whole.shiftRight(64).longValue(), KeyText.high(upper, HALF - 1));
      carries += KeyText.high(upper, HALF - 1) == KeyText.high(upper, 0) ? 0 : 1;
    }
    assertTrue(carries > 10, "carries: " + carries);
  }

  @Test
  void theChecksumOfZerosAndOfOnesIsThatOfTheNaiveReader() {
    assertEquals(bitwise(0, 0), KeyText.crc(0, 0));
    assertEquals(bitwise(-1, -1), KeyText.crc(-1, -1));
    assertEquals(bitwise(1, 0), KeyText.crc(1, 0));
    assertEquals(bitwise(0, Long.MIN_VALUE), KeyText.crc(0, Long.MIN_VALUE));
  }

  static int bitwise(long low, long high) {
    int crc = -1;
    for (int i = 0; i < 16; i++) {
      crc ^= (int) ((i < 8 ? low : high) >>> (8 * (i % 8))) << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ (crc < 0 ? 0x04C11DB7 : 0);
      }
    }
    return ~crc;
  }
}
