package io.avma.catalog;

import com.google.common.collect.Lists;
import java.math.BigInteger;

/**
 * A second, slow way from a key to its fields, written from the description of the format with
 * arbitrary precision and a bitwise checksum. It only reads.
 */
final class NaiveKeyNumber {
  private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";

  private final BigInteger number;

  /** Takes 25 symbols, one of them an N. */
  NaiveKeyNumber(String symbols) {
    int placeOfN = symbols.indexOf('N');
    BigInteger value = BigInteger.valueOf(placeOfN);
    for (char symbol : Lists.charactersOf(symbols.replace("N", ""))) {
      value =
          value.multiply(BigInteger.valueOf(24)).add(BigInteger.valueOf(ALPHABET.indexOf(symbol)));
    }
    number = value;
  }

  int group() {
    return bits(0, 20);
  }

  int serial() {
    return bits(20, 30);
  }

  int storedChecksum() {
    return bits(103, 10);
  }

  int upgradeAndExtra() {
    return bits(113, 15);
  }

  /** CRC-32/BZIP2 over 16 bytes, least significant first, the checksum's own bits cleared. */
  int computedChecksum() {
    BigInteger cleared = number;
    for (int bit = 103; bit < 113; bit++) {
      cleared = cleared.clearBit(bit);
    }
    int crc = -1;
    for (int i = 0; i < 16; i++) {
      crc ^= cleared.shiftRight(8 * i).intValue() << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ (crc < 0 ? 0x04C11DB7 : 0);
      }
    }
    return ~crc & 0x3FF;
  }

  private int bits(int lowest, int count) {
    return number
        .shiftRight(lowest)
        .and(BigInteger.ONE.shiftLeft(count).subtract(BigInteger.ONE))
        .intValueExact();
  }
}
