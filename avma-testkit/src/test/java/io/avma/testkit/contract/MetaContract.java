package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Rules, and faults that break them.
 *
 * @param <F> the fixture of the rules
 * @param <X> the faults; the first one is none
 * @param rules the rules
 * @param broken makes the transport that has a fault
 * @param ruleOf says which rule a fault breaks
 */
record MetaContract<F extends ContractFixture, X extends Enum<X>>(
    List<ContractRule<F>> rules, Function<X, F> broken, Function<X, String> ruleOf) {
  List<String> brokenBy(X fault) throws Exception {
    List<String> found = new ArrayList<>();
    for (ContractRule<F> rule : rules) {
      try (F fixture = broken.apply(fault)) {
        rule.check().on(fixture);
      } catch (AssertionError e) {
        found.add(rule.id()); // any other exception is an accident of the rule's
      }
    }
    return found;
  }

  void assertEveryFaultBreaksItsRuleAlone(X[] faults) throws Exception {
    StringBuilder expected = new StringBuilder();
    StringBuilder found = new StringBuilder();
    for (X fault : faults) {
      if (!ruleOf.apply(fault).isEmpty()) {
        expected.append(fault + " breaks " + List.of(ruleOf.apply(fault)) + "\n");
        found.append(fault + " breaks " + brokenBy(fault) + "\n");
      }
    }
    assertEquals(expected.toString(), found.toString());
  }

  void assertEveryRuleHasAFault(X[] faults) {
    TreeSet<String> numbers = new TreeSet<>();
    rules.forEach(rule -> numbers.add(rule.id()));
    assertEquals(rules.size(), numbers.size(), "numbers are used once");
    TreeSet<String> brokenRules = new TreeSet<>();
    for (X fault : faults) {
      if (!ruleOf.apply(fault).isEmpty()) {
        brokenRules.add(ruleOf.apply(fault));
      }
    }
    assertEquals(numbers, brokenRules);
  }
}
