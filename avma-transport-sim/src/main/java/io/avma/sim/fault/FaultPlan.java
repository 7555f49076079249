package io.avma.sim.fault;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.HashSet;
import java.util.Set;

/**
 * All that goes wrong in a simulation.
 *
 * @param rules the rules; where several strike at once all do, in this order. Their names differ.
 */
@CheckReturnValue
public record FaultPlan(ImmutableList<FaultRule> rules) {
  private static final FaultPlan NONE = new FaultPlan(ImmutableList.of());

  /** Refuses two rules of one name, which would share their random numbers. */
  public FaultPlan {
    Set<String> names = new HashSet<>(); // never iterated
    for (FaultRule rule : rules) {
      checkArgument(names.add(rule.name()), "two fault rules are called '%s'", rule.name());
    }
  }

  /** Returns the plan in which nothing goes wrong. */
  public static FaultPlan none() {
    return NONE;
  }

  /** Returns a plan of {@code rules}. */
  public static FaultPlan of(FaultRule... rules) {
    return new FaultPlan(ImmutableList.copyOf(rules));
  }

  /** Returns this plan with {@code rule} at its end. */
  public FaultPlan plus(FaultRule rule) {
    return new FaultPlan(ImmutableList.<FaultRule>builder().addAll(rules).add(rule).build());
  }

  /** Returns whether nothing can go wrong. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }
}
