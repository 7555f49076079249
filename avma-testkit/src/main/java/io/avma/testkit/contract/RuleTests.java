package io.avma.testkit.contract;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Rules as tests of Jupiter. */
final class RuleTests {
  private RuleTests() {}

  /** Returns a test for each rule, on a fixture of its own. */
  static <F extends ContractFixture> Stream<DynamicTest> of(
      List<ContractRule<F>> rules, Callable<F> fixtures) {
    return rules.stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.toString(),
                    () -> {
                      try (F fixture = fixtures.call()) {
                        rule.check().on(fixture);
                      }
                    }));
  }
}
