package io.avma.transport.eventlog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one form of time that nearly every event has, {@code 2026-03-01T00:15:30.1234567Z}, many
 * times faster than the formatter of the JDK, which reads every other form.
 */
final class IsoTime {
  private static final int FRACTION = 19;
  private static final int[] SCALE = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };

  private IsoTime() {}

  /** Returns the time, or null if the text has another form. */
  static @Nullable Instant read(String text) {
    int end = text.length() - 1;
    if (end < FRACTION
        || end > FRACTION + 10
        || text.charAt(end) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || (end > FRACTION && (text.charAt(FRACTION) != '.' || end == FRACTION + 1))) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int fraction = end == FRACTION ? 0 : number(text, FRACTION + 1, end);
    boolean sound =
        (year | fraction) >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= 28 // the end of a month is left to the calendar of the JDK
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59;
    if (!sound) {
      return null;
    }
    int digits = end == FRACTION ? 0 : end - FRACTION - 1;
    long days = java.time.LocalDate.of(year, month, day).toEpochDay();
    return Instant.ofEpochSecond(
        days * 86_400 + hour * 3600L + minute * 60L + second, (long) fraction * SCALE[digits]);
  }

  /** The number in the digits of a text, or -1 if they are none. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
