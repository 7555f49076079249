/**
 * What goes wrong in a simulation, as data: a {@link io.avma.sim.fault.FaultPlan} of rules, each a
 * {@link io.avma.sim.fault.FaultPoint} × a {@link io.avma.sim.fault.Fault}, how often, when and to
 * whom.
 */
@NullMarked
package io.avma.sim.fault;

import org.jspecify.annotations.NullMarked;
