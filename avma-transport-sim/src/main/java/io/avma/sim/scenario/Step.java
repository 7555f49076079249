package io.avma.sim.scenario;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;

/**
 * A command and when it comes.
 *
 * @param at when, after the simulation's start
 * @param command what
 */
@CheckReturnValue
public record Step(Duration at, @Inline Command command) {
  /** Refuses a time out of range. */
  public Step {
    checkArgument(
        !at.isNegative() && at.compareTo(FaultRule.FOREVER) <= 0,
        "a command at %s (expected: zero to %s)",
        at,
        FaultRule.FOREVER);
  }

  @Override
  public String toString() {
    return at + " " + command;
  }
}
