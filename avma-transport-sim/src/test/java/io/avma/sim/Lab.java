package io.avma.sim;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultRule;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventSource;
import io.avma.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What tests start from: a cluster of three nodes, two hosts beside it, and two guests. */
final class Lab {
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration DAY = Duration.ofDays(1);
  static final GuestProfile GUEST = GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);
  static final AvmaKey KEY =
      KeyCatalog.standard().find(WindowsRelease.WS_2019, Edition.STANDARD).orElseThrow();

  private Lab() {}

  /** Guest {@code web} is on {@code node-1}, guest {@code db} on {@code solo}; both are off. */
  static DatacenterBuilder builder() {
    DatacenterBuilder builder = SimulatedDatacenter.builder().seed(5);
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2022);
    for (int node = 1; node <= 3; node++) {
      builder.host("node-" + node, Optional.of("a"), host);
    }
    return builder
        .host("solo", host)
        .host("spare", host)
        .guest("web", "node-1", GUEST, KEY)
        .guest("db", "solo", GUEST, KEY);
  }

  static SimulatedDatacenter with(FaultRule... rules) {
    return builder().faults(FaultPlan.of(rules)).build();
  }

  static ImmutableList<WindowsEvent> events(EventSource source) throws TransportException {
    return source.read(EventBookmark.start(), EventFilter.all(), 100_000).events();
  }

  static List<Hresult> codes(EventSource source) throws TransportException {
    return source.read(EventBookmark.start(), EventFilter.activations(), 100_000).events().stream()
        .map(event -> ActivationLogEntry.of(event).orElseThrow().result().orElseThrow())
        .toList();
  }

  static List<Long> numbers(List<WindowsEvent> events) {
    return events.stream().map(event -> event.recordId().orElseThrow()).toList();
  }

  /** Returns what happened to {@code machine}, without what its rejections would add. */
  static List<TraceEntry.What> story(SimulatedDatacenter datacenter, String machine) {
    return datacenter.trace().entries().stream()
        .filter(entry -> entry.machine().equals(machine))
        .map(TraceEntry::what)
        .toList();
  }

  static long count(SimulatedDatacenter datacenter, TraceEntry.What what) {
    return datacenter.trace().entries().stream().filter(entry -> entry.what() == what).count();
  }
}
