package io.avma.testkit.explore;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * A machine, or a world of several, as an {@link Explorer} sees it: where it starts, what can
 * happen next, and what must always hold.
 *
 * <p>States must have {@code equals} and {@code hashCode} by value. States that behave alike should
 * be one state: count time from now, name what is anonymous in the order in which it appears, let
 * counters stop. Without that the state space may have no end.
 *
 * @param <S> a state, immutable
 * @param <A> something that can happen; its {@code toString} appears in counterexamples
 */
@CheckReturnValue
public interface Model<S, A> {
  /** Returns the state in which everything begins. */
  S start();

  /** Returns what can happen in {@code state}, always in the same order. */
  ImmutableList<A> actions(S state);

  /** Returns what {@code action} leads to, in its canonical form. */
  Step<S> step(S state, A action);

  /**
   * Returns whether {@code state} is one that every other must be able to reach; by default every
   * state is, so that nothing is asked.
   */
  default boolean isGoal(S state) {
    return true;
  }

  /**
   * Where an action leads.
   *
   * @param next the state afterwards
   * @param violation the law that this step broke, in a sentence; empty if none
   */
  record Step<S>(S next, Optional<String> violation) {
    /** Returns a step that breaks nothing. */
    public static <S> Step<S> to(S next) {
      return new Step<>(next, Optional.empty());
    }

    /** Returns a step that breaks a law. */
    public static <S> Step<S> broken(S next, String law) {
      return new Step<>(next, Optional.of(law));
    }
  }
}
