package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.kvp.KvpViolation;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.transport.Capability;
import io.avma.transport.EventSource;
import io.avma.transport.HyperVHost;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A handle on the host of {@link MemoryHosts}. */
final class MemoryHost implements HyperVHost {
  private final MemoryHosts hosts;
  private final int number;
  private final Thread owner = Thread.currentThread();
  private boolean closed;

  MemoryHost(MemoryHosts hosts, int number) {
    this.hosts = hosts;
    this.number = number;
  }

  private boolean has(HostFault fault) {
    return hosts.fault == fault;
  }

  private void check() throws TransportException {
    boolean served =
        capabilities().contains(Capability.CONCURRENT_CALLS)
            || has(HostFault.UNDECLARED_THREADS_ARE_SERVED);
    if (Thread.currentThread() != owner && !served) {
      throw new IllegalStateException(MemoryHosts.NAME + " belongs to " + owner.getName());
    }
    if (closed || hosts.allClosed) {
      throw new IllegalStateException(MemoryHosts.NAME + " is closed");
    }
    if (hosts.away) {
      throw refusal(Reason.UNREACHABLE, "does not answer");
    }
  }

  private TransportException refusal(Reason reason, String message) {
    String name = has(HostFault.REFUSALS_DO_NOT_NAME_THE_HOST) ? "the host" : MemoryHosts.NAME;
    return new TransportException(reason, name + ": " + message);
  }

  @Override
  public HostId id() {
    return new HostId(
        has(HostFault.A_SECOND_HANDLE_HAS_ANOTHER_NAME) && number > 0
            ? "host-2.invalid"
            : MemoryHosts.NAME);
  }

  @Override
  public ImmutableSet<Capability> capabilities() {
    return has(HostFault.A_SECOND_HANDLE_CAN_DO_LESS) && number > 0
        ? ImmutableSet.of(Capability.WRITE_HOST_ITEMS)
        : hosts.fault.declared.capabilities;
  }

  @Override
  public HostProfile profile() throws TransportException {
    check();
    return has(HostFault.THE_PROFILE_IS_ANOTHERS)
        ? HostProfile.datacenter(WindowsRelease.WS_2019)
        : hosts.profile();
  }

  @Override
  public synchronized ImmutableList<VmReading> sweep(SweepScope scope) throws TransportException {
    if (hosts.away && has(HostFault.A_HOST_THAT_IS_AWAY_HAS_NO_VMS)) {
      return ImmutableList.of();
    }
    if (!closed || !has(HostFault.A_CLOSED_HANDLE_STILL_SWEEPS)) {
      check();
    }
    Instant now = has(HostFault.READINGS_HAVE_NO_TIME) ? Instant.EPOCH : hosts.now();
    Set<VmId> wanted =
        new TreeSet<>(scope.vms().<Set<VmId>>map(vms -> vms).orElse(hosts.machines.keySet()));
    if (has(HostFault.ASKED_FOR_TWO_ALL_COME)
        && wanted.size() == 2
        && hosts.machines.keySet().containsAll(wanted)) {
      wanted.addAll(hosts.machines.keySet());
    }
    List<VmReading> readings = new ArrayList<>();
    for (VmId vm : wanted) {
      MemoryHosts.Machine machine = hosts.machines.get(vm);
      if (machine != null && !machine.spoilt) {
        readings.add(new VmReading.Read(facts(vm, machine), snapshot(vm, machine, scope), now));
      } else if (machine != null && has(HostFault.A_SPOILT_VM_FAILS_THE_SWEEP)) {
        throw refusal(Reason.FAILED, vm + " cannot be read");
      } else if (machine != null) {
        readings.add(VmReading.Unreadable.of(vm, refusal(Reason.FAILED, "cannot be read"), now));
      } else if (!has(HostFault.AN_UNKNOWN_VM_IS_LEFT_OUT)) {
        Reason reason =
            has(HostFault.AN_UNKNOWN_VM_HAS_JUST_FAILED) ? Reason.FAILED : Reason.NOT_FOUND;
        readings.add(VmReading.Unreadable.of(vm, refusal(reason, "no VM " + vm), now));
      }
    }
    if (scope.vms().isEmpty()) {
      if (has(HostFault.ALL_READINGS_DESCEND)) {
        readings.sort((one, other) -> other.vm().compareTo(one.vm()));
      }
      if (has(HostFault.A_VM_COMES_TWICE)) {
        readings.add(0, readings.get(0));
      }
      if (has(HostFault.A_SWEEP_TAKES_THE_ITEMS_AWAY)) {
        hosts.machines.values().forEach(machine -> machine.said.clear());
      }
    }
    return ImmutableList.copyOf(readings);
  }

