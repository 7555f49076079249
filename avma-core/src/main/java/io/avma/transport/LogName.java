package io.avma.transport;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.ForeignText;
import java.util.Comparator;
import java.util.Locale;

/**
 * The log that numbered a record: forwarded events keep the numbers of the computer that they come
 * from, so one file can hold records of many logs.
 *
 * @param computer the computer, lower case, since Windows ignores case in it; {@code ""} if unknown
 * @param channel the channel, lower case likewise; {@code ""} if unknown
 */
@CheckReturnValue
public record LogName(String computer, String channel) implements Comparable<LogName> {
  private static final Comparator<LogName> ORDER =
      Comparator.comparing(LogName::computer).thenComparing(LogName::channel);

  /** Puts both names in lower case. */
  public LogName {
    computer = computer.toLowerCase(Locale.ROOT);
    channel = channel.toLowerCase(Locale.ROOT);
  }

  /** Returns the log that numbered {@code event}. */
  public static LogName of(WindowsEvent event) {
    return new LogName(event.computer().orElse(""), event.channel().orElse(""));
  }

  @Override
  public int compareTo(LogName other) {
    return ORDER.compare(this, other);
  }

  /** Returns channel and computer, escaped and cut. */
  @Override
  public String toString() {
    return (channel.isEmpty() ? "log" : ForeignText.escape(channel, 80))
        + " of "
        + (computer.isEmpty() ? "an unnamed computer" : ForeignText.escape(computer, 80));
  }
}
