package io.avma;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.ProductKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * No code, main or test, turns numbers into a product key: a key comes from a text that somebody
 * has published or typed. What class files can show of that law is held here, for tests too.
 */
class NoCodeMakesAKeyTest {
  private static final JavaClasses ALL = new ClassFileImporter().importPackages("io.avma");

  private static final String READER = "io.avma.catalog.KeyText";

  /** Only the reader of texts, which has verified the checksum, builds a key. */
  static final ArchRule ONLY_THE_READER_BUILDS_KEYS =
      noClasses()
          .that(
              DescribedPredicate.describe(
                  "are not the reader", type -> !type.getName().equals(READER)))
          .should()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "build a product key",
                  (JavaAccess<?> access) ->
                      access.getTarget().getName().equals("<init>")
                          && access.getTarget().getOwner().isEquivalentTo(ProductKey.class)));

  /** Whatever gives a key takes no number, no bytes and no symbols to make it of. */
  static final ArchRule NO_KEY_COMES_FROM_NUMBERS =
      codeUnits()
          .that(DescribedPredicate.describe("give a product key", NoCodeMakesAKeyTest::givesKey))
          .should(
              new ArchCondition<>("take no numbers") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                  boolean numbers =
                      unit.getRawParameterTypes().stream().anyMatch(NoCodeMakesAKeyTest::isNumeric);
                  events.add(new SimpleConditionEvent(unit, !numbers, unit.getFullName()));
                }
              });

  /** Nothing is named for making keys. */
  static final ArchRule NOTHING_IS_NAMED_FOR_MAKING_KEYS =
      codeUnits()
          .should(
              new ArchCondition<>("not be named for making keys") {
                @Override
                public void check(JavaCodeUnit unit, ConditionEvents events) {
                  boolean named =
                      (unit.getOwner().getName() + "." + unit.getName())
                          .matches(
                              "(?i).*((generat|forg|mint|synthesi[sz]|encod|seal)(e|es|ing|or|er)?_?"
                                  + "(product|avma|valid)?_?key|key_?(gen|generator|maker|forge)\\b).*");
                  events.add(new SimpleConditionEvent(unit, !named, unit.getFullName()));
                }
              });

  private static boolean givesKey(JavaCodeUnit unit) {
    return unit.getReturnType().getAllInvolvedRawTypes().stream()
        .anyMatch(type -> type.isEquivalentTo(ProductKey.class));
  }

  private static boolean isNumeric(JavaClass type) {
    JavaClass base = type.getBaseComponentType();
    return base.isPrimitive()
        || base.isAssignableTo(Number.class)
        || base.getName().endsWith("Random");
  }

  @Test
  void theClassesUnderTestWereFoundWithTheirTests() {
    assertTrue(ALL.contain(KeyCatalog.class));
    assertTrue(ALL.contain(NoCodeMakesAKeyTest.class));
    assertTrue(ALL.contain(READER));
    constructors()
        .that()
        .areDeclaredIn(ProductKey.class)
        .should()
        .haveModifier(JavaModifier.SYNTHETIC)
        .orShould()
        .bePackagePrivate()
        .check(ALL);
  }

  @Test
  void onlyTheReaderBuildsKeys() {
    ONLY_THE_READER_BUILDS_KEYS.check(ALL);
    // The reader does build them: without the exception the rule finds it.
    assertTrue(
        noClasses()
            .should()
            .accessTargetWhere(
                DescribedPredicate.describe(
                    "build a product key",
                    (JavaAccess<?> access) ->
                        access.getTarget().getName().equals("<init>")
                            && access.getTarget().getOwner().isEquivalentTo(ProductKey.class)))
            .evaluate(ALL)
            .hasViolation());
  }

  @Test
  void noKeyComesFromNumbers() {
    NO_KEY_COMES_FROM_NUMBERS.check(without(Offender.class));
    NOTHING_IS_NAMED_FOR_MAKING_KEYS.check(without(Offender.class));
  }

  @Test
  void everyOffenceIsNoticed() {
    JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
    String numbers = NO_KEY_COMES_FROM_NUMBERS.evaluate(offender).getFailureReport().toString();
    assertTrue(numbers.contains("Offender.of("), numbers);
    assertTrue(numbers.contains("Offender.read("), numbers);
    String names =
        NOTHING_IS_NAMED_FOR_MAKING_KEYS.evaluate(offender).getFailureReport().toString();
    assertTrue(names.contains("Offender.generateKey("), names);
    assertTrue(names.contains("Offender.keygen("), names);
  }

  private static JavaClasses without(Class<?> excluded) {
    return ALL.that(DescribedPredicate.describe("other", type -> !type.isEquivalentTo(excluded)));
  }

  /** Has the shapes that the rules forbid, and does nothing. */
  @SuppressWarnings("unused")
  static final class Offender {
    Optional<ProductKey> of(long group, long serial) {
      return Optional.empty();
    }

    Optional<ProductKey> read(byte[] bits) {
      return Optional.empty();
    }

    String generateKey(String seed) {
      return seed;
    }

    void keygen() {}
  }
}
