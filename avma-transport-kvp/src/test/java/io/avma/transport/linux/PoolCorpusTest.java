package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.Flaw;
import io.avma.transport.PoolContent;
import io.avma.transport.Strictness;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pool files and what a correct reader gets: two of our own, always; and those of the real daemon
 * and of real clients, which are not ours to copy, where the shared corpus lies beside the build.
 */
class PoolCorpusTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("avma.corpus", "/nonexistent"), "kvp-pools");

  @TestFactory
  Stream<DynamicTest> everyPoolOfTheCorpusReadsAsExpected() throws IOException {
    assumeTrue(
        Files.isDirectory(CORPUS),
        "no corpus at " + CORPUS + ": our own pools were read, no real ones");
    return everyPoolIn(CORPUS, 3);
  }

  @TestFactory
  Stream<DynamicTest> everyPoolOfOursReadsAsExpected() throws Exception {
    return everyPoolIn(Objects.requireNonNull(ours().getParent()), 2);
  }

  private static Path ours() throws Exception {
    URL pool = PoolCorpusTest.class.getResource("pools/stale-bytes-after-nul.kvp_pool_1");
    return Path.of(Objects.requireNonNull(pool).toURI());
  }

  private static Stream<DynamicTest> everyPoolIn(Path folder, int expected) throws IOException {
    List<Path> pools = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> !file.toString().endsWith(".json")).sorted().forEach(pools::add);
    }
    assertEquals(expected, pools.size(), "pools in " + folder);
    return pools.stream()
        .map(pool -> DynamicTest.dynamicTest(pool.getFileName().toString(), () -> check(pool)));
  }

  /** An expectation that does not hold must be noticed, else the two factories prove nothing. */
  @Test
  void aPoolThatReadsOtherwiseIsNoticed(@TempDir Path folder) throws Exception {
    Path changed = folder.resolve("changed");
    byte[] bytes = Files.readAllBytes(ours());
    bytes[0] ^= 1;
    Files.write(changed, bytes);
    Files.copy(Path.of(ours() + ".expected.json"), Path.of(changed + ".expected.json"));
    assertThrows(AssertionError.class, () -> check(changed));
    Files.write(changed, new byte[0]);
    assertThrows(AssertionError.class, () -> check(changed));
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
