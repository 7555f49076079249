package io.avma.transport.eventlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The shared samples, which are not part of the repository. */
public final class Corpus {
  private Corpus() {}

  public static Optional<Path> folder(String name) {
    return Optional.ofNullable(System.getProperty("avma.corpus"))
        .map(root -> Path.of(root, name))
        .filter(Files::isDirectory);
  }

  /** One test for each file that {@code expected.json} of the folder describes; none without it. */
  static Stream<DynamicTest> tests(String name, BiConsumer<Path, Map<String, Object>> test) {
    return folder(name).stream()
        .flatMap(
            folder ->
                files(folder).stream()
                    .map(
                        file ->
                            DynamicTest.dynamicTest(
                                (String) file.get("file"),
                                () ->
                                    test.accept(folder.resolve((String) file.get("file")), file))));
  }

  private static List<Map<String, Object>> files(Path folder) {
    try {
      return Json.maps(Json.object(folder.resolve("expected.json")).get("files"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
