package io.avma.sim.server;

import com.google.common.collect.ImmutableMap;
import io.avma.eventlog.EventDatum;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.kvp.KvpSource;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedHost;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A host with VMs, items and events, and what a client has to find out about it: read from the
 * simulation, past everything that the server does.
 */
final class ForeignDatacenter {
  static final String HOST = "hv-1";

  private static final ImmutableMap<VmState, String> STATES =
      ImmutableMap.of(
          VmState.RUNNING, "2", VmState.OFF, "3", VmState.PAUSED, "32768", VmState.SAVED, "32769");

  private static final String KVP = "2A34B1C2-FD73-4043-8A5B-DD2159BC743F";

  private ForeignDatacenter() {}

  static SimulatedDatacenter open() {
    var builder =
        SimulatedDatacenter.builder()
            .seed(3)
            .host(HOST, HostProfile.datacenter(WindowsRelease.WS_2022));
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);
    for (int i = 1; i <= 8; i++) {
      builder.guest("vm-" + i, HOST, guest, ServiceLab.KEY);
    }
    SimulatedDatacenter datacenter = builder.build();
    for (int i = 1; i <= 6; i++) {
      var unused = datacenter.guest("vm-" + i).start();
    }
    datacenter.advance(Duration.ofMinutes(2));
    var unused = datacenter.guest("vm-6").save();
    datacenter.guest("vm-5").setDataExchange(false);
    try {
      datacenter
          .guest("vm-1")
          .pools()
          .putAll(
              KvpPool.GUEST,
              List.of(
                  new KvpItem("owner", "Zo\u00EB & S\u00F8n <\"quoted\">"),
                  new KvpItem("lines", "one\r\ntwo\tthree"),
                  new KvpItem("markup", "</VALUE></PROPERTY></INSTANCE>&lt;]]>"),
                  new KvpItem("empty", ""),
                  new KvpItem("beyond", "\uD83D\uDE80\u202E")));
      datacenter
          .host(HOST)
          .add(
              datacenter.guest("vm-2").vm(),
              List.of(new KvpItem("contract", "A-17"), new KvpItem("a 'quoted' one", "x=y;z")));
    } catch (TransportException e) {
      throw new IllegalStateException(e);
    }
    return datacenter;
  }

  private static SimulatedHost host(SimulatedDatacenter datacenter) {
    return datacenter.host(HOST);
  }

  static List<VmReading.Read> vms(SimulatedDatacenter datacenter) {
    try {
      return host(datacenter).sweep(SweepScope.everything()).stream()
          .map(VmReading.Read.class::cast)
          .toList();
    } catch (TransportException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Name, display name and state of the host and of each VM. */
  static List<List<String>> systems(SimulatedDatacenter datacenter) {
    List<List<String>> systems = new ArrayList<>();
    String computer = host(datacenter).id().value();
    systems.add(List.of(computer, computer, "2"));
    for (VmReading.Read vm : vms(datacenter)) {
      systems.add(List.of(vm.vm().toString(), vm.facts().name(), STATES.get(vm.facts().state())));
    }
    return systems;
  }

  /** Of each item the instance and the property that it is in, its name, its value and source. */
  static List<List<String>> items(SimulatedDatacenter datacenter) {
    List<List<String>> items = new ArrayList<>();
    for (VmReading.Read vm : vms(datacenter)) {
      String id = vm.vm().toString();
      String settings = "Microsoft:" + id + "\\" + KVP;
      items.addAll(items(vm, KvpSource.INTRINSIC, id, "GuestIntrinsicExchangeItems", "2"));
      items.addAll(items(vm, KvpSource.GUEST_WRITTEN, id, "GuestExchangeItems", "1"));
      items.addAll(items(vm, KvpSource.HOST_WRITTEN, settings, "HostExchangeItems", "0"));
      items.addAll(items(vm, KvpSource.HOST_ONLY, settings, "HostOnlyItems", "4"));
    }
    return items;
  }

  private static List<List<String>> items(
      VmReading.Read vm, KvpSource source, String of, String property, String number) {
    return vm.snapshot().items(source).stream()
        .map(item -> List.of(of, property, item.key(), item.value(), number))
        .toList();
  }

  /** Number, identifier, computer, time and strings of each event. */
  static List<List<String>> events(SimulatedDatacenter datacenter) {
    try {
      return host(datacenter)
          .events()
          .read(EventBookmark.start(), EventFilter.all(), 1000)
          .events()
          .stream()
          .map(
              event ->
                  List.of(
                      Long.toString(event.recordId().orElseThrow()),
                      Integer.toString(event.eventId()),
                      event.computer().orElseThrow(),
                      event.timeCreated().orElseThrow().toString(),
                      event.data().stream().map(EventDatum::text).collect(Collectors.joining("|"))))
          .toList();
    } catch (TransportException e) {
      throw new IllegalStateException(e);
    }
  }
}
