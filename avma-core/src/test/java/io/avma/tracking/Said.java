package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.VmExtractor;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import io.avma.transport.LicenseReading;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Writes down what machines of a small data centre say, through the real log and item types. */
final class Said {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final HostId HOST_1 = new HostId("host-1");
  static final HostId HOST_2 = new HostId("host-2");
  static final HostId HOST_3 = new HostId("host-3");

  /** Terms under which the text of a host's record names the VM. */
  static final LedgerTerms NAMING =
      LedgerTerms.standard().toBuilder().extractor(VmExtractor.firstGuid()).build();

  private final Observer observer;
  private final List<Observation> all = new ArrayList<>();
  private long record;

  Said() {
    this(Observer.real());
  }

  Said(Observer observer) {
    this.observer = observer;
  }

  static VmId vm(int number) {
    return new VmId(new UUID(0x1000, number));
  }

  /** Returns the instant so many days and seconds after the start. */
  static Instant at(int days, int seconds) {
    return START.plus(Duration.ofDays(days)).plusSeconds(seconds);
  }

  Said seen(HostId host, VmId vm, Instant at) {
    return seen(host, vm, VmState.RUNNING, at);
  }

  Said seen(HostId host, VmId vm, VmState state, Instant at) {
    VmFacts facts = VmFacts.running(vm, "vm-" + vm.value().getLeastSignificantBits());
    return swept(host, new VmReading.Read(facts.withState(state), KvpSnapshot.empty(), at));
  }

  Said swept(HostId host, VmReading reading) {
    all.addAll(observer.sweep(host, reading));
    return this;
  }

  /** The host logs 12310 for the VM, and names it. */
  Said hostLogged(HostId host, VmId vm, Hresult result, Instant at) {
    return add(observer.hostEvent(host, hostRecord(host, ++record, result, "vm=" + vm, at)));
  }

  /** The host logs 12310 and nobody can say for whom. */
  Said hostLoggedSomebody(HostId host, Hresult result, Instant at) {
    return add(observer.hostEvent(host, hostRecord(host, ++record, result, "", at)));
  }

  Said guestLogged(VmId vm, Hresult result, Instant at) {
    return add(observer.guestEvent(vm, guestRecord(vm, ++record, result, at)));
  }

  /** Both sides log a success, the guest a second later. */
  Said activated(HostId host, VmId vm, Instant at) {
    return hostLogged(host, vm, Hresult.OK, at).guestLogged(vm, Hresult.OK, at.plusSeconds(1));
  }

  Said license(VmId vm, LicenseReading reading) {
    return add(Optional.of(observer.license(vm, reading)));
  }

  Said inGuest(VmId vm, Instant at, KvpSnapshot pools) {
    return add(observer.guestPools(vm, pools, at));
  }

  Said add(Optional<Observation> observation) {
    all.add(observation.orElseThrow());
    return this;
  }

  ImmutableList<Observation> all() {
    return ImmutableList.copyOf(all);
  }

  LedgerView view() {
    return LicenseLedger.of(all).view(NAMING);
  }

  VmHistory history(VmId vm) {
    return view().history(vm).orElseThrow();
  }

  static WindowsEvent hostRecord(
      HostId host, long record, Hresult result, String detail, Instant at) {
    return ActivationLogEntry.written(
            ActivationLogEntry.Side.HOST, host.value(), record, at, result, detail)
        .event();
  }

  static WindowsEvent guestRecord(VmId vm, long record, Hresult result, Instant at) {
    return ActivationLogEntry.written(
            ActivationLogEntry.Side.GUEST,
            "guest-" + vm.value().getLeastSignificantBits(),
            record,
            at,
            result,
            "")
        .event();
  }

  static LicenseReading avmaLicense(Instant readAt, Duration remaining, HostId by, Instant since) {
    return new LicenseReading(
        1,
        Optional.empty(),
        LicenseChannel.AVMA,
        Optional.of("9PXBR"),
        Optional.of(remaining),
        Optional.of(by.value()),
        Optional.of(since),
        readAt);
  }

  static LicenseReading license(int status, LicenseChannel channel, Instant readAt) {
    return new LicenseReading(
        status,
        Optional.empty(),
        channel,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        readAt);
  }

  static KvpSnapshot items(KvpSource source, String key, String value) {
    return KvpSnapshot.builder().item(source, key, value).build();
  }
}
