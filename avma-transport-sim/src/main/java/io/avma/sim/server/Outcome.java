package io.avma.sim.server;

/** What comes of an envelope: an answer, or one that is still to come. */
sealed interface Outcome permits Answer, HeldPull {}
