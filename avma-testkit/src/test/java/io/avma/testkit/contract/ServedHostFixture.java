package io.avma.testkit.contract;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.server.WsManServer;
import io.avma.transport.HyperVHost;
import io.avma.transport.TransportException;
import io.avma.transport.wsman.Credentials;
import io.avma.transport.wsman.WsManClient;
import io.avma.transport.wsman.WsManEndpoint;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManLogin;
import io.avma.transport.wsman.WsManOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;

/** The host of {@link SimulatedHostFixture}, asked over WS-Management. */
final class ServedHostFixture implements HostFixture {
  private static final GuestProfile GUEST =
      GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);

  private final WsManServer server;
  private final WsManEndpoint endpoint;

  ServedHostFixture() {
    try {
      server = WsManServer.builder(ServedHostFixture::datacenter).allowUnencrypted().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    endpoint = WsManEndpoint.parse(server.endpoints().get(0).uri().toString());
  }

  private static SimulatedDatacenter datacenter() {
    SimulatedDatacenter datacenter =
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
    for (String name : List.of("one", "two", "three", "elsewhere")) {
      datacenter.guest(name).start();
    }
    return datacenter;
  }

  @Override
  public HyperVHost open() throws TransportException {
    return WsManHost.of(
        new HostId("hv-7q3"),
        WsManClient.open(
            endpoint,
            WsManLogin.basic(asked -> new Credentials(server.user(), server.password())),
            WsManOptions.STANDARD.allowingBasicWithoutTls()),
        Clock.systemUTC());
  }

  @Override
  public String oddText() {
    return " \t<&>]]>\u00a0\ufffd\ud83d\ude00";
  }

  @Override
  public String name() {
    return endpoint.toString();
  }

  @Override
  public HostProfile profile() {
    return HostProfile.datacenter(WindowsRelease.WS_2022);
  }

  @Override
  public ImmutableList<VmId> vms() {
    return server.call(
        datacenter ->
            ImmutableList.of("one", "two", "three", "off").stream()
                .map(name -> datacenter.guest(name).vm())
                .collect(ImmutableList.toImmutableList()));
  }

  private interface Work<T> {
    T of(SimulatedGuest guest) throws TransportException;
  }

  private <T> T guest(VmId vm, Work<T> work) {
    return server.call(
        datacenter -> {
          SimulatedGuest found =
              datacenter.guests().stream()
                  .filter(guest -> guest.vm().equals(vm))
                  .findFirst()
                  .orElseThrow();
          try {
            return work.of(found);
          } catch (TransportException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Override
  public void guestPuts(VmId vm, List<KvpItem> items) {
    boolean unused =
        guest(
            vm,
            guest -> {
              guest.pools().putAll(KvpPool.GUEST, items);
              return true;
            });
  }

  @Override
  public ImmutableList<KvpItem> guestReads(VmId vm) {
    return guest(vm, guest -> guest.pools().read(KvpPool.EXTERNAL).items());
  }

  @Override
  public void run(VmId vm, boolean running) {
    var unused = guest(vm, guest -> running ? guest.start() : guest.stop());
  }

  @Override
  public void exchange(VmId vm, boolean enabled) {
    boolean unused =
        guest(
            vm,
            guest -> {
              guest.setDataExchange(enabled);
              return true;
            });
  }

  @Override
  public boolean goAway() throws IOException {
    server.close();
    return true;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
