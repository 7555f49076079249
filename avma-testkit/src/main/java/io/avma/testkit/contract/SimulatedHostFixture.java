package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.transport.HyperVHost;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A simulated host with four VMs, three of which run, beside another host with a VM of its own. For
 * whoever puts something between a tool and its host: a cache, a guard, a log.
 */
@CheckReturnValue
public final class SimulatedHostFixture implements HostFixture {
  private static final GuestProfile GUEST =
      GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);

  private final SimulatedDatacenter datacenter =
      SimulatedDatacenter.builder()
          .seed(4)
          .host("hv-7q3", HostProfile.datacenter(WindowsRelease.WS_2022))
          .host("other", HostProfile.datacenter(WindowsRelease.WS_2022))
          .guest("one", "hv-7q3", GUEST)
          .guest("two", "hv-7q3", GUEST)
          .guest("elsewhere", "other", GUEST)
          .guest("three", "hv-7q3", GUEST)
          .guest("off", "hv-7q3", GUEST)
          .build();

  private final UnaryOperator<HyperVHost> wrapper;

  /**
   * Makes a host that is asked through what {@code wrapper} makes of each new handle; the handle is
   * closed when its wrapper closes it.
   */
  public SimulatedHostFixture(UnaryOperator<HyperVHost> wrapper) {
    this.wrapper = wrapper;
    for (String name : List.of("one", "two", "three", "elsewhere")) {
      datacenter.guest(name).start(); // without a key nothing is logged or published
    }
  }

  @Override
  public HyperVHost open() {
    return wrapper.apply(datacenter.host("hv-7q3"));
  }

  @Override
  public String name() {
    return "hv-7q3";
  }

  @Override
  public HostProfile profile() {
    return HostProfile.datacenter(WindowsRelease.WS_2022);
  }

  @Override
  public ImmutableList<VmId> vms() {
    return ImmutableList.of("one", "two", "three", "off").stream()
        .map(name -> datacenter.guest(name).vm())
        .collect(ImmutableList.toImmutableList());
  }

  private SimulatedGuest guest(VmId vm) {
    return datacenter.guests().stream()
        .filter(guest -> guest.vm().equals(vm))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void guestPuts(VmId vm, List<KvpItem> items) throws Exception {
    guest(vm).pools().putAll(KvpPool.GUEST, items);
  }

  @Override
  public ImmutableList<KvpItem> guestReads(VmId vm) throws Exception {
    return guest(vm).pools().read(KvpPool.EXTERNAL).items();
  }

  @Override
  public void run(VmId vm, boolean running) {
    var unused = running ? guest(vm).start() : guest(vm).stop();
  }

  @Override
  public void exchange(VmId vm, boolean enabled) {
    guest(vm).setDataExchange(enabled);
  }

  @Override
  public Instant now() {
    return datacenter.now();
  }

  /** Lets the host fail, and nobody answers for it until it is back. */
  @Override
  public boolean goAway() {
    datacenter.host("hv-7q3").fail();
    return true;
  }

  @Override
  public void close() {
    datacenter.close();
  }
}
