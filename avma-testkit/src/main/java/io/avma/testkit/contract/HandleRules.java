package io.avma.testkit.contract;

import static io.avma.testkit.contract.Checks.holdsGuest;
import static io.avma.testkit.contract.Checks.item;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.kvp.KvpPool;
import io.avma.transport.Capability;
import io.avma.transport.HyperVGuest;
import io.avma.transport.KvpStore;
import io.avma.transport.PoolContent;

/** KVP-5: handles on a guest. */
final class HandleRules {
  static final ImmutableList<ContractRule<TransportFixture>> ALL =
      ImmutableList.of(
          new ContractRule<>(
              "KVP-5.1",
              "two handles on one guest show the same pools",
              HandleRules::handlesShareTheGuest),
          new ContractRule<>(
              "KVP-5.2",
              "after closing a handle its pools cannot be used",
              fixture -> {
                HyperVGuest guest = fixture.open();
                KvpStore store = guest.pools();
                guest.close();
                assertThrows(
                    IllegalStateException.class, () -> assertNotNull(store.read(KvpPool.GUEST)));
                assertThrows(
                    IllegalStateException.class, () -> store.put(KvpPool.GUEST, item("a", "1")));
              }),
          new ContractRule<>(
              "KVP-5.3",
              "closing a handle twice is closing it once, and closes no other",
              fixture -> {
                try (HyperVGuest other = fixture.open()) {
                  HyperVGuest guest = fixture.open();
                  guest.close();
                  guest.close();
                  PoolContent content = assertDoesNotThrow(() -> other.pools().read(KvpPool.GUEST));
                  assertEquals(KvpPool.GUEST, content.pool());
                }
              }),
          new ContractRule<>(
              "KVP-5.4",
              "a handle says what it can do, always the same, and refuses by name what it cannot",
              HandleRules::capabilitiesAreTrue));

  private HandleRules() {}

  private static void handlesShareTheGuest(TransportFixture fixture) throws Exception {
    try (HyperVGuest one = fixture.open();
        HyperVGuest other = fixture.open()) {
      one.pools().put(KvpPool.GUEST, item("a", "1"));
      holdsGuest(other.pools(), "a", "1");
    }
  }

  private static void capabilitiesAreTrue(TransportFixture fixture) throws Exception {
    try (HyperVGuest guest = fixture.open()) {
      ImmutableSet<Capability> capabilities = guest.capabilities();
      assertEquals(capabilities, guest.capabilities());
      if (!capabilities.contains(Capability.LICENSE_STATE)) {
        Checks.names(Capability.LICENSE_STATE, () -> assertNotNull(guest.license()));
      }
      if (!capabilities.contains(Capability.GUEST_EVENTS)) {
        Checks.names(Capability.GUEST_EVENTS, () -> guest.events().close());
      }
      if (!capabilities.contains(Capability.WATCH)) {
        Checks.names(
            Capability.WATCH,
            () -> guest.pools().watch(KvpPool.EXTERNAL, (pool, changes) -> {}).close());
      }
    }
  }
}
