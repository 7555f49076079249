package io.avma.sim.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What rules, faults and delays take, and how they refuse the rest. */
class FaultRuleTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TOO_LONG = Delay.LONGEST.plusNanos(1);
  private static final FaultRule RULE = FaultRule.of("r", FaultPoint.REQUEST, new Fault.Lost());

  private static String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @Test
  void aFaultThatDoesNotHappenAtThePointIsRefused() {
    List<Fault> faults =
        List.of(
            new Fault.Lost(),
            new Fault.Delayed(new Delay.Fixed(SECOND)),
            new Fault.Duplicated(1, new Delay.Fixed(SECOND)),
            new Fault.Reordered(SECOND),
            new Fault.Damaged(1),
            new Fault.Hung(SECOND),
            new Fault.Restarting(SECOND),
            new Fault.Throttling(SECOND),
            new Fault.Stale(SECOND),
            new Fault.Truncated(0),
            new Fault.Tampered("x"),
            new Fault.Interrupted());
    assertEquals(Fault.class.getPermittedSubclasses().length, faults.size());
    List<String> taken = new ArrayList<>();
    for (Fault fault : faults) {
      for (FaultPoint point : FaultPoint.values()) {
        if (fault.points().contains(point)) {
          assertEquals(fault, FaultRule.of("r", point, fault).fault());
          taken.add(fault.getClass().getSimpleName() + " " + point.label());
        } else {
          String message = refused(() -> FaultRule.of("r", point, fault));
          assertTrue(message.startsWith("rule 'r': "), message);
        }
      }
    }
    assertEquals(
        List.of(
            "Lost request",
            "Lost response",
            "Lost guest-items",
            "Lost guest-log",
            "Lost host-log",
            "Delayed request",
            "Delayed response",
            "Duplicated request",
            "Duplicated response",
            "Reordered request",
            "Reordered response",
            "Damaged request",
            "Damaged response",
            "Hung host",
            "Restarting host",
            "Throttling host",
            "Stale guest-items",
            "Truncated guest-items",
            "Tampered guest-items",
            "Interrupted migration"),
        taken);
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    refused(() -> RULE.withProbability(-0.1));
    refused(() -> RULE.withProbability(1.1));
    refused(() -> RULE.withProbability(Double.NaN));
    refused(() -> RULE.skipping(-1));
    refused(() -> RULE.atMost(-1));
    refused(() -> RULE.between(SECOND, SECOND));
    refused(() -> RULE.between(SECOND.negated(), SECOND));
    refused(() -> RULE.between(SECOND, FaultRule.FOREVER.plusNanos(1)));
    refused(() -> RULE.onHosts(""));
    refused(() -> RULE.onGuests("*".repeat(1_001)));
    for (String name : List.of("", "a\nb", "x".repeat(81))) {
      refused(() -> FaultRule.of(name, FaultPoint.REQUEST, new Fault.Lost()));
    }
    refused(() -> new Fault.Duplicated(0, new Delay.Fixed(SECOND)));
    refused(() -> new Fault.Duplicated(101, new Delay.Fixed(SECOND)));
    refused(() -> new Fault.Damaged(0));
    refused(() -> new Fault.Damaged(65));
    refused(() -> new Fault.Truncated(-1));
    refused(() -> new Fault.Tampered("x".repeat(2_000)));
    refused(() -> new Fault.Tampered("a\0b"));
    for (Duration wrong : List.of(SECOND.negated(), TOO_LONG)) {
      refused(() -> new Fault.Hung(wrong));
      refused(() -> new Fault.Restarting(wrong));
      refused(() -> new Fault.Throttling(wrong));
      refused(() -> new Fault.Stale(wrong));
      refused(() -> new Fault.Reordered(wrong));
      refused(() -> new Delay.Fixed(wrong));
      refused(() -> new Delay.Uniform(Duration.ZERO, wrong));
      refused(() -> new Delay.Exponential(wrong));
    }
    refused(() -> new Delay.Uniform(SECOND, SECOND.minusNanos(1)));
  }

  @Test
  void eachStepChangesOneThing() {
    FaultRule rule =
        RULE.onHosts("h*")
            .onGuests("g?")
            .between(SECOND, SECOND.multipliedBy(2))
            .withProbability(0.5)
            .skipping(3)
            .atMost(4);
    assertEquals(
        new FaultRule(
            "r",
            FaultPoint.REQUEST,
            new Fault.Lost(),
            new NamePattern("h*"),
            new NamePattern("g?"),
            SECOND,
            SECOND.multipliedBy(2),
            0.5,
            3,
            4),
        rule);
    assertEquals(
        new FaultRule(
            "r",
            FaultPoint.REQUEST,
            new Fault.Lost(),
            NamePattern.ANY,
            NamePattern.ANY,
            Duration.ZERO,
            FaultRule.FOREVER,
            1,
            0,
            Long.MAX_VALUE),
        RULE);
  }

  @Test
  void twoRulesOfOneNameAreRefused() {
    String message = refused(() -> FaultPlan.of(RULE, RULE.atMost(1)));
    assertEquals("two fault rules are called 'r'", message);
    refused(() -> FaultPlan.of(RULE).plus(RULE));
    FaultRule other = FaultRule.of("s", FaultPoint.HOST, new Fault.Hung(SECOND));
    assertEquals(FaultPlan.of(RULE, other), FaultPlan.of(RULE).plus(other));
    assertTrue(FaultPlan.none().isEmpty());
    assertFalse(FaultPlan.of(RULE).isEmpty());
  }

  @Test
  void delaysStayWithinTheirBounds() {
    double last = Math.nextDown(1.0);
    Delay.Uniform uniform = new Delay.Uniform(SECOND, SECOND.multipliedBy(3));
    assertEquals(SECOND, uniform.at(0));
    assertEquals(SECOND.multipliedBy(2), uniform.at(0.5));
    assertTrue(uniform.at(last).compareTo(SECOND.multipliedBy(3)) <= 0);
    assertEquals(SECOND, new Delay.Uniform(SECOND, SECOND).at(last));
    assertEquals(SECOND, new Delay.Fixed(SECOND).at(last));

    Delay.Exponential exponential = new Delay.Exponential(SECOND);
    assertEquals(Duration.ZERO, exponential.at(0));
    assertEquals(Duration.ofNanos(693_147_180), exponential.at(0.5), "the median is ln 2");
    assertEquals(SECOND.multipliedBy(20), exponential.at(last));
    assertEquals(Delay.LONGEST, new Delay.Exponential(Delay.LONGEST).at(0.9));
    assertEquals(Duration.ZERO, new Delay.Exponential(Duration.ZERO).at(last));
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      sum += exponential.at((i + 0.5) / 10_000).toNanos();
    }
    assertEquals(1.0, sum / 10_000e9, 0.001, "the mean is the mean");
  }

  @Test
  void labelsAreTheOnesOfScenarios() {
    ImmutableSet.Builder<String> labels = ImmutableSet.builder();
    for (FaultPoint point : FaultPoint.values()) {
      labels.add(point.label());
    }
    assertEquals(
        ImmutableSet.of(
            "request", "response", "host", "guest-items", "guest-log", "host-log", "migration"),
        labels.build());
  }
}
