package io.avma.sim.scenario;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Many random scenarios: small fleets to which much happens, each drawn from its seed. Two with the
 * same seed are equal.
 */
@CheckReturnValue
public final class Swarm {
  private static final int ATTEMPTS = 2_000;

  private final PlayOptions options;

  /** Plays with {@code options}. */
  public Swarm(PlayOptions options) {
    this.options = options;
  }

  /** Returns the random scenario of {@code seed}. */
  public static Scenario scenario(long seed) {
    return RandomScenario.of(seed);
  }

  /**
   * Plays {@code runs} scenarios, of the seeds from {@code first} on, until one fails.
   *
   * @param progress is told after each run how many there were
   * @return the report of the smallest scenario that fails like the first that did; empty if none
   *     did
   */
  public Optional<ScenarioReport> run(long first, long runs, LongConsumer progress) {
    checkArgument(runs >= 1, "%s runs (expected: at least 1)", runs);
    for (long i = 0; i < runs; i++) {
      ScenarioReport report = scenario(first + i).play(options);
      if (!report.isSound()) {
        return Optional.of(shrink(report));
      }
      progress.accept(i + 1);
    }
    return Optional.empty();
  }

  /** Returns the report of the smallest scenario found that breaks the same invariant. */
  public ScenarioReport shrink(ScenarioReport failed) {
    checkArgument(!failed.isSound(), "nothing failed");
    String invariant = failed.broken().orElseThrow().invariant();
    return new Shrinker(
            smaller ->
                smaller
                    .play(options)
                    .broken()
                    .filter(broken -> broken.invariant().equals(invariant))
                    .isPresent(),
            ATTEMPTS)
        .shrink(failed.scenario())
        .play(options);
  }
}
