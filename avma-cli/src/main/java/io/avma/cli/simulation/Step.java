package io.avma.cli.simulation;

import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.FleetVm;

/**
 * One thing to do after a simulation, and whom it helps.
 *
 * @param action what to do or what to look at, without a full stop
 * @param remedy how, in one sentence; may be empty
 * @param evidence what the logs show of it, without a full stop
 * @param vms the machines it helps, in the order of the fleet
 * @param enough for how many of them it is all that is needed
 */
public record Step(
    String action, String remedy, String evidence, ImmutableList<FleetVm> vms, int enough) {}
