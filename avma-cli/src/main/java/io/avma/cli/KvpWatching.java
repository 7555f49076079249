package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.output.Console;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.ForeignText;
import io.avma.transport.KvpStore;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;
import io.avma.transport.TransportException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What {@code avma kvp watch} prints, as it happens. */
final class KvpWatching {
  /** What comes from the thread of the watch. */
  private sealed interface Told {
    record Change(PoolChange change) implements Told {}

    record Failure(TransportException failure) implements Told {}
  }

  private final Console console;
  private final boolean json;

  KvpWatching(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /** Tells {@code count} changes. */
  ExitCode watch(KvpStore store, KvpPool pool, int count)
      throws TransportException, InterruptedException {
    BlockingQueue<Told> queue = new LinkedBlockingQueue<>();
    KvpWatch.Listener listener =
        new KvpWatch.Listener() {
          @Override
          public void changed(KvpPool changed, ImmutableList<PoolChange> changes) {
            changes.forEach(change -> queue.add(new Told.Change(change)));
          }

          @Override
          public void failed(KvpPool failed, TransportException failure) {
            queue.add(new Told.Failure(failure));
          }
        };
    KvpWatch watch = store.watch(pool, listener);
    try {
      for (int told = 0; told < count && console.written(); ) {
        Told next = queue.take();
        if (next instanceof Told.Change change) {
          tell(pool, change.change());
          told++;
        } else if (next instanceof Told.Failure failure) {
          console.complain("avma kvp: " + failure.failure().getMessage());
        }
      }
    } finally {
      watch.close();
    }
    return ExitCode.ANSWERED;
  }

  private void tell(KvpPool pool, PoolChange change) {
    String kind = "added";
    Optional<KvpItem> before = Optional.empty();
    Optional<KvpItem> after = Optional.empty();
    if (change instanceof PoolChange.Added added) {
      after = Optional.of(added.item());
    } else if (change instanceof PoolChange.Changed changed) {
      kind = "changed";
      before = Optional.of(changed.before());
      after = Optional.of(changed.after());
    } else if (change instanceof PoolChange.Removed removed) {
      kind = "removed";
      before = Optional.of(removed.item());
    }
    Optional<String> value = after.map(item -> ForeignText.escape(item.value()));
    Optional<String> earlier = before.map(item -> ForeignText.escape(item.value()));
    if (json) {
      String word = kind;
      console
          .json()
          .object(
              "pool-change",
              object ->
                  object
                      .text("pool", pool.label())
                      .text("kind", word)
                      .foreign("key", change.key())
                      .text("value", value)
                      .text("before", earlier));
    } else {
      console.line(
          kind
              + " "
              + ForeignText.escape(change.key())
              + value.map(text -> "=" + text).orElse("")
              + earlier.map(text -> " (was " + text + ")").orElse(""));
    }
  }
}
