package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.transport.HyperVHost;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The simplest host that keeps every rule, and breaks the one that its fault says. */
final class MemoryHosts implements HostFixture {
  static final String NAME = "host-1.invalid";

  /** A VM and its guest. */
  static final class Machine {
    boolean running = true;
    boolean exchange = true;
    boolean spoilt;
    final List<KvpItem> said = new ArrayList<>();
    List<KvpItem> written = List.of();
    List<KvpItem> told = List.of();

    void tell() {
      if (running && exchange) {
        told = written;
      }
    }
  }

  final HostFault fault;
  final MemoryLog log = new MemoryLog(EventFault.NONE);
  final Map<VmId, Machine> machines = new LinkedHashMap<>();
  boolean allClosed;
  boolean away;
  private int handles;
  private Instant time = Instant.parse("2026-01-01T00:00:00Z");

  MemoryHosts(HostFault fault) {
    this.fault = fault;
    log.append(3);
    for (int i = 4; i > 0; i--) {
      machines.put(new VmId(new UUID(0x8000, 0x8000_0000_0000_0000L + i)), new Machine());
    }
  }

  @Override
  public HyperVHost open() {
    return new MemoryHost(this, handles++);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public HostProfile profile() {
    return HostProfile.datacenter(WindowsRelease.WS_2022);
  }

  @Override
  public ImmutableList<VmId> vms() {
    return ImmutableList.copyOf(machines.keySet());
  }

  @Override
  public void guestPuts(VmId vm, List<KvpItem> items) {
    machines.get(vm).said.addAll(items);
  }

  @Override
  public ImmutableList<KvpItem> guestReads(VmId vm) {
    return ImmutableList.copyOf(machines.get(vm).told);
  }

  @Override
  public void run(VmId vm, boolean running) {
    machines.get(vm).running = running;
    if (fault != HostFault.A_VM_THAT_WAS_OFF_IS_NOT_TOLD) {
      machines.get(vm).tell();
    }
  }

  @Override
  public void exchange(VmId vm, boolean enabled) {
    machines.get(vm).exchange = enabled;
  }

  @Override
  public ImmutableList<KvpItem> hostOnly(VmId vm) {
    return ImmutableList.of(new KvpItem("note", "of " + vm));
  }

  /** A clock that moves whenever somebody looks. */
  @Override
  public synchronized Instant now() {
    time = time.plusSeconds(1);
    return time;
  }

  @Override
  public boolean spoil(VmId vm) {
    machines.get(vm).spoilt = true;
    return true;
  }

  @Override
  public boolean goAway() {
    away = true;
    return true;
  }

  @Override
  public void close() {}
}
