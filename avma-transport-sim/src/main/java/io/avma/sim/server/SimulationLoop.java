package io.avma.sim.server;

import static com.google.common.base.Preconditions.checkState;

import io.avma.sim.SimulatedDatacenter;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that owns the data centre, and what waits for it. */
final class SimulationLoop implements AutoCloseable {
  /** What the loop works on; made and used on its thread alone. */
  record Stage(SimulatedDatacenter datacenter, WsManService service) {}

  private static final Logger LOG = LoggerFactory.getLogger(SimulationLoop.class);

  private record Job<T>(Function<Stage, T> work, CompletableFuture<T> result) {
    void run(Stage stage, Consumer<Stage> after) {
      try {
        T done = work.apply(stage);
        look(stage, after); // before anybody hears that it is done
        result.complete(done);
      } catch (RuntimeException | Error e) {
        look(stage, after);
        result.completeExceptionally(e);
      }
    }

    /** What others do behind a job must not end the thread, on which everybody waits. */
    private static void look(Stage stage, Consumer<Stage> after) {
      try {
        after.accept(stage);
      } catch (RuntimeException | Error e) {
        LOG.error("behind a job of the simulated data centre", e);
      }
    }
  }

  private final BlockingQueue<Job<?>> queue;
  private final Thread thread;
  private volatile Consumer<Stage> after = stage -> {};
  private volatile boolean closing;

  private SimulationLoop(
      int queueLength, Supplier<Stage> make, CompletableFuture<SimulationLoop> ready) {
    this.queue = new ArrayBlockingQueue<>(queueLength);
    this.thread = new Thread(() -> run(make, ready), "avma-datacenter");
    this.thread.setDaemon(true);
  }

  /**
   * Starts a loop.
   *
   * @param make called on its thread; what it throws is thrown here
   */
  static SimulationLoop start(int queueLength, Supplier<Stage> make) {
    CompletableFuture<SimulationLoop> ready = new CompletableFuture<>();
    SimulationLoop loop = new SimulationLoop(queueLength, make, ready);
    loop.thread.start();
    return await(ready);
  }

  private void run(Supplier<Stage> make, CompletableFuture<SimulationLoop> ready) {
    Stage stage;
    try {
      stage = make.get();
    } catch (RuntimeException | Error e) {
      ready.completeExceptionally(e);
      return;
    }
    ready.complete(this);
    while (!closing) {
      try {
        queue.take().run(stage, after);
      } catch (InterruptedException e) {
        // The only one who interrupts is close().
      }
    }
    try {
      stage.datacenter().close();
    } finally {
      cancelWaiting();
    }
  }

  /** Returns a result to come, or one that has failed with RejectedExecutionException. */
  <T> CompletableFuture<T> submit(Function<Stage, T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (!queue.offer(new Job<>(work, result))) {
      result.completeExceptionally(new RejectedExecutionException("too many requests wait"));
    } else if (closing) {
      cancelWaiting();
    }
    return result;
  }

  private void cancelWaiting() {
    for (Job<?> job = queue.poll(); job != null; job = queue.poll()) {
      job.result().completeExceptionally(new RejectedExecutionException("server is closed"));
    }
  }

  /** Does {@code work}, which may change anything, on the loop's thread and waits for it. */
  <T> T call(Function<Stage, T> work) {
    checkOutside("call");
    return await(
        submit(
            stage -> {
              try {
                return work.apply(stage);
              } finally {
                stage.service().changed();
              }
            }));
  }

  /** Sets what is done on the loop's thread behind each job, and does it now; throws nothing. */
  void afterEach(Consumer<Stage> look) {
    after = look;
    Stage unused = await(submit(stage -> stage));
  }

  /** Who is called by the loop and waits for it would wait for ever. */
  void checkOutside(String what) {
    checkState(
        Thread.currentThread() != thread,
        "%s from within a call (expected: from outside; use the data centre that it was given)",
        what);
  }

  /** Waits for a result and throws what the work has thrown. */
  static <T> T await(CompletableFuture<T> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Ends the loop behind what it is doing; what waits is refused. */
  @Override
  public void close() {
    checkOutside("close");
    closing = true;
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
