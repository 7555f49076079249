package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.HostId;

/**
 * What is wrong with a fleet, machine by machine, and what to fix first. A pure function of the
 * fleet, the rules and the keys.
 *
 * @param fleet the fleet
 * @param answers one for each virtual machine, in the order of the fleet
 * @param fixes what to do: what is wrong before what is not known, then by how many machines it
 *     helps; every finding belongs to exactly one, and what is wrong with a host that has no guests
 *     is one that helps none
 */
public record FleetPlan(Fleet fleet, ImmutableList<VmAnswer> answers, ImmutableList<Fix> fixes) {

  /** Returns the plan for {@code fleet}. */
  public static FleetPlan of(Fleet fleet, CompatibilityMatrix matrix, KeyCatalog catalog) {
    ImmutableListMultimap<HostId, Finding> ofHosts = HostFindings.of(fleet);
    Examiner examiner = new Examiner(fleet, new Verdicts(matrix), catalog, ofHosts);
    ImmutableList<VmAnswer> answers =
        fleet.vms().stream().map(examiner::examine).collect(ImmutableList.toImmutableList());
    return new FleetPlan(fleet, answers, FixList.of(fleet, answers, ofHosts.values()));
  }

  /** Returns how many virtual machines are activated where they are: willing host, right key. */
  public int activatedHere() {
    return (int)
        answers.stream()
            .filter(answer -> answer.here().isSupported())
            .filter(answer -> answer.key().kind() == KeyCheck.Kind.RIGHT)
            .count();
  }

  /** Returns what to do for some of the virtual machines, in the order of {@link #fixes}. */
  public ImmutableList<Fix> fixesOf(ImmutableList<VmAnswer> some) {
    return some.equals(answers) ? fixes : FixList.of(fleet, some, ImmutableList.of());
  }

  /** Returns how many virtual machines have {@code status}. */
  public int count(VmAnswer.Status status) {
    return (int) answers.stream().filter(answer -> answer.status() == status).count();
  }
}
