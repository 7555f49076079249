package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds {@code docs/spec/promises.md} to the classes: a promise is kept by types that are there and
 * proven by methods that an engine runs, or it is planned with a capability of the list.
 */
class PromisesTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| S(\\d+) \\| (.+?) \\| (.+?) \\| (.+?) \\|$", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([A-Za-z0-9_.$#]+)`");
  private static final Pattern PLANNED = Pattern.compile("\\*planned\\*(?:: (.+))?");
  private static final Pattern CAPABILITY = Pattern.compile("^- (.+?):", Pattern.MULTILINE);
  private static final int PROMISES = 49;

  /** What makes an engine run a method; factories and parameters included. */
  private static final Set<String> TESTS =
      Set.of(
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.api.TestFactory",
          "org.junit.jupiter.api.RepeatedTest",
          "org.junit.jupiter.params.ParameterizedTest",
          "net.jqwik.api.Property",
          "net.jqwik.api.Example");

  private static final String TEXT = Repository.text("docs/spec/promises.md");

  private record Row(int number, String keeper, String proof) {
    boolean planned() {
      return keeper.startsWith("*planned*");
    }
  }

  @Test
  void everyPromiseHasItsRow() {
    List<Row> rows = rows(TEXT);
    for (int i = 0; i < PROMISES; i++) {
      assertEquals(i + 1, rows.get(i).number(), "row " + (i + 1));
    }
    assertEquals(PROMISES, rows.size());
  }

  @Test
  void everyPromiseIsKeptOrPlanned() {
    List<Row> rows = rows(TEXT);
    List<String> complaints = new ArrayList<>();
    rows.forEach(row -> complaints.addAll(complaints(row)));
    assertEquals(List.of(), complaints);
    long planned = rows.stream().filter(Row::planned).count();
    System.out.println("promises: " + (PROMISES - planned) + " kept, " + planned + " planned");
  }

  @Test
  void everyCapabilityOfTheListIsPlannedForAPromise() {
    Set<String> named = new TreeSet<>();
    for (Row row : rows(TEXT)) {
      Matcher planned = PLANNED.matcher(row.keeper());
      if (planned.matches()) {
        named.add(Optional.ofNullable(planned.group(1)).orElse(""));
      }
    }
    assertEquals(named, capabilities());
  }

  /** Rows that say too little, each with the complaint that they must meet. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a b ~ `KeyCatalogTest#aBuildAndASkuLeadToTheKey` ~ S1 names no type",
        "`io.avma.catalog.KeyCatalog` ~ - ~ S1 names no test",
        "`io.avma.catalog.KeyCatalogue` ~ `KeyCatalogTest#aBuildAndASkuLeadToTheKey`"
            + " ~ S1: no type io.avma.catalog.KeyCatalogue",
        "`io.avma.catalog.KeyCatalog` ~ `KeyCatalogTest` ~ S1: no test KeyCatalogTest",
        "`io.avma.catalog.KeyCatalog` ~ `KeyCatalogTest#reason` ~ S1: no test KeyCatalogTest#reason",
        "`io.avma.catalog.KeyCatalog` ~ `KeyCatalogTest#assertEquals`"
            + " ~ S1: no test KeyCatalogTest#assertEquals",
        "`io.avma.catalog.KeyCatalog` ~ `CatalogTest#aBuildAndASkuLeadToTheKey`"
            + " ~ S1: no test CatalogTest#aBuildAndASkuLeadToTheKey",
        "*planned* ~ - ~ S1 is planned without a capability",
        "*planned*: one day ~ - ~ S1 is planned with 'one day' which is not in the list",
      })
  void aRowThatSaysTooLittleIsFound(String keeper, String proof, String complaint) {
    assertEquals(List.of(complaint), complaints(new Row(1, keeper, proof)), keeper + " | " + proof);
  }

  private static List<String> complaints(Row row) {
    String name = "S" + row.number();
    Matcher planned = PLANNED.matcher(row.keeper());
    if (planned.matches()) {
      String capability = planned.group(1);
      if (capability == null) {
        return List.of(name + " is planned without a capability");
      }
      return capabilities().contains(capability)
          ? List.of()
          : List.of(name + " is planned with '" + capability + "' which is not in the list");
    }
    List<String> complaints = new ArrayList<>();
    List<String> types = names(row.keeper());
    List<String> tests = names(row.proof());
    if (types.isEmpty()) {
      complaints.add(name + " names no type");
    }
    if (tests.isEmpty()) {
      complaints.add(name + " names no test");
    }
    types.stream()
        .filter(type -> !ArchitectureTest.HOUSE.contain(type))
        .forEach(type -> complaints.add(name + ": no type " + type));
    tests.stream()
        .filter(test -> !isTest(test))
        .forEach(test -> complaints.add(name + ": no test " + test));
    return complaints;
  }

  private static Set<String> capabilities() {
    Set<String> capabilities = new TreeSet<>();
    Matcher matcher = CAPABILITY.matcher(TEXT.substring(TEXT.indexOf("## Planned")));
    while (matcher.find()) {
      capabilities.add(matcher.group(1));
    }
    return capabilities;
  }

  private static List<Row> rows(String text) {
    List<Row> rows = new ArrayList<>();
    Matcher matcher = ROW.matcher(text);
    while (matcher.find()) {
      rows.add(new Row(Integer.parseInt(matcher.group(1)), matcher.group(3), matcher.group(4)));
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

  /** A test is {@code Type#method}, in whatever package, with an annotation that makes it run. */
  private static boolean isTest(String name) {
    int hash = name.indexOf('#');
    if (hash < 0) {
      return false;
    }
    String type = name.substring(0, hash);
    String method = name.substring(hash + 1);
    return Tests.called(type).stream()
        .flatMap(found -> found.getMethods().stream())
        .filter(found -> found.getName().equals(method))
        .flatMap(found -> found.getAnnotations().stream())
        .anyMatch(annotation -> TESTS.contains(annotation.getRawType().getName()));
  }

  /** The test classes of every module, read and not loaded; compiled by the same build. */
  private static final class Tests {
    private static final List<Path> FILES = files();
    private static final Map<String, JavaClasses> CLASSES = new HashMap<>();

    static JavaClasses called(String type) {
      return CLASSES.computeIfAbsent(
          type,
          name ->
              new ClassFileImporter()
                  .importPaths(
                      FILES.stream().filter(file -> file.endsWith(name + ".class")).toList()));
    }

    private static List<Path> files() {
      List<Path> files = new ArrayList<>();
      try (Stream<Path> modules = Files.list(Repository.file(""))) {
        for (Path module : modules.sorted().toList()) {
          Path compiled = module.resolve("target/test-classes");
          if (Files.isDirectory(compiled)) {
            try (Stream<Path> found = Files.walk(compiled)) {
              found.forEach(files::add);
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      assertTrue(
          files.stream().anyMatch(file -> file.endsWith("KeyCatalogTest.class")),
          "compile the tests of all modules first: mvn -am");
      return files;
    }
  }
}
