package io.avma.testkit.contract;

import static io.avma.testkit.contract.Checks.items;
import static io.avma.testkit.contract.HostChecks.NOBODY;
import static io.avma.testkit.contract.HostChecks.ascending;
import static io.avma.testkit.contract.HostChecks.host;
import static io.avma.testkit.contract.HostChecks.published;
import static io.avma.testkit.contract.HostChecks.read;
import static io.avma.testkit.contract.HostChecks.vms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.EventBatch;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** HOST-1: who a host is, and what it tells about its VMs. */
final class SweepRules {
  static final ImmutableList<ContractRule<HostFixture>> ALL =
      ImmutableList.of(
          new ContractRule<>(
              "HOST-1.1",
              "every handle has the same identifier and the same capabilities at every call",
              SweepRules::sameIdentity),
          new ContractRule<>(
              "HOST-1.2",
              "the profile says what the host is, or that it does not know",
              host(SweepRules::trueProfile)),
          new ContractRule<>(
              "HOST-1.3",
              "a sweep of everything finds every VM exactly once, in ascending order",
              host(
                  (fixture, host) ->
                      assertEquals(
                          ascending(fixture.vms()), vms(host.sweep(SweepScope.everything()))))),
          new ContractRule<>(
              "HOST-1.4",
              "a sweep of some VMs finds each of them once, in ascending order, and no other",
              host(
                  (fixture, host) -> {
                    VmId first = fixture.vms().get(0);
                    VmId third = fixture.vms().get(2);
                    assertEquals(
                        ascending(List.of(first, third)),
                        vms(host.sweep(SweepScope.of(third, first))));
                  })),
          new ContractRule<>(
              "HOST-1.5",
              "a VM that the host does not have is unreadable as not found and hides no other",
              host(SweepRules::unknownVm)),
          new ContractRule<>(
              "HOST-1.6",
              "a VM that cannot be read is unreadable, says why and hides no other",
              host(SweepRules::spoiltVm)),
          new ContractRule<>(
              "HOST-1.7",
              "what a guest has written for its host is read character by character, in its order",
              host(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    List<KvpItem> odd = items("b", "\u2603", "a", fixture.oddText(), "c", "");
                    fixture.guestPuts(vm, odd);
                    assertEquals(odd, published(host, vm));
                  })),
          new ContractRule<>(
              "HOST-1.8",
              "what a guest has written is read of that VM and of no other",
              host(
                  (fixture, host) -> {
                    fixture.guestPuts(fixture.vms().get(1), items("whose", "of the second"));
                    assertEquals(items(), published(host, fixture.vms().get(0)));
                    assertEquals(
                        items("whose", "of the second"), published(host, fixture.vms().get(1)));
                  })),
          new ContractRule<>(
              "HOST-1.9",
              "a sweep returns items from the sources that it was asked for, and from no other",
              host(SweepRules::onlyWhatWasAsked)),
          new ContractRule<>(
              "HOST-1.10",
              "a VM that is switched off is read as such, without what its guest has said",
              host(SweepRules::switchedOff)),
          new ContractRule<>(
              "HOST-1.11",
              "a VM without Data Exchange is read, and nothing new of its guest with it",
              host(SweepRules::withoutExchange)),
          new ContractRule<>(
              "HOST-1.12",
              "every reading has the time at which the host was asked",
              host(SweepRules::timed)),
          new ContractRule<>(
              "HOST-1.13",
              "sweeping changes nothing",
              host(
                  (fixture, host) -> {
                    fixture.guestPuts(fixture.vms().get(0), items("a", "1", "b", "2"));
                    String first = untimed(host.sweep(SweepScope.everything()));
                    assertEquals(first, untimed(host.sweep(SweepScope.everything())));
                  })),
          new ContractRule<>(
              "HOST-1.14",
              "a host's event log can be opened and read to its end",
              host(SweepRules::logIsThere)));

  private SweepRules() {}

  private static void sameIdentity(HostFixture fixture) throws Exception {
    try (HyperVHost one = fixture.open();
        HyperVHost other = fixture.open()) {
      assertEquals(one.id(), other.id());
      assertEquals(one.id(), one.id());
      assertEquals(one.capabilities(), other.capabilities());
      assertEquals(one.capabilities(), one.capabilities());
    }
  }

  private static void trueProfile(HostFixture fixture, HyperVHost host) throws Exception {
    HostProfile is = fixture.profile();
    HostProfile said = host.profile();
    trueOrUnknown("release", is.release(), said.release());
    trueOrUnknown("edition", is.edition(), said.edition());
    trueOrUnknown("activated", known(is.activated()), known(said.activated()));
    trueOrUnknown("evaluation", known(is.evaluation()), known(said.evaluation()));
  }

  private static Optional<Ternary> known(Ternary answer) {
    return answer == Ternary.UNKNOWN ? Optional.empty() : Optional.of(answer);
  }

  private static <T> void trueOrUnknown(String what, Optional<T> is, Optional<T> said) {
    if (said.isPresent()) {
      assertEquals(is, said, what);
    }
  }

  private static void unknownVm(HostFixture fixture, HyperVHost host) throws Exception {
    VmId there = fixture.vms().get(0);
    ImmutableList<VmReading> readings = host.sweep(SweepScope.of(NOBODY, there));
    assertEquals(ascending(List.of(NOBODY, there)), vms(readings));
    for (VmReading reading : readings) {
      if (reading.vm().equals(NOBODY)) {
        assertEquals(Reason.NOT_FOUND, unreadable(reading).reason());
      } else {
        assertTrue(reading instanceof VmReading.Read, reading.toString());
      }
    }
  }

  private static VmReading.Unreadable unreadable(VmReading reading) {
    if (reading instanceof VmReading.Unreadable unreadable) {
      return unreadable;
    }
    throw new AssertionError("read: " + reading);
  }

  private static void spoiltVm(HostFixture fixture, HyperVHost host) throws Exception {
    VmId spoilt = fixture.vms().get(1);
    if (!fixture.spoil(spoilt)) {
      return;
    }
    ImmutableList<VmReading> readings = host.sweep(SweepScope.everything());
    assertTrue(vms(readings).containsAll(fixture.vms()), "hidden: " + readings);
    for (VmReading reading : readings) {
      if (reading.vm().equals(spoilt)) {
        assertNotEquals("", unreadable(reading).message());
      } else {
        assertTrue(reading instanceof VmReading.Read, reading.toString());
      }
    }
  }

  private static void onlyWhatWasAsked(HostFixture fixture, HyperVHost host) throws Exception {
    VmId vm = fixture.vms().get(0);
    fixture.guestPuts(vm, items("a", "1"));
    VmReading.Read all =
        read(
            host,
            vm,
            KvpSource.INTRINSIC,
            KvpSource.GUEST_WRITTEN,
            KvpSource.HOST_WRITTEN,
            KvpSource.HOST_ONLY);
    assertTrue(read(host, vm).snapshot().isEmpty(), "items without a source");
    for (KvpSource asked : KvpSource.values()) {
      VmReading.Read some = read(host, vm, asked);
      for (KvpSource source : KvpSource.values()) {
        assertEquals(
            asked == source ? all.snapshot().items(source) : ImmutableList.of(),
            some.snapshot().items(source),
            source + " (asked for: " + asked + ")");
      }
    }
  }

  private static void switchedOff(HostFixture fixture, HyperVHost host) throws Exception {
    VmId vm = fixture.vms().get(0);
    fixture.guestPuts(vm, items("a", "1"));
    fixture.run(vm, false);
    VmReading.Read reading = read(host, vm, KvpSource.INTRINSIC, KvpSource.GUEST_WRITTEN);
    assertEquals(VmState.OFF, reading.facts().state());
    assertEquals(ImmutableList.of(), reading.snapshot().items(KvpSource.GUEST_WRITTEN));
    assertEquals(ImmutableList.of(), reading.snapshot().items(KvpSource.INTRINSIC));
    assertEquals(VmState.RUNNING, read(host, fixture.vms().get(1)).facts().state());
  }

  private static void withoutExchange(HostFixture fixture, HyperVHost host) throws Exception {
    VmId vm = fixture.vms().get(0);
    fixture.exchange(vm, false);
    fixture.guestPuts(vm, items("since", "1"));
    VmReading.Read reading = read(host, vm, KvpSource.GUEST_WRITTEN);
    assertNotEquals(Ternary.YES, reading.facts().dataExchange());
    assertFalse(reading.snapshot().first(KvpSource.GUEST_WRITTEN, "since").isPresent());
    assertEquals(VmState.RUNNING, reading.facts().state());
  }

  private static void timed(HostFixture fixture, HyperVHost host) throws Exception {
    Instant before = fixture.now();
    ImmutableList<VmReading> readings =
        host.sweep(SweepScope.of(NOBODY, fixture.vms().get(0), fixture.vms().get(1)));
    Instant after = fixture.now();
    for (VmReading reading : readings) {
      assertFalse(
          reading.readAt().isBefore(before) || reading.readAt().isAfter(after),
          () -> reading.readAt() + " (asked from " + before + " to " + after + ")");
    }
  }

  private static String untimed(List<VmReading> readings) {
    StringBuilder text = new StringBuilder();
    for (VmReading reading : readings) {
      if (reading instanceof VmReading.Read read) {
        text.append(read.facts()).append(' ');
        for (KvpSource source : KvpSource.values()) {
          text.append(read.snapshot().items(source));
        }
      } else {
        text.append(reading);
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static void logIsThere(HostFixture fixture, HyperVHost host) throws Exception {
    try (EventSource events = host.events()) {
      EventBatch first = events.read(EventBookmark.start(), EventFilter.all(), 100);
      EventReads.Read rest = EventReads.toTheEnd(events, first.next(), EventFilter.all(), 100);
      assertFalse(rest.events().stream().anyMatch(first.events()::contains), "events come twice");
    }
  }
}
