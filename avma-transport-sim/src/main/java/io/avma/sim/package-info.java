/**
 * A simulated Hyper-V: does my tool cope with what hosts and guests do?
 *
 * <p>Start at {@link io.avma.sim.SimulatedDatacenter}. Its hosts are {@code HyperVHost}s and its
 * guests {@code HyperVGuest}s, so a tool takes them as it takes real ones. One event loop runs on
 * the caller's thread under virtual time; the same fleet, calls and seed give the same {@link
 * io.avma.sim.Trace}, byte for byte, on every machine. A data centre and its handles belong to the
 * thread that built it.
 *
 * <p>Simulated are: start, stop, crash, save and restore of guests; activation, renewal, retry and
 * expiry by the machines of {@code io.avma.activation}; live and quick migration, failover, drain
 * and upgrade of hosts; checkpoints, replicas, clones and copies; a guest's clock that is wrong; a
 * host's licence lost and found; Data Exchange with its items; both event logs; and what goes wrong
 * by plan ({@code io.avma.sim.fault}). Not simulated are Windows itself, the cryptography of the
 * real exchange, and time that passes inside calls. It grants nothing to a real Windows, and never
 * will. Everything simulated says so: computer names end in {@code .invalid}, the logs' second
 * string begins with {@code simulated}.
 */
@NullMarked
package io.avma.sim;

import org.jspecify.annotations.NullMarked;
