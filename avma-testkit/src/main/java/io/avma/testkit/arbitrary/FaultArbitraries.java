package io.avma.testkit.arbitrary;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.fault.NamePattern;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * What goes wrong in a simulation. Most of it is short, so that a simulation of days sees it begin
 * and end; the longest is among it. Shrinks towards one message lost, and plans towards no rule.
 */
@CheckReturnValue
public final class FaultArbitraries {
  private FaultArbitraries() {}

  /** Returns spans from zero to the longest delay, most below an hour. */
  public static Arbitrary<Duration> times() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            6,
            Arbitraries.longs().between(0, Duration.ofHours(1).toMillis()).map(Duration::ofMillis)),
        Tuple.of(
            2, Arbitraries.longs().between(0, Delay.LONGEST.toMillis()).map(Duration::ofMillis)),
        Tuple.of(1, Arbitraries.of(Duration.ZERO, Duration.ofNanos(1), Delay.LONGEST)));
  }

  /** Returns delays of every distribution. */
  public static Arbitrary<Delay> delays() {
    Arbitrary<Delay> fixed = times().map(Delay.Fixed::new);
    Arbitrary<Delay> uniform =
        Combinators.combine(times(), times())
            .as(
                (one, other) ->
                    one.compareTo(other) <= 0
                        ? new Delay.Uniform(one, other)
                        : new Delay.Uniform(other, one));
    return Arbitraries.oneOf(fixed, uniform, times().map(Delay.Exponential::new));
  }

  /** Returns faults of every kind. */
  public static Arbitrary<Fault> faults() {
    return Arbitraries.of(FaultPoint.class).flatMap(FaultArbitraries::faults);
  }

  /** Returns faults that can happen at {@code point}. */
  public static Arbitrary<Fault> faults(FaultPoint point) {
    return switch (point) {
      case REQUEST, RESPONSE -> messages();
      case HOST ->
          Arbitraries.oneOf(
              times().map(Fault.Hung::new),
              times().map(Fault.Restarting::new),
              times().map(Fault.Throttling::new));
      case GUEST_ITEMS ->
          Arbitraries.oneOf(
              Arbitraries.of(new Fault.Lost()),
              times().map(Fault.Stale::new),
              Arbitraries.of(0, 1, 5, Integer.MAX_VALUE).map(Fault.Truncated::new),
              Arbitraries.of("", "licensed until the end of time", "v".repeat(1022))
                  .map(Fault.Tampered::new));
      case GUEST_LOG, HOST_LOG -> Arbitraries.of(new Fault.Lost());
      case MIGRATION -> Arbitraries.of(new Fault.Interrupted());
    };
  }

  private static Arbitrary<Fault> messages() {
    return Arbitraries.oneOf(
        Arbitraries.of(new Fault.Lost()),
        delays().map(Fault.Delayed::new),
        Combinators.combine(
                Arbitraries.frequencyOf(
                    Tuple.of(4, Arbitraries.of(1, 2, 3)), Tuple.of(1, Arbitraries.of(100))),
                delays())
            .as(Fault.Duplicated::new),
        times().map(Fault.Reordered::new),
        Arbitraries.integers().between(1, 64).map(Fault.Damaged::new));
  }

  /**
   * Returns rules for the machines of {@link ScenarioArbitraries}: always, sometimes, from the
   * second time on, within a window, for all machines or a few. Shrinks towards a rule that always
   * strikes everybody.
   */
  public static Arbitrary<FaultRule> rules() {
    Arbitrary<FaultRule> plain =
        Arbitraries.of(FaultPoint.class)
            .flatMap(point -> faults(point).map(fault -> FaultRule.of("fault", point, fault)));
    Arbitrary<Duration> starts =
        Arbitraries.longs().between(0, Duration.ofDays(30).toMinutes()).map(Duration::ofMinutes);
    Arbitrary<Double> chances = Arbitraries.of(1.0, 0.5, 0.01, 0.0);
    return Combinators.combine(
            plain,
            Arbitraries.of("*", "host-1", "host-?", "nobody").map(NamePattern::new),
            Arbitraries.of("*", "vm-1", "vm-*", "made-*").map(NamePattern::new),
            Combinators.combine(starts, times()).as(Window::new).optional(0.3),
            chances,
            Arbitraries.of(0L, 1L, 5L),
            Arbitraries.of(Long.MAX_VALUE, 1L, 3L, 0L))
        .as(
            (rule, hosts, guests, window, chance, skip, most) ->
                new FaultRule(
                    rule.name(),
                    rule.point(),
                    rule.fault(),
                    hosts,
                    guests,
                    window.map(Window::from).orElse(Duration.ZERO),
                    window.map(Window::until).orElse(FaultRule.FOREVER),
                    chance,
                    skip,
                    most));
  }

  private record Window(Duration from, Duration length) {
    Duration until() {
      return from.plus(length).plusNanos(1);
    }
  }

  /** Returns plans of up to four rules, called {@code fault-1} and so on. */
  public static Arbitrary<FaultPlan> plans() {
    return rules().list().ofMaxSize(4).map(FaultArbitraries::plan);
  }

  private static FaultPlan plan(List<FaultRule> rules) {
    ImmutableList.Builder<FaultRule> named = ImmutableList.builder();
    int number = 0;
    for (FaultRule rule : rules) {
      named.add(
          new FaultRule(
              "fault-" + ++number,
              rule.point(),
              rule.fault(),
              rule.hosts(),
              rule.guests(),
              rule.from(),
              rule.until(),
              rule.probability(),
              rule.skip(),
              rule.most()));
    }
    return new FaultPlan(named.build());
  }
}
