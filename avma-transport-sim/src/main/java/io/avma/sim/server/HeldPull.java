package io.avma.sim.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A pull of a subscription that waits for events. It holds no thread: the data centre's thread
 * looks at it when something has changed, and ends it when its time is over.
 */
final class HeldPull implements Outcome {
  private final String context;
  private final Duration longest;
  private final BooleanSupplier ready;
  private final Supplier<Outcome> answering;
  private final Supplier<Outcome> inVain;
  private final CompletableFuture<Outcome> answer = new CompletableFuture<>();

  /**
   * Creates one.
   *
   * @param context the context that it pulls from
   * @param longest how long it may wait
   * @param ready whether there is something to answer
   * @param answering gives the answer then
   * @param inVain gives the answer when the time is over
   */
  HeldPull(
      String context,
      Duration longest,
      BooleanSupplier ready,
      Supplier<Outcome> answering,
      Supplier<Outcome> inVain) {
    this.context = context;
    this.longest = longest;
    this.ready = ready;
    this.answering = answering;
    this.inVain = inVain;
  }

  boolean isOf(String pulled) {
    return context.equals(pulled);
  }

  Duration longest() {
    return longest;
  }

  /** Returns the answer to come; failed where the host has gone meanwhile. */
  CompletableFuture<Outcome> answer() {
    return answer;
  }

  boolean isOver() {
    return answer.isDone();
  }

  /** Answers if there is something to answer; on the data centre's thread. */
  void look() {
    end(() -> ready.getAsBoolean() ? Optional.of(answering.get()) : Optional.empty());
  }

  /** Answers that nothing came; on the data centre's thread. */
  void giveUp() {
    look();
    end(() -> Optional.of(inVain.get()));
  }

  private void end(Supplier<Optional<Outcome>> with) {
    if (isOver()) {
      return;
    }
    try {
      with.get().ifPresent(answer::complete);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }
}
