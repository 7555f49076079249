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
import io.avma.platform.Ternary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The look at one virtual machine after another of a fleet. For one thread. */
final class Examiner {
  private final Fleet fleet;
  private final Verdicts verdicts;
  private final KeyCatalog catalog;
  private final ImmutableListMultimap<String, FleetHost> clusters;
  private final ImmutableListMultimap<HostId, Finding> ofHosts;

  /**
   * Takes the fleet and the rules.
   *
   * @param ofHosts what is wrong with a host itself, which concerns all that AVMA is for on it
   */
  Examiner(
      Fleet fleet,
      Verdicts verdicts,
      KeyCatalog catalog,
      ImmutableListMultimap<HostId, Finding> ofHosts) {
    this.ofHosts = ofHosts;
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
    addOfHost(findings, vm, host);
    add(findings, vm, host, here);
    otherNodes(host).forEach(node -> addOfHost(findings, vm, node));
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

  /** Adds what is wrong with a host itself, be it the one it stands on or another node. */
  private void addOfHost(Map<Cause, Finding> findings, FleetVm vm, FleetHost host) {
    for (Finding finding : ofHosts.get(host.id())) {
      boolean ofNode =
          !host.id().equals(vm.host())
              && finding.cause().subject().filter(Cause.Subject::isHost).isPresent();
      findings.putIfAbsent(
          finding.cause(),
          new Finding(
              finding.cause(),
              ofNode ? Optional.of(host.id()) : Optional.empty(),
              finding.explanation(),
              finding.remedy()));
    }
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
    if (key.isRight() && (!windows || isActivatedOtherwise(vm, key))) {
      return new VmAnswer(vm, here, failover, key, VmAnswer.Status.OUTSIDE, ImmutableList.of());
    }
    FleetHost host = fleet.host(vm.host());
    if (key.isRight()
        && vm.activated() == Ternary.UNKNOWN
        && vm.key() instanceof InstalledKey.NotKnown) {
      Finding ask =
          Finding.here(
              Causes.notLookedAt(obstacle, host),
              obstacle.explanation() + " Not known: whether it is activated otherwise.",
              "Say so in the column activated, or which key it has. " + obstacle.remedy());
      return new VmAnswer(vm, here, failover, key, VmAnswer.Status.OPEN, ImmutableList.of(ask));
    }
    Cause cause = windows ? Causes.of(obstacle, host, vm.guest()) : Causes.of(key);
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

  /** What somebody has seen counts more than what the key makes likely. */
  private static boolean isActivatedOtherwise(FleetVm vm, KeyCheck key) {
    return switch (vm.activated()) {
      case YES -> true;
      case NO -> false;
      case UNKNOWN ->
          key.kind() == KeyCheck.Kind.KMS_INSTEAD || key.kind() == KeyCheck.Kind.OWN_INSTEAD;
    };
  }
}
