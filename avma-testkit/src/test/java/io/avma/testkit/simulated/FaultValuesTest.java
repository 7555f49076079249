package io.avma.testkit.simulated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.fault.NamePattern;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong, as values: what can be said, what is refused, and what is drawn. */
class FaultValuesTest {
  private static final Duration LESS = Duration.ofNanos(-1);
  private static final Duration MORE = Delay.LONGEST.plusNanos(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void delaysAreDrawnFromTheirDistribution() {
    assertEquals(MINUTE, new Delay.Fixed(MINUTE).at(0));
    assertEquals(MINUTE, new Delay.Fixed(MINUTE).at(0.99));
    Delay uniform = new Delay.Uniform(MINUTE, HOUR);
    assertEquals(MINUTE, uniform.at(0));
    assertEquals(Duration.ofSeconds(1_830), uniform.at(0.5));
    assertTrue(uniform.at(Math.nextDown(1.0)).compareTo(HOUR) < 0);
    Delay exponential = new Delay.Exponential(HOUR);
    assertEquals(Duration.ZERO, exponential.at(0));
    // The median is the mean times the logarithm of two.
    assertEquals(2_495_329_850_015L, exponential.at(0.5).toNanos());
    assertEquals(HOUR.multipliedBy(20), exponential.at(Math.nextDown(1.0)));
    assertEquals(Delay.LONGEST, new Delay.Exponential(Delay.LONGEST).at(0.9));
  }

  @Test
  void delaysOutOfRangeAreRefused() {
    for (Duration wrong : ImmutableList.of(LESS, MORE)) {
      refused("delay is " + wrong, () -> new Delay.Fixed(wrong));
      refused("delay is " + wrong, () -> new Delay.Exponential(wrong));
    }
    refused("delay is " + LESS, () -> new Delay.Uniform(LESS, HOUR));
    refused("delay is " + MORE, () -> new Delay.Uniform(HOUR, MORE));
    refused("PT1H to PT1M", () -> new Delay.Uniform(HOUR, MINUTE));
    assertEquals(HOUR, new Delay.Uniform(HOUR, HOUR).at(0.7));
    assertEquals(Duration.ZERO, new Delay.Fixed(Duration.ZERO).at(0.7));
    assertEquals(Delay.LONGEST, new Delay.Fixed(Delay.LONGEST).at(0.7));
  }

  private static void refused(String start, Executable making) {
    String message = assertThrows(IllegalArgumentException.class, making).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void faultsOutOfRangeAreRefused() {
    Delay delay = new Delay.Fixed(MINUTE);
    for (int wrong : new int[] {0, 101, -1}) {
      refused(wrong + " copies", () -> new Fault.Duplicated(wrong, delay));
    }
    for (int wrong : new int[] {0, 65, -1}) {
      refused(wrong + " bits", () -> new Fault.Damaged(wrong));
    }
    for (Duration wrong : ImmutableList.of(LESS, MORE)) {
      refused("time is " + wrong, () -> new Fault.Reordered(wrong));
      refused("time is " + wrong, () -> new Fault.Hung(wrong));
      refused("time is " + wrong, () -> new Fault.Restarting(wrong));
      refused("time is " + wrong, () -> new Fault.Throttling(wrong));
      refused("time is " + wrong, () -> new Fault.Stale(wrong));
    }
    refused("-1 characters", () -> new Fault.Truncated(-1));
    refused("a value of 1 characters", () -> new Fault.Tampered("\0"));
    refused("a value of 3000 characters", () -> new Fault.Tampered("x".repeat(3_000)));
    assertEquals(1, new Fault.Duplicated(1, delay).copies());
    assertEquals(100, new Fault.Duplicated(100, delay).copies());
    assertEquals(1, new Fault.Damaged(1).bits());
    assertEquals(64, new Fault.Damaged(64).bits());
    assertEquals(0, new Fault.Truncated(0).characters());
    assertEquals(Delay.LONGEST, new Fault.Hung(Delay.LONGEST).time());
    assertEquals(Duration.ZERO, new Fault.Stale(Duration.ZERO).time());
  }

  /** Each fault, and every point at which it can strike; at the others a rule is refused. */
  @Test
  void faultsStrikeWhereTheyCan() {
    ImmutableSet<FaultPoint> messages = ImmutableSet.of(FaultPoint.REQUEST, FaultPoint.RESPONSE);
    ImmutableSet<FaultPoint> host = ImmutableSet.of(FaultPoint.HOST);
    ImmutableSet<FaultPoint> items = ImmutableSet.of(FaultPoint.GUEST_ITEMS);
    Delay delay = new Delay.Fixed(MINUTE);
    strikes(new Fault.Delayed(delay), messages);
    strikes(new Fault.Duplicated(1, delay), messages);
    strikes(new Fault.Reordered(HOUR), messages);
    strikes(new Fault.Damaged(1), messages);
    strikes(new Fault.Hung(HOUR), host);
    strikes(new Fault.Restarting(HOUR), host);
    strikes(new Fault.Throttling(HOUR), host);
    strikes(new Fault.Stale(HOUR), items);
    strikes(new Fault.Truncated(1), items);
    strikes(new Fault.Tampered("x"), items);
    strikes(new Fault.Interrupted(), ImmutableSet.of(FaultPoint.MIGRATION));
    strikes(
        new Fault.Lost(),
        ImmutableSet.of(
            FaultPoint.REQUEST,
            FaultPoint.RESPONSE,
            FaultPoint.GUEST_ITEMS,
            FaultPoint.GUEST_LOG,
            FaultPoint.HOST_LOG));
  }

  private static void strikes(Fault fault, ImmutableSet<FaultPoint> points) {
    assertEquals(points, fault.points());
    for (FaultPoint point : FaultPoint.values()) {
      if (points.contains(point)) {
        assertEquals(point, FaultRule.of("r", point, fault).point());
      } else {
        refused(
            "rule 'r': " + fault.getClass().getSimpleName() + " does not happen at " + point,
            () -> FaultRule.of("r", point, fault));
      }
    }
  }

  @Test
  void pointsAreSpeltAsInScenarios() {
    assertEquals(
        ImmutableList.of(
            "request", "response", "host", "guest-items", "guest-log", "host-log", "migration"),
        Arrays.stream(FaultPoint.values())
            .map(FaultPoint::label)
            .collect(ImmutableList.toImmutableList()));
  }

  @Test
  void aRuleIsNarrowedByOneThingAtATime() {
    FaultRule all = FaultRule.of("r", FaultPoint.REQUEST, new Fault.Lost());
    assertEquals(rule("*", "*", Duration.ZERO, FaultRule.FOREVER, 1, 0, Long.MAX_VALUE), all);
    assertEquals(
        rule("h*", "*", Duration.ZERO, FaultRule.FOREVER, 1, 0, Long.MAX_VALUE), all.onHosts("h*"));
    assertEquals(
        rule("*", "g?", Duration.ZERO, FaultRule.FOREVER, 1, 0, Long.MAX_VALUE),
        all.onGuests("g?"));
    assertEquals(rule("*", "*", MINUTE, HOUR, 1, 0, Long.MAX_VALUE), all.between(MINUTE, HOUR));
    assertEquals(
        rule("*", "*", Duration.ZERO, FaultRule.FOREVER, 0.25, 0, Long.MAX_VALUE),
        all.withProbability(0.25));
    assertEquals(
        rule("*", "*", Duration.ZERO, FaultRule.FOREVER, 1, 3, Long.MAX_VALUE), all.skipping(3));
    assertEquals(rule("*", "*", Duration.ZERO, FaultRule.FOREVER, 1, 0, 4), all.atMost(4));
    FaultRule narrow =
        all.onHosts("h")
            .onGuests("g")
            .between(MINUTE, HOUR)
            .withProbability(0.5)
            .skipping(1)
            .atMost(2);
    assertEquals(rule("h", "g", MINUTE, HOUR, 0.5, 1, 2), narrow);
  }

  private static FaultRule rule(
      String hosts,
      String guests,
      Duration from,
      Duration until,
      double probability,
      long skip,
      long most) {
    return new FaultRule(
        "r",
        FaultPoint.REQUEST,
        new Fault.Lost(),
        new NamePattern(hosts),
        new NamePattern(guests),
        from,
        until,
        probability,
        skip,
        most);
  }

  @Test
  void rulesThatCannotBeAreRefused() {
    FaultRule all = FaultRule.of("r", FaultPoint.REQUEST, new Fault.Lost());
    for (String wrong : ImmutableList.of("", "x".repeat(81), "a\nb")) {
      refused(
          "the name of a fault rule",
          () -> FaultRule.of(wrong, FaultPoint.REQUEST, new Fault.Lost()));
    }
    assertEquals(
        80, FaultRule.of("x".repeat(80), FaultPoint.HOST_LOG, new Fault.Lost()).name().length());
    refused("rule 'r': from PT-", () -> all.between(LESS, HOUR));
    refused("rule 'r': from PT1H until PT1H", () -> all.between(HOUR, HOUR));
    refused("rule 'r': from PT1H until", () -> all.between(HOUR, FaultRule.FOREVER.plusNanos(1)));
    for (double wrong : new double[] {-0.01, 1.01, Double.NaN}) {
      refused("rule 'r': probability " + wrong, () -> all.withProbability(wrong));
    }
    assertEquals(0, all.withProbability(0).probability());
    refused("rule 'r': skip -1", () -> all.skipping(-1));
    refused("rule 'r': skip 0, most -1", () -> all.atMost(-1));
    assertEquals(0, all.atMost(0).most());
    refused("two fault rules are called 'r'", () -> FaultPlan.of(all, all));
  }

  @Test
  void plansKeepTheirOrder() {
    FaultRule a = FaultRule.of("a", FaultPoint.REQUEST, new Fault.Lost());
    FaultRule b = FaultRule.of("b", FaultPoint.REQUEST, new Fault.Lost());
    assertTrue(FaultPlan.none().isEmpty());
    assertFalse(FaultPlan.of(a).isEmpty());
    assertEquals(ImmutableList.of(b, a), FaultPlan.none().plus(b).plus(a).rules());
    assertEquals(FaultPlan.of(b, a), FaultPlan.of(b).plus(a));
  }

  @ParameterizedTest
  @CsvSource({
    "*, '', true",
    "*, anything, true",
    "a, a, true",
    "a, b, false",
    "a, '', false",
    "a, aa, false",
    "?, a, true",
    "?, '', false",
    "a?c, abc, true",
    "a?c, ac, false",
    "a*, a, true",
    "a*, abc, true",
    "a*, ba, false",
    "*a, a, true",
    "*a, bba, true",
    "*a, ab, false",
    "a*b, ab, true",
    "a*b, axxb, true",
    "a*b, axbx, false",
    "*b*d, abcd, true",
    "*b*d, abbcbdd, true",
    "*b*d, acd, false",
    "a**, a, true",
    "**a, xa, true",
    "cluster-?/host-*, cluster-1/host-12, true",
    "cluster-?/host-*, cluster-12/host-1, false",
    "*aab, aaaab, true",
    "*.*, a.b, true"
  })
  void patternsMatchWholeNames(String pattern, String name, boolean matches) {
    assertEquals(matches, new NamePattern(pattern).matches(name));
    assertEquals(pattern, new NamePattern(pattern).toString());
  }

  @Test
  void patternsThatAreNoneAreRefused() {
    refused("a pattern of 0 characters", () -> new NamePattern(""));
    refused("a pattern of 1001 characters", () -> new NamePattern("x".repeat(1_001)));
    assertTrue(new NamePattern("x".repeat(1_000)).matches("x".repeat(1_000)));
    assertTrue(NamePattern.ANY.matches(""));
  }
}
