package io.avma.testkit.explore;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;

/**
 * A shortest way to something that must not be.
 *
 * @param law what is broken, in a sentence
 * @param actions what happens, in order
 * @param states where it leads: one more than there are actions, the start first
 */
@CheckReturnValue
public record Counterexample<S, A>(String law, ImmutableList<A> actions, ImmutableList<S> states) {

  /** Returns the law, then one line an action with the state that it leads to. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(law).append("\n   start: ").append(states.get(0));
    for (int i = 0; i < actions.size(); i++) {
      text.append('\n')
          .append(String.format(java.util.Locale.ROOT, "%4d. ", i + 1))
          .append(actions.get(i))
          .append("\n      -> ")
          .append(states.get(i + 1));
    }
    return text.toString();
  }
}
