package io.avma.sim.server;

import java.nio.charset.Charset;

/**
 * What stands behind the endpoints: takes envelopes of callers who have proved who they are, and
 * answers each. Called on the one thread that owns the data centre.
 */
interface WsManService {
  /**
   * Answers an envelope, whatever bytes it has; a fault is an answer too. A pull may be answered
   * later.
   *
   * @param caller who asks
   * @param hostName the simulated host that is asked
   * @param envelope as it came, in clear text
   * @param charset how the envelope says it is written
   * @throws HostGoneException if the host is down or hangs, so that there is no answer
   */
  Outcome answer(Caller caller, String hostName, byte[] envelope, Charset charset);

  /** Looks at what waits: something else than an envelope may have changed the data centre. */
  default void changed() {}

  /** Returns how many pulls wait for events. */
  default int heldPulls() {
    return 0;
  }
}
