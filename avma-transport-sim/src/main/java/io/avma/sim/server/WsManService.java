package io.avma.sim.server;

import java.nio.charset.Charset;

/**
 * What stands behind the endpoints: takes envelopes of callers who have proved who they are, and
 * answers each. Called on the one thread that owns the data centre.
 */
interface WsManService {
  /**
   * Answers an envelope, whatever bytes it has; a fault is an answer too.
   *
   * @param caller who asks
   * @param hostName the simulated host that is asked
   * @param envelope as it came, in clear text
   * @param charset how the envelope says it is written
   */
  Answer answer(Caller caller, String hostName, byte[] envelope, Charset charset);
}
