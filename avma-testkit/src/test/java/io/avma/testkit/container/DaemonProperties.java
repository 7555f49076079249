package io.avma.testkit.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpPool;
import io.avma.testkit.arbitrary.KvpArbitraries;
import io.avma.transport.KvpStore;
import io.avma.transport.device.FieldBytes;
import io.avma.transport.device.KernelText;
import io.avma.transport.device.KvpAnswer;
import io.avma.transport.device.KvpRequest;
import io.avma.transport.linux.LinuxGuest;
import io.avma.transport.linux.PoolOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * The unmodified daemon and we read what the other wrote, byte for byte. The directory of the pools
 * is shared, so writer and daemon meet in the same files. Starting the daemon is what takes time,
 * hence few tries, each of them on every pool that it reads.
 */
@NeedsDocker
class DaemonProperties {
  private static final List<KvpPool> POOLS =
      List.of(KvpPool.EXTERNAL, KvpPool.GUEST, KvpPool.AUTO_EXTERNAL, KvpPool.AUTO_INTERNAL);
  private static final int TRIES = 25;
  private static Path directory;
  private static KvpGuestContainer guest;

  /** One change: a put, or a removal if there is no value. */
  record Change(String key, Optional<String> value) {
    @Override
    public String toString() {
      return value.isPresent() ? "put " + new KvpItem(key, value.get()) : "remove " + key;
    }
  }

  @BeforeContainer
  static void start() throws IOException {
    directory = Files.createTempDirectory("avma-pools");
    guest = new KvpGuestContainer().withPoolDirectory(directory);
    guest.start();
  }

  @AfterContainer
  static void stop() throws IOException {
    guest.stop();
    for (KvpPool pool : KvpPool.values()) {
      Files.delete(directory.resolve(".kvp_pool_" + pool.number()));
    }
    Files.delete(directory);
  }

  @Provide
  Arbitrary<List<List<Change>>> writtenByUs() {
    return changes(Arbitraries.oneOf(within(KvpLimits.SAFE), within(KvpLimits.FILE)));
  }

  @Provide
  Arbitrary<List<List<Change>>> writtenByTheHost() {
    return changes(
        Arbitraries.oneOf(
            within(KvpLimits.SAFE), KvpArbitraries.over(KvpLimits.HOST_WRITTEN), halves()));
  }

  private static Arbitrary<KvpItem> within(KvpLimits limits) {
    return KvpArbitraries.within(limits);
  }

  /** Half a surrogate pair, which a host may send and the kernel leaves out. */
  private static Arbitrary<KvpItem> halves() {
    return KvpArbitraries.keys().map(key -> new KvpItem(key, "a\ud83d b\ude00 c"));
  }

