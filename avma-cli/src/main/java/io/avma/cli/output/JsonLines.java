package io.avma.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * JSON Lines: one object a line, UTF-8, each with {@code "v":1} and a {@code "type"}. The fields
 * are described in {@code docs/cli.md}. A line is written whole or not at all. For one thread.
 */
public final class JsonLines {
  /** The version of all objects: fields may be added within it, none removed or changed. */
  public static final int VERSION = 1;

  private final JsonFactory factory = new JsonFactory();
  private final Consumer<String> sink;

  JsonLines(Consumer<String> sink) {
    this.sink = sink;
  }

  /** Writes one object. */
  public void object(String type, Consumer<JsonObject> fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(line)) {
      generator.writeStartObject();
      generator.writeNumberField("v", VERSION);
      generator.writeStringField("type", type);
      fields.accept(new JsonObject(generator));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written to", e);
    }
    sink.accept(line + "\n");
  }
}
