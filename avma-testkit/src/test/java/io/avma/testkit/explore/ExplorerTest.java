package io.avma.testkit.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The explorer on machines small enough to know everything about them. */
class ExplorerTest {
  private static final int BOUND = 10_000;

  /** Two jugs of 5 and 3 litres, the puzzle that breadth-first search is taught with. */
  private record Jugs(int five, int three) {}

  private enum Pour {
    FILL_FIVE,
    FILL_THREE,
    EMPTY_FIVE,
    EMPTY_THREE,
    FIVE_TO_THREE,
    THREE_TO_FIVE
  }

  private static final class Puzzle implements Model<Jugs, Pour> {
    private final int forbidden;

    Puzzle(int forbidden) {
      this.forbidden = forbidden;
    }

    @Override
    public Jugs start() {
      return new Jugs(0, 0);
    }

    @Override
    public ImmutableList<Pour> actions(Jugs state) {
      return ImmutableList.copyOf(Pour.values());
    }

    @Override
    public Step<Jugs> step(Jugs jugs, Pour pour) {
      int down = Math.min(jugs.five, 3 - jugs.three);
      int up = Math.min(jugs.three, 5 - jugs.five);
      Jugs next =
          switch (pour) {
            case FILL_FIVE -> new Jugs(5, jugs.three);
            case FILL_THREE -> new Jugs(jugs.five, 3);
            case EMPTY_FIVE -> new Jugs(0, jugs.three);
            case EMPTY_THREE -> new Jugs(jugs.five, 0);
            case FIVE_TO_THREE -> new Jugs(jugs.five - down, jugs.three + down);
            case THREE_TO_FIVE -> new Jugs(jugs.five + up, jugs.three - up);
          };
      return next.five == forbidden ? Step.broken(next, forbidden + " litres") : Step.to(next);
    }
  }

  @Test
  void theShortestWayToFourLitresTakesSixPours() {
    Exploration<Jugs, Pour> found = Explorer.explore(new Puzzle(4), BOUND);
    Counterexample<Jugs, Pour> way = found.counterexample().orElseThrow();
    assertEquals(
        List.of(
            Pour.FILL_FIVE,
            Pour.FIVE_TO_THREE,
            Pour.EMPTY_THREE,
            Pour.FIVE_TO_THREE,
            Pour.FILL_FIVE,
            Pour.FIVE_TO_THREE),
        way.actions());
    assertEquals(7, way.states().size());
    assertEquals(new Jugs(4, 3), way.states().get(6));
    assertEquals("4 litres", way.law());
    assertFalse(found.complete());
    assertTrue(way.toString().contains("6. FIVE_TO_THREE"), way::toString);
  }

  @Test
  void everyReachableStateIsReachedAndNoOther() {
    Set<String> seen = new TreeSet<>();
    Exploration<Jugs, Pour> found =
        Explorer.explore(
            new Puzzle(-1), BOUND, (state, action, next) -> seen.add(String.valueOf(next)));
    // One of the jugs is full or empty in every state: 6 * 4 states less the 4 * 2 inner ones.
    assertEquals(16, found.states());
    assertEquals(16, seen.size());
    assertEquals(16 * 6, found.steps());
    assertTrue(found.complete());
    assertEquals(Optional.empty(), found.counterexample());
  }

  /** Counts up from 0; 7 leads only to itself, and the goal is 5. */
  private static final class Trap implements Model<Integer, String> {
    private final int end;

    Trap(int end) {
      this.end = end;
    }

    @Override
    public Integer start() {
      return 0;
    }

    @Override
    public ImmutableList<String> actions(Integer state) {
      return state == 7 ? ImmutableList.of("stay") : ImmutableList.of("next", "back");
    }

    @Override
    public Step<Integer> step(Integer state, String action) {
      return Step.to(
          switch (action) {
            case "next" -> Math.min(end, state + 1);
            case "back" -> 0;
            default -> state;
          });
    }

    @Override
    public boolean isGoal(Integer state) {
      return state == 5;
    }
  }

  @Test
  void whatCannotReachAGoalIsFoundWithTheShortestWayIntoIt() {
    Counterexample<Integer, String> way =
        Explorer.explore(new Trap(9), BOUND).counterexample().orElseThrow();
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), way.states());
    assertEquals("From here no goal can be reached.", way.law());
    assertEquals(Optional.empty(), Explorer.explore(new Trap(6), BOUND).counterexample());
  }

  @Test
  void aModelWithoutAnEndStopsAtTheBoundAndIsNotComplete() {
    Exploration<Integer, String> found = Explorer.explore(new Trap(Integer.MAX_VALUE), 5);
    assertFalse(found.complete());
    assertTrue(found.states() >= 5 && found.states() <= 6, found::toString);
    assertTrue(found.toString().contains("not complete"));
    assertThrows(IllegalArgumentException.class, () -> Explorer.explore(new Trap(6), 0).toString());
  }
}
