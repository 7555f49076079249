package io.avma.activation;

import io.avma.activation.ActivationState.Off;
import io.avma.activation.ActivationState.Requesting;
import io.avma.activation.ActivationState.Saved;
import io.avma.activation.ActivationState.Unkeyed;
import io.avma.activation.Rejected.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * The transition function of a guest, one method per input. Each decides first whether the input
 * makes sense; from then on the state is the one at {@code now}.
 */
final class GuestTransitions {
  private static final Effect LOG_SUCCESS = new Effect.LogOutcome(ActivationOutcome.ACTIVATED);

  private GuestTransitions() {}

  static Transition<GuestActivation> on(GuestActivation guest, ActivationInput input, Instant now) {
    return switch (input.kind()) {
      case STARTED -> started(guest, (ActivationInput.Started) input, now);
      case DUE -> due(guest, (ActivationInput.Due) input, now);
      case ACTIVATE_NOW -> activateNow(guest, (ActivationInput.ActivateNow) input, now);
      case RESPONSE_ARRIVED -> answered(guest, (ActivationInput.ResponseArrived) input, now);
      case RESPONSE_DAMAGED -> damaged(guest, input, now);
      case KEY_INSTALLED -> keyInstalled(guest, (ActivationInput.KeyInstalled) input, now);
      case OTHER_KEY_INSTALLED ->
          otherKeyInstalled(guest, (ActivationInput.OtherKeyInstalled) input, now);
      case KEY_REMOVED -> keyRemoved(guest, input, now);
      case LIVE_MIGRATED -> liveMigrated(guest, input, now);
      case CLOCK_SET -> clockSet(guest, (ActivationInput.ClockSet) input, now);
      case STOPPED -> stopped(guest, input, now);
      case CRASHED -> crashed(guest, input, now);
      case SAVED -> saved(guest, input, now);
      case RESTORED -> restored(guest, input, now);
      case REVERTED -> reverted(guest, (ActivationInput.Reverted) input);
    };
  }

  private static Transition<GuestActivation> started(
      GuestActivation guest, ActivationInput.Started input, Instant now) {
    if (guest.state().kind() == ActivationState.Kind.SAVED) {
      return rejected(guest, Reason.SAVED, input);
    }
    return ask(
        guest, guest.key(), guest.stateAt(now).kept().restarted(), input, input.nonce(), now);
  }

  private static Transition<GuestActivation> due(
      GuestActivation guest, ActivationInput.Due input, Instant now) {
    Optional<Instant> dueAt = guest.state().dueAt();
    if (dueAt.isEmpty() || now.isBefore(dueAt.get())) {
      return Transition.to(guest);
    }
    ActivationState state = guest.stateAt(now);
    Optional<Instant> stillDueAt = state.dueAt();
    if (stillDueAt.isEmpty() || now.isBefore(stillDueAt.get())) {
      return Transition.to(guest.moved(guest.key(), state, now)); // only an activation expired
    }
    return state.pending().isPresent()
        ? failed(guest, state, guest.terms().hostSilent(), now)
        : ask(guest, guest.key(), state.kept(), input, input.nonce(), now);
  }

  private static Transition<GuestActivation> activateNow(
      GuestActivation guest, ActivationInput.ActivateNow input, Instant now) {
    ActivationState state = guest.stateAt(now);
    Optional<Reason> reason = whyNoAvma(state);
    if (reason.isPresent()) {
      return rejected(guest, reason.get(), input);
    }
    return state.pending().isPresent()
        ? rejected(guest, Reason.ALREADY_REQUESTING, input)
        : ask(guest, guest.key(), state.kept(), input, input.nonce(), now);
  }

  private static Transition<GuestActivation> answered(
      GuestActivation guest, ActivationInput.ResponseArrived input, Instant now) {
    ActivationResponse response = input.response();
    Optional<Reason> reason = whyNoAvma(guest.state());
    if (reason.isPresent()) {
      return rejected(guest, reason.get(), input);
    }
    boolean ours = response.vm().equals(guest.vm());
    if (ours && guest.isRetired(response.nonce())) {
      return rejected(guest, Reason.STALE, input);
    }
    if (guest.state().pending().isEmpty()) {
      return rejected(guest, Reason.NOT_REQUESTED, input);
    }
    if (guest.state().isOverdueAt(now)) {
      // Whether the wake-up was fed before or after it, an answer that comes too late is too late.
      return rejected(guest, Reason.STALE, input);
    }
    if (!ours || !guest.isPending(response.nonce())) {
      return failed(guest, guest.stateAt(now), guest.terms().invalidData(), now);
    }
    if (response.answer() instanceof ActivationResponse.Granted granted) {
      return activated(guest, response, granted, now);
    }
    ActivationOutcome outcome = ActivationOutcome.of(response.answer().code());
    return failed(guest, guest.stateAt(now), outcome, now);
  }

