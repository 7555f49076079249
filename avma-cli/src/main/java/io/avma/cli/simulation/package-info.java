/**
 * A fleet played under virtual time, and what a ledger makes of it that sees logs, sweeps and
 * licence readings only. {@link io.avma.cli.simulation.FleetSimulation} is the front door.
 */
@NullMarked
package io.avma.cli.simulation;

import org.jspecify.annotations.NullMarked;