  private VmFacts facts(VmId vm, MemoryHosts.Machine machine) {
    boolean running = machine.running || has(HostFault.A_VM_THAT_IS_OFF_RUNS);
    return VmFacts.running(vm, "vm")
        .withState(running ? VmState.RUNNING : VmState.OFF)
        .withDataExchange(Ternary.of(machine.exchange));
  }

  private KvpSnapshot snapshot(VmId vm, MemoryHosts.Machine machine, SweepScope scope) {
    KvpSnapshot.Builder snapshot = KvpSnapshot.builder();
    if (has(HostFault.OTHER_THREADS_SEE_LESS) && Thread.currentThread() != owner) {
      return snapshot.build();
    }
    boolean talks =
        (machine.running || has(HostFault.A_VM_THAT_IS_OFF_STILL_TALKS))
            && (machine.exchange || has(HostFault.WITHOUT_EXCHANGE_GUESTS_ARE_HEARD));
    boolean asked =
        scope.sources().contains(KvpSource.GUEST_WRITTEN)
            || (has(HostFault.ITEMS_OF_GUESTS_COME_UNASKED) && !scope.sources().isEmpty());
    if (talks && asked) {
      for (KvpItem item : said(machine)) {
        snapshot.item(
            KvpSource.GUEST_WRITTEN,
            item.key(),
            has(HostFault.CONTROLS_OF_GUESTS_ARE_LOST)
                ? item.value().replace("\u0001", "")
                : item.value());
      }
    }
    if (scope.sources().contains(KvpSource.HOST_WRITTEN)) {
      snapshot.items(KvpSource.HOST_WRITTEN, machine.written);
    }
    boolean hostOnly =
        hosts.fault.declared == HostFault.Set.FULL
            ? !has(HostFault.DECLARED_HOST_ONLY_ITEMS_ARE_MISSING)
            : has(HostFault.UNDECLARED_HOST_ONLY_ITEMS_COME);
    if (hostOnly && scope.sources().contains(KvpSource.HOST_ONLY)) {
      snapshot.items(KvpSource.HOST_ONLY, hosts.hostOnly(vm));
    }
    return snapshot.build();
  }

  private List<KvpItem> said(MemoryHosts.Machine machine) {
    if (has(HostFault.SILENT_GUESTS_SAY_WHAT_OTHERS_SAY) && machine.said.isEmpty()) {
      return hosts.machines.values().stream().flatMap(other -> other.said.stream()).toList();
    }
    return machine.said;
  }

  private Optional<MemoryHosts.Machine> writable(VmId vm) throws TransportException {
    check();
    if (!capabilities().contains(Capability.WRITE_HOST_ITEMS)) {
      if (has(HostFault.UNDECLARED_WRITING_DOES_NOTHING)) {
        return Optional.empty();
      }
      throw new UnsupportedOperationException(
          has(HostFault.UNDECLARED_WRITING_IS_NOT_NAMED)
              ? "no"
              : "lacks " + Capability.WRITE_HOST_ITEMS.label());
    }
    if (has(HostFault.OTHER_THREADS_WRITE_IN_VAIN) && Thread.currentThread() != owner) {
      return Optional.empty();
    }
    MemoryHosts.Machine machine = hosts.machines.get(vm);
    if (machine == null) {
      throw refusal(Reason.NOT_FOUND, "no VM " + vm);
    }
    return Optional.of(machine);
  }

  private void check(KvpItem item) throws TransportException {
    boolean long1022 = item.value().length() == 1022;
    if (long1022 && has(HostFault.THE_LARGEST_VALUE_IS_REFUSED)) {
      throw refusal(Reason.TOO_LARGE, "1022 is too large");
    }
    for (KvpViolation violation : KvpLimits.HOST_WRITTEN.violations(item)) {
      boolean tooLong = violation instanceof KvpViolation.TooLong;
      boolean half = violation instanceof KvpViolation.HoldsLoneSurrogate;
      boolean taken = has(HostFault.LONG_VALUES_ARE_TAKEN) && item.value().length() <= 1100;
      if ((tooLong && taken) || (half && has(HostFault.HALF_A_PAIR_IS_TAKEN))) {
        continue;
      }
      throw refusal(tooLong ? Reason.TOO_LARGE : Reason.INVALID, violation.message());
    }
  }

