package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.ClusterVerdict;
import io.avma.compatibility.Obstacle;
import io.avma.compatibility.OpenQuestion;
import io.avma.compatibility.Verdict;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The look at one virtual machine after another of a fleet. For one thread. */
final class Examiner {
  private final Fleet fleet;
  private final Verdicts verdicts;
  private final KeyCatalog catalog;
  private final ImmutableListMultimap<String, FleetHost> clusters;

  Examiner(Fleet fleet, Verdicts verdicts, KeyCatalog catalog) {
    this.fleet = fleet;
    this.verdicts = verdicts;
    this.catalog = catalog;
    clusters = fleet.clusters();
  }

  VmAnswer examine(FleetVm vm) {
    FleetHost host = fleet.host(vm.host());
    Verdict here = verdicts.of(host, vm.guest());
    Optional<ClusterVerdict> failover = verdicts.of(otherNodes(host), vm.guest());
    Optional<Obstacle> outside =
        here.obstacles().stream().filter(o -> Causes.isOutsideAvma(o.kind())).findFirst();
    if (outside.isPresent()) {
      return outside(vm, here, failover, outside.get());
    }
    KeyCheck key = KeyCheck.of(vm.guest().system(), vm.key(), catalog);
    Map<Cause, Finding> findings = new LinkedHashMap<>();
    add(findings, vm, host, here);
    failover.ifPresent(
        cluster ->
            cluster
                .doubtful()
                .forEach((node, verdict) -> add(findings, vm, fleet.host(node), verdict)));
    if (!key.isRight()) {
      Cause cause = Causes.of(key);
      findings.put(cause, Finding.here(cause, key.sentence(), Causes.remedy(key)));
    }
    return new VmAnswer(
        vm, here, failover, key, status(findings), ImmutableList.copyOf(findings.values()));
  }

  private ImmutableList<FleetHost> otherNodes(FleetHost host) {
    return host.clusterKey()
        .map(
            cluster ->
                clusters.get(cluster).stream()
                    .filter(node -> !node.id().equals(host.id()))
                    .collect(ImmutableList.toImmutableList()))
        .orElse(ImmutableList.of());
  }

  /** Adds what a verdict holds; a cause that is known already, say from the guest, stays as is. */
  private static void add(
      Map<Cause, Finding> findings, FleetVm vm, FleetHost host, Verdict verdict) {
    Optional<HostId> node = Optional.of(host.id()).filter(id -> !id.equals(vm.host()));
    for (Obstacle obstacle : verdict.obstacles()) {
      Cause cause = Causes.of(obstacle, host, vm.guest());
      findings.putIfAbsent(
          cause, new Finding(cause, node, obstacle.explanation(), obstacle.remedy()));
    }
    for (OpenQuestion question : verdict.questions()) {
      Cause cause = Causes.of(question, host.id());
      findings.putIfAbsent(
          cause, new Finding(cause, node, "Not known: " + question.text() + ".", ""));
    }
  }

  private static VmAnswer.Status status(Map<Cause, Finding> findings) {
    if (findings.keySet().stream().anyMatch(cause -> !cause.open())) {
      return VmAnswer.Status.WRONG;
    }
    return findings.isEmpty() ? VmAnswer.Status.FINE : VmAnswer.Status.OPEN;
  }

  /** No key and no other node makes a difference here; only whether it is activated otherwise. */
  private VmAnswer outside(
      FleetVm vm, Verdict here, Optional<ClusterVerdict> failover, Obstacle obstacle) {
    KeyCheck key = KeyCheck.outside(vm.guest().system(), vm.key(), catalog);
    boolean windows = !(vm.guest().system() instanceof GuestSystem.NotWindows);
    boolean settled = key.kind() == KeyCheck.Kind.KMS_INSTEAD || (!windows && key.isRight());
    if (settled) {
      return new VmAnswer(vm, here, failover, key, VmAnswer.Status.OUTSIDE, ImmutableList.of());
    }
    Cause cause = windows ? Causes.of(obstacle, fleet.host(vm.host()), vm.guest()) : Causes.of(key);
    String explanation =
        key.isRight() ? obstacle.explanation() : obstacle.explanation() + " " + key.sentence();
    String remedy = windows ? obstacle.remedy() : Causes.remedy(key);
    return new VmAnswer(
        vm,
        here,
        failover,
        key,
        VmAnswer.Status.WRONG,
        ImmutableList.of(Finding.here(cause, explanation, remedy)));
  }
}
