/**
 * A simulated data centre behind WS-Management endpoints, one for each host, as Windows has them.
 * It is for tests: it listens on the loopback interface unless told otherwise.
 */
@org.jspecify.annotations.NullMarked
package io.avma.sim.server;
