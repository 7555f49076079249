package io.avma.activation;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Optional;

/**
 * What a machine makes of an input. Transition and effects are one event: a crash falls before or
 * after it, never between.
 *
 * @param <M> the machine
 * @param next the machine afterwards; the same instance if the input was rejected or came too early
 * @param effects what the caller has to carry out, in this order
 * @param rejection why the input made no sense, if it made none; then nothing changed
 */
@CheckReturnValue
public record Transition<M>(M next, ImmutableList<Effect> effects, Optional<Rejected> rejection) {

  /** Refuses effects beside a rejection. */
  public Transition {
    checkArgument(rejection.isEmpty() || effects.isEmpty(), "effects of a rejected input");
  }

  /** Returns whether the input made no sense. */
  public boolean isRejected() {
    return rejection.isPresent();
  }

  static <M> Transition<M> to(M next) {
    return new Transition<>(next, ImmutableList.of(), Optional.empty());
  }

  static <M> Transition<M> to(M next, Effect effect) {
    return new Transition<>(next, ImmutableList.of(effect), Optional.empty());
  }

  static <M> Transition<M> to(M next, Effect first, Effect second) {
    return new Transition<>(next, ImmutableList.of(first, second), Optional.empty());
  }

  static <M> Transition<M> rejected(M same, Rejected.Reason reason, String state, String input) {
    return new Transition<>(
        same, ImmutableList.of(), Optional.of(new Rejected(reason, state, input)));
  }
}
