package io.avma.transport.eventlog;

import com.google.common.base.Splitter;
import java.util.List;

/** Security identifiers as text, {@code S-1-5-18}, and as bytes: see {@link ValueText}. */
final class Sid {
  private static final Splitter PARTS = Splitter.on('-');
  private static final int MAX_SUB_AUTHORITIES = 15;
  private static final long MAX_AUTHORITY = 0xFFFF_FFFF_FFFFL;

  private Sid() {}

  /** Adds the SID; a text that is none, or not written as Windows does, as the text that it is. */
  static void put(SlotValues values, String text) {
    List<String> parts = PARTS.splitToList(text);
    int count = parts.size() - 3;
    if (count < 0 || count > MAX_SUB_AUTHORITIES || !parts.get(0).equals("S")) {
      values.string(text);
      return;
    }
    long revision = number(parts.get(1), 0xFF);
    long authority = number(parts.get(2), MAX_AUTHORITY);
    byte[] bytes = new byte[8 + 4 * count];
    bytes[0] = (byte) revision;
    bytes[1] = (byte) count;
    for (int i = 0; i < 6; i++) {
      bytes[2 + i] = (byte) (authority >>> (40 - 8 * i));
    }
    boolean sound = revision >= 0 && authority >= 0;
    for (int i = 0; i < count; i++) {
      long part = number(parts.get(3 + i), 0xFFFF_FFFFL);
      sound &= part >= 0;
      LittleEndian.put32(bytes, 8 + 4 * i, (int) part);
    }
    if (sound) {
      values.bytes(BinXmlType.SID, bytes);
    } else {
      values.string(text);
    }
  }

  /** A number without sign and leading zeros, or -1. */
  private static long number(String digits, long max) {
    if (digits.isEmpty()
        || digits.length() > 15
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')
        || (digits.length() > 1 && digits.charAt(0) == '0')) {
      return -1;
    }
    long number = Long.parseLong(digits);
    return number <= max ? number : -1;
  }
}
