package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.errorprone.annotations.Immutable;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.Capability;
import io.avma.transport.HyperVGuest;
import io.avma.transport.KvpStore;
import io.avma.transport.TransportException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** What many rules say. */
final class Checks {
  private Checks() {}

  /** What a rule does with one open guest. */
  @Immutable
  interface OnStore {
    void with(TransportFixture fixture, KvpStore store) throws Exception;
  }

  /** Returns a check that opens a guest, uses its pools and closes it. */
  static ContractRule.Check<TransportFixture> store(OnStore check) {
    return fixture -> {
      try (HyperVGuest guest = fixture.open()) {
        check.with(fixture, guest.pools());
      }
    };
  }

  static KvpItem item(String key, String value) {
    return new KvpItem(key, value);
  }

  /** Returns items from keys and values that take turns. */
  static List<KvpItem> items(String... keysAndValues) {
    KvpItem[] items = new KvpItem[keysAndValues.length / 2];
    Arrays.setAll(items, i -> item(keysAndValues[2 * i], keysAndValues[2 * i + 1]));
    return List.of(items);
  }

  static void holds(KvpStore store, KvpPool pool, List<KvpItem> items) throws TransportException {
    assertEquals(items, store.read(pool).items());
  }

  static void holdsGuest(KvpStore store, String... keysAndValues) throws TransportException {
    holds(store, KvpPool.GUEST, items(keysAndValues));
  }

  static void fails(TransportException.Reason reason, Executable call) {
    assertEquals(reason, assertThrows(TransportException.class, call).reason());
  }

  /** Asserts that {@code call} is refused with the name of {@code missing}. */
  static void names(Capability missing, Executable call) {
    String message = assertThrows(UnsupportedOperationException.class, call).getMessage();
    assertTrue(String.valueOf(message).contains(missing.label()), message);
  }
}
