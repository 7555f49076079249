package io.avma.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.avma.platform.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiConsumer;

/** The fields of one JSON object, in the order in which they are said. For one thread. */
public final class JsonObject {
  private final JsonGenerator generator;

  JsonObject(JsonGenerator generator) {
    this.generator = generator;
  }

  /** Writes a text of our own. */
  @CanIgnoreReturnValue
  public JsonObject text(String name, String value) {
    return write(() -> generator.writeStringField(name, value));
  }

  /** Writes a text of our own, {@code null} if there is none. */
  @CanIgnoreReturnValue
  public JsonObject text(String name, Optional<String> value) {
    return value.isPresent()
        ? text(name, value.get())
        : write(() -> generator.writeNullField(name));
  }

  /** Writes a text that somebody else gave us, escaped. */
  @CanIgnoreReturnValue
  public JsonObject foreign(String name, String value) {
    return text(name, ForeignText.escape(value));
  }

  /** Writes a constant in lower case with dashes: {@code other-release}. */
  @CanIgnoreReturnValue
  public JsonObject word(String name, Enum<?> value) {
    return text(name, word(value));
  }

  /** Writes a number. */
  @CanIgnoreReturnValue
  public JsonObject number(String name, long value) {
    return write(() -> generator.writeNumberField(name, value));
  }

  /** Writes a number, {@code null} if there is none. */
  @CanIgnoreReturnValue
  public JsonObject number(String name, OptionalInt value) {
    return value.isPresent()
        ? number(name, value.getAsInt())
        : write(() -> generator.writeNullField(name));
  }

  /** Writes an unsigned number of 64 bits, {@code null} if there is none. */
  @CanIgnoreReturnValue
  public JsonObject unsigned(String name, OptionalLong value) {
    return write(
        () -> {
          if (value.isEmpty()) {
            generator.writeNullField(name);
          } else if (value.getAsLong() >= 0) {
            generator.writeNumberField(name, value.getAsLong());
          } else {
            generator.writeNumberField(
                name, new BigInteger(Long.toUnsignedString(value.getAsLong())));
          }
        });
  }

  /** Writes a text that somebody else gave us, escaped; {@code null} if there is none. */
  @CanIgnoreReturnValue
  public JsonObject foreign(String name, Optional<String> value) {
    return text(name, value.map(ForeignText::escape));
  }

  /** Writes true or false. */
  @CanIgnoreReturnValue
  public JsonObject flag(String name, boolean value) {
    return write(() -> generator.writeBooleanField(name, value));
  }

  /** Writes a list of texts of our own, or escaped ones. */
  @CanIgnoreReturnValue
  public JsonObject texts(String name, Collection<String> values) {
    return write(
        () -> {
          generator.writeArrayFieldStart(name);
          for (String value : values) {
            generator.writeString(value);
          }
          generator.writeEndArray();
        });
  }

  /** Writes a list of objects. */
  @CanIgnoreReturnValue
  public <T> JsonObject objects(
      String name, Collection<T> values, BiConsumer<T, JsonObject> fields) {
    return write(
        () -> {
          generator.writeArrayFieldStart(name);
          for (T value : values) {
            generator.writeStartObject();
            fields.accept(value, this);
            generator.writeEndObject();
          }
          generator.writeEndArray();
        });
  }

  /** Returns a constant as JSON and people see it: {@code other-release}. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private interface Step {
    void run() throws IOException;
  }

  private JsonObject write(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written to", e);
    }
    return this;
  }
}
