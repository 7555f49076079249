package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The figures of a ledger at one instant. They count what is known, from later observations too.
 *
 * @param at the instant
 * @param total all VMs
 * @param byHost the VMs that each host had last, and what it granted; hosts ascending
 * @param homeless the VMs that no host was seen to have
 * @param byTenant the VMs of each tenant, ascending; under {@code ""} those of nobody
 * @param unattributedGrants successful requests in hosts' logs that belong to no known VM
 * @param openFindings the findings that are still so
 * @param provenance simulated if anything in the ledger is
 */
@CheckReturnValue
public record LedgerReport(
    Instant at,
    Count total,
    ImmutableSortedMap<HostId, HostCount> byHost,
    Count homeless,
    ImmutableSortedMap<String, Count> byTenant,
    int unattributedGrants,
    ImmutableList<Finding> openFindings,
    Provenance provenance) {

  /**
   * How many VMs are how. Those that only claim to be activated are not counted as activated.
   *
   * @param vms all of them
   * @param activated activated at that instant, by records of hosts
   * @param inferred of these, how many only because time joins the records
   * @param denied of those activated, how many say of themselves that they are not, or not by AVMA
   * @param claimed activated by the guest's word alone
   * @param everActivated activated at that instant or before, by records of hosts
   */
  public record Count(
      int vms, int activated, int inferred, int denied, int claimed, int everActivated) {
    static final Count NONE = new Count(0, 0, 0, 0, 0, 0);

    Count plus(Count other) {
      return new Count(
          vms + other.vms,
          activated + other.activated,
          inferred + other.inferred,
          denied + other.denied,
          claimed + other.claimed,
          everActivated + other.everActivated);
    }
  }

  /**
   * What concerns one host.
   *
   * @param vms the VMs that it had last
   * @param granted the successful requests in its log that belong to known VMs
   * @param refused the failed ones
   */
  public record HostCount(Count vms, int granted, int refused) {
    static final HostCount NONE = new HostCount(Count.NONE, 0, 0);

    HostCount plus(HostCount other) {
      return new HostCount(vms.plus(other.vms), granted + other.granted, refused + other.refused);
    }
  }

  static LedgerReport of(LedgerView view, Instant at, Map<VmId, String> tenants) {
    Count total = Count.NONE;
    Count homeless = Count.NONE;
    TreeMap<HostId, HostCount> byHost = new TreeMap<>();
    TreeMap<String, Count> byTenant = new TreeMap<>();
    for (VmHistory history : view.histories().values()) {
      Count one = count(history, at);
      total = total.plus(one);
      byTenant.merge(tenants.getOrDefault(history.vm(), ""), one, Count::plus);
      Optional<Placement> place = history.lastPlacement(at);
      if (place.isPresent()) {
        byHost.merge(place.get().host(), new HostCount(one, 0, 0), HostCount::plus);
      } else {
        homeless = homeless.plus(one);
      }
      countAnswers(history, at, byHost);
    }
    return new LedgerReport(
        at,
        total,
        ImmutableSortedMap.copyOfSorted(byHost),
        homeless,
        ImmutableSortedMap.copyOfSorted(byTenant),
        unattributedGrants(view, at),
        view.findings().stream()
            .filter(Finding::open)
            .filter(finding -> !finding.from().isAfter(at))
            .collect(ImmutableList.toImmutableList()),
        provenance(view));
  }

  private static Count count(VmHistory history, Instant at) {
    Optional<ActivatedSpan> now = history.activationAt(at);
    boolean inferred =
        now.filter(span -> span.backing() == ActivatedSpan.Backing.INFERRED).isPresent();
    boolean denied = now.flatMap(span -> span.deniedSince(at)).isPresent();
    boolean claimed = now.isEmpty() && history.claimAt(at).isPresent();
    boolean ever = history.activations().stream().anyMatch(span -> !span.from().isAfter(at));
    return new Count(
        1,
        now.isPresent() ? 1 : 0,
        inferred ? 1 : 0,
        denied ? 1 : 0,
        claimed ? 1 : 0,
        ever ? 1 : 0);
  }

  private static void countAnswers(VmHistory history, Instant at, Map<HostId, HostCount> byHost) {
    for (Exchange exchange : history.exchanges()) {
      if (!exchange.at().isAfter(at)) {
        exchange
            .answeredBy()
            .ifPresent(
                host ->
                    byHost.merge(
                        host,
                        new HostCount(
                            Count.NONE, exchange.succeeded() ? 1 : 0, exchange.failed() ? 1 : 0),
                        HostCount::plus));
      }
    }
  }

  private static int unattributedGrants(LedgerView view, Instant at) {
    return (int)
        view.unattributed().stream()
            .filter(record -> !record.at().isAfter(at))
            .filter(record -> record.result().filter(code -> code.isSuccess()).isPresent())
            .count();
  }

  private static Provenance provenance(LedgerView view) {
    return view.ledger().bySubject().values().stream()
            .flatMap(observations -> observations.stream())
            .anyMatch(observation -> observation.provenance() == Provenance.SIMULATED)
        ? Provenance.SIMULATED
        : Provenance.REAL;
  }
}
