package io.avma.transport.cim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A CIM {@code datetime}: a {@linkplain Moment point in time}, an {@linkplain Interval interval},
 * or {@linkplain Partial digits of which some are not known}.
 *
 * <p>CIM-XML writes 25 characters, {@code 20260131235959.123456+060}, an interval {@code
 * 00000001020304.000005:000}; WS-Management writes XML Schema, {@code 2026-01-31T22:59:59.123456Z}
 * and {@code P1DT2H3M4.000005S}. Source: DMTF DSP0004 and DSP0230; documented, the latter's form of
 * points in time recorded from real hosts.
 */
@CheckReturnValue
public sealed interface CimDateTime {
  /** What Windows answers for a time that never was: the beginning of 1601. */
  Instant UNSET = Instant.parse("1601-01-01T00:00:00Z");

  /** Returns the 25 characters; of a second no more than microseconds, the rest is cut. */
  String dmtfText();

  /** Returns the form of WS-Management; nothing is cut. Of {@link Partial} the 25 characters. */
  String xmlText();

  /** Returns the time or interval in {@code text}, of either form; nothing if it is neither. */
  static Optional<CimDateTime> parse(String text) {
    return Optional.ofNullable(parsed(text));
  }

  /** Returns a point in time, in UTC. */
  static CimDateTime of(Instant instant) {
    return new Moment(instant, 0);
  }

  /** Returns an interval. */
  static CimDateTime of(Duration duration) {
    return new Interval(duration);
  }

  /**
   * A point in time.
   *
   * @param instant the time, years 0 to 9999 in its own offset
   * @param offsetMinutes how far the clock that wrote it is ahead of UTC, -999 to 999 in CIM-XML,
   *     within 18 hours here
   */
  record Moment(Instant instant, int offsetMinutes) implements CimDateTime {
    /** Checks the range. */
    public Moment {
      checkArgument(
          Math.abs(offsetMinutes) <= 999, "offset is %s (expected: -999 to 999)", offsetMinutes);
      int year = instant.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60)).getYear();
      checkArgument(year >= 0 && year <= 9999, "year is %s (expected: 0 to 9999)", year);
    }

    /** Returns whether this is {@link #UNSET}. */
    public boolean isUnset() {
      return instant.equals(UNSET);
    }

    @Override
    public String dmtfText() {
      LocalDateTime local = local();
      return String.format(
          Locale.ROOT,
          "%04d%02d%02d%02d%02d%02d.%06d%s%03d",
          local.getYear(),
          local.getMonthValue(),
          local.getDayOfMonth(),
          local.getHour(),
          local.getMinute(),
          local.getSecond(),
          local.getNano() / 1000,
          offsetMinutes < 0 ? "-" : "+",
          Math.abs(offsetMinutes));
    }

    @Override
    public String xmlText() {
      LocalDateTime local = local();
      StringBuilder text = new StringBuilder(32);
      DateTimeText.digits(text, local.getYear(), 4);
      DateTimeText.digits(text.append('-'), local.getMonthValue(), 2);
      DateTimeText.digits(text.append('-'), local.getDayOfMonth(), 2);
      DateTimeText.digits(text.append('T'), local.getHour(), 2);
      DateTimeText.digits(text.append(':'), local.getMinute(), 2);
      DateTimeText.digits(text.append(':'), local.getSecond(), 2);
      text.append(DateTimeText.fraction(local.getNano()));
      if (offsetMinutes == 0) {
        return text.append('Z').toString();
      }
      int minutes = Math.abs(offsetMinutes);
      DateTimeText.digits(text.append(offsetMinutes < 0 ? '-' : '+'), minutes / 60, 2);
      DateTimeText.digits(text.append(':'), minutes % 60, 2);
      return text.toString();
    }

    private LocalDateTime local() {
      return LocalDateTime.ofInstant(instant, ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    }
  }

  /**
   * An interval.
   *
   * @param duration how long, 0 to less than 100,000,000 days
   */
  record Interval(Duration duration) implements CimDateTime {
    /** Checks the range. */
    public Interval {
      checkArgument(
          !duration.isNegative() && duration.toDays() < 100_000_000,
          "interval is %s (expected: 0 to less than 100,000,000 days)",
          duration);
    }

    @Override
    public String dmtfText() {
      return String.format(
          Locale.ROOT,
          "%08d%02d%02d%02d.%06d:000",
          duration.toDays(),
          duration.toHoursPart(),
          duration.toMinutesPart(),
          duration.toSecondsPart(),
          duration.toNanosPart() / 1000);
    }

    @Override
    public String xmlText() {
      return "P"
          + duration.toDays()
          + "DT"
          + duration.toHoursPart()
          + "H"
          + duration.toMinutesPart()
          + "M"
          + duration.toSecondsPart()
          + DateTimeText.fraction(duration.toNanosPart())
          + "S";
    }
  }

  /**
   * A time of which not every digit is known.
   *
   * @param dmtfText its 25 characters, asterisks for what is not known
   */
  record Partial(String dmtfText) implements CimDateTime {
    /** Checks the form. */
    public Partial {
      checkArgument(
          DateTimeText.PARTIAL.matcher(dmtfText).matches() && dmtfText.indexOf('*') >= 0,
          "not 25 characters of a datetime with asterisks");
    }

    @Override
    public String xmlText() {
      return dmtfText;
    }
  }

  /** Like {@link #parse}, null for neither. */
  private static @Nullable CimDateTime read(String text) {
    if (text.length() > 64) {
      return null;
    }
    if (text.startsWith("P")) { // which may have 25 characters as well
      return DateTimeText.duration(text);
    }
    return text.length() == 25 && text.charAt(14) == '.'
        ? DateTimeText.dmtf(text)
        : DateTimeText.dateTime(text);
  }

  /** Like {@link #parse}, null for neither. */
  static @Nullable CimDateTime parsed(String text) {
    try {
      return read(text);
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      return null; // digits in the right places that are no time, such as a 32nd of January
    }
  }
}