  private static Transition<GuestActivation> damaged(
      GuestActivation guest, ActivationInput input, Instant now) {
    Optional<Reason> reason = whyNoAvma(guest.state());
    if (reason.isPresent()) {
      return rejected(guest, reason.get(), input);
    }
    if (guest.state().pending().isEmpty()) {
      return rejected(guest, Reason.NOT_REQUESTED, input);
    }
    return guest.state().isOverdueAt(now)
        ? rejected(guest, Reason.STALE, input)
        : failed(guest, guest.stateAt(now), guest.terms().invalidData(), now);
  }

  private static Transition<GuestActivation> keyInstalled(
      GuestActivation guest, ActivationInput.KeyInstalled input, Instant now) {
    ActivationState state = guest.stateAt(now);
    boolean same = input.key().equals(guest.key());
    Kept kept = same ? state.kept() : Kept.Unactivated.FRESH;
    return switch (state.kind()) {
      case SAVED -> rejected(guest, Reason.NOT_RUNNING, input);
      case OFF -> Transition.to(guest.moved(input.key(), new Off(kept), now));
      case UNKEYED, WITHDRAWN, REQUESTING, WAITING, ACTIVATED, RENEWING, RETRYING ->
          ask(guest, input.key(), kept, input, input.nonce(), now);
    };
  }

  private static Transition<GuestActivation> otherKeyInstalled(
      GuestActivation guest, ActivationInput.OtherKeyInstalled input, Instant now) {
    if (guest.state().kind() == ActivationState.Kind.SAVED) {
      return rejected(guest, Reason.NOT_RUNNING, input);
    }
    ActivationState next =
        guest.state().kind() == ActivationState.Kind.OFF
            ? new Off(Kept.Nothing.INSTANCE)
            : Unkeyed.INSTANCE;
    GuestActivation moved = guest.moved(input.key(), next, now);
    // Also where no AVMA key is installed now: one may have been, and have left its items.
    return guest.terms().clearsItemsOnOtherKey()
        ? Transition.to(moved, new Effect.ClearItems(guest.terms().items().values().asList()))
        : Transition.to(moved);
  }

  private static Transition<GuestActivation> keyRemoved(
      GuestActivation guest, ActivationInput input, Instant now) {
    if (!isRunning(guest.state())) {
      return rejected(guest, Reason.NOT_RUNNING, input);
    }
    if (guest.key() instanceof GuestKey.None) {
      return rejected(guest, Reason.NO_KEY, input);
    }
    ActivationState next =
        guest.stateAt(now).kept() instanceof Kept.Licensed licensed
            ? new ActivationState.Withdrawn(licensed.activation())
            : Unkeyed.INSTANCE;
    return Transition.to(guest.moved(GuestKey.None.INSTANCE, next, now));
  }

  private static Transition<GuestActivation> liveMigrated(
      GuestActivation guest, ActivationInput input, Instant now) {
    if (!isRunning(guest.state())) {
      return rejected(guest, Reason.NOT_RUNNING, input);
    }
    ActivationState state = guest.stateAt(now);
    ActivationState next = state.pending().isPresent() ? waiting(state.kept(), now) : state;
    return Transition.to(guest.moved(guest.key(), next, now));
  }

  private static Transition<GuestActivation> clockSet(
      GuestActivation guest, ActivationInput.ClockSet input, Instant now) {
    if (!isRunning(guest.state())) {
      return rejected(guest, Reason.NOT_RUNNING, input);
    }
    Instant highest = input.before().isAfter(guest.seen()) ? input.before() : guest.seen();
    return Transition.to(guest.moved(guest.key(), guest.stateAt(highest, now), now));
  }

  private static Transition<GuestActivation> stopped(
      GuestActivation guest, ActivationInput input, Instant now) {
    return guest.state().kind() == ActivationState.Kind.OFF
        ? rejected(guest, Reason.NOT_RUNNING, input)
        : turnedOff(guest, now);
  }

  private static Transition<GuestActivation> crashed(
      GuestActivation guest, ActivationInput input, Instant now) {
    return isRunning(guest.state())
        ? turnedOff(guest, now)
        : rejected(guest, Reason.NOT_RUNNING, input);
  }

  private static Transition<GuestActivation> turnedOff(GuestActivation guest, Instant now) {
    Kept kept = guest.stateAt(now).kept().restarted();
    return Transition.to(guest.moved(guest.key(), new Off(kept), now));
  }

  private static Transition<GuestActivation> saved(
      GuestActivation guest, ActivationInput input, Instant now) {
    return isRunning(guest.state())
        ? Transition.to(guest.moved(guest.key(), new Saved(guest.stateAt(now).kept()), now))
        : rejected(guest, Reason.NOT_RUNNING, input);
  }

