package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Pool files of the real daemon and of real clients, and what a correct reader gets. */
class PoolCorpusTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("avma.corpus", "/nonexistent"), "kvp-pools");

  @TestFactory
  Stream<DynamicTest> everyPoolOfTheCorpusReadsAsExpected() throws IOException {
    if (!Files.isDirectory(CORPUS)) {
      return Stream.empty();
    }
    List<Path> pools = new ArrayList<>();
    try (Stream<Path> files = Files.list(CORPUS)) {
      files.filter(file -> !file.toString().endsWith(".json")).sorted().forEach(pools::add);
    }
    assertEquals(3, pools.size(), "pools in the corpus");
    return pools.stream()
        .map(pool -> DynamicTest.dynamicTest(pool.getFileName().toString(), () -> check(pool)));
  }

  @Test
  void theCorpusIsLookedForBesideTheBuild() {
    assertEquals("kvp-pools", CORPUS.getFileName().toString());
  }

  private static void check(Path pool) throws Exception {
    Expected expected = Expected.of(Path.of(pool + ".expected.json"));
    byte[] bytes = Files.readAllBytes(pool);
    PoolContent content = PoolCodec.decode(KvpPool.GUEST, bytes, Strictness.STRICT);
    assertEquals(expected.items, content.items());
    assertEquals(List.of(), content.flaws());
    long stale =
        PoolCodec.decode(KvpPool.GUEST, bytes, Strictness.SALVAGE).flaws().stream()
            .map(Flaw::code)
            .filter("stale-bytes"::equals)
            .count();
    assertEquals(expected.notes, stale, "fields with stale bytes");
  }

  private record Expected(List<KvpItem> items, long notes) {
    static Expected of(Path file) throws IOException {
      List<KvpItem> items = new ArrayList<>();
      long notes = 0;
      try (JsonParser json = JsonFactory.builder().build().createParser(file.toFile())) {
        while (json.nextToken() != null) {
          if (json.currentToken() == JsonToken.FIELD_NAME && "pairs".equals(json.currentName())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_ARRAY) {
              String key = json.nextTextValue();
              items.add(new KvpItem(key, json.nextTextValue()));
              json.nextToken();
            }
          } else if (json.currentToken() == JsonToken.FIELD_NAME
              && "what".equals(json.currentName())) {
            notes++;
          }
        }
      }
      return new Expected(items, notes);
    }
  }
}
