package io.avma.sim.server;

import java.util.Optional;

/**
 * Who asks.
 *
 * @param user the name under which the caller has authenticated; none is anonymous
 * @param confidential whether the message came sealed or over TLS
 */
record Caller(Optional<String> user, boolean confidential) {}