  /**
   * A guest that was saved goes on where it was. Without an activation it asks at once, and so it
   * does if the last attempt to renew failed; an activation that needs nothing is renewed when it
   * is due, and a request for more of it that was in flight is forgotten.
   */
  private static Transition<GuestActivation> restored(
      GuestActivation guest, ActivationInput input, Instant now) {
    if (guest.state().kind() != ActivationState.Kind.SAVED) {
      return rejected(guest, Reason.NOT_SAVED, input);
    }
    Kept kept = guest.stateAt(now).kept();
    ActivationState next =
        kept instanceof Kept.Licensed licensed && licensed.attempts().equals(Attempts.SUCCEEDED)
            ? new ActivationState.Activated(
                licensed.activation(), guest.terms().renewalOf(licensed.activation()))
            : waiting(kept, now);
    return Transition.to(guest.moved(guest.key(), next, now));
  }

  /**
   * Disk and memory become what they were, the instant that was seen and the nonces that were used
   * included: the guest cannot know better.
   */
  private static Transition<GuestActivation> reverted(
      GuestActivation guest, ActivationInput.Reverted input) {
    GuestActivation then = input.checkpoint();
    if (!then.vm().equals(guest.vm())) {
      return rejected(guest, Reason.OTHER_VM, input);
    }
    return isRunning(then.state())
        ? Transition.to(then.moved(then.key(), new Saved(then.state().kept()), then.seen()))
        : Transition.to(then);
  }

  /** Sends a request, or none if there is no AVMA key to ask with. */
  private static Transition<GuestActivation> ask(
      GuestActivation guest,
      GuestKey key,
      Kept kept,
      ActivationInput input,
      Nonce nonce,
      Instant now) {
    if (!(key instanceof GuestKey.Avma avma)) {
      return Transition.to(guest.moved(key, Unkeyed.INSTANCE, now));
    }
    if (guest.usedBefore(nonce)) {
      return rejected(guest, Reason.NONCE_REUSED, input);
    }
    Instant overdueAt = now.plus(guest.terms().replyTimeout());
    ActivationState next =
        kept instanceof Kept.Licensed licensed
            ? new ActivationState.Renewing(
                licensed.activation(), nonce, overdueAt, licensed.attempts())
            : new Requesting(nonce, overdueAt, ((Kept.Unactivated) kept).attempts());
    return Transition.to(
        guest.moved(key, next, now),
        new Effect.SendRequest(new ActivationRequest(guest.vm(), avma.avmaId(), nonce)));
  }

  private static Transition<GuestActivation> activated(
      GuestActivation guest,
      ActivationResponse response,
      ActivationResponse.Granted granted,
      Instant now) {
    Instant expiresAt = now.plus(granted.validity());
    Activation activation = new Activation(now, expiresAt, response.host());
    Instant renewAt = guest.terms().renewalOf(expiresAt, granted.validity());
    AvmaId avmaId = ((GuestKey.Avma) guest.key()).avmaId(); // nobody else has a request in flight
    return Transition.to(
        guest.moved(guest.key(), new ActivationState.Activated(activation, renewAt), now),
        LOG_SUCCESS,
        new Effect.PublishItems(guest.terms(), avmaId, activation));
  }

  private static Transition<GuestActivation> failed(
      GuestActivation guest, ActivationState state, ActivationOutcome outcome, Instant now) {
    ActivationTerms terms = guest.terms();
    Attempts attempts =
        GuestActivation.attempts(state.kept()).orElseThrow().failed(outcome, terms.mostFailures());
    Instant retryAt = now.plus(terms.retryDelay(attempts.failures()));
    ActivationState next =
        state.kept() instanceof Kept.Licensed licensed
            ? new ActivationState.Retrying(licensed.activation(), retryAt, attempts)
            : new ActivationState.Waiting(retryAt, attempts);
    return Transition.to(guest.moved(guest.key(), next, now), new Effect.LogOutcome(outcome));
  }

  /** Returns the running state in which nothing is in flight and the next attempt is planned. */
  private static ActivationState waiting(Kept kept, Instant retryAt) {
    if (kept instanceof Kept.Licensed licensed) {
      return new ActivationState.Retrying(licensed.activation(), retryAt, licensed.attempts());
    }
    if (kept instanceof Kept.Unactivated unactivated) {
      return new ActivationState.Waiting(retryAt, unactivated.attempts());
    }
    return kept instanceof Kept.Withdrawn withdrawn
        ? new ActivationState.Withdrawn(withdrawn.activation())
        : Unkeyed.INSTANCE;
  }

  /** Returns why a guest in {@code state} takes no part in AVMA, if it takes none. */
  private static Optional<Reason> whyNoAvma(ActivationState state) {
    return switch (state.kind()) {
      case OFF, SAVED -> Optional.of(Reason.NOT_RUNNING);
      case UNKEYED, WITHDRAWN -> Optional.of(Reason.NO_AVMA_KEY);
      case REQUESTING, WAITING, ACTIVATED, RENEWING, RETRYING -> Optional.empty();
    };
  }

  private static boolean isRunning(ActivationState state) {
    return state.kind() != ActivationState.Kind.OFF && state.kind() != ActivationState.Kind.SAVED;
  }

  private static Transition<GuestActivation> rejected(
      GuestActivation guest, Reason reason, ActivationInput input) {
    return Transition.rejected(guest, reason, guest.state().kind().name(), input.kind().name());
  }
}
