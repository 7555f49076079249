package io.avma.transport.cim;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the forms that a CIM {@code datetime} is written in. */
final class DateTimeText {
  static final Pattern PARTIAL = Pattern.compile("[0-9*]{14}\\.[0-9*]{6}([+-][0-9*]{3}|:000)");

  private static final Pattern DMTF = Pattern.compile("\\d{14}\\.\\d{6}([+-]\\d{3}|:000)");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(\\d{4})-(\\d\\d)-(\\d\\d)T(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9})\\d*)?"
              + "(?:Z|([+-])(\\d\\d):(\\d\\d))");
  private static final Pattern DURATION =
      Pattern.compile(
          "P(?:(\\d{1,8})D)?"
              + "(T(?:(\\d{1,12})H)?(?:(\\d{1,12})M)?(?:(\\d{1,12})(?:\\.(\\d{1,9})\\d*)?S)?)?");

  private DateTimeText() {}

  static @Nullable CimDateTime dmtf(String text) {
    if (!DMTF.matcher(text).matches()) {
      return PARTIAL.matcher(text).matches() ? new CimDateTime.Partial(text) : null;
    }
    int microseconds = number(text, 15, 21);
    if (text.charAt(21) == ':') {
      int hours = number(text, 8, 10);
      int minutes = number(text, 10, 12);
      int seconds = number(text, 12, 14);
      if (hours > 23 || minutes > 59 || seconds > 59) {
        return null;
      }
      return new CimDateTime.Interval(
          Duration.ofDays(number(text, 0, 8))
              .plusHours(hours)
              .plusMinutes(minutes)
              .plusSeconds(seconds)
              .plusNanos(microseconds * 1000L));
    }
    int offset = number(text, 22, 25) * (text.charAt(21) == '-' ? -1 : 1);
    LocalDateTime local =
        LocalDateTime.of(
            number(text, 0, 4),
            number(text, 4, 6),
            number(text, 6, 8),
            number(text, 8, 10),
            number(text, 10, 12),
            number(text, 12, 14),
            microseconds * 1000);
    return moment(local, offset);
  }

  static @Nullable CimDateTime dateTime(String text) {
    Matcher parts = DATE_TIME.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    LocalDateTime local =
        LocalDateTime.of(
            Integer.parseInt(parts.group(1)),
            Integer.parseInt(parts.group(2)),
            Integer.parseInt(parts.group(3)),
            Integer.parseInt(parts.group(4)),
            Integer.parseInt(parts.group(5)),
            Integer.parseInt(parts.group(6)),
            nanos(parts.group(7)));
    if (parts.group(8) == null) {
      return moment(local, 0);
    }
    int offset = Integer.parseInt(parts.group(9)) * 60 + Integer.parseInt(parts.group(10));
    return moment(local, parts.group(8).equals("-") ? -offset : offset);
  }

  /** Years and months have no length, so an interval of CIM cannot hold them. */
  static @Nullable CimDateTime duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (!parts.matches() || text.endsWith("P") || text.endsWith("T")) {
      return null;
    }
    return new CimDateTime.Interval(
        Duration.ofDays(count(parts.group(1)))
            .plusHours(count(parts.group(3)))
            .plusMinutes(count(parts.group(4)))
            .plusSeconds(count(parts.group(5)))
            .plusNanos(nanos(parts.group(6))));
  }

  /** The digits of a second behind the point, without zeros at the end, as real hosts write it. */
  static String fraction(int nanos) {
    if (nanos == 0) {
      return "";
    }
    String digits = String.valueOf(1_000_000_000L + nanos).substring(1);
    int end = 9;
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return "." + digits.substring(0, end);
  }

  /** Appends a number with zeros in front. */
  static void digits(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    text.append("0000", 0, width - digits.length()).append(digits);
  }

  private static CimDateTime moment(LocalDateTime local, int offsetMinutes) {
    return new CimDateTime.Moment(
        local.toInstant(ZoneOffset.ofTotalSeconds(offsetMinutes * 60)), offsetMinutes);
  }

  private static int nanos(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "000000000").substring(0, 9));
  }

  private static long count(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
