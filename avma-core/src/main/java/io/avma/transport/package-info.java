/**
 * The ports: how this library asks a virtualization host, a guest or an event log, whatever stands
 * behind it.
 *
 * <p>Start at {@link io.avma.transport.HyperVHost}, seen from the outside, or {@link
 * io.avma.transport.HyperVGuest}, seen from within a virtual machine. The simulator implements
 * both, so a tool meets the same interface in its tests and in production. Strictness, flaws and
 * positions are shared by all readers.
 *
 * <p>The values here are immutable. Which threads may use a port says the port: calls from several
 * threads at once need {@link io.avma.transport.Capability#CONCURRENT_CALLS}. What a correct caller
 * must plan for is a {@link io.avma.transport.TransportException}; damage in data is neither
 * exception nor silence, but a {@link io.avma.transport.Flaw} beside the data.
 */
@NullMarked
package io.avma.transport;

import org.jspecify.annotations.NullMarked;
