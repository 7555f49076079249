package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.PublishedKey;
import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The catalogue as {@code avma-keys.json}, for people who do not use Java. The file is rendered
 * here; with {@code -Davma.update=true} it is written, otherwise it must be what is rendered.
 */
class KeyPublicationTest {
  private static final Path FILE =
      Path.of(System.getProperty("avma.root", "..")).resolve("avma-keys.json");

  @Test
  void thePublishedFileIsTheCatalogue() throws IOException {
    String rendered = rendered();
    if (Boolean.getBoolean("avma.update")) {
      Files.writeString(FILE, rendered);
    }
    assertEquals(rendered, Files.readString(FILE), "write it anew with -Davma.update=true");
  }

  private static String rendered() throws IOException {
    StringWriter text = new StringWriter();
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    Separators separators = Separators.createDefaultInstance();
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators.withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(lines)
            .withArrayIndenter(lines);
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeNumberField("schema", 1);
      json.writeStringField("documentation", "docs/cli.md#avma-keysjson");
      sources(json);
      keys(json, "keys", KeyCatalog.standard().avmaKeys());
      absences(json);
      keys(json, "kms_client_keys", KeyCatalog.standard().kmsClientKeys());
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void sources(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("sources");
    json.writeStringField("SEED", "Microsoft, Automatic Virtual Machine Activation (dn303421)");
    json.writeStringField(
        "DOC", "Microsoft, Automatic Virtual Machine Activation in Windows Server (2023-09)");
    json.writeStringField(
        "DOC25",
        "the same page's tab for Windows Server 2025, as public scripts quote it identically");
    json.writeStringField(
        "GVLK",
        "Microsoft, Key Management Services (KMS) client activation and product keys (2024-10)");
    json.writeEndObject();
  }

  private static void keys(JsonGenerator json, String name, List<? extends PublishedKey> keys)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (PublishedKey key : keys) {
      json.writeStartObject();
      json.writeStringField("key", key.key().reveal());
      json.writeStringField("product", key.product());
      json.writeArrayFieldStart("releases");
      for (WindowsRelease release : key.releases()) {
        json.writeStartObject();
        json.writeStringField("release", release.label());
        json.writeNumberField("build", release.build());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeStringField("edition", key.edition().label());
      json.writeNumberField("group", key.key().group());
      json.writeNumberField("serial", key.key().serial());
      json.writeStringField("standing", key.standing().name().toLowerCase(Locale.ROOT));
      json.writeStringField("source", key.source());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void absences(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("absences");
    for (WindowsRelease release : WindowsRelease.values()) {
      for (Edition edition : Edition.values()) {
        var reason = KeyCatalog.standard().absence(release, edition);
        if (reason.isPresent()) {
          json.writeStartObject();
          json.writeStringField("release", release.label());
          json.writeStringField("edition", edition.label());
          json.writeStringField("reason", reason.get());
          json.writeEndObject();
        }
      }
    }
    json.writeEndArray();
  }

  @Test
  void everySourceOfARowIsExplained() throws IOException {
    String text = rendered();
    for (AvmaKey key : KeyCatalog.standard().avmaKeys()) {
      for (String tag : key.source().split(", ", -1)) {
        assertEquals(true, text.contains("\"" + tag + "\": "), tag);
      }
    }
  }
}
