package io.avma.transport.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.KvpWatch;
import io.avma.transport.PoolChange;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PoolWatchTest {
  @TempDir Path directory;
  private final HandSignal signal = new HandSignal();
  private final Recorder recorder = new Recorder();
  private PoolOptions options;
  private LinuxGuest guest;

  /** A signal that tells what it is told to. */
  private static final class HandSignal implements ChangeSignal {
    private Receiver receiver;
    private int running;
    private final List<Duration> retries = new ArrayList<>();

    @Override
    public Started start(Path directory, Receiver to) {
      receiver = to;
      running++;
      return new Started() {
        @Override
        public void retryAfter(Duration time) {
          retries.add(time);
        }

        @Override
        public void close() {
          running--;
        }
      };
    }
  }

  private static final class Recorder implements KvpWatch.Listener {
    final List<PoolChange> changes = new ArrayList<>();
    final List<TransportException> failures = new ArrayList<>();

    @Override
    public void changed(KvpPool pool, ImmutableList<PoolChange> more) {
      changes.addAll(more);
    }

    @Override
    public void failed(KvpPool pool, TransportException failure) {
      failures.add(failure);
    }
  }

  @BeforeEach
  void open() throws Exception {
    for (KvpPool pool : KvpPool.values()) {
      Files.createFile(directory.resolve(".kvp_pool_" + pool.number()));
    }
    options = PoolOptions.in(directory).toBuilder().writable(KvpPool.EXTERNAL).build();
    guest = LinuxGuest.open(options, signal);
  }

  @AfterEach
  void close() {
    guest.close();
    assertEquals(0, signal.running);
  }

  @Test
  void aFailedReadingIsTriedAgainWithoutAnotherSignalAndFailureIsToldOnce() throws Exception {
    KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, recorder);
    put("a", "1");
    Path pool = directory.resolve(".kvp_pool_0");
    Path away = Files.move(pool, directory.resolve("away"));
    signal.receiver.changed(".kvp_pool_0");
    for (int i = 0; i < 9; i++) {
      assertEquals(i + 1, signal.retries.size(), "one retry at a time");
      signal.receiver.changed(".kvp_pool_0");
      assertEquals(i + 1, signal.retries.size(), "one retry at a time");
      signal.receiver.retry();
    }
    assertEquals(Duration.ofMillis(50), signal.retries.get(0));
    assertEquals(Duration.ofSeconds(2), signal.retries.get(9), "the pauses grow, and not for ever");
    assertEquals(1, recorder.failures.size());
    Path back = Files.move(away, pool);
    assertEquals(pool, back);
    signal.receiver.retry();
    assertEquals(List.of(new PoolChange.Added(new KvpItem("a", "1"))), recorder.changes);
    assertEquals(10, signal.retries.size(), "nothing is behind");
    signal.receiver.retry();
    Files.delete(pool);
    signal.receiver.anythingChanged();
    assertEquals(2, recorder.failures.size(), "a new outage is told again");
    assertEquals(Duration.ofMillis(50), signal.retries.get(10));
    watch.close();
  }

  @Test
  void theSignalEndsWithTheLastWatchAndStartsAnewForANewOne() throws Exception {
    KvpWatch one = guest.pools().watch(KvpPool.EXTERNAL, recorder);
    KvpWatch other = guest.pools().watch(KvpPool.GUEST, recorder);
    one.close();
    one.close();
    assertEquals(1, signal.running);
    other.close();
    assertEquals(0, signal.running);
    Files.delete(directory.resolve(".kvp_pool_0"));
    assertThrows(
        TransportException.class, () -> guest.pools().watch(KvpPool.EXTERNAL, recorder).close());
    assertEquals(0, signal.running, "a watch that did not come about leaves nothing running");
    guest.pools().watch(KvpPool.GUEST, recorder).close();
    assertEquals(0, signal.running);
  }

  @Test
  void aGuestThatIsClosedWhileAWatchBeginsLeavesNothingRunning() {
    List<PoolWatches> cell = new ArrayList<>();
    PoolWatches watches =
        new PoolWatches(
            directory,
            signal,
            pool -> {
              cell.get(0).close();
              return PoolContent.of(pool, List.of());
            });
    cell.add(watches);
    assertThrows(
        IllegalStateException.class, () -> watches.add(KvpPool.EXTERNAL, recorder).close());
    assertEquals(0, signal.running);
    assertThrows(
        IllegalStateException.class, () -> watches.add(KvpPool.EXTERNAL, recorder).close());
    assertEquals(0, signal.running);
  }

  private void put(String key, String value) throws TransportException {
    guest.pools().put(KvpPool.EXTERNAL, new KvpItem(key, value));
  }

  @Test
  void addedChangedAndRemovedAreTold() throws TransportException {
    put("a", "1");
    KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, recorder);
    put("a", "2");
    put("b", "3");
    signal.receiver.changed(".kvp_pool_0");
    assertEquals(
        List.of(
            new PoolChange.Changed(new KvpItem("a", "1"), new KvpItem("a", "2")),
            new PoolChange.Added(new KvpItem("b", "3"))),
        recorder.changes);
    recorder.changes.clear();
    boolean there = guest.pools().remove(KvpPool.EXTERNAL, "a");
    assertEquals(true, there);
    signal.receiver.anythingChanged();
    assertEquals(List.of(new PoolChange.Removed(new KvpItem("a", "2"))), recorder.changes);
    watch.close();
  }

  @Test
  void aSignalWithoutADifferenceTellsNothing() throws TransportException {
    put("a", "1");
    KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, recorder);
    put("a", "1");
    signal.receiver.changed(".kvp_pool_0");
    signal.receiver.changed(".kvp_pool_1");
    signal.receiver.changed(".kvp_pool_0.avma-redo");
    assertEquals(List.of(), recorder.changes);
    watch.close();
  }

  @Test
  void aPoolThatCannotBeReadIsToldAndTheWatchGoesOn() throws Exception {
    KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, recorder);
    Path pool = directory.resolve(".kvp_pool_0");
    Files.delete(pool);
    signal.receiver.changed(".kvp_pool_0");
    assertEquals(TransportException.Reason.UNREACHABLE, recorder.failures.get(0).reason());
    Files.createFile(pool);
    put("a", "1");
    signal.receiver.changed(".kvp_pool_0");
    assertEquals(List.of(new PoolChange.Added(new KvpItem("a", "1"))), recorder.changes);
    watch.close();
  }

  @Test
  void aClosedWatchIsToldNothing() throws TransportException {
    KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, recorder);
    watch.close();
    watch.close();
    put("a", "1");
    signal.receiver.changed(".kvp_pool_0");
    assertEquals(List.of(), recorder.changes);
  }

  @Test
  void aListenerThatFailsCostsNoOtherWatch() throws TransportException {
    KvpWatch failing =
        guest
            .pools()
            .watch(
                KvpPool.EXTERNAL,
                (pool, changes) -> {
                  throw new AssertionError("a listener that fails on purpose, as in a user's test");
                });
    KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, recorder);
    put("a", "1");
    signal.receiver.changed(".kvp_pool_0");
    assertEquals(1, recorder.changes.size());
    assertEquals(1, signal.running, "watches share one signal");
    failing.close();
    watch.close();
  }

  @Test
  void anInterruptThatAListenerLeavesCostsNoOtherWatch() throws TransportException {
    KvpWatch interrupting =
        guest
            .pools()
            .watch(KvpPool.EXTERNAL, (pool, changes) -> Thread.currentThread().interrupt());
    KvpWatch watch = guest.pools().watch(KvpPool.EXTERNAL, recorder);
    put("a", "1");
    signal.receiver.changed(".kvp_pool_0");
    assertEquals(List.of(), recorder.failures);
    assertEquals(1, recorder.changes.size());
    assertFalse(Thread.interrupted(), "the thread is the guest's");
    interrupting.close();
    watch.close();
  }

  @Test
  void aReadingThatEndsInAnErrorIsTriedAgain() throws TransportException {
    List<KvpItem> pool = new ArrayList<>();
    List<Error> failures = new ArrayList<>();
    PoolWatches watches =
        new PoolWatches(
            directory,
            signal,
            asked -> {
              if (!failures.isEmpty()) {
                throw failures.remove(0);
              }
              return PoolContent.of(asked, pool);
            });
    KvpWatch watch = watches.add(KvpPool.EXTERNAL, recorder);
    pool.add(new KvpItem("a", "1"));
    failures.add(new OutOfMemoryError("on purpose"));
    signal.receiver.changed(".kvp_pool_0");
    assertEquals(1, signal.retries.size());
    signal.receiver.retry();
    assertEquals(List.of(new PoolChange.Added(new KvpItem("a", "1"))), recorder.changes);
    failures.add(new OutOfMemoryError("on purpose"));
    signal.receiver.changed(".kvp_pool_0");
    watch.close();
    KvpWatch another = watches.add(KvpPool.EXTERNAL, recorder);
    failures.add(new OutOfMemoryError("on purpose"));
    signal.receiver.changed(".kvp_pool_0");
    assertEquals(Duration.ofMillis(50), signal.retries.get(2), "what is over delays nobody");
    another.close();
  }

  /** A signal that comes before the watch is in the list finds nobody to tell. */
  @Test
  void aChangeBetweenTheFirstReadingAndTheListIsTold() throws TransportException {
    List<KvpItem> pool = new ArrayList<>();
    PoolWatches watches =
        new PoolWatches(
            directory,
            signal,
            asked -> {
              PoolContent now = PoolContent.of(asked, ImmutableList.copyOf(pool));
              if (pool.isEmpty()) {
                pool.add(new KvpItem("a", "1"));
                signal.receiver.changed(".kvp_pool_0");
              }
              return now;
            });
    KvpWatch watch = watches.add(KvpPool.EXTERNAL, recorder);
    assertEquals(List.of(new PoolChange.Added(new KvpItem("a", "1"))), recorder.changes);
    watch.close();
  }

  @Test
  @Timeout(60)
  void aDirectoryThatIsReplacedIsToldAsDifferences() throws Exception {
    BlockingQueue<PoolChange> told = new LinkedBlockingQueue<>();
    Path pools = Files.createDirectory(directory.resolve("pools"));
    Files.write(pools.resolve(".kvp_pool_0"), PoolCodec.encode(new KvpItem("a", "1")));
    Path next = Files.createDirectory(directory.resolve("next"));
    Files.write(next.resolve(".kvp_pool_0"), PoolCodec.encode(new KvpItem("a", "2")));
    try (LinuxGuest real =
        LinuxGuest.open(PoolOptions.in(pools), new FileSystemSignal(Duration.ofHours(1)))) {
      KvpWatch watch =
          real.pools().watch(KvpPool.EXTERNAL, (pool, changes) -> told.addAll(changes));
      Path away = Files.move(pools, directory.resolve("away"));
      Path there = Files.move(next, pools);
      PoolChange change = told.poll(30, TimeUnit.SECONDS);
      assertEquals(
          new PoolChange.Changed(new KvpItem("a", "1"), new KvpItem("a", "2")),
          change,
          away + " replaced by " + there);
      watch.close();
    }
  }

  @Test
  @Timeout(60)
  void theFileSystemSaysWhenAPoolChanges() throws Exception {
    BlockingQueue<PoolChange> told = new LinkedBlockingQueue<>();
    try (LinuxGuest real = LinuxGuest.open(options)) {
      KvpWatch watch =
          real.pools().watch(KvpPool.EXTERNAL, (pool, changes) -> told.addAll(changes));
      put("a", "1");
      PoolChange change = told.poll(30, TimeUnit.SECONDS);
      assertNotNull(change, "no change was told within 30 seconds");
      assertEquals(new PoolChange.Added(new KvpItem("a", "1")), change);
      watch.close();
    }
  }
}
