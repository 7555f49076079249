/**
 * A simulated data centre for each JUnit test that asks for one. {@link
 * io.avma.testkit.junit.SimulatedFleet} on the class or method is the front door.
 *
 * <p>Needs JUnit Jupiter 5.10 or later, nothing else.
 */
@NullMarked
package io.avma.testkit.junit;

import org.jspecify.annotations.NullMarked;
