package io.avma.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import io.avma.platform.VmId;
import io.avma.transport.Capability;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmReading;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What many rules for hosts say. */
final class HostChecks {
  /** No host has this VM. */
  static final VmId NOBODY = new VmId(UUID.fromString("00000000-0000-8000-8000-00000000dead"));

  private HostChecks() {}

  /** What a rule does with one open host. */
  @Immutable
  interface OnHost {
    void with(HostFixture fixture, HyperVHost host) throws Exception;
  }

  /** A call that may be refused. */
  interface Call {
    void run() throws TransportException;
  }

  /** Returns a check that opens a host, uses it and closes it. */
  static ContractRule.Check<HostFixture> host(OnHost check) {
    return fixture -> {
      try (HyperVHost host = fixture.open()) {
        check.with(fixture, host);
      }
    };
  }

  /** The same for a host that can be written to; others have a rule of their own. */
  static ContractRule.Check<HostFixture> writing(OnHost check) {
    return host(
        (fixture, host) -> {
          if (host.capabilities().contains(Capability.WRITE_HOST_ITEMS)) {
            check.with(fixture, host);
          }
        });
  }

  static VmReading.Read read(HyperVHost host, VmId vm, KvpSource... sources)
      throws TransportException {
    List<VmReading> readings = host.sweep(SweepScope.of(vm).only(sources));
    if (readings.size() == 1 && readings.get(0) instanceof VmReading.Read read) {
      return read;
    }
    throw new AssertionError(vm + " is not read: " + readings);
  }

  static ImmutableList<KvpItem> written(HyperVHost host, VmId vm) throws TransportException {
    return read(host, vm, KvpSource.HOST_WRITTEN).snapshot().items(KvpSource.HOST_WRITTEN);
  }

  static ImmutableList<KvpItem> published(HyperVHost host, VmId vm) throws TransportException {
    return read(host, vm, KvpSource.GUEST_WRITTEN).snapshot().items(KvpSource.GUEST_WRITTEN);
  }

  static List<VmId> vms(List<VmReading> readings) {
    return readings.stream().map(VmReading::vm).toList();
  }

  static List<VmId> ascending(List<VmId> vms) {
    return vms.stream().sorted().toList();
  }

  /** Returns the refusal with which {@code call} ends, for one of {@code expected}. */
  static TransportException refusal(Set<Reason> expected, Call call) {
    try {
      call.run();
    } catch (TransportException e) {
      if (!expected.contains(e.reason())) {
        throw new AssertionError("refused as " + e.reason() + " (expected: " + expected + ")", e);
      }
      return e;
    }
    throw new AssertionError("not refused (expected: " + expected + ")");
  }

  /** Asserts that {@code call} is refused and leaves what the host has written as it was. */
  static void refusedWhole(HyperVHost host, VmId vm, Set<Reason> expected, Call call)
      throws TransportException {
    ImmutableList<KvpItem> before = written(host, vm);
    TransportException refusal = refusal(expected, call);
    assertEquals(before, written(host, vm), "after: " + refusal.getMessage());
  }
}
