/**
 * The event logs of simulated machines as files, for tools that read {@code .evtx}.
 *
 * <p>Start at {@link io.avma.sim.eventlog.SimulatedLogFile}. Everything in such a file names a
 * computer under {@code .invalid}; nobody shall take it for evidence. For the thread that the data
 * centre belongs to.
 */
@NullMarked
package io.avma.sim.eventlog;

import org.jspecify.annotations.NullMarked;
