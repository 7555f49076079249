package io.avma.sim;

import io.avma.activation.ActivationInput;
import io.avma.activation.GuestActivation;
import io.avma.activation.HostActivation;
import io.avma.activation.HostInput;
import io.avma.activation.Transition;
import java.time.Instant;

/** Both machines of the handshake as functions, so that a test can put a mutant in their place. */
interface Machines {
  /** The real ones. */
  Machines REAL =
      new Machines() {
        @Override
        public Transition<GuestActivation> guest(
            GuestActivation guest, ActivationInput input, Instant now) {
          return guest.on(input, now);
        }

        @Override
        public Transition<HostActivation> host(HostActivation host, HostInput input, Instant now) {
          return host.on(input, now);
        }
      };

  Transition<GuestActivation> guest(GuestActivation guest, ActivationInput input, Instant now);

  Transition<HostActivation> host(HostActivation host, HostInput input, Instant now);
}
