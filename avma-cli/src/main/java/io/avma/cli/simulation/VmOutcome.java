package io.avma.cli.simulation;

import io.avma.cli.fleet.FleetVm;
import io.avma.platform.Hresult;
import io.avma.tracking.ActivatedSpan;
import io.avma.tracking.EvidenceView;
import io.avma.tracking.Exchange;
import io.avma.tracking.Placement;
import io.avma.tracking.VmHistory;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger knows of one machine at the end of a simulation.
 *
 * @param vm the machine, where it is now
 * @param history what became of it
 * @param evidence what hosts know and what the guest claims, side by side
 * @param state the answer in one word
 * @param until when the activation ends or ended; empty if there never was one
 */
public record VmOutcome(
    FleetVm vm, VmHistory history, EvidenceView evidence, State state, Optional<Instant> until) {
  /** The answer in one word. */
  public enum State {
    /** Activated, by the records of hosts. */
    ACTIVATED,
    /** Activated by the guest's word alone. */
    CLAIMED,
    /** It was activated once and is no more. */
    EXPIRED,
    /** It was never activated, and its host refuses it. */
    REFUSED,
    /** It was never activated, and no host answers it. */
    NO_ANSWER,
    /** No request of it stands in any log: it has no AVMA key, or is no Windows. */
    NEVER_ASKED,
    /** It does not run, and no activation is in force. */
    OFF
  }

  static VmOutcome of(FleetVm vm, VmHistory history, Instant at) {
    Optional<ActivatedSpan> span =
        history.activations().stream()
            .filter(one -> !one.from().isAfter(at))
            .reduce((earlier, later) -> later);
    return new VmOutcome(
        vm,
        history,
        EvidenceView.of(history, at),
        state(history, span, at),
        span.map(ActivatedSpan::until));
  }

  private static State state(VmHistory history, Optional<ActivatedSpan> last, Instant at) {
    if (last.isPresent() && last.get().covers(at)) {
      return State.ACTIVATED;
    }
    if (history.claimAt(at).isPresent()) {
      return State.CLAIMED;
    }
    boolean atRest =
        history
            .lastPlacement(at)
            .filter(place -> place.presence() == Placement.Presence.AT_REST)
            .isPresent();
    if (atRest) {
      return State.OFF;
    }
    if (last.isPresent()) {
      return State.EXPIRED;
    }
    Optional<Exchange> exchange = lastExchange(history);
    if (exchange.isEmpty()) {
      return State.NEVER_ASKED;
    }
    boolean answered = exchange.get().host().isPresent() || tellsOfAnAnswer(exchange.get());
    return answered ? State.REFUSED : State.NO_ANSWER;
  }

  /** Most codes in a guest's log come from a host; one says that none answered. */
  private static boolean tellsOfAnAnswer(Exchange exchange) {
    return exchange
        .result()
        .filter(code -> !code.equals(Hresult.INVALID_PLATFORM) && !code.equals(Hresult.NOT_BOUND))
        .isPresent();
  }

  /** Returns whether it runs and is not activated, or will not be much longer. */
  public boolean needsHelp() {
    return switch (state) {
      case OFF -> false;
      case ACTIVATED -> failure().isPresent();
      case CLAIMED, EXPIRED, REFUSED, NO_ANSWER, NEVER_ASKED -> true;
    };
  }

  /** Returns the last request, if it failed. */
  public Optional<Exchange> failure() {
    return lastExchange(history).filter(Exchange::failed);
  }

  private static Optional<Exchange> lastExchange(VmHistory history) {
    return history.exchanges().reverse().stream().findFirst();
  }
}
