package io.avma;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.internal.DataTable;
import io.avma.platform.WindowsRelease;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The laws of this module that class files can show. */
class ArchitectureTest {
  /** The rooms of the core, in order: a package uses only packages above it. New ones join here. */
  private static final ImmutableList<String> ROOMS =
      ImmutableList.of(
          "internal",
          "platform",
          "catalog",
          "compatibility",
          "install",
          "kvp",
          "activation",
          "eventlog",
          "transport",
          "tracking");

  static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.avma");

  @Test
  void theClassesUnderTestWereFound() {
    for (Class<?> known :
        ImmutableList.of(
            DataTable.class, WindowsRelease.class, KeyCatalog.class, CompatibilityMatrix.class)) {
      assertTrue(MAIN.contain(known), known.getName());
    }
    assertTrue(MAIN.size() > 60, "classes: " + MAIN.size());
    assertTrue(MAIN.stream().noneMatch(type -> type.getName().endsWith("Test")));
  }

  @Test
  void everyPackageIsARoomOfTheList() {
    ImmutableSet<String> known =
        ROOMS.stream().map(room -> "io.avma." + room).collect(ImmutableSet.toImmutableSet());
    for (JavaClass type : MAIN) {
      assertTrue(known.contains(type.getPackageName()), type.getPackageName());
    }
  }

  @Test
  void aPackageUsesOnlyPackagesAboveIt() {
    int checked = 0;
    for (int room = 0; room + 1 < ROOMS.size(); room++) {
      if (MAIN.containPackage("io.avma." + ROOMS.get(room))) { // else it is not built yet
        usesNoneOf(ROOMS.get(room), ROOMS.subList(room + 1, ROOMS.size())).check(MAIN);
        checked++;
      }
    }
    assertTrue(checked >= 4, "packages: " + checked);
    assertTrue(
        usesNoneOf("catalog", ImmutableList.of("platform")).evaluate(MAIN).hasViolation(),
        "what is used is found");
  }

  private static ArchRule usesNoneOf(String room, List<String> others) {
    return noClasses()
        .that()
        .resideInAPackage("io.avma." + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            others.stream().map(other -> "io.avma." + other + "..").toArray(String[]::new));
  }

  @Test
  void theCoreStandsOnTheJdkAndGuavaAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "io.avma..",
                "java..",
                "javax.xml..",
                "org.xml.sax..",
                "com.google.common..",
                "org.jspecify.annotations..",
                "com.google.errorprone.annotations.."))
        .check(MAIN);
  }

  /** The JDK's XML parser gives the second opinion on an answer file, and nothing else. */
  @Test
  void onlyTheRoomOfAnswerFilesParsesXml() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.avma.install")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.xml..", "org.xml.sax..", "org.w3c.dom..")
        .check(MAIN);
  }

  @Test
  void everyPackageHasAFrontDoorAndIsNullMarked() {
    ImmutableSet<JavaPackage> packages =
        MAIN.stream().map(JavaClass::getPackage).collect(ImmutableSet.toImmutableSet());
    assertTrue(packages.size() >= 4);
    for (JavaPackage found : packages) {
      assertTrue(
          found.tryGetPackageInfo().isPresent() && found.isAnnotatedWith(NullMarked.class),
          found.getName());
    }
  }

  @Test
  void recordsHoldNoArrays() {
    ArchRule rule =
        fields()
            .that()
            .areDeclaredInClassesThat()
            .areRecords()
            .and()
            .doNotHaveModifier(JavaModifier.STATIC)
            .should(beNoArrays());
    rule.check(MAIN);
    assertTrue(
        rule.evaluate(new ClassFileImporter().importClasses(WithArray.class)).hasViolation());
  }

  /** What the rule above must find. */
  @SuppressWarnings("ArrayRecordComponent")
  private record WithArray(int[] numbers) {}

  private static ArchCondition<JavaField> beNoArrays() {
    return ArchCondition.from(
        DescribedPredicate.describe("be no arrays", field -> !field.getRawType().isArray()));
  }

  @Test
  void aTypeIsNamedForWhatItIs() {
    noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Impl|Helper|Info)").check(MAIN);
  }
}
