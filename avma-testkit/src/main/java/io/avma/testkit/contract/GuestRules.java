package io.avma.testkit.contract;

import static io.avma.testkit.contract.Checks.item;
import static io.avma.testkit.contract.Checks.items;
import static io.avma.testkit.contract.HostChecks.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.Immutable;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.transport.Capability;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVGuest;
import io.avma.transport.KvpStore;
import io.avma.transport.LicenseReading;
import io.avma.transport.PoolContent;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** GUEST-1, ERR-2, CLOSE-2 and CONC-2: what a guest says of itself, and its handles. */
final class GuestRules {
  private static final Set<Reason> REFUSED = ImmutableSet.of(Reason.TOO_LARGE, Reason.INVALID);
  private static final Set<Reason> AWAY = ImmutableSet.of(Reason.UNREACHABLE, Reason.TIMED_OUT);
  private static final String SECRET = "value-5c1f0e";

  static final ImmutableList<ContractRule<TransportFixture>> ALL =
      ImmutableList.of(
          new ContractRule<>(
              "GUEST-1.1",
              "a guest is the VM that its host has told it, and none before it was told",
              guest(
                  (fixture, guest) -> {
                    assertEquals(fixture.vm(), guest.vmId());
                    assertEquals(guest.vmId(), guest.vmId());
                  })),
          new ContractRule<>(
              "GUEST-1.2",
              "a guest that declares license-state tells the same license to whoever asks",
              GuestRules::license),
          new ContractRule<>(
              "GUEST-1.3",
              "a guest that declares guest-events has a log that can be read to its end",
              guest(
                  (fixture, guest) -> {
                    if (guest.capabilities().contains(Capability.GUEST_EVENTS)) {
                      try (EventSource events = guest.events()) {
                        assertNotNull(
                            EventReads.toTheEnd(
                                events, EventBookmark.start(), EventFilter.all(), 100));
                      }
                    }
                  })),
          new ContractRule<>(
              "ERR-2.1",
              "whatever a guest refuses to write, the message names the guest",
              guest(
                  (fixture, guest) -> {
                    for (TransportException refusal : refusals(guest.pools())) {
                      String message = String.valueOf(refusal.getMessage());
                      assertTrue(message.contains(fixture.name()), message);
                    }
                  })),
          new ContractRule<>(
              "ERR-2.2",
              "no message about an item that is not written holds its value",
              guest(
                  (fixture, guest) -> {
                    for (TransportException refusal : refusals(guest.pools())) {
                      String message = String.valueOf(refusal.getMessage());
                      assertFalse(message.contains(SECRET), message);
                    }
                  })),
          new ContractRule<>(
              "ERR-2.3",
              "a guest that is away is unreachable or timed out, at every call",
              guest(GuestRules::away)),
          new ContractRule<>(
              "CLOSE-2.1",
              "after closing a handle the guest's identity, license and log cannot be asked",
              fixture -> {
                HyperVGuest guest = fixture.open();
                guest.close();
                isClosed(fixture, () -> assertNotNull(guest.vmId()));
                isClosed(fixture, () -> assertNotNull(guest.license()));
                isClosed(fixture, () -> assertNotNull(guest.events()));
              }),
          new ContractRule<>(
              "CLOSE-2.2",
              "a guest's log closes with the handle that it was opened from",
              GuestRules::logCloses),
          new ContractRule<>(
              "CLOSE-2.3",
              "what was put stays when the handle is closed",
              fixture -> {
                try (HyperVGuest guest = fixture.open()) {
                  guest.pools().put(KvpPool.GUEST, item("a", "1"));
                }
                assertEquals(items("a", "1"), fixture.hostSees());
              }),
          new ContractRule<>(
              "CONC-2.1",
              "with concurrent-calls what many threads put is all there, without it a second thread"
                  + " is turned away",
              guest(GuestRules::threads)));

  private GuestRules() {}

  /** What a rule does with one open guest. */
  @Immutable
  interface OnGuest {
    void with(TransportFixture fixture, HyperVGuest guest) throws Exception;
  }

  private static ContractRule.Check<TransportFixture> guest(OnGuest check) {
    return fixture -> {
      try (HyperVGuest guest = fixture.open()) {
        check.with(fixture, guest);
      }
    };
  }

  private static void license(TransportFixture fixture) throws Exception {
    try (HyperVGuest one = fixture.open();
        HyperVGuest other = fixture.open()) {
      if (one.capabilities().contains(Capability.LICENSE_STATE)) {
        LicenseReading first = one.license();
        LicenseReading second = other.license();
        assertEquals(first.licenseStatusNumber(), second.licenseStatusNumber());
        assertEquals(first.channel(), second.channel());
        assertEquals(first.partialProductKey(), second.partialProductKey());
        assertEquals(first.activatedBy(), second.activatedBy());
        assertFalse(first.remaining().orElse(Duration.ZERO).isNegative(), first.toString());
      }
    }
  }

  private static List<TransportException> refusals(KvpStore store) {
    return List.of(
        refusal(REFUSED, () -> store.put(KvpPool.GUEST, item("a", SECRET.repeat(200)))),
        refusal(REFUSED, () -> store.put(KvpPool.GUEST, item("a", SECRET + "\0"))));
  }

  private static void away(TransportFixture fixture, HyperVGuest guest) throws Exception {
    if (!fixture.goAway()) {
      return;
    }
    KvpStore store = guest.pools();
    List<TransportException> refusals =
        List.of(
            refusal(AWAY, () -> assertNotNull(store.read(KvpPool.GUEST))),
            refusal(AWAY, () -> store.put(KvpPool.GUEST, item("a", "1"))),
            refusal(AWAY, () -> assertFalse(store.remove(KvpPool.GUEST, "a"))),
            refusal(AWAY, () -> assertNotNull(guest.vmId())));
    for (TransportException refusal : refusals) {
      assertTrue(refusal.retryMayHelp(), refusal.getMessage());
    }
  }

  private static void isClosed(TransportFixture fixture, Executable call) {
    String message = String.valueOf(assertThrows(IllegalStateException.class, call).getMessage());
    assertTrue(message.contains(fixture.name()), message);
  }

  private static void logCloses(TransportFixture fixture) throws Exception {
    HyperVGuest guest = fixture.open();
    if (!guest.capabilities().contains(Capability.GUEST_EVENTS)) {
      guest.close();
      return;
    }
    EventSource events = guest.events();
    guest.close();
    assertThrows(
        IllegalStateException.class,
        () -> assertNotNull(events.read(EventBookmark.start(), EventFilter.all(), 1)));
  }

  private static void threads(TransportFixture fixture, HyperVGuest guest) throws Exception {
    KvpStore store = guest.pools();
    if (!guest.capabilities().contains(Capability.CONCURRENT_CALLS)) {
      Threads.turnsAway(() -> assertNotNull(store.read(KvpPool.GUEST)));
      Threads.turnsAway(() -> store.put(KvpPool.GUEST, item("a", "1")));
      return;
    }
    List<KvpItem> put =
        Threads.all(
            20,
            i -> {
              store.put(KvpPool.GUEST, item("key-" + i, "value-" + i));
              return item("key-" + i, "value-" + i);
            });
    PoolContent content = store.read(KvpPool.GUEST);
    assertEquals(put.size(), content.items().size(), content.toString());
    for (KvpItem item : put) {
      assertTrue(content.items().contains(item), item.key() + " is lost");
    }
  }
}
