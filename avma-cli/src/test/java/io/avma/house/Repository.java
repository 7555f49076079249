package io.avma.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests run in. */
final class Repository {
  private static final Path ROOT =
      Path.of(System.getProperty("avma.root", "..")).toAbsolutePath().normalize();

  private Repository() {}

  static Path file(String path) {
    return ROOT.resolve(path);
  }

  static String text(String path) {
    try {
      return Files.readString(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  /** Returns the source files of all modules below {@code src/KIND/java}. */
  static List<Path> sources(String kind) {
    try (Stream<Path> files = Files.walk(ROOT)) {
      String part = "/src/" + kind + "/java/";
      return files
          .filter(file -> file.toString().endsWith(".java") && file.toString().contains(part))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
