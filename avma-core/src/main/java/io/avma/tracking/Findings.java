package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import io.avma.platform.HostId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that a view finds wrong, check by check. */
final class Findings {
  private final LedgerView view;
  private final Map<Machine, HostFitness> fitness = new HashMap<>(); // asked, never iterated
  private final List<Finding> found = new ArrayList<>();

  private Findings(LedgerView view) {
    this.view = view;
  }

  static ImmutableList<Finding> of(LedgerView view) {
    Findings findings = new Findings(view);
    LedgerChecks.mixture(view).ifPresent(findings.found::add);
    findings.found.addAll(LedgerChecks.differingRecords(view));
    view.histories().values().forEach(findings::check);
    return ImmutableList.sortedCopyOf(findings.found);
  }

  private void check(VmHistory history) {
    LedgerChecks.mixture(history).ifPresent(found::add);
    found.addAll(GrantChecks.unfitHosts(history, this::fitness));
    GrantChecks.refused(history).ifPresent(found::add);
    GrantChecks.claimsWithoutGrant(history, view.records()).ifPresent(found::add);
    DenialChecks.denied(history).ifPresent(found::add);
    PlacementChecks.twoHosts(history).ifPresent(found::add);
    view.copied().check(history).ifPresent(found::add);
    ClaimChecks.otherVm(history).ifPresent(found::add);
    ClaimChecks.otherHost(history).ifPresent(found::add);
    ClaimChecks.otherActivator(history).ifPresent(found::add);
    ClaimChecks.itemsLeft(history).ifPresent(found::add);
  }

  private HostFitness fitness(HostId host, Provenance provenance) {
    return fitness.computeIfAbsent(
        new Machine(host, provenance),
        machine ->
            HostFitness.of(
                view.canonical().about(new Subject.Host(host)), provenance, view.terms().matrix()));
  }

  /** Looks up what a host said about itself. */
  interface Fitness {
    HostFitness of(HostId host, Provenance provenance);
  }

  private record Machine(HostId host, Provenance provenance) {}

  static <T> Optional<T> lastOf(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
  }
}
