package io.avma.tracking;

import com.google.common.collect.Comparators;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * What makes a log record the same record, however often and by whatever way it was read. The
 * number alone does not: a cleared log counts from the start again.
 *
 * <p>Tools differ in what they leave of a record: they show its time in 3 to 9 digits of a second,
 * the computer short or fully qualified, the channel or none. So the key keeps of each only what
 * all of them show, and two readings of one record have equal keys; the exact time stands beside it
 * in the observation. Two records of one log never share number and second, unless it was cleared
 * within that second.
 *
 * @param machine the computer that wrote it: the first label of its name, lower case, at most 255
 *     characters
 * @param channel the channel, lower case likewise; {@code application}, where the Software
 *     Protection Platform writes, if the source had none
 * @param recordId the number in its log, unsigned; empty if the source had none
 * @param time when it was created, cut to the second; exact if there is no number, since then it is
 *     all that tells two records apart
 */
@CheckReturnValue
public record RecordKey(String machine, String channel, Optional<Long> recordId, Instant time)
    implements Comparable<RecordKey> {
  private static final int LONGEST = 255;
  private static final Comparator<RecordKey> ORDER =
      Comparator.comparing(RecordKey::time)
          .thenComparing(RecordKey::machine)
          .thenComparing(RecordKey::channel)
          .thenComparing(RecordKey::recordId, Comparators.emptiesFirst(Long::compareUnsigned));

  /** Cuts everything to what all readers show. */
  public RecordKey {
    machine = HostNames.firstLabel(name(machine));
    channel = name(channel.isBlank() ? SoftwareProtection.CHANNEL : channel);
    time = recordId.isPresent() ? time.truncatedTo(ChronoUnit.SECONDS) : time;
  }

  /**
   * Returns the key of {@code event}; empty if nobody knows when it was created, or if that lies
   * outside the years 1601 to 9999.
   *
   * @param machine the computer that the log was read from, for an event that does not name one
   */
  public static Optional<RecordKey> of(WindowsEvent event, String machine) {
    Optional<Long> number =
        event.recordId().isPresent() ? Optional.of(event.recordId().getAsLong()) : Optional.empty();
    return timeOf(event)
        .map(
            time ->
                new RecordKey(
                    event.computer().filter(name -> !name.isBlank()).orElse(machine),
                    event.channel().orElse(""),
                    number,
                    time));
  }

  /** Returns the exact time of {@code event}, under the same conditions as {@link #of}. */
  static Optional<Instant> timeOf(WindowsEvent event) {
    return event.timeCreated().flatMap(LedgerTime::within);
  }

  private static String name(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.length() > LONGEST ? lower.substring(0, LONGEST) : lower;
  }

  @Override
  public int compareTo(RecordKey other) {
    return ORDER.compare(this, other);
  }

  /** Returns the number as people write it: {@code #17}; {@code without number} if it has none. */
  public String number() {
    return recordId.map(id -> "#" + Long.toUnsignedString(id)).orElse("without number");
  }

  /** Returns number, machine and time, escaped. */
  @Override
  public String toString() {
    return number() + " of " + ForeignText.escape(machine, 80) + " at " + time;
  }
}
