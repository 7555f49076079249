package io.avma.transport.wsman;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpProblem;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.TransportException.Reason;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import io.avma.transport.cim.CimInstance;
import io.avma.transport.cim.CimLimits;
import io.avma.transport.cim.CimType;
import io.avma.transport.cim.KvpDataItem;
import io.avma.transport.cim.KvpDataItemCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One sweep: four enumerations for a host with all its VMs, joined by VM. */
final class HostSweep {
  private static final ImmutableSet<KvpSource> OF_GUESTS =
      ImmutableSet.of(KvpSource.INTRINSIC, KvpSource.GUEST_WRITTEN);
  private static final ImmutableSet<KvpSource> OF_HOSTS =
      ImmutableSet.of(KvpSource.HOST_WRITTEN, KvpSource.HOST_ONLY);

  private static final Gathering.Kind EXCHANGE =
      new Gathering.Kind(
          Wql.select("*").from(Hyperv.EXCHANGE),
          Hyperv.EXCHANGE,
          Hyperv::ofSystemName,
          Hyperv::exchange,
          "SystemName",
          VmId::toString,
          List.of("GuestIntrinsicExchangeItems", "GuestExchangeItems"));

  /** Without the items, which are most of it. */
  private static final Gathering.Kind EXCHANGE_STATE =
      new Gathering.Kind(
          Wql.select("SystemName", "EnabledState").from(Hyperv.EXCHANGE),
          Hyperv.EXCHANGE,
          Hyperv::ofSystemName,
          Hyperv::exchange,
          "SystemName",
          VmId::toString,
          List.of("OperationalStatus"));

  private static final Gathering.Kind EXCHANGE_SETTINGS =
      new Gathering.Kind(
          Wql.select("*").from(Hyperv.EXCHANGE_SETTINGS),
          Hyperv.EXCHANGE_SETTINGS,
          Hyperv::ofSettings,
          Hyperv::exchangeSettings,
          "InstanceID",
          Hyperv::exchangeSettingsId,
          List.of("HostExchangeItems", "HostOnlyItems"));

  private final WsManClient client;
  private final SweepScope scope;
  private final Instant readAt;
  private final Map<VmId, CimInstance> systems = new TreeMap<>();
  private final Map<VmId, TransportException> unreadable = new TreeMap<>();

  HostSweep(WsManClient client, SweepScope scope, Instant readAt) {
    this.client = client;
    this.scope = scope;
    this.readAt = readAt;
  }

  ImmutableList<VmReading> run() throws TransportException {
    systems();
    Set<VmId> known = new TreeSet<>(systems.keySet());
    boolean guests = scope.sources().stream().anyMatch(OF_GUESTS::contains);
    boolean hosts = scope.sources().stream().anyMatch(OF_HOSTS::contains);
    Gathering exchange = new Gathering(client, guests ? EXCHANGE : EXCHANGE_STATE).run(known);
    Gathering settings =
        new Gathering(client, EXCHANGE_SETTINGS).run(hosts ? known : ImmutableSet.of());
    ImmutableList.Builder<VmReading> readings = ImmutableList.builder();
    Set<VmId> asked = new TreeSet<>(known);
    asked.addAll(unreadable.keySet());
    for (VmId vm : scope.vms().orElse(ImmutableSortedSet.copyOf(asked))) {
      readings.add(reading(vm, exchange, settings));
    }
    return readings.build();
  }

  /** Those that are realized: no snapshot, nothing planned, and not the host itself. */
  private void systems() throws TransportException {
    Set<VmId> realized = new HashSet<>();
    Wql settings =
        Wql.select("VirtualSystemIdentifier", "VirtualSystemType")
            .from(Hyperv.SETTINGS)
            .where("VirtualSystemType", "=", Hyperv.REALIZED);
    for (WsManItem item : client.enumerate(WsManQuery.of(Hyperv.NAMESPACE, settings))) {
      if (item instanceof WsManItem.Instance instance) {
        instance
            .instance()
            .text("VirtualSystemIdentifier")
            .flatMap(VmId::parse)
            .ifPresent(realized::add);
      }
    }
    Set<VmId> wanted = new TreeSet<>(realized);
    scope.vms().ifPresent(wanted::retainAll);
    Gathering gathered =
        new Gathering(
                client,
                new Gathering.Kind(
                    Wql.select("*").from(Hyperv.SYSTEM),
                    Hyperv.SYSTEM,
                    system -> system.text("Name").flatMap(VmId::parse),
                    Hyperv::system,
                    "Name",
                    VmId::toString,
                    List.of("ElementName", "ReplicationMode")))
            .run(wanted);
    for (VmId vm : wanted) {
      gathered.found(vm).ifPresent(system -> systems.put(vm, system));
      gathered.failed(vm).ifPresent(failure -> unreadable.put(vm, failure));
    }
  }

