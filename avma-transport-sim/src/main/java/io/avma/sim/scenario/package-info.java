/**
 * Whole experiments as values: a {@link io.avma.sim.scenario.Scenario} says what there is, what
 * happens when, and what goes wrong; playing it gives a {@link
 * io.avma.sim.scenario.ScenarioReport}.
 */
@NullMarked
package io.avma.sim.scenario;

import org.jspecify.annotations.NullMarked;
