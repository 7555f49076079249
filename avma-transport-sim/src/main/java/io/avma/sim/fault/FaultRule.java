package io.avma.sim.fault;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import java.time.Duration;

/**
 * One thing that goes wrong, where, how often, when and to whom.
 *
 * <p>Each rule draws from a random stream of its own, named after it, once for every occasion that
 * its place, names and window admit. So adding, removing or changing one rule does not shift what
 * the others do.
 *
 * @param name what the rule is called, in the trace too; 1 to 80 harmless characters
 * @param point where
 * @param fault what
 * @param hosts the hosts that it strikes, by name; at {@link FaultPoint#MIGRATION} the one left
 * @param guests the guests that it strikes, by name
 * @param from since when, after the simulation's start
 * @param until until when, exclusive; after {@code from}
 * @param probability how likely on each occasion, 0 to 1
 * @param skip how many times it would strike and does not, before it does
 * @param most how many times it strikes
 */
@CheckReturnValue
public record FaultRule(
    String name,
    FaultPoint point,
    Fault fault,
    NamePattern hosts,
    NamePattern guests,
    Duration from,
    Duration until,
    double probability,
    long skip,
    long most) {
  /** The end of a window that does not end. */
  public static final Duration FOREVER = Duration.ofDays(36_500);

  /** Refuses what cannot be. */
  public FaultRule {
    checkArgument(
        !name.isEmpty() && name.length() <= 80 && ForeignText.isHarmless(name),
        "the name of a fault rule (expected: 1 to 80 harmless characters)");
    checkArgument(
        fault.points().contains(point),
        "rule '%s': %s does not happen at %s (expected: %s)",
        name,
        fault.getClass().getSimpleName(),
        point,
        fault.points());
    checkArgument(
        !from.isNegative() && from.compareTo(until) < 0 && until.compareTo(FOREVER) <= 0,
        "rule '%s': from %s until %s (expected: ascending, at most %s)",
        name,
        from,
        until,
        FOREVER);
    checkArgument(
        probability >= 0 && probability <= 1,
        "rule '%s': probability %s (expected: 0 to 1)",
        name,
        probability);
    checkArgument(
        skip >= 0 && most >= 0,
        "rule '%s': skip %s, most %s (expected: 0 or more)",
        name,
        skip,
        most);
  }

  /** Returns a rule that always strikes, everybody. */
  public static FaultRule of(String name, FaultPoint point, Fault fault) {
    return new FaultRule(
        name,
        point,
        fault,
        NamePattern.ANY,
        NamePattern.ANY,
        Duration.ZERO,
        FOREVER,
        1,
        0,
        Long.MAX_VALUE);
  }

  /** Returns this rule for the hosts whose names match {@code pattern}. */
  public FaultRule onHosts(String pattern) {
    return new FaultRule(
        name, point, fault, new NamePattern(pattern), guests, from, until, probability, skip, most);
  }

  /** Returns this rule for the guests whose names match {@code pattern}. */
  public FaultRule onGuests(String pattern) {
    return new FaultRule(
        name, point, fault, hosts, new NamePattern(pattern), from, until, probability, skip, most);
  }

  /** Returns this rule within a window of time, after the simulation's start. */
  public FaultRule between(Duration start, Duration end) {
    return new FaultRule(name, point, fault, hosts, guests, start, end, probability, skip, most);
  }

  /** Returns this rule with {@code chance}, 0 to 1. */
  public FaultRule withProbability(double chance) {
    return new FaultRule(name, point, fault, hosts, guests, from, until, chance, skip, most);
  }

  /** Returns this rule, which spares the first {@code times} that it would strike. */
  public FaultRule skipping(long times) {
    return new FaultRule(name, point, fault, hosts, guests, from, until, probability, times, most);
  }

  /** Returns this rule, which strikes {@code times} times and no more. */
  public FaultRule atMost(long times) {
    return new FaultRule(name, point, fault, hosts, guests, from, until, probability, skip, times);
  }
}
