package io.avma.cli.simulation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.Fix;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetPlan;
import io.avma.cli.fleet.FleetVm;
import io.avma.cli.fleet.VmAnswer;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.ForeignText;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import io.avma.tracking.Exchange;
import io.avma.tracking.Finding;
import io.avma.tracking.LedgerView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What to fix first. The logs say which machines are not activated, and with which codes; the plan
 * of the fleet as it is at the end says what mends it.
 */
final class Steps {
  private final ImmutableMap<Long, VmOutcome> byLine;
  private final ImmutableList<VmOutcome> outcomes;

  private Steps(ImmutableList<VmOutcome> outcomes) {
    this.outcomes = outcomes;
    byLine = Maps.uniqueIndex(outcomes, outcome -> outcome.vm().line());
  }

  /** Returns what to do, the most helpful first, behind what contradicts itself. */
  static ImmutableList<Step> of(Fleet fleet, LedgerView view, ImmutableList<VmOutcome> outcomes) {
    Steps steps = new Steps(outcomes);
    return ImmutableList.<Step>builder()
        .addAll(steps.contradictions(view))
        .addAll(steps.planned(fleet))
        .build();
  }

  /** Until a contradiction is cleared up, the rest may be wrong. */
  private List<Step> contradictions(LedgerView view) {
    Map<Finding.Kind, List<Finding>> byKind = new LinkedHashMap<>();
    for (Finding finding : view.findings()) {
      if (finding.open() && finding.kind() != Finding.Kind.REFUSED) {
        byKind.computeIfAbsent(finding.kind(), unused -> new ArrayList<>()).add(finding);
      }
    }
    List<Step> steps = new ArrayList<>();
    byKind.forEach(
        (kind, findings) ->
            steps.add(
                new Step(
                    "Clear up: " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    findings.get(0).remedy(),
                    "for example: " + findings.get(0).sentence(),
                    concerned(findings),
                    0)));
    return steps;
  }

  private ImmutableList<FleetVm> concerned(List<Finding> findings) {
    Set<VmId> concerned = new HashSet<>(); // asked, never iterated
    findings.forEach(finding -> finding.vm().ifPresent(concerned::add));
    return outcomes.stream()
        .filter(outcome -> concerned.contains(outcome.history().vm()))
        .map(VmOutcome::vm)
        .collect(ImmutableList.toImmutableList());
  }

  private List<Step> planned(Fleet fleet) {
    FleetPlan plan = FleetPlan.of(fleet, CompatibilityMatrix.standard(), KeyCatalog.standard());
    ImmutableList.Builder<VmAnswer> concerned = ImmutableList.builder();
    ImmutableList.Builder<FleetVm> unexplained = ImmutableList.builder();
    for (VmAnswer answer : plan.answers()) {
      VmOutcome outcome = outcome(answer.vm());
      if (!outcome.needsHelp() || answer.status() == VmAnswer.Status.OUTSIDE) {
        continue;
      }
      VmAnswer here = answer.hereOnly();
      if (here.findings().isEmpty()) {
        unexplained.add(answer.vm());
      } else {
        concerned.add(here);
      }
    }
    List<Step> steps = new ArrayList<>();
    for (Fix fix : plan.fixesOf(concerned.build())) {
      steps.add(
          new Step(fix.cause().action(), fix.remedy(), logged(fix.vms()), fix.vms(), fix.enough()));
    }
    ImmutableList<FleetVm> rest = unexplained.build();
    if (!rest.isEmpty()) {
      steps.add(
          new Step(
              "Look at the events around the last request in both logs",
              "Nothing is known to stand in the way.",
              logged(rest),
              rest,
              0));
    }
    return steps;
  }

  /** With what the last requests of the machines failed, and by whose log. */
  private String logged(List<FleetVm> vms) {
    Map<String, Integer> seen = new TreeMap<>();
    for (FleetVm vm : vms) {
      seen.merge(outcome(vm).failure().map(Steps::failure).orElse("no request"), 1, Integer::sum);
    }
    return seen.entrySet().stream()
        .map(
            entry ->
                entry.getValue() + (entry.getValue() == 1 ? " VM" : " VMs") + ": " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String failure(Exchange failed) {
    return failed.result().map(Hresult::hex).orElse("?")
        + failed
            .answeredBy()
            .map(host -> " by " + ForeignText.escape(host.shortName(), 80))
            .orElse(" by the guest's log alone");
  }

  private VmOutcome outcome(FleetVm vm) {
    VmOutcome outcome = byLine.get(vm.line());
    if (outcome == null) {
      throw new IllegalArgumentException("no outcome of " + vm);
    }
    return outcome;
  }
}
