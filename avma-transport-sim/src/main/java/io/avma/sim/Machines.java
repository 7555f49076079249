package io.avma.sim;

import io.avma.activation.ActivationInput;
import io.avma.activation.GuestActivation;
import io.avma.activation.HostActivation;
import io.avma.activation.HostInput;
import io.avma.activation.Transition;
import io.avma.platform.Hresult;
import io.avma.sim.fault.FaultPoint;
import java.time.Instant;

/**
 * Both machines of the handshake and the habits of the simulator as functions, so that a test can
 * put a mutant in their place.
 */
interface Machines {
  /** The real ones. */
  Machines REAL = new Machines() {};

  default Transition<GuestActivation> guest(
      GuestActivation guest, ActivationInput input, Instant now) {
    return guest.on(input, now);
  }

  default Transition<HostActivation> host(HostActivation host, HostInput input, Instant now) {
    return host.on(input, now);
  }

  /** Returns whether a message of one placement of a guest meets it in another. */
  default boolean meets(int sentAt, int placement) {
    return sentAt == placement;
  }

  /** Returns the nonce for a number that was drawn outside the virtual machine. */
  default long nonce(long drawn) {
    return drawn;
  }

  /** Returns whether a record goes into a log. */
  default boolean logs(FaultPoint log, Hresult code) {
    return true;
  }

  /** Returns whether a guest writes its AVMA items. */
  default boolean publishes() {
    return true;
  }
}
