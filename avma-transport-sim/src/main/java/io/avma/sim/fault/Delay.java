package io.avma.sim.fault;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;

/** How long something is held up: a distribution, from which each occasion draws. */
@CheckReturnValue
public sealed interface Delay {
  /** No delay lasts longer than this. */
  Duration LONGEST = Duration.ofDays(365);

  /**
   * Returns the delay for {@code random}, a number from 0 (inclusive) to 1 (exclusive). The same on
   * every platform.
   */
  Duration at(double random);

  /**
   * Always the same.
   *
   * @param value how long, zero to {@link #LONGEST}
   */
  record Fixed(Duration value) implements Delay {
    /** Refuses a delay out of range. */
    public Fixed {
      check(value);
    }

    @Override
    public Duration at(double random) {
      return value;
    }
  }

  /**
   * Anything between two bounds, all equally likely.
   *
   * @param least the lower bound
   * @param most the upper bound, not below {@code least}
   */
  record Uniform(Duration least, Duration most) implements Delay {
    /** Refuses bounds out of range or order. */
    public Uniform {
      check(least);
      check(most);
      checkArgument(most.compareTo(least) >= 0, "%s to %s (expected: ascending)", least, most);
    }

    @Override
    public Duration at(double random) {
      return least.plusNanos((long) (random * (most.toNanos() - least.toNanos())));
    }
  }

  /**
   * Mostly short, seldom long: an exponential distribution, cut at twenty times its mean.
   *
   * @param mean the mean
   */
  record Exponential(Duration mean) implements Delay {
    /** Refuses a mean out of range. */
    public Exponential {
      check(mean);
    }

    @Override
    public Duration at(double random) {
      double factor = Math.min(20, -StrictMath.log(1 - random)); // Math.log may differ by platform
      double nanos = Math.min((double) LONGEST.toNanos(), factor * mean.toNanos());
      return Duration.ofNanos((long) nanos);
    }
  }

  private static void check(Duration value) {
    checkArgument(
        !value.isNegative() && value.compareTo(LONGEST) <= 0,
        "delay is %s (expected: zero to %s)",
        value,
        LONGEST);
  }
}
