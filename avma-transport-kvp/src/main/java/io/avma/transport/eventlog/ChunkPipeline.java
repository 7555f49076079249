package io.avma.transport.eventlog;

import io.avma.platform.ForeignText;
import io.avma.transport.Flaw;
import io.avma.transport.TransportException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Does the same work on every chunk of a file and hands out the results in the order of the file:
 * on the caller's thread, or on several, which then run at most a few chunks ahead.
 *
 * <p>All that depends on the order (flaws of the file, the strict reader's stop) happens on the
 * caller's thread when a result is handed out, so the number of threads changes nothing but time.
 *
 * @param <T> what the work makes of a chunk
 */
final class ChunkPipeline<T> implements AutoCloseable {
  private static final int AHEAD_PER_THREAD = 3;

  /** Goes through the records of the chunk that the worker has loaded. */
  interface Work<T> {
    T on(ChunkWorker worker);
  }

  private record Done<T>(
      ChunkSlot slot, ChunkWorker.Content content, List<Flaw> flaws, Optional<T> result) {}

  private final LogInput input;
  private final EventLogOptions options;
  private final Work<T> work;
  private final EvtxHeader header;
  private final SlotWalk slots;
  private final FlawLog flaws;
  private final @Nullable LongPredicate known;
  private final @Nullable ExecutorService threads;
  private final ConcurrentLinkedQueue<ChunkWorker> idle = new ConcurrentLinkedQueue<>();
  private final Deque<Future<Done<T>>> ahead = new ArrayDeque<>();
  private boolean ended;

  ChunkPipeline(LogInput input, EventLogOptions options, Work<T> work) throws TransportException {
    this.input = input;
    this.options = options;
    this.work = work;
    this.header = EvtxHeader.read(input);
    this.slots = new SlotWalk(input, header, options.strictness());
    this.flaws = new FlawLog(options.strictness(), options.limits().maxFlaws());
    this.known = KnownRecords.of(input, header, options);
    header.report(input.name(), flaws);
    this.threads = options.threads() == 1 ? null : threads(options.threads());
  }

  private static ExecutorService threads(int count) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, "avma-evtx");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Returns what the next chunk gave; empty at the end of the file. */
  Optional<T> next() throws TransportException {
    flaws.requireNotStopped();
    while (!ended) {
      Optional<Done<T>> done = threads == null ? here() : there(threads);
      if (done.isEmpty()) {
        ended = true;
        slots.finish(flaws);
        return Optional.empty();
      }
      slots.filled(done.get().slot, done.get().content, flaws);
      flaws.addAll(done.get().flaws);
      if (done.get().result.isPresent()) {
        return done.get().result;
      }
    }
    return Optional.empty();
  }

  private Optional<Done<T>> here() throws TransportException {
    Optional<ChunkSlot> slot = slots.next();
    return slot.isEmpty() ? Optional.empty() : Optional.of(process(slot.get()));
  }

  private Optional<Done<T>> there(ExecutorService executor) throws TransportException {
    while (ahead.size() < AHEAD_PER_THREAD * options.threads()) {
      Optional<ChunkSlot> slot = slots.next();
      if (slot.isEmpty()) {
        break;
      }
      ahead.add(executor.submit(() -> process(slot.get())));
    }
    Future<Done<T>> first = ahead.poll();
    return first == null ? Optional.empty() : Optional.of(await(first));
  }

  private Done<T> await(Future<Done<T>> future) throws TransportException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransportException(
          TransportException.Reason.INTERRUPTED,
          "interrupted while reading " + ForeignText.escape(input.name(), 200),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransportException failure) {
        throw failure;
      }
      throw new IllegalStateException("reading a chunk failed", e.getCause());
    }
  }

  private Done<T> process(ChunkSlot slot) throws TransportException {
    ChunkWorker taken = idle.poll();
    ChunkWorker worker = taken == null ? new ChunkWorker(input.name(), options) : taken;
    ChunkWorker.Content content = worker.load(input, slot, header, known);
    Optional<T> result =
        content == ChunkWorker.Content.CHUNK ? Optional.of(work.on(worker)) : Optional.empty();
    List<Flaw> found = worker.takeFlaws();
    idle.add(worker);
    return new Done<>(slot, content, found, result);
  }

  FlawLog flaws() {
    return flaws;
  }

  /** Stops the threads and closes the input. */
  @Override
  public void close() {
    if (threads != null) {
      threads.shutdownNow();
    }
    input.close();
  }
}
