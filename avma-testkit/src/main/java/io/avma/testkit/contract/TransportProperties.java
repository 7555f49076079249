package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPool;
import io.avma.testkit.arbitrary.KvpArbitraries;
import io.avma.transport.HyperVGuest;
import io.avma.transport.TransportException;
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

/**
 * The contract as properties of jqwik: implement it in a test class and say how a fixture is made.
 * Few tries, each of many operations, because a fixture may be a machine.
 */
public interface TransportProperties {
  /** How often each property is tried. */
  int TRIES = 25;

  /** Returns a new fixture; the properties close it. */
  TransportFixture fixture() throws Exception;

  /**
   * One operation: a put, or a removal if there is no value.
   *
   * @param key the key
   * @param value the value to put
   */
  record Operation(String key, Optional<String> value) {}

  /** Returns operations within the limits that hold everywhere. */
  @Provide
  default Arbitrary<List<Operation>> operations() {
    Arbitrary<Operation> puts =
        KvpArbitraries.within(KvpLimits.SAFE)
            .map(item -> new Operation(item.key(), Optional.of(item.value())));
    Arbitrary<Operation> removals =
        KvpArbitraries.keys().map(key -> new Operation(key, Optional.empty()));
    return Arbitraries.frequencyOf(Tuple.of(3, puts), Tuple.of(1, removals)).list().ofMaxSize(20);
  }

  /** Returns items over the limits that hold everywhere. */
  @Provide
  default Arbitrary<KvpItem> tooLarge() {
    return KvpArbitraries.over(KvpLimits.SAFE);
  }

  /** KVP-P.1: any puts and removals leave what a list without duplicates would hold. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  default void guestAndHostSeeWhatAnyWritingLeft(@ForAll("operations") List<Operation> operations)
      throws Exception {
    Map<String, String> model = new LinkedHashMap<>();
    try (TransportFixture fixture = fixture();
        HyperVGuest guest = fixture.open()) {
      for (Operation operation : operations) {
        if (operation.value().isPresent()) {
          String value = operation.value().get();
          guest.pools().put(KvpPool.GUEST, new KvpItem(operation.key(), value));
          model.put(operation.key(), value);
        } else {
          boolean removed = guest.pools().remove(KvpPool.GUEST, operation.key());
          assertEquals(model.remove(operation.key()) != null, removed);
        }
      }
      assertEquals(items(model), guest.pools().read(KvpPool.GUEST).items());
      assertEquals(items(model), fixture.hostSees());
    }
  }

  /** KVP-P.2: whatever the host sets and deletes, the guest reads what is left. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  default void theGuestReadsWhatAnyWritingOfTheHostLeft(
      @ForAll("operations") List<Operation> operations) throws Exception {
    Map<String, String> model = new LinkedHashMap<>();
    List<KvpItem> sets = new ArrayList<>();
    List<String> deletes = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.value().isPresent()) {
        sets.add(new KvpItem(operation.key(), operation.value().get()));
        model.put(operation.key(), operation.value().get());
      } else {
        deletes.add(operation.key());
      }
    }
    deletes.forEach(model::remove);
    try (TransportFixture fixture = fixture();
        HyperVGuest guest = fixture.open()) {
      fixture.hostSets(sets);
      fixture.hostDeletes(deletes);
      assertEquals(items(model), guest.pools().read(KvpPool.EXTERNAL).items());
    }
  }

  /** KVP-P.3: what is too large leaves everything as it was. */
  @Property(tries = TRIES, shrinking = ShrinkingMode.BOUNDED)
  default void whatIsTooLargeChangesNothing(
      @ForAll("operations") List<Operation> operations, @ForAll("tooLarge") KvpItem large)
      throws Exception {
    List<KvpItem> fine = new ArrayList<>();
    for (Operation operation : operations) {
      fine.add(new KvpItem(operation.key(), operation.value().orElse("")));
    }
    List<KvpItem> spoilt = new ArrayList<>(fine);
    spoilt.add(new KvpItem("one more", "1"));
    spoilt.add(large);
    try (TransportFixture fixture = fixture();
        HyperVGuest guest = fixture.open()) {
      guest.pools().putAll(KvpPool.GUEST, fine);
      List<KvpItem> before = guest.pools().read(KvpPool.GUEST).items();
      TransportException refused =
          assertThrows(TransportException.class, () -> guest.pools().putAll(KvpPool.GUEST, spoilt));
      assertEquals(TransportException.Reason.TOO_LARGE, refused.reason());
      assertEquals(before, guest.pools().read(KvpPool.GUEST).items());
    }
  }

  private static List<KvpItem> items(Map<String, String> model) {
    List<KvpItem> items = new ArrayList<>();
    model.forEach((key, value) -> items.add(new KvpItem(key, value)));
    return items;
  }
}
