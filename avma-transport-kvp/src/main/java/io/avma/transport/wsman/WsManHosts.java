package io.avma.transport.wsman;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.transport.HyperVHost;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Asks many hosts at once, a bounded number at a time. Each answers for itself. */
@CheckReturnValue
public final class WsManHosts {
  private WsManHosts() {}

  /** What one host is asked. */
  @FunctionalInterface
  public interface Question<T> {
    /** Opens the host if need be, and asks it; may be called by any thread. */
    T ask() throws TransportException;
  }

  /**
   * What came of one host.
   *
   * @param index its place in the questions, from 0
   * @param answer what it said
   * @param failure or why it said nothing
   */
  public record Outcome<T>(int index, Optional<T> answer, Optional<TransportException> failure) {}

  /**
   * Asks all and returns an outcome for each, in the order of the questions.
   *
   * @param atOnce how many are asked at a time, 1 to 256
   * @param limit how long all of it may take; a host whose time is over has {@code TIMED_OUT}, and
   *     what it is being asked is interrupted
   * @param progress is told of each outcome when it is there, by one thread at a time; may be
   *     called until this returns
   */
  public static <T> ImmutableList<Outcome<T>> ask(
      List<? extends Question<T>> questions,
      int atOnce,
      Duration limit,
      Consumer<? super Outcome<T>> progress)
      throws TransportException {
    checkArgument(atOnce >= 1 && atOnce <= 256, "atOnce is %s (expected: 1 to 256)", atOnce);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            atOnce,
            new ThreadFactoryBuilder().setDaemon(true).setNameFormat("avma-hosts-%d").build());
    try {
      Progress<T> told = new Progress<>(progress);
      List<Future<Outcome<T>>> running = new ArrayList<>();
      for (int i = 0; i < questions.size(); i++) {
        int index = i;
        Question<T> question = questions.get(i);
        running.add(threads.submit(() -> told.tell(outcome(index, question))));
      }
      Deadline deadline = new Deadline(limit);
      ImmutableList.Builder<Outcome<T>> outcomes = ImmutableList.builder();
      for (int i = 0; i < running.size(); i++) {
        outcomes.add(outcome(i, running.get(i), deadline, told));
      }
      told.end();
      return outcomes.build();
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Outcome<T> outcome(int index, Question<T> question) {
    try {
      return new Outcome<>(index, Optional.of(question.ask()), Optional.empty());
    } catch (TransportException e) {
      return new Outcome<>(index, Optional.empty(), Optional.of(e));
    } catch (RuntimeException e) { // of one host; the others have their answers
      return new Outcome<>(
          index,
          Optional.empty(),
          Optional.of(new TransportException(Reason.FAILED, "host " + (index + 1) + ": " + e, e)));
    }
  }

  private static <T> Outcome<T> outcome(
      int index, Future<Outcome<T>> running, Deadline deadline, Progress<T> told)
      throws TransportException {
    try {
      return running.get(deadline.left(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      boolean ignored = running.cancel(true);
      return told.tell(
          new Outcome<>(
              index, Optional.empty(), Optional.of(deadline.passed("host " + (index + 1)))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException(Reason.INTERRUPTED, "asking hosts: interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("asking host " + (index + 1) + " failed", e.getCause());
    }
  }

  /**
   * Returns the question that opens a host, asks it and closes it.
   *
   * @param opening opens it
   * @param asking asks it
   */
  public static <T> Question<T> question(Opening opening, Asking<T> asking) {
    return () -> {
      try (HyperVHost host = opening.open()) {
        return asking.of(host);
      }
    };
  }

  /** Opens a host. */
  @FunctionalInterface
  public interface Opening {
    /** Returns the host, which the caller closes. */
    HyperVHost open() throws TransportException;
  }

  /** Asks a host that is open. */
  @FunctionalInterface
  public interface Asking<T> {
    /** Returns what the host says. */
    T of(HyperVHost host) throws TransportException;
  }

  /** Tells outcomes one at a time, each once, and none behind the end. */
  private static final class Progress<T> {
    private final Consumer<? super Outcome<T>> listener;
    private final Set<Integer> told = new HashSet<>();
    private boolean ended;

    Progress(Consumer<? super Outcome<T>> listener) {
      this.listener = listener;
    }

    synchronized Outcome<T> tell(Outcome<T> outcome) {
      if (!ended && told.add(outcome.index())) {
        listener.accept(outcome);
      }
      return outcome;
    }

    synchronized void end() {
      ended = true;
    }
  }
}
