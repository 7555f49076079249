package io.avma.testkit.explore;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * What an exploration found.
 *
 * @param states how many states were reached, the start included
 * @param steps how many steps were taken
 * @param depth how many steps the farthest state is from the start
 * @param complete whether every reachable state was reached: nothing was broken and the bound was
 *     not met
 * @param counterexample a shortest way to a broken law, or to a state from which no goal can be
 *     reached; empty if there is none
 */
@CheckReturnValue
public record Exploration<S, A>(
    int states,
    long steps,
    int depth,
    boolean complete,
    Optional<Counterexample<S, A>> counterexample) {

  /** Returns the figures, and the counterexample if there is one. */
  @Override
  public String toString() {
    return states
        + " states, "
        + steps
        + " steps, depth "
        + depth
        + (complete ? "" : ", not complete")
        + counterexample.map(found -> "\n" + found).orElse("");
  }
}
