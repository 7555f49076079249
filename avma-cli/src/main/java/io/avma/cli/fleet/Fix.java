package io.avma.cli.fleet;

import com.google.common.collect.ImmutableList;

/**
 * One thing to do, and whom it helps.
 *
 * @param cause what it mends
 * @param remedy how, in one sentence; may be empty
 * @param vms the virtual machines it helps, in the order of the fleet
 * @param enough for how many of them it is all that is needed
 */
public record Fix(Cause cause, String remedy, ImmutableList<FleetVm> vms, int enough) {}
