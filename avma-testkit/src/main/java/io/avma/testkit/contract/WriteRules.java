package io.avma.testkit.contract;

import static io.avma.testkit.contract.Checks.item;
import static io.avma.testkit.contract.Checks.items;
import static io.avma.testkit.contract.HostChecks.NOBODY;
import static io.avma.testkit.contract.HostChecks.host;
import static io.avma.testkit.contract.HostChecks.refusal;
import static io.avma.testkit.contract.HostChecks.refusedWhole;
import static io.avma.testkit.contract.HostChecks.writing;
import static io.avma.testkit.contract.HostChecks.written;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpPart;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.HyperVHost;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import java.util.List;

/** HOST-2 and CAP-1: what a host writes for its guests, and what it cannot do. */
final class WriteRules {
  /** What builds of Windows say to an item that is there already. */
  static final ImmutableSet<Reason> EXISTS = ImmutableSet.of(Reason.ALREADY_EXISTS, Reason.INVALID);

  /** What they say to one that is not there. */
  static final ImmutableSet<Reason> MISSING = ImmutableSet.of(Reason.NOT_FOUND, Reason.INVALID);

  static final ImmutableList<ContractRule<HostFixture>> ALL =
      ImmutableList.of(
          new ContractRule<>(
              "HOST-2.1",
              "what was added is read back by host and guest, character by character, in order",
              writing(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    host.add(vm, items("b", "\u2603", "a", fixture.oddText()));
                    host.add(vm, items("c", ""));
                    List<KvpItem> all = items("b", "\u2603", "a", fixture.oddText(), "c", "");
                    assertEquals(all, written(host, vm));
                    assertEquals(all, fixture.guestReads(vm));
                  })),
          new ContractRule<>(
              "HOST-2.2",
              "adding a key that is there is refused, and so is a key twice in one call",
              writing(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    host.add(vm, items("a", "1"));
                    refusedWhole(host, vm, EXISTS, () -> host.add(vm, items("a", "2")));
                    refusedWhole(host, vm, EXISTS, () -> host.add(vm, items("b", "1", "b", "2")));
                  })),
          new ContractRule<>(
              "HOST-2.3",
              "modifying gives an item its new value in its old place, for host and guest",
              writing(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    host.add(vm, items("a", "1", "b", "2", "c", "3"));
                    host.modify(vm, items("b", "4", "a", ""));
                    assertEquals(items("a", "", "b", "4", "c", "3"), written(host, vm));
                    assertEquals(items("a", "", "b", "4", "c", "3"), fixture.guestReads(vm));
                  })),
          new ContractRule<>(
              "HOST-2.4",
              "modifying a key that is not there is refused",
              writing(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    host.add(vm, items("key", "1"));
                    refusedWhole(host, vm, MISSING, () -> host.modify(vm, items("Key", "2")));
                  })),
          new ContractRule<>(
              "HOST-2.5",
              "removing removes what was named and no other, for host and guest",
              writing(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    host.add(vm, items("a", "1", "ab", "2", "A", "3", "b", "4"));
                    host.remove(vm, List.of("b", "a"));
                    assertEquals(items("ab", "2", "A", "3"), written(host, vm));
                    assertEquals(items("ab", "2", "A", "3"), fixture.guestReads(vm));
                  })),
          new ContractRule<>(
              "HOST-2.6",
              "removing a key that is not there succeeds or is refused as invalid, and leaves the"
                  + " rest",
              writing(WriteRules::removingNothing)),
          new ContractRule<>(
              "HOST-2.7",
              "a call with one item that is refused writes none of its items",
              writing(WriteRules::allOrNothing)),
          new ContractRule<>(
              "HOST-2.8",
              "an item at the safe limits is taken whole",
              writing(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    KvpItem largest = item("k".repeat(254), "v".repeat(1022));
                    host.add(vm, List.of(largest));
                    assertEquals(List.of(largest), written(host, vm));
                    assertEquals(List.of(largest), fixture.guestReads(vm));
                  })),
          new ContractRule<>(
              "HOST-2.9",
              "an item over the limits of host-written items is refused as too large",
              writing(WriteRules::tooLarge)),
          new ContractRule<>(
              "HOST-2.10",
              "an empty key, a NUL and half a surrogate pair are refused as invalid",
              writing(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    ImmutableSet<Reason> invalid = ImmutableSet.of(Reason.INVALID);
                    for (KvpItem bad :
                        List.of(
                            item("", "v"),
                            item("a\0b", "v"),
                            item("a", "\0"),
                            item("a", "\ud83d"))) {
                      refusedWhole(host, vm, invalid, () -> host.add(vm, List.of(bad)));
                    }
                  })),
          new ContractRule<>(
              "HOST-2.11",
              "each verb refuses a VM that the host does not have as not found",
              writing(
                  (fixture, host) -> {
                    ImmutableSet<Reason> notFound = ImmutableSet.of(Reason.NOT_FOUND);
                    var added = refusal(notFound, () -> host.add(NOBODY, items("a", "1")));
                    var modified = refusal(notFound, () -> host.modify(NOBODY, items("a", "1")));
                    var removed = refusal(notFound, () -> host.remove(NOBODY, List.of("a")));
                    assertEquals(added.reason(), modified.reason());
                    assertEquals(added.reason(), removed.reason());
                  })),
          new ContractRule<>(
              "HOST-2.12",
              "what is written for one VM leaves every other alone",
              writing(
                  (fixture, host) -> {
                    VmId one = fixture.vms().get(0);
                    VmId other = fixture.vms().get(1);
                    host.add(one, items("a", "of the first"));
                    host.add(other, items("a", "of the second"));
                    host.remove(one, List.of("a"));
                    assertEquals(items("a", "of the second"), written(host, other));
                    assertEquals(items(), written(host, one));
                  })),
          new ContractRule<>(
              "HOST-2.13",
              "what is written while a VM is off, its guest reads when it runs",
              writing(
                  (fixture, host) -> {
                    VmId vm = fixture.vms().get(0);
                    fixture.run(vm, false);
                    host.add(vm, items("a", "1"));
                    assertEquals(items("a", "1"), written(host, vm));
                    fixture.run(vm, true);
                    assertEquals(items("a", "1"), fixture.guestReads(vm));
                  })),
          new ContractRule<>(
              "CAP-1.1",
              "a host without write-host-items refuses each verb, names the capability and writes"
                  + " nothing",
              host(WriteRules::refusesToWrite)),
          new ContractRule<>(
              "CAP-1.2",
              "host-only items are shown as they are by a host that declares them, and never by"
                  + " another",
              host(WriteRules::hostOnly)));

  private WriteRules() {}

  private static void removingNothing(HostFixture fixture, HyperVHost host) throws Exception {
    VmId vm = fixture.vms().get(0);
    host.add(vm, items("a", "1", "b", "2"));
    try {
      host.remove(vm, List.of("missing"));
    } catch (TransportException e) {
      assertEquals(Reason.INVALID, e.reason());
    }
    assertEquals(items("a", "1", "b", "2"), written(host, vm));
    assertEquals(items("a", "1", "b", "2"), fixture.guestReads(vm));
  }

  private static void allOrNothing(HostFixture fixture, HyperVHost host) throws Exception {
    VmId vm = fixture.vms().get(0);
    host.add(vm, items("a", "1", "b", "2"));
    refusedWhole(host, vm, EXISTS, () -> host.add(vm, items("new", "3", "b", "4")));
    refusedWhole(
        host, vm, ImmutableSet.of(Reason.INVALID), () -> host.add(vm, items("new", "3", "", "4")));
    refusedWhole(host, vm, MISSING, () -> host.modify(vm, items("a", "3", "missing", "4")));
    assertEquals(items("a", "1", "b", "2"), fixture.guestReads(vm));
  }

  private static void tooLarge(HostFixture fixture, HyperVHost host) throws Exception {
    VmId vm = fixture.vms().get(0);
    KvpLimits limits = KvpLimits.HOST_WRITTEN;
    host.add(vm, items("a", "1"));
    ImmutableSet<Reason> tooLarge = ImmutableSet.of(Reason.TOO_LARGE);
    KvpItem longKey = item("k".repeat(limits.units(KvpPart.KEY) + 1), "");
    refusedWhole(host, vm, tooLarge, () -> host.add(vm, List.of(longKey)));
    String value = "v".repeat(limits.units(KvpPart.VALUE) + 1);
    refusedWhole(host, vm, tooLarge, () -> host.add(vm, items("b", value)));
    refusedWhole(host, vm, tooLarge, () -> host.modify(vm, items("a", value)));
  }

  private static void refusesToWrite(HostFixture fixture, HyperVHost host) throws Exception {
    if (host.capabilities().contains(Capability.WRITE_HOST_ITEMS)) {
      return;
    }
    VmId vm = fixture.vms().get(0);
    Checks.names(Capability.WRITE_HOST_ITEMS, () -> host.add(vm, items("a", "1")));
    Checks.names(Capability.WRITE_HOST_ITEMS, () -> host.modify(vm, items("a", "1")));
    Checks.names(Capability.WRITE_HOST_ITEMS, () -> host.remove(vm, List.of("a")));
    assertEquals(items(), fixture.guestReads(vm));
  }

  private static void hostOnly(HostFixture fixture, HyperVHost host) throws Exception {
    boolean declared = host.capabilities().contains(Capability.HOST_ONLY_ITEMS);
    for (VmId vm : fixture.vms()) {
      assertEquals(
          declared ? fixture.hostOnly(vm) : ImmutableList.of(),
          HostChecks.read(host, vm, KvpSource.HOST_ONLY).snapshot().items(KvpSource.HOST_ONLY));
    }
  }
}
