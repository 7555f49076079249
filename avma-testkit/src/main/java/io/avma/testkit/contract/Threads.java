package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.function.Executable;

/** Calls from threads other than the test's. */
final class Threads {
  private static final long PATIENCE_SECONDS = 60;

  private Threads() {}

  /**
   * What one of many threads does.
   *
   * @param <T> what it finds
   */
  interface Work<T> {
    T on(int number) throws Exception;
  }

  /** Does {@code work} on {@code count} threads that begin together; fails if one of them does. */
  static <T> List<T> all(int count, Work<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      CountDownLatch ready = new CountDownLatch(count);
      List<Future<T>> results = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        results.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return work.on(number);
                }));
      }
      List<T> found = new ArrayList<>();
      for (Future<T> result : results) {
        found.add(result.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return found;
    } catch (ExecutionException e) {
      throw new AssertionError("on another thread: " + e.getCause(), e.getCause());
    } finally {
      assertNotNull(threads.shutdownNow());
    }
  }

  /** Asserts that {@code call} fails on another thread because it is another thread. */
  static void turnsAway(Executable call) throws Exception {
    Throwable thrown =
        all(
                1,
                i -> {
                  try {
                    call.execute();
                  } catch (Throwable e) {
                    return List.of(e);
                  }
                  return List.<Throwable>of();
                })
            .get(0)
            .stream()
            .findFirst()
            .orElseThrow(() -> new AssertionError("another thread is served"));
    if (!(thrown instanceof IllegalStateException) || thrown.getMessage() == null) {
      throw new AssertionError("another thread gets " + thrown, thrown);
    }
  }
}
