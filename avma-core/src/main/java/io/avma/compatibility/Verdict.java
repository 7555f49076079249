package io.avma.compatibility;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Standing;
import java.util.stream.Collectors;

/**
 * Whether a host activates a guest. Exactly one of the nested records; two verdicts on equal
 * profiles are equal.
 */
@CheckReturnValue
public sealed interface Verdict {
  /** What a verdict is, for a {@code switch}. */
  enum Kind {
    /** {@link Supported}. */
    SUPPORTED,
    /** {@link Unsupported}. */
    UNSUPPORTED,
    /** {@link Undetermined}. */
    UNDETERMINED
  }

  /** Returns which of the nested records this is. */
  Kind kind();

  /** Returns how well the answer is founded: as well as the weakest rule it rests on. */
  Standing standing();

  /** Returns the answer in one sentence. */
  String sentence();

  /** Returns whether this is {@link Supported}. */
  default boolean isSupported() {
    return kind() == Kind.SUPPORTED;
  }

  /** Returns every obstacle, in the order of {@link Obstacle.Kind}; empty unless unsupported. */
  default ImmutableList<Obstacle> obstacles() {
    return ImmutableList.of();
  }

  /** Returns what would have to be known for a full answer; empty if everything is. */
  default ImmutableList<OpenQuestion> questions() {
    return ImmutableList.of();
  }

  /**
   * The host activates the guest.
   *
   * @param standing how well that is founded
   * @param source where the rule comes from
   */
  record Supported(Standing standing, String source) implements Verdict {
    @Override
    public Kind kind() {
      return Kind.SUPPORTED;
    }

    @Override
    public String sentence() {
      return "The host activates this guest.";
    }
  }

  /**
   * The host does not activate the guest.
   *
   * @param obstacles every known reason, at least one
   * @param questions what is not known and could add further reasons
   */
  record Unsupported(ImmutableList<Obstacle> obstacles, ImmutableList<OpenQuestion> questions)
      implements Verdict {
    /** Refuses a verdict without a reason. */
    public Unsupported {
      checkArgument(!obstacles.isEmpty(), "no obstacle (expected: at least 1)");
    }

    @Override
    public Kind kind() {
      return Kind.UNSUPPORTED;
    }

    /** Returns the standing of the best founded obstacle: one is enough for a "no". */
    @Override
    public Standing standing() {
      Standing best = Standing.ASSUMED;
      for (Obstacle obstacle : obstacles) {
        best = obstacle.standing().compareTo(best) < 0 ? obstacle.standing() : best;
      }
      return best;
    }

    @Override
    public String sentence() {
      return obstacles.stream().map(Obstacle::explanation).collect(Collectors.joining(" "));
    }
  }

  /**
   * Nothing known stands in the way, but not enough is known.
   *
   * @param questions what would have to be known, at least one
   * @param standing how well the rules that were met are founded
   */
  record Undetermined(ImmutableList<OpenQuestion> questions, Standing standing) implements Verdict {
    /** Refuses a verdict without a question. */
    public Undetermined {
      checkArgument(!questions.isEmpty(), "no question (expected: at least 1)");
    }

    @Override
    public Kind kind() {
      return Kind.UNDETERMINED;
    }

    @Override
    public String sentence() {
      return "Not known: "
          + questions.stream().map(OpenQuestion::text).collect(Collectors.joining("; "))
          + ".";
    }
  }
}
