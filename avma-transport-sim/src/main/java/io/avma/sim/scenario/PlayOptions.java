package io.avma.sim.scenario;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.DatacenterBuilder;
import java.util.function.Consumer;

/**
 * How a scenario is played.
 *
 * @param invariants what has to hold
 * @param settings changes the data centre's settings before it is built, for example the capacity
 *     of its trace; fleet, seed, terms and faults are the scenario's
 */
@CheckReturnValue
public record PlayOptions(
    ImmutableList<Invariant> invariants, Consumer<DatacenterBuilder> settings) {
  /** Returns the usual options: all invariants of this library, a trace of 10,000 entries. */
  public static PlayOptions usual() {
    return new PlayOptions(Invariants.standard(), unused -> {});
  }

  /** Returns these options with {@code invariant} as well. */
  public PlayOptions with(Invariant invariant) {
    return new PlayOptions(
        ImmutableList.<Invariant>builder().addAll(invariants).add(invariant).build(), settings);
  }

  /** Returns these options with more settings. */
  public PlayOptions with(Consumer<DatacenterBuilder> more) {
    return new PlayOptions(invariants, settings.andThen(more));
  }
}
