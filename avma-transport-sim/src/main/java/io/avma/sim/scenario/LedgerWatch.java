package io.avma.sim.scenario;

import io.avma.eventlog.VmExtractor;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.tracking.ActivatedSpan;
import io.avma.tracking.Exchange;
import io.avma.tracking.LedgerTerms;
import io.avma.tracking.LedgerView;
import io.avma.tracking.Observation;
import io.avma.tracking.VmHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a ledger makes of logs and Data Exchange with what happened, for each VM whose logs
 * are whole: nothing was lost, cleared or pushed out, no clock was set, no disk went back, and no
 * other VM says that it is the same.
 */
final class LedgerWatch extends Invariants.EachHappening {
  private final SimulatedDatacenter datacenter;
  private final LedgerTerms terms;

  private final Map<VmId, List<Grant>> grants = new HashMap<>(); // asked, never iterated
  private final Set<String> broken = new HashSet<>(); // machines whose logs are not whole

  private record Grant(Instant at, HostId host) {
    static final Comparator<Grant> ORDER =
        Comparator.comparing(Grant::at).thenComparing(Grant::host);
  }

  LedgerWatch(SimulatedDatacenter datacenter) {
    this.datacenter = datacenter;
    terms =
        LedgerTerms.standard().toBuilder()
            .validity(datacenter.terms().validity())
            .extractor(VmExtractor.firstGuid())
            .build();
  }

  @Override
  Optional<String> after(Happening happening, List<Happening> all) {
    if (happening instanceof Happening.RequestAnswered answered && answered.code().isSuccess()) {
      grants
          .computeIfAbsent(answered.request().vm(), unused -> new ArrayList<>())
          .add(new Grant(logged(datacenter.now()), answered.host().id()));
    } else if (happening instanceof Happening.RecordsLost lost) {
      broken.add(lost.machine());
    } else if (happening instanceof Happening.GuestSetBack back) {
      broken.add(back.guest().name());
    }
    return Optional.empty();
  }

  /** Event logs count in steps of 100 ns. */
  private static Instant logged(Instant instant) {
    long nanos = Duration.between(SimulatedDatacenter.START, instant).toNanos();
    return SimulatedDatacenter.START.plusNanos(nanos - nanos % 100);
  }

  @Override
  public Optional<String> afterRound(Monitoring monitoring) {
    for (SimulatedHost host : datacenter.hosts()) {
      if (!host.isReachable() || broken.contains(host.name())) {
        return Optional.empty(); // what it holds may concern any VM
      }
    }
    Set<VmId> seen = new HashSet<>(); // neither is iterated
    Set<VmId> twice = new HashSet<>();
    for (SimulatedGuest guest : datacenter.guests()) {
      if (!seen.add(guest.vm()) || broken.contains(guest.name())) {
        twice.add(guest.vm());
      }
    }
    LedgerView view = monitoring.ledger().view(terms);
    for (SimulatedGuest guest : datacenter.guests()) {
      if (!twice.contains(guest.vm())) {
        Optional<String> wrong = compare(guest, view.history(guest.vm()));
        if (wrong.isPresent()) {
          return wrong;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> compare(SimulatedGuest guest, Optional<VmHistory> history) {
    List<Grant> logged = new ArrayList<>();
    for (Exchange exchange :
        history.map(VmHistory::exchanges).map(List::copyOf).orElse(List.of())) {
      if (exchange.succeeded() && exchange.host().isPresent()) {
        Observation.HostLogged record = exchange.host().get();
        logged.add(new Grant(record.at(), record.host()));
      }
    }
    List<Grant> granted = new ArrayList<>(grants.getOrDefault(guest.vm(), List.of()));
    logged.sort(Grant.ORDER);
    granted.sort(Grant.ORDER);
    if (!logged.equals(granted)) {
      return Optional.of(
          "of "
              + guest.name()
              + " the ledger knows the grants "
              + logged
              + ", given were "
              + granted);
    }
    Instant now = datacenter.now();
    Optional<ActivatedSpan> span = history.flatMap(known -> known.activationAt(now));
    if (guest.isActivated() && span.isEmpty()) {
      return Optional.of(guest.name() + " is activated, and the ledger says that it is not");
    }
    return guest.isRunning()
            && !guest.isActivated()
            && span.isPresent()
            && span.get().undeniedUntil().isAfter(now)
        ? Optional.of(guest.name() + " is not activated, and the ledger says that it is")
        : Optional.empty();
  }
}