  private static Arbitrary<List<List<Change>>> changes(Arbitrary<KvpItem> items) {
    Arbitrary<Change> puts = items.map(item -> new Change(item.key(), Optional.of(item.value())));
    Arbitrary<Change> removals =
        KvpArbitraries.keys().map(key -> new Change(key, Optional.empty()));
    return Arbitraries.frequencyOf(Tuple.of(3, puts), Tuple.of(1, removals))
        .list()
        .ofMaxSize(12)
        .list()
        .ofSize(POOLS.size());
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void theDaemonEnumeratesByteForByteWhatWeWrote(@ForAll("writtenByUs") List<List<Change>> changes)
      throws Exception {
    emptyAll();
    PoolOptions options =
        PoolOptions.in(directory).toBuilder()
            .limits(KvpLimits.FILE)
            .writable(POOLS.toArray(new KvpPool[0]))
            .build();
    List<Map<String, String>> models = new ArrayList<>();
    try (LinuxGuest writer = LinuxGuest.open(options)) {
      KvpStore store = writer.pools();
      for (int i = 0; i < POOLS.size(); i++) {
        Map<String, String> model = new LinkedHashMap<>();
        for (Change change : changes.get(i)) {
          if (change.value().isPresent()) {
            store.put(POOLS.get(i), new KvpItem(change.key(), change.value().get()));
            model.put(change.key(), change.value().get());
          } else {
            store.remove(POOLS.get(i), change.key());
            model.remove(change.key());
          }
        }
        models.add(model);
      }
    }
    List<List<KvpAnswer.Item>> records = recordsOfAll(models);
    for (int i = 0; i < POOLS.size(); i++) {
      List<KvpItem> items = items(models.get(i));
      assertEquals(items.size(), records.get(i).size());
      for (int record = 0; record < items.size(); record++) {
        KvpItem written = items.get(record);
        KvpAnswer.Item found = records.get(i).get(record);
        assertEquals(bytes(written.key()), found.key());
        assertEquals(bytes(written.value()), found.value(), "zero-filled behind its NUL");
        if (KvpLimits.SAFE.allow(written)) {
          assertEquals(Optional.of(written), KernelText.toHost(found));
        } else {
          assertEquals(cut(written), KernelText.toHost(found).orElseThrow());
        }
      }
    }
  }

  private static KvpItem cut(KvpItem item) {
    KvpLimits limits = KvpLimits.SAFE;
    return new KvpItem(
        limits.fittingPrefix(KvpPart.KEY, item.key()),
        limits.fittingPrefix(KvpPart.VALUE, item.value()));
  }

  private static FieldBytes bytes(String text) {
    return FieldBytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void weReadWhatTheDaemonWrote(@ForAll("writtenByTheHost") List<List<Change>> changes)
      throws Exception {
    emptyAll();
    List<KvpRequest> requests = new ArrayList<>();
    List<Map<String, String>> models = new ArrayList<>();
    for (int i = 0; i < POOLS.size(); i++) {
      int number = POOLS.get(i).number();
      Map<String, String> model = new LinkedHashMap<>();
      for (Change change : changes.get(i)) {
        String key = KernelText.toGuest(KvpPart.KEY, change.key()).text().orElseThrow();
        if (change.value().isPresent()) {
          KvpItem item = new KvpItem(change.key(), change.value().get());
          requests.add(KernelText.setByHost(number, item));
          model.put(key, KernelText.toGuest(KvpPart.VALUE, item.value()).text().orElseThrow());
        } else {
          requests.add(KernelText.deleteByHost(number, change.key()));
          model.remove(key);
        }
      }
      models.add(model);
    }
    int answers = guest.host().exchange(requests).size();
    assertEquals(requests.size(), answers);
    try (LinuxGuest reader = LinuxGuest.open(PoolOptions.in(directory))) {
      for (int i = 0; i < POOLS.size(); i++) {
        assertEquals(items(models.get(i)), reader.pools().read(POOLS.get(i)).items());
      }
    }
  }

  private static List<KvpItem> items(Map<String, String> model) {
    List<KvpItem> items = new ArrayList<>();
    model.forEach((key, value) -> items.add(new KvpItem(key, value)));
    return items;
  }

  /** Asks for one record more than there should be, of all pools in one conversation. */
  private static List<List<KvpAnswer.Item>> recordsOfAll(List<Map<String, String>> expected) {
    List<KvpRequest> requests = new ArrayList<>();
    for (int i = 0; i < POOLS.size(); i++) {
      for (int index = 0; index <= expected.get(i).size(); index++) {
        requests.add(KvpRequest.enumerate(POOLS.get(i), index));
      }
    }
    ImmutableList<KvpAnswer> answers = guest.host().exchange(requests);
    List<List<KvpAnswer.Item>> records = new ArrayList<>();
    int next = 0;
    for (Map<String, String> model : expected) {
      List<KvpAnswer.Item> items = new ArrayList<>();
      for (int index = 0; index <= model.size(); index++) {
        if (answers.get(next++) instanceof KvpAnswer.Item item) {
          items.add(item);
        }
      }
      records.add(items);
    }
    return records;
  }

  private static void emptyAll() {
    for (KvpPool pool : POOLS) {
      guest.setPoolFile(pool, new byte[0]);
    }
  }
}
