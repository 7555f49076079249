package io.avma.sim.scenario;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.sim.DatacenterBuilder;
import java.util.function.Consumer;

/**
 * How a scenario is played.
 *
 * @param invariants what has to hold
 * @param settings changes the data centre's settings before it is built, for example the capacity
 *     of its logs; fleet, seed, terms and faults are the scenario's
 * @param traced how many entries of the trace the report holds, the last ones; 0 or more
 */
@CheckReturnValue
public record PlayOptions(
    ImmutableList<Invariant> invariants, Consumer<DatacenterBuilder> settings, int traced) {
  /** Refuses a negative number of entries. */
  public PlayOptions {
    checkArgument(traced >= 0, "%s entries of the trace (expected: 0 or more)", traced);
  }

  /** Returns the usual options: all invariants of this library, a report with 200 entries. */
  public static PlayOptions usual() {
    return new PlayOptions(Invariants.standard(), unused -> {}, 200);
  }

  /** Returns these options with {@code invariant} as well. */
  public PlayOptions with(Invariant invariant) {
    return new PlayOptions(
        ImmutableList.<Invariant>builder().addAll(invariants).add(invariant).build(),
        settings,
        traced);
  }

  /** Returns these options with more settings. */
  public PlayOptions with(Consumer<DatacenterBuilder> more) {
    return new PlayOptions(invariants, settings.andThen(more), traced);
  }

  /** Returns these options for a report with the last {@code entries} of the trace. */
  public PlayOptions tracing(int entries) {
    return new PlayOptions(invariants, settings, entries);
  }
}
