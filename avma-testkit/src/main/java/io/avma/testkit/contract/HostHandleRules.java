package io.avma.testkit.contract;

import static io.avma.testkit.contract.Checks.item;
import static io.avma.testkit.contract.Checks.items;
import static io.avma.testkit.contract.HostChecks.NOBODY;
import static io.avma.testkit.contract.HostChecks.host;
import static io.avma.testkit.contract.HostChecks.read;
import static io.avma.testkit.contract.HostChecks.refusal;
import static io.avma.testkit.contract.HostChecks.writing;
import static io.avma.testkit.contract.HostChecks.written;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmReading;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.function.Executable;

/** ERR-1, CLOSE-1 and CONC-1: what a host says when it refuses, closing it, and many threads. */
final class HostHandleRules {
  private static final Set<Reason> ANY_REASON = ImmutableSet.copyOf(EnumSet.allOf(Reason.class));
  private static final Set<Reason> AWAY = ImmutableSet.of(Reason.UNREACHABLE, Reason.TIMED_OUT);
  private static final String SECRET = "value-5c1f0e";

  static final ImmutableList<ContractRule<HostFixture>> ALL =
      ImmutableList.of(
          new ContractRule<>(
              "ERR-1.1",
              "whatever a host refuses, the message names the host",
              host(HostHandleRules::refusalsNameTheHost)),
          new ContractRule<>(
              "ERR-1.2",
              "no message of a refusal holds the value of an item",
              writing(
                  (fixture, host) -> {
                    for (TransportException refusal : refusals(fixture, host)) {
                      String message = String.valueOf(refusal.getMessage());
                      assertFalse(message.contains(SECRET), message);
                    }
                  })),
          new ContractRule<>(
              "ERR-1.3",
              "a host that does not answer is unreachable or timed out, at every call",
              host(HostHandleRules::away)),
          new ContractRule<>(
              "CLOSE-1.1",
              "after closing a handle every call that asks the host fails and names it",
              HostHandleRules::closed),
          new ContractRule<>(
              "CLOSE-1.2",
              "closing a handle twice is closing it once, and closes no other",
              HostHandleRules::closedTwice),
          new ContractRule<>(
              "CLOSE-1.3",
              "an event log closes with the handle that it was opened from",
              HostHandleRules::logCloses),
          new ContractRule<>(
              "CLOSE-1.4",
              "what was written stays when the handle is closed",
              HostHandleRules::writtenStays),
          new ContractRule<>(
              "CONC-1.1",
              "with concurrent-calls many threads see what one sees, without it a second thread is"
                  + " turned away",
              HostHandleRules::threads),
          new ContractRule<>(
              "CONC-1.2",
              "with concurrent-calls what many threads write at once is all there",
              HostHandleRules::threadsWrite));

  private HostHandleRules() {}

  private static void refusalsNameTheHost(HostFixture fixture, HyperVHost host) throws Exception {
    List<String> messages = new ArrayList<>();
    for (VmReading reading : host.sweep(SweepScope.of(NOBODY))) {
      messages.add(reading instanceof VmReading.Unreadable unreadable ? unreadable.message() : "");
    }
    if (host.capabilities().contains(Capability.WRITE_HOST_ITEMS)) {
      for (TransportException refusal : refusals(fixture, host)) {
        messages.add(String.valueOf(refusal.getMessage()));
      }
    }
    for (String message : messages) {
      assertTrue(message.contains(fixture.name()), message);
    }
  }

  private static List<TransportException> refusals(HostFixture fixture, HyperVHost host)
      throws Exception {
    VmId vm = fixture.vms().get(0);
    host.add(vm, items("a", "1"));
    KvpItem large = item("b", SECRET.repeat(200));
    return List.of(
        refusal(ANY_REASON, () -> host.add(vm, items("a", SECRET))),
        refusal(ANY_REASON, () -> host.add(vm, List.of(large))),
        refusal(ANY_REASON, () -> host.add(vm, items("b", SECRET + "\0"))),
        refusal(ANY_REASON, () -> host.add(NOBODY, items("a", SECRET))),
        refusal(ANY_REASON, () -> host.modify(vm, items("missing", SECRET))),
        refusal(ANY_REASON, () -> host.remove(NOBODY, List.of("a"))));
  }

