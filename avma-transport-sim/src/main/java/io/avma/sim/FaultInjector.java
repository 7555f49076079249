package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.internal.SplitMix64;

/**
 * Decides what goes wrong: for each rule a stream of random numbers and the count of its strikes.
 */
final class FaultInjector {
  private final Rule[] rules;
  private final boolean[] points = new boolean[FaultPoint.values().length];
  private boolean healed;

  /** A rule and how often it has struck. */
  static final class Rule {
    final FaultRule rule;
    final int index;
    final SplitMix64 random;
    private final long from;
    private final long until;
    private long chances;

    private Rule(FaultRule rule, int index, SplitMix64 random, long chances) {
      this.rule = rule;
      this.index = index;
      this.random = random;
      this.chances = chances;
      from = rule.from().toNanos();
      until = rule.until().toNanos();
    }

    private Rule copy() {
      return new Rule(rule, index, random.copy(), chances);
    }

    Fault fault() {
      return rule.fault();
    }

    /** Returns a number from 0 to 1, exclusive. */
    double draw() {
      return random.unit();
    }

    private boolean strikes(long time, String host, String guest) {
      if (time < from
          || time >= until
          || !rule.hosts().matches(host)
          || !rule.guests().matches(guest)
          || draw() >= rule.probability()) {
        return false;
      }
      long chance = chances++;
      return chance >= rule.skip() && chance - rule.skip() < rule.most();
    }
  }

  FaultInjector(FaultPlan plan, long seed) {
    rules = new Rule[plan.rules().size()];
    for (int i = 0; i < rules.length; i++) {
      FaultRule rule = plan.rules().get(i);
      rules[i] = new Rule(rule, i, SplitMix64.stream(seed, "fault " + rule.name()), 0);
    }
    mark();
  }

  private FaultInjector(FaultInjector original) {
    rules = new Rule[original.rules.length];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = original.rules[i].copy();
    }
    healed = original.healed;
    mark();
  }

  @SuppressWarnings("EnumOrdinal") // an index of this process, nothing that is kept
  private void mark() {
    for (Rule rule : rules) {
      points[rule.rule.point().ordinal()] = true;
    }
  }

  FaultInjector copy() {
    return new FaultInjector(this);
  }

  /** From now on nothing goes wrong any more. */
  void heal() {
    healed = true;
  }

  FaultRule rule(int index) {
    return rules[index].rule;
  }

  /** Returns whether any rule concerns {@code point}; else nobody needs to ask. */
  @SuppressWarnings("EnumOrdinal") // as above
  boolean isOpen(FaultPoint point) {
    return !healed && points[point.ordinal()];
  }

  /** Returns the rules that strike at this occasion, in the order of the plan. */
  ImmutableList<Rule> strike(FaultPoint point, long time, String host, String guest) {
    if (!isOpen(point)) {
      return ImmutableList.of();
    }
    ImmutableList.Builder<Rule> struck = ImmutableList.builder();
    for (Rule rule : rules) {
      if (rule.rule.point() == point && rule.strikes(time, host, guest)) {
        struck.add(rule);
      }
    }
    return struck.build();
  }
}