  private String quoted(KvpItem item) {
    return has(HostFault.REFUSALS_QUOTE_THE_VALUE) ? item.toString() : item.key();
  }

  @Override
  public synchronized void add(VmId vm, List<KvpItem> items) throws TransportException {
    Optional<MemoryHosts.Machine> machine = writable(vm);
    if (machine.isEmpty()) {
      return;
    }
    List<KvpItem> written = new ArrayList<>(machine.get().written);
    for (KvpItem item : items) {
      check(item);
      int place = MemoryStore.indexOf(written, item.key());
      boolean here = MemoryStore.indexOf(machine.get().written, item.key()) < 0;
      if (place >= 0 && here && has(HostFault.A_KEY_TWICE_IN_ONE_CALL_IS_TAKEN)) {
        written.set(place, item);
        continue;
      }
      if (place >= 0) {
        throw refusal(Reason.ALREADY_EXISTS, quoted(item) + " is there");
      }
      written.add(
          has(HostFault.WRITTEN_VALUES_ARE_STRIPPED)
              ? new KvpItem(item.key(), item.value().strip())
              : item);
    }
    write(machine.get(), written);
  }

  @Override
  public synchronized void modify(VmId vm, List<KvpItem> items) throws TransportException {
    Optional<MemoryHosts.Machine> machine = writable(vm);
    if (machine.isEmpty()) {
      return;
    }
    List<KvpItem> written = new ArrayList<>(machine.get().written);
    for (KvpItem item : items) {
      check(item);
      int place = place(written, item.key());
      if (place < 0) {
        throw refusal(Reason.NOT_FOUND, quoted(item) + " is not there");
      }
      if (has(HostFault.A_MODIFIED_ITEM_MOVES_TO_THE_END)) {
        written.remove(place);
        written.add(item);
      } else {
        written.set(place, item);
      }
      if (has(HostFault.MODIFY_WRITES_BEFORE_IT_REFUSES)) {
        write(machine.get(), written);
      }
    }
    write(machine.get(), written);
  }

  private int place(List<KvpItem> written, String key) {
    for (int i = 0; i < written.size(); i++) {
      if (has(HostFault.MODIFY_IGNORES_CASE)
          ? written.get(i).key().equalsIgnoreCase(key)
          : written.get(i).key().equals(key)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public synchronized void remove(VmId vm, List<String> keys) throws TransportException {
    if (has(HostFault.REMOVING_FROM_NOBODY_JUST_FAILS) && !hosts.machines.containsKey(vm)) {
      throw refusal(Reason.FAILED, "no VM " + vm);
    }
    Optional<MemoryHosts.Machine> machine = writable(vm);
    if (machine.isEmpty()) {
      return;
    }
    if (has(HostFault.REMOVING_NOTHING_IS_NOT_FOUND)
        && MemoryStore.indexOf(machine.get().written, keys.get(0)) < 0) {
      throw refusal(Reason.NOT_FOUND, keys.get(0) + " is not there");
    }
    List<String> removed = has(HostFault.ONE_KEY_A_CALL_IS_REMOVED) ? keys.subList(0, 1) : keys;
    for (MemoryHosts.Machine each : hosts.machines.values()) {
      if (each == machine.get() || has(HostFault.REMOVING_REMOVES_EVERYWHERE)) {
        write(each, each.written.stream().filter(item -> !removed.contains(item.key())).toList());
      }
    }
  }

  private void write(MemoryHosts.Machine machine, List<KvpItem> items) {
    machine.written = List.copyOf(items);
    machine.tell();
  }

  @Override
  public EventSource events() throws TransportException {
    check();
    return new MemoryEvents(
        hosts.log,
        () -> {
          if (!closed || !has(HostFault.A_LOG_OUTLIVES_ITS_HANDLE)) {
            check();
          }
        },
        has(HostFault.THE_LOG_NEVER_ENDS));
  }

  @Override
  public void close() {
    hosts.allClosed |= closed && has(HostFault.CLOSING_TWICE_CLOSES_ALL);
    if (has(HostFault.CLOSING_TAKES_BACK_WHAT_WAS_WRITTEN)) {
      hosts.machines.values().forEach(machine -> write(machine, List.of()));
    }
    closed = true;
  }
}
