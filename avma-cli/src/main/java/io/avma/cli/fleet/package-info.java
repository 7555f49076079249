/**
 * A fleet of hosts and virtual machines, read from two files, and what is wrong with it.
 *
 * <p>Start at {@link io.avma.cli.fleet.FleetReader}, then {@link io.avma.cli.fleet.FleetPlan}. A
 * {@link io.avma.cli.fleet.Fleet} is immutable; a plan is a pure function of it. The fleet says
 * what its files say: nothing here asks a host or a guest.
 */
@NullMarked
package io.avma.cli.fleet;

import org.jspecify.annotations.NullMarked;
