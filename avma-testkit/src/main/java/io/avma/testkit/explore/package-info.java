/**
 * Every state that a machine can reach, breadth first: the shortest way to whatever breaks a law,
 * and what no state can get out of.
 *
 * <p>Start at {@link Explorer}. {@link HandshakeModel} is the handshake of this library, with its
 * messages lost, repeated, overtaking each other and damaged; write a {@link Model} for machines of
 * your own. Nothing here draws a number or reads a clock: the same model gives the same answer.
 */
@NullMarked
package io.avma.testkit.explore;

import org.jspecify.annotations.NullMarked;
