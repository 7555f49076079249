package io.avma.eventlog;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.util.Optional;

/**
 * One insertion string of an event.
 *
 * @param name its name; empty for the unnamed strings of classic providers
 * @param text its text, as it was written; {@code ""} for an empty element
 * @param isXml whether it is no string but {@code ComplexData}; the text is the XML of that element
 */
@CheckReturnValue
public record EventDatum(Optional<String> name, String text, boolean isXml) {
  /** Makes a string. */
  public EventDatum(Optional<String> name, String text) {
    this(name, text, false);
  }

  /** Returns an unnamed string. */
  public static EventDatum of(String text) {
    return new EventDatum(Optional.empty(), text);
  }

  /** Returns a named string. */
  public static EventDatum of(String name, String text) {
    return new EventDatum(Optional.of(name), text);
  }

  /** Returns the element {@code ComplexData} of which {@code xml} is the whole. */
  public static EventDatum complex(Optional<String> name, String xml) {
    return new EventDatum(name, xml, true);
  }

  /** Returns name and length; never the text, because it may hold anything. */
  @Override
  public String toString() {
    return name.map(shown -> ForeignText.escape(shown, 80)).orElse("") + "[" + text.length() + "]";
  }
}
