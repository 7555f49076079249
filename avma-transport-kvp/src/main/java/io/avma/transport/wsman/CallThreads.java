package io.avma.transport.wsman;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs what may block beyond any time-out of a socket (looking a name up, asking for a ticket, a
 * peer that sends a byte a minute) in threads of its own, so that whoever asked can stop waiting:
 * when the time is over, or when it is interrupted.
 */
final class CallThreads {
  /** As many threads as calls at once, which clients bound; idle ones end. */
  private static final ExecutorService THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new ThreadFactoryBuilder().setDaemon(true).setNameFormat("avma-wsman-%d").build());

  private CallThreads() {}

  /** What a caller who waits for some work can do about it. */
  interface Handle {
    /** Returns when the step has to be over that the work is at; where it is at none, a new one. */
    Deadline step();

    /** Makes the work end soon, since nobody waits for it any more. */
    void abort();
  }

  /**
   * Returns what {@code work} returns within the deadline, and each of its steps within its own.
   */
  static <T> T call(Callable<T> work, Deadline deadline, Handle handle, String asked)
      throws TransportException {
    Future<T> future = THREADS.submit(work);
    try {
      return awaited(future, deadline, handle, asked);
    } catch (InterruptedException e) {
      handle.abort();
      Thread.currentThread().interrupt();
      throw new TransportException(Reason.INTERRUPTED, asked + ": interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof TransportException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(asked + ": unexpected failure", cause);
    }
  }

  /** Looks again when a step's time is over: by then the work may be at another one. */
  private static <T> T awaited(Future<T> future, Deadline deadline, Handle handle, String asked)
      throws TransportException, InterruptedException, ExecutionException {
    while (true) {
      Deadline step = handle.step();
      try {
        return future.get(Math.min(step.left(), deadline.left()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        boolean over = deadline.left() == 0;
        if (over || handle.step() == step) {
          handle.abort();
          throw (over ? deadline : step).passed(asked);
        }
      }
    }
  }
}
