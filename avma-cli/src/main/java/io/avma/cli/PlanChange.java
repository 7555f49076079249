package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.FleetPlan;
import io.avma.cli.fleet.VmAnswer;

/**
 * One machine before and after a change.
 *
 * @param before the answer where it is
 * @param after the answer where it would be
 */
record PlanChange(VmAnswer before, VmAnswer after) {
  /** Returns the machines that stand on another host afterwards, in the order of the fleet. */
  static ImmutableList<PlanChange> of(FleetPlan before, FleetPlan after) {
    ImmutableList.Builder<PlanChange> changes = ImmutableList.builder();
    for (int i = 0; i < before.answers().size(); i++) {
      VmAnswer old = before.answers().get(i);
      VmAnswer now = after.answers().get(i);
      if (!old.vm().host().equals(now.vm().host())) {
        changes.add(new PlanChange(old, now));
      }
    }
    return changes.build();
  }

  /** Returns the answers for those machines afterwards. */
  static ImmutableList<VmAnswer> changed(FleetPlan before, FleetPlan after) {
    return of(before, after).stream()
        .map(PlanChange::after)
        .collect(ImmutableList.toImmutableList());
  }
}
