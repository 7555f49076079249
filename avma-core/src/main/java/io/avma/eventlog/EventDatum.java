package io.avma.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.util.Optional;

/**
 * One insertion string of an event.
 *
 * @param name its name; empty for the unnamed strings of classic providers
 * @param text its text, as it was written; {@code ""} for an empty element
 */
@CheckReturnValue
public record EventDatum(Optional<String> name, String text) {
  /** Returns an unnamed string. */
  public static EventDatum of(String text) {
    return new EventDatum(Optional.empty(), text);
  }

  /** Returns a named string. */
  public static EventDatum of(String name, String text) {
    return new EventDatum(Optional.of(name), text);
  }

  /** Returns name and length; never the text, because it may hold anything. */
  @Override
  public String toString() {
    return name.map(shown -> ForeignText.escape(shown, 80)).orElse("") + "[" + text.length() + "]";
  }
}
