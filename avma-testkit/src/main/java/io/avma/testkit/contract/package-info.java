/**
 * The transport contract: whoever implements the ports shows here that it keeps their promises.
 *
 * <p>Three suites, each as a Jupiter class and as an interface with properties of jqwik, and each
 * over a fixture that plays the other side:
 *
 * <ul>
 *   <li>guests: {@link io.avma.testkit.contract.TransportContract}, {@link
 *       io.avma.testkit.contract.TransportProperties}, {@link
 *       io.avma.testkit.contract.TransportFixture};
 *   <li>hosts: {@link io.avma.testkit.contract.HostContract}, {@link
 *       io.avma.testkit.contract.HostProperties}, {@link io.avma.testkit.contract.HostFixture};
 *   <li>event sources: {@link io.avma.testkit.contract.EventContract}, {@link
 *       io.avma.testkit.contract.EventProperties}, {@link io.avma.testkit.contract.EventFixture}.
 * </ul>
 *
 * <p>Whoever wraps a host finds its fixture ready: {@link
 * io.avma.testkit.contract.SimulatedHostFixture}.
 *
 * <p>The rules are numbered, and {@code docs/spec/transport.md} lists them with their reasons.
 */
@NullMarked
package io.avma.testkit.contract;

import org.jspecify.annotations.NullMarked;
