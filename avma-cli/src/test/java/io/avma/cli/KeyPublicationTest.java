package io.avma.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.avma.catalog.KeyAbsence;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KmsClientKey;
import io.avma.catalog.PublishedKey;
import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The catalogue as {@code avma-keys.json}, for people who do not use Java. The file is rendered
 * here; with {@code -Davma.update=true} it is written, otherwise it must be what is rendered.
 */
class KeyPublicationTest {
  private static final Path ROOT = Path.of(System.getProperty("avma.root", ".."));
  private static final Path FILE = ROOT.resolve("avma-keys.json");
  private static final Path SCHEMA = ROOT.resolve("docs/spec/avma-keys.schema.json");

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
      if (key.releases().isEmpty() && key instanceof KmsClientKey kms) {
        json.writeStartObject(); // a release without AVMA, of which the library knows the name only
        json.writeStringField("release", kms.name());
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
        Optional<KeyAbsence> absence = KeyCatalog.standard().absence(release, edition);
        if (absence.isPresent()) {
          json.writeStartObject();
          json.writeStringField("release", release.label());
          json.writeStringField("edition", edition.label());
          json.writeStringField("reason", absence.get().reason());
          json.writeStringField(
              "standing", absence.get().standing().name().toLowerCase(Locale.ROOT));
          json.writeStringField("source", absence.get().source());
          json.writeEndObject();
        }
      }
    }
    json.writeEndArray();
  }

  @Test
  void everySourceOfARowIsExplainedAndNoOther() throws IOException {
    Set<String> tags = new TreeSet<>();
    KeyCatalog catalog = KeyCatalog.standard();
    catalog.avmaKeys().forEach(key -> tags.addAll(List.of(key.source().split(", ", -1))));
    catalog.kmsClientKeys().forEach(key -> tags.addAll(List.of(key.source().split(", ", -1))));
    for (WindowsRelease release : WindowsRelease.values()) {
      for (Edition edition : Edition.values()) {
        catalog
            .absence(release, edition)
            .ifPresent(absence -> tags.addAll(List.of(absence.source().split(", ", -1))));
      }
    }
    Map<?, ?> file = (Map<?, ?>) Json.read(rendered());
    assertEquals(tags, new TreeSet<>(((Map<?, ?>) file.get("sources")).keySet()));
  }

  @Test
  void thePublishedFileIsAsItsSchemaSays() throws IOException {
    JsonSchema schema = new JsonSchema(Json.read(Files.readString(SCHEMA)));
    assertEquals(List.of(), schema.violations(Json.read(Files.readString(FILE))));
  }

  /** Each change breaks one rule of the schema; a schema that lets one through says too little. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"schema\": 1' | '\"schema\": 2' | /schema: 2 is not 1",
        "'\"keys\": [' | '\"keyz\": [' | /: no 'keys'",
        "'\"product\": \"Windows Server 2012 R2 Datacenter\",' | '' | /keys/0: no 'product'",
        "YQB4H-NKHHJ | YQB4H-NKHHA | /keys/12/key: does not match",
        "'\"build\": 9600' | '\"build\": \"9600\"' | /keys/0/releases/0/build: no integer",
        "'\"edition\": \"datacenter\"' | '\"edition\": \"home\"' | /keys/0/edition: none of",
        "'\"standing\": \"documented\"' | '\"standing\": \"sure\"' | /keys/0/standing: none of",
        "'\"serial\": 0,' | '\"serial\": -1,' | /keys/0/serial: below 0",
        "'\"serial\": 0,' | '\"serial\": 0, \"note\": \"x\",' | /keys/0: 'note' is unknown",
        "'\"reason\": \"Azure Edition exists since 2022\",' | '' | /absences/0: no 'reason'",
      })
  void whatTheSchemaForbidsIsFound(String published, String broken, String complaint)
      throws IOException {
    String text = Files.readString(FILE);
    assertTrue(text.contains(published), published);
    int place = text.indexOf(published);
    String changed =
        text.substring(0, place)
            + (broken == null ? "" : broken)
            + text.substring(place + published.length());
    JsonSchema schema = new JsonSchema(Json.read(Files.readString(SCHEMA)));
    List<String> violations = schema.violations(Json.read(changed));
    assertTrue(
        violations.stream().anyMatch(violation -> violation.startsWith(complaint)),
        () -> violations + " (expected: " + complaint + ")");
  }

  @Test
  void everyKeyNamesItsReleases() throws IOException {
    Map<?, ?> file = (Map<?, ?>) Json.read(Files.readString(FILE));
    for (String list : List.of("keys", "kms_client_keys")) {
      for (Object key : (List<?>) file.get(list)) {
        assertNotEquals(List.of(), ((Map<?, ?>) key).get("releases"), key::toString);
      }
    }
  }
}
