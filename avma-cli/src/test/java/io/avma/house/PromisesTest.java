package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/spec/promises.md} to what exists: every type and every test that it names. */
class PromisesTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| S(\\d+) \\| (.+?) \\| (.+?) \\| (.+?) \\|$", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_.$#]+)`");
  private static final int PROMISES = 49;

  private record Row(int number, String promise, String keeper, String proof) {
    boolean planned() {
      return keeper.startsWith("*planned*");
    }
  }

  @Test
  void everyPromiseHasItsRow() {
    List<Row> rows = rows();
    for (int i = 0; i < PROMISES; i++) {
      assertEquals(i + 1, rows.get(i).number(), "row " + (i + 1));
    }
    assertEquals(PROMISES, rows.size());
  }

  @Test
  void everyNamedTypeAndTestExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Row row : rows()) {
      if (row.planned()) {
        continue;
      }
      List<String> types = names(row.keeper());
      List<String> tests = names(row.proof());
      if (types.isEmpty() || tests.isEmpty()) {
        missing.add("S" + row.number() + " names no type or no test");
      }
      for (String type : types) {
        if (!exists("main", type)) {
          missing.add("S" + row.number() + " type " + type);
        }
      }
      for (String test : tests) {
        if (!exists("test", test)) {
          missing.add("S" + row.number() + " test " + test);
        }
      }
    }
    assertTrue(missing.isEmpty(), () -> "named but not there: " + missing);
    long planned = rows().stream().filter(Row::planned).count();
    System.out.println("promises: " + (PROMISES - planned) + " kept, " + planned + " planned");
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    Matcher matcher = ROW.matcher(Repository.text("docs/spec/promises.md"));
    while (matcher.find()) {
      rows.add(
          new Row(
              Integer.parseInt(matcher.group(1)),
              matcher.group(2),
              matcher.group(3),
              matcher.group(4)));
    }
    return rows;
  }

  private static List<String> names(String cell) {
    List<String> names = new ArrayList<>();
    Matcher matcher = NAME.matcher(cell);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /**
   * A name is {@code package.Type}, {@code Type} or {@code Type#method}; methods are words there.
   */
  private static boolean exists(String kind, String name) throws IOException {
    int hash = name.indexOf('#');
    String type = hash < 0 ? name : name.substring(0, hash);
    Optional<Path> source =
        Repository.sources(kind).stream()
            .filter(file -> file.toString().endsWith("/" + type.replace('.', '/') + ".java"))
            .findFirst();
    return source.isPresent()
        && (hash < 0
            || Files.readString(source.get())
                .matches("(?s).*\\b" + Pattern.quote(name.substring(hash + 1)) + "\\(.*"));
  }
}
