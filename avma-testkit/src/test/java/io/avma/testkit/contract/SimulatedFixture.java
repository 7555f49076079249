package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpSource;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedHost;
import io.avma.transport.HyperVGuest;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import java.util.List;
import java.util.Optional;

/** A guest of the simulation, without a key, so that its pool is empty. */
final class SimulatedFixture implements TransportFixture {
  private final SimulatedDatacenter datacenter =
      SimulatedDatacenter.builder()
          .seed(4)
          .host("hv-7q3", HostProfile.datacenter(WindowsRelease.WS_2022))
          .guest("vm-9k2", "hv-7q3", GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD))
          .build();
  private final SimulatedHost host = datacenter.host("hv-7q3");
  private final VmId vm = datacenter.guest("vm-9k2").vm();

  SimulatedFixture() {
    var unused = datacenter.guest("vm-9k2").start();
  }

  @Override
  public HyperVGuest open() {
    return datacenter.guest("vm-9k2");
  }

  @Override
  public void hostSets(List<KvpItem> items) throws Exception {
    for (KvpItem item : items) {
      boolean there =
          items(KvpSource.HOST_WRITTEN).stream().anyMatch(other -> other.key().equals(item.key()));
      if (there) {
        host.modify(vm, List.of(item));
      } else {
        host.add(vm, List.of(item));
      }
    }
  }

  @Override
  public void hostDeletes(List<String> keys) throws Exception {
    host.remove(vm, keys);
  }

  @Override
  public ImmutableList<KvpItem> hostSees() {
    return items(KvpSource.GUEST_WRITTEN);
  }

  private ImmutableList<KvpItem> items(KvpSource source) {
    try {
      VmReading reading = host.sweep(SweepScope.everything()).get(0);
      if (reading instanceof VmReading.Read read) {
        return read.snapshot().items(source);
      }
      throw new AssertionError("the host cannot read its guest: " + reading);
    } catch (TransportException e) {
      throw new AssertionError("the host cannot be asked", e);
    }
  }

  @Override
  public String name() {
    return "vm-9k2";
  }

  @Override
  public Optional<VmId> vm() {
    return Optional.of(vm);
  }

  @Override
  public boolean goAway() {
    return datacenter.guest("vm-9k2").stop().isEmpty();
  }

  @Override
  public void close() {
    host.close();
  }
}
