package io.avma.testkit.explore;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Explores a {@link Model} breadth first, so that the first broken law has a shortest way to it;
 * when nothing is broken, looks backwards from the goals for states that cannot reach one.
 *
 * <pre>{@code
 * Exploration<World, Event> found = Explorer.explore(HandshakeModel.standard(), 5_000_000);
 * assertEquals(Optional.empty(), found.counterexample());
 * assertTrue(found.complete());
 * }</pre>
 *
 * <p>Keeps every state in memory. For one thread.
 */
@CheckReturnValue
public final class Explorer<S, A> {
  private static final int NOBODY = -1;

  private final Model<S, A> model;
  private final int most;
  private final Map<S, Integer> numbers = new HashMap<>(); // asked, never iterated
  private final List<S> states = new ArrayList<>();
  private final IntList parents = new IntList();
  private final IntList depths = new IntList();
  private final IntList from = new IntList();
  private final IntList to = new IntList();

  private final Watcher<S, A> watcher;

  private Explorer(Model<S, A> model, int most, Watcher<S, A> watcher) {
    this.model = model;
    this.most = most;
    this.watcher = watcher;
  }

  /** Is shown every step that is taken, for example to count what is covered. */
  @FunctionalInterface
  public interface Watcher<S, A> {
    /** Takes note of a step. */
    void saw(S state, A action, S next);
  }

  /**
   * Returns what there is to find.
   *
   * @param most how many states to reach at most, 1 or more; a model without an end is not complete
   *     then
   */
  public static <S, A> Exploration<S, A> explore(Model<S, A> model, int most) {
    return explore(model, most, (state, action, next) -> {});
  }

  /** Returns what there is to find, and shows {@code watcher} every step. */
  public static <S, A> Exploration<S, A> explore(
      Model<S, A> model, int most, Watcher<S, A> watcher) {
    checkArgument(most >= 1, "most is %s (expected: 1 or more)", most);
    return new Explorer<>(model, most, watcher).explore();
  }

  private Exploration<S, A> explore() {
    int unused = number(model.start(), NOBODY);
    boolean bounded = false;
    for (int state = 0; state < states.size() && !bounded; state++) {
      for (A action : model.actions(states.get(state))) {
        Model.Step<S> step = model.step(states.get(state), action);
        watcher.saw(states.get(state), action, step.next());
        if (step.violation().isPresent()) {
          return found(false, Optional.of(broken(state, action, step)));
        }
        int known = states.size();
        int next = number(step.next(), state);
        from.add(state);
        to.add(next);
        bounded |= states.size() > known && states.size() >= most;
      }
    }
    return bounded ? found(false, Optional.empty()) : found(true, deadEnd());
  }

  private int number(S state, int parent) {
    Integer known = numbers.get(state);
    if (known != null) {
      return known;
    }
    int number = states.size();
    numbers.put(state, number);
    states.add(state);
    parents.add(parent);
    depths.add(parent == NOBODY ? 0 : depths.get(parent) + 1);
    return number;
  }

  private Exploration<S, A> found(boolean complete, Optional<Counterexample<S, A>> counterexample) {
    return new Exploration<>(
        states.size(), from.size(), depths.get(states.size() - 1), complete, counterexample);
  }

  private Counterexample<S, A> broken(int state, A action, Model.Step<S> step) {
    Counterexample<S, A> way = wayTo(state, step.violation().orElseThrow());
    return new Counterexample<>(
        way.law(),
        ImmutableList.<A>builder().addAll(way.actions()).add(action).build(),
        ImmutableList.<S>builder().addAll(way.states()).add(step.next()).build());
  }

  /** Only parents are kept; which action led from one to the next is found by trying. */
  private Counterexample<S, A> wayTo(int state, String law) {
    List<S> way = new ArrayList<>();
    for (int at = state; at != NOBODY; at = parents.get(at)) {
      way.add(states.get(at));
    }
    Collections.reverse(way);
    List<A> actions = new ArrayList<>();
    for (int i = 0; i + 1 < way.size(); i++) {
      actions.add(actionBetween(way.get(i), way.get(i + 1)));
    }
    return new Counterexample<>(law, ImmutableList.copyOf(actions), ImmutableList.copyOf(way));
  }

  private A actionBetween(S state, S next) {
    for (A action : model.actions(state)) {
      if (model.step(state, action).next().equals(next)) {
        return action;
      }
    }
    throw new IllegalStateException(
        "the model does not repeat itself: no action leads from " + state + " to " + next);
  }

  /** The state nearest to the start from which no goal can be reached. */
  private Optional<Counterexample<S, A>> deadEnd() {
    boolean[] reaches = backwards();
    for (int state = 0; state < reaches.length; state++) {
      if (!reaches[state]) {
        return Optional.of(wayTo(state, "From here no goal can be reached."));
      }
    }
    return Optional.empty();
  }

  /** Marks what can reach a goal, along the steps turned round. */
  private boolean[] backwards() {
    int[] firstOf = new int[states.size() + 1];
    for (int i = 0; i < to.size(); i++) {
      firstOf[to.get(i) + 1]++;
    }
    for (int i = 0; i < states.size(); i++) {
      firstOf[i + 1] += firstOf[i];
    }
    int[] sources = new int[to.size()];
    int[] filled = firstOf.clone();
    for (int i = 0; i < to.size(); i++) {
      sources[filled[to.get(i)]++] = from.get(i);
    }
    boolean[] reaches = new boolean[states.size()];
    int[] open = new int[states.size()];
    int last = 0;
    for (int state = 0; state < reaches.length; state++) {
      if (model.isGoal(states.get(state))) {
        reaches[state] = true;
        open[last++] = state;
      }
    }
    while (last > 0) {
      int state = open[--last];
      for (int i = firstOf[state]; i < firstOf[state + 1]; i++) {
        if (!reaches[sources[i]]) {
          reaches[sources[i]] = true;
          open[last++] = sources[i];
        }
      }
    }
    return reaches;
  }
}
