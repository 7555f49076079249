package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When rules strike. */
class FaultInjectorTest {
  private static final FaultRule OFTEN =
      FaultRule.of("often", FaultPoint.REQUEST, new Fault.Lost()).withProbability(0.3);

  private static List<String> strikes(FaultInjector faults, int occasion) {
    return faults
        .strike(FaultPoint.REQUEST, occasion, "host-" + occasion % 3, "vm-" + occasion % 5)
        .stream()
        .map(rule -> rule.rule.name())
        .toList();
  }

  /** Returns at which of the first thousand occasions the rule {@code name} strikes. */
  private static List<Integer> occasions(String name, long seed, FaultRule... rules) {
    FaultInjector faults = new FaultInjector(FaultPlan.of(rules), seed);
    List<Integer> struck = new ArrayList<>();
    for (int occasion = 0; occasion < 1_000; occasion++) {
      if (strikes(faults, occasion).contains(name)) {
        struck.add(occasion);
      }
    }
    return struck;
  }

  @Test
  void aRuleStrikesAsOftenAsItsProbabilitySays() {
    int struck = occasions("often", 1, OFTEN).size();
    assertTrue(struck > 250 && struck < 350, "struck " + struck);
    assertEquals(0, occasions("often", 1, OFTEN.withProbability(0)).size());
    assertEquals(1_000, occasions("often", 1, OFTEN.withProbability(1)).size());
    assertNotEquals(occasions("often", 1, OFTEN), occasions("often", 2, OFTEN));
  }

  @Test
  void otherRulesDoNotShiftWhenARuleStrikes() {
    List<Integer> alone = occasions("often", 7, OFTEN);
    FaultRule other = FaultRule.of("other", FaultPoint.REQUEST, new Fault.Damaged(5));
    assertEquals(alone, occasions("often", 7, other, OFTEN));
    assertEquals(alone, occasions("often", 7, OFTEN, other.withProbability(0.5).onHosts("host-1")));
    FaultRule renamed =
        FaultRule.of("renamed", FaultPoint.REQUEST, new Fault.Lost()).withProbability(0.3);
    assertNotEquals(alone, occasions("renamed", 7, renamed), "a stream goes by the name");
  }

  @Test
  void namesAndWindowsDecideWhatIsAnOccasion() {
    FaultRule narrow =
        FaultRule.of("narrow", FaultPoint.REQUEST, new Fault.Lost())
            .onHosts("host-1")
            .onGuests("*2")
            .between(Duration.ofNanos(100), Duration.ofNanos(200));
    List<Integer> expected = new ArrayList<>();
    for (int occasion = 100; occasion < 200; occasion++) {
      if (occasion % 3 == 1 && occasion % 5 == 2) {
        expected.add(occasion);
      }
    }
    assertEquals(expected, occasions("narrow", 1, narrow));
    FaultInjector faults = new FaultInjector(FaultPlan.of(narrow), 1);
    assertEquals(1, faults.strike(FaultPoint.REQUEST, 100, "host-1", "vm-2").size());
    assertEquals(0, faults.strike(FaultPoint.RESPONSE, 100, "host-1", "vm-2").size());
    assertEquals(0, faults.strike(FaultPoint.REQUEST, 99, "host-1", "vm-2").size());
    assertEquals(0, faults.strike(FaultPoint.REQUEST, 200, "host-1", "vm-2").size());
  }

  @Test
  void skippedAndMostCountStrikesAndNotOccasions() {
    List<Integer> all = occasions("often", 3, OFTEN);
    assertEquals(all.subList(2, all.size()), occasions("often", 3, OFTEN.skipping(2)));
    assertEquals(all.subList(0, 4), occasions("often", 3, OFTEN.atMost(4)));
    assertEquals(all.subList(2, 6), occasions("often", 3, OFTEN.skipping(2).atMost(4)));
    assertEquals(List.of(), occasions("often", 3, OFTEN.atMost(0)));
  }

  @Test
  void whereSeveralStrikeTheyComeInTheOrderOfThePlan() {
    FaultRule a = FaultRule.of("a", FaultPoint.REQUEST, new Fault.Lost());
    FaultRule b = FaultRule.of("b", FaultPoint.REQUEST, new Fault.Damaged(1));
    assertEquals(List.of("b", "a"), strikes(new FaultInjector(FaultPlan.of(b, a), 1), 0));
  }

  @Test
  void aCopyGoesOnByItselfAndAHealedOneStaysQuiet() {
    FaultInjector faults = new FaultInjector(FaultPlan.of(OFTEN.atMost(40)), 9);
    for (int occasion = 0; occasion < 50; occasion++) {
      strikes(faults, occasion);
    }
    FaultInjector copy = faults.copy();
    List<List<String>> original = new ArrayList<>();
    List<List<String>> copied = new ArrayList<>();
    for (int occasion = 50; occasion < 300; occasion++) {
      original.add(strikes(faults, occasion));
    }
    for (int occasion = 50; occasion < 300; occasion++) {
      copied.add(strikes(copy, occasion));
    }
    assertEquals(original, copied, "numbers and counts went along");
    FaultInjector other = new FaultInjector(FaultPlan.of(OFTEN.withProbability(1)), 9);
    FaultInjector healedCopy = other.copy();
    healedCopy.heal();
    assertFalse(healedCopy.isOpen(FaultPoint.REQUEST));
    assertEquals(List.of(), strikes(healedCopy.copy(), 1));
    assertEquals(List.of("often"), strikes(other, 1));
  }
}