  private VmReading reading(VmId vm, Gathering exchange, Gathering settings) {
    CimInstance system = systems.get(vm);
    TransportException failure = unreadable.get(vm);
    if (system == null) {
      return VmReading.Unreadable.of(
          vm,
          failure != null
              ? failure
              : new TransportException(
                  Reason.NOT_FOUND, client.endpoint() + ": no VM " + vm + " on this host"),
          readAt);
    }
    Optional<VmFacts> facts = Optional.empty();
    try {
      facts = Optional.of(facts(vm, system, exchange.found(vm)));
      for (Gathering part : List.of(exchange, settings)) {
        Optional<TransportException> missing = part.failed(vm);
        if (missing.isPresent()) {
          throw missing.get();
        }
      }
      return new VmReading.Read(
          facts.get(), snapshot(facts.get(), exchange.found(vm), settings.found(vm)), readAt);
    } catch (TransportException e) {
      return new VmReading.Unreadable(
          vm, facts, e.reason(), vm + ": " + String.valueOf(e.getMessage()), readAt);
    }
  }

  private static VmFacts facts(VmId vm, CimInstance system, Optional<CimInstance> exchange)
      throws TransportException {
    OptionalLong state = system.number("EnabledState", CimType.UINT16);
    OptionalLong enabled =
        exchange.isPresent()
            ? exchange.get().number("EnabledState", CimType.UINT16)
            : OptionalLong.empty();
    return new VmFacts(
        vm,
        system.text("ElementName").orElse(""),
        state.isPresent() ? VmState.ofEnabledState((int) state.getAsLong()) : VmState.UNKNOWN,
        enabled.isEmpty()
            ? Ternary.UNKNOWN
            : enabled.getAsLong() == 2
                ? Ternary.YES
                : enabled.getAsLong() == 3 ? Ternary.NO : Ternary.UNKNOWN,
        replica(system.number("ReplicationMode", CimType.UINT16)));
  }

  /** 0 none, 1 primary, 2 replica, 3 test replica, 4 extended replica; documented. */
  private static Ternary replica(OptionalLong mode) {
    if (mode.isEmpty()) {
      return Ternary.UNKNOWN;
    }
    return mode.getAsLong() >= 2 ? Ternary.YES : Ternary.NO;
  }

  private KvpSnapshot snapshot(
      VmFacts facts, Optional<CimInstance> exchange, Optional<CimInstance> settings)
      throws TransportException {
    KvpSnapshot.Builder snapshot = KvpSnapshot.builder();
    // What a guest said before it was switched off, or could still speak, looks like fresh.
    boolean speaks = facts.state() != VmState.OFF && facts.dataExchange() != Ternary.NO;
    if (exchange.isPresent() && speaks) {
      add(snapshot, KvpSource.INTRINSIC, exchange.get(), "GuestIntrinsicExchangeItems");
      add(snapshot, KvpSource.GUEST_WRITTEN, exchange.get(), "GuestExchangeItems");
      contact(snapshot, facts, exchange.get());
    }
    if (settings.isPresent()) {
      add(snapshot, KvpSource.HOST_WRITTEN, settings.get(), "HostExchangeItems");
      add(snapshot, KvpSource.HOST_ONLY, settings.get(), "HostOnlyItems");
    }
    return snapshot.build();
  }

  /** 12 no contact, 13 lost communication; documented. */
  private void contact(KvpSnapshot.Builder snapshot, VmFacts facts, CimInstance exchange)
      throws TransportException {
    List<Long> status = exchange.numbers("OperationalStatus", CimType.UINT16);
    boolean silent = !status.isEmpty() && (status.get(0) == 12 || status.get(0) == 13);
    if (silent
        && facts.state() == VmState.RUNNING
        && scope.sources().contains(KvpSource.INTRINSIC)) {
      snapshot.problem(
          KvpProblem.of(
              KvpSource.INTRINSIC,
              KvpProblem.Reason.INCOMPLETE,
              "the host has no contact to Data Exchange in the guest"));
    }
  }

  private void add(
      KvpSnapshot.Builder snapshot, KvpSource source, CimInstance instance, String property)
      throws TransportException {
    if (!scope.sources().contains(source)) {
      return;
    }
    List<KvpItem> items = new ArrayList<>();
    for (String text : instance.texts(property)) {
      try {
        for (KvpDataItem item : KvpDataItemCodec.decodeAll(text, CimLimits.STANDARD)) {
          item.item()
              .ifPresentOrElse(
                  items::add,
                  () ->
                      snapshot.problem(
                          KvpProblem.of(
                              source,
                              KvpProblem.Reason.UNREADABLE_ITEM,
                              "an item without a name")));
        }
      } catch (TransportException e) {
        snapshot.problem(
            KvpProblem.of(
                source,
                KvpProblem.Reason.UNREADABLE_ITEM,
                e.flaw().map(flaw -> flaw.code()).orElse("damaged")));
      }
    }
    snapshot.items(source, items);
  }
}
