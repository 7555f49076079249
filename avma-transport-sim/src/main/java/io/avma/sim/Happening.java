package io.avma.sim;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationRequest;
import io.avma.activation.GuestActivation;
import io.avma.platform.Hresult;
import io.avma.sim.fault.FaultRule;
import java.util.Optional;

/** Something that happened within one event, as a {@link SimulationListener} is told of it. */
@CheckReturnValue
public sealed interface Happening {
  /**
   * An input changed a guest, or could have.
   *
   * @param guest the guest
   * @param input what it was fed
   * @param before what it was
   * @param after what it is
   */
  record GuestChanged(
      SimulatedGuest guest, ActivationInput input, GuestActivation before, GuestActivation after)
      implements Happening {}

  /**
   * A guest asked its host.
   *
   * @param guest the guest
   * @param host its host
   * @param request the request
   */
  record RequestSent(SimulatedGuest guest, SimulatedHost host, ActivationRequest request)
      implements Happening {}

  /**
   * A host answered a request.
   *
   * @param host the host
   * @param guest the guest that asked
   * @param request what it asked
   * @param code the result code
   */
  record RequestAnswered(
      SimulatedHost host, SimulatedGuest guest, ActivationRequest request, Hresult code)
      implements Happening {}

  /**
   * A guest came to a host: it moved, or it is new.
   *
   * @param guest the guest
   * @param from where it was; empty if it is new
   * @param to where it is
   */
  record GuestPlaced(SimulatedGuest guest, Optional<SimulatedHost> from, SimulatedHost to)
      implements Happening {}

  /**
   * A host failed, came back, or got another profile.
   *
   * @param host the host
   * @param restarted whether it has just restarted, and forgot how many requests it had
   */
  record HostChanged(SimulatedHost host, boolean restarted) implements Happening {}

  /**
   * A guest's clock was set, or its disks became what they were before: it may know less now than
   * it knew.
   *
   * @param guest the guest
   */
  record GuestSetBack(SimulatedGuest guest) implements Happening {}

  /**
   * Records of an event log are gone, or pushed out: whoever has not read them never will.
   *
   * @param machine the name of the guest or host
   * @param cause how they got lost
   */
  record RecordsLost(String machine, Cause cause) implements Happening {
    /** How records get lost. */
    public enum Cause {
      /** A fault kept the record out of the log that was to be written. */
      NOT_WRITTEN,
      /** The log is full, and the oldest gave way. */
      PUSHED_OUT,
      /** Somebody cleared the log; its numbers begin anew. */
      CLEARED
    }
  }

  /**
   * A fault struck.
   *
   * @param rule the rule that it belongs to
   * @param host the host that it concerns
   * @param guest the guest that it concerns
   */
  record FaultStruck(FaultRule rule, SimulatedHost host, SimulatedGuest guest)
      implements Happening {}

  /**
   * Items in the pools of a guest changed, or what its host has written for it.
   *
   * @param guest the guest
   */
  record ItemsChanged(SimulatedGuest guest) implements Happening {}
}