  private static void away(HostFixture fixture, HyperVHost host) throws Exception {
    boolean writes = host.capabilities().contains(Capability.WRITE_HOST_ITEMS);
    VmId vm = fixture.vms().get(0);
    if (!fixture.goAway()) {
      return;
    }
    List<TransportException> refusals = new ArrayList<>();
    refusals.add(refusal(AWAY, () -> assertNotNull(host.profile())));
    refusals.add(refusal(AWAY, () -> assertNotNull(host.sweep(SweepScope.everything()))));
    refusals.add(
        refusal(
            AWAY,
            () -> {
              try (EventSource events = host.events()) {
                assertNotNull(events.read(EventBookmark.start(), EventFilter.all(), 1));
              }
            }));
    if (writes) {
      refusals.add(refusal(AWAY, () -> host.add(vm, items("a", "1"))));
      refusals.add(refusal(AWAY, () -> host.remove(vm, List.of("a"))));
    }
    for (TransportException refusal : refusals) {
      assertTrue(refusal.retryMayHelp(), refusal.getMessage());
    }
  }

  private static void closed(HostFixture fixture) throws Exception {
    HyperVHost host = fixture.open();
    VmId vm = fixture.vms().get(0);
    boolean writes = host.capabilities().contains(Capability.WRITE_HOST_ITEMS);
    host.close();
    isClosed(fixture, () -> assertNotNull(host.profile()));
    isClosed(fixture, () -> assertNotNull(host.sweep(SweepScope.everything())));
    isClosed(fixture, () -> assertNotNull(host.events()));
    if (writes) {
      isClosed(fixture, () -> host.add(vm, items("a", "1")));
      isClosed(fixture, () -> host.modify(vm, items("a", "1")));
      isClosed(fixture, () -> host.remove(vm, List.of("a")));
    }
  }

  private static void isClosed(HostFixture fixture, Executable call) {
    String message = String.valueOf(assertThrows(IllegalStateException.class, call).getMessage());
    assertTrue(message.contains(fixture.name()), message);
  }

  private static void closedTwice(HostFixture fixture) throws Exception {
    try (HyperVHost other = fixture.open()) {
      HyperVHost host = fixture.open();
      host.close();
      host.close();
      try {
        assertNotNull(other.profile());
      } catch (IllegalStateException e) {
        throw new AssertionError("another handle was closed", e);
      }
    }
  }

  private static void logCloses(HostFixture fixture) throws Exception {
    HyperVHost host = fixture.open();
    EventSource events = host.events();
    host.close();
    assertThrows(
        IllegalStateException.class,
        () -> assertNotNull(events.read(EventBookmark.start(), EventFilter.all(), 1)));
  }

  private static void writtenStays(HostFixture fixture) throws Exception {
    VmId vm = fixture.vms().get(0);
    try (HyperVHost host = fixture.open()) {
      if (!host.capabilities().contains(Capability.WRITE_HOST_ITEMS)) {
        return;
      }
      host.add(vm, items("a", "1"));
    }
    try (HyperVHost host = fixture.open()) {
      assertEquals(items("a", "1"), written(host, vm));
      assertEquals(items("a", "1"), fixture.guestReads(vm));
    }
  }

  private static void threads(HostFixture fixture) throws Exception {
    VmId vm = fixture.vms().get(0);
    fixture.guestPuts(vm, items("a", "1"));
    try (HyperVHost host = fixture.open()) {
      VmReading.Read alone = read(host, vm, KvpSource.GUEST_WRITTEN);
      if (host.capabilities().contains(Capability.CONCURRENT_CALLS)) {
        for (VmReading.Read read : Threads.all(20, i -> read(host, vm, KvpSource.GUEST_WRITTEN))) {
          assertEquals(alone.snapshot(), read.snapshot());
          assertEquals(alone.facts(), read.facts());
        }
      } else {
        Threads.turnsAway(() -> assertNotNull(host.sweep(SweepScope.everything())));
        Threads.turnsAway(() -> assertNotNull(host.profile()));
      }
    }
  }

  private static void threadsWrite(HostFixture fixture) throws Exception {
    VmId vm = fixture.vms().get(0);
    try (HyperVHost host = fixture.open()) {
      if (!host.capabilities().contains(Capability.CONCURRENT_CALLS)
          || !host.capabilities().contains(Capability.WRITE_HOST_ITEMS)) {
        return;
      }
      List<Integer> added =
          Threads.all(
              20,
              i -> {
                host.add(vm, items("key-" + i, "value-" + i));
                return i;
              });
      ImmutableList<KvpItem> found = written(host, vm);
      assertEquals(20, found.size(), found.toString());
      for (int i : added) {
        assertTrue(found.contains(item("key-" + i, "value-" + i)), "key-" + i + " is lost");
      }
    }
  }
}
