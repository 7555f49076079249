package io.avma.activation;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The host's side of the handshake, the parent partition: an immutable value and a pure function.
 *
 * <p>A host that supports AVMA answers every request it can read, in this order: throttled {@code
 * 0xC004FD00}, not activated itself {@code 0xC004FD02}, AVMA ID not covered {@code 0xC004FD03},
 * else a grant. The order is assumed. One that does not support AVMA does not answer; the guest
 * times out. Safe for any thread.
 */
@CheckReturnValue
public final class HostActivation {
  /** What part a host can play at an instant. */
  public enum Role {
    /** It does not answer. */
    SILENT,
    /** It answers, and has reached its limit. */
    THROTTLING,
    /** It answers, and is not activated itself. */
    NOT_ACTIVATED,
    /** It activates what it covers. */
    ACTIVATING
  }

  private final HostId id;
  private final HostCoverage coverage;
  private final ActivationTerms terms;
  private final ThrottleWindow window;

  private HostActivation(
      HostId id, HostCoverage coverage, ActivationTerms terms, ThrottleWindow window) {
    this.id = id;
    this.coverage = coverage;
    this.terms = terms;
    this.window = window;
  }

  /** Returns a host that has had no request yet. */
  public static HostActivation of(HostId id, HostCoverage coverage, ActivationTerms terms) {
    return new HostActivation(id, coverage, terms, ThrottleWindow.EMPTY);
  }

  /**
   * Returns what {@code input} makes of this host.
   *
   * @param input what happens
   * @param now what the host's clock shows
   */
  public Transition<HostActivation> on(HostInput input, Instant now) {
    return switch (input.kind()) {
      case REQUEST_ARRIVED -> asked(((HostInput.RequestArrived) input).request(), now);
      case REQUEST_DAMAGED ->
          Transition.rejected(
              this,
              Rejected.Reason.DAMAGED_REQUEST,
              roleAt(now).name(),
              HostInput.Kind.REQUEST_DAMAGED.name());
      case COVERAGE_CHANGED ->
          Transition.to(
              new HostActivation(
                  id, ((HostInput.CoverageChanged) input).coverage(), terms, window));
      case RESTARTED -> Transition.to(of(id, coverage, terms));
    };
  }

  private Transition<HostActivation> asked(ActivationRequest request, Instant now) {
    ThrottleWindow open = window.at(now, terms);
    return switch (role(open)) {
      case SILENT -> Transition.to(this);
      case THROTTLING -> answered(request, open, new ActivationResponse.Refused(Hresult.THROTTLED));
      case NOT_ACTIVATED ->
          answered(
              request,
              open.plusOne(now, terms),
              new ActivationResponse.Refused(Hresult.HOST_NOT_ACTIVATED));
      case ACTIVATING ->
          answered(
              request,
              open.plusOne(now, terms),
              coverage.covered().contains(request.avmaId())
                  ? terms.grant()
                  : new ActivationResponse.Refused(Hresult.ID_MISMATCH));
    };
  }

  private Transition<HostActivation> answered(
      ActivationRequest request, ThrottleWindow next, ActivationResponse.Answer answer) {
    return Transition.to(
        new HostActivation(id, coverage, terms, next),
        new Effect.LogRequest(request, answer.code()),
        new Effect.SendResponse(new ActivationResponse(request.vm(), request.nonce(), id, answer)));
  }

  /** Returns the host's name. */
  public HostId id() {
    return id;
  }

  /** Returns what the host answers. */
  public HostCoverage coverage() {
    return coverage;
  }

  /** Returns the terms. */
  public ActivationTerms terms() {
    return terms;
  }

  /** Returns what part the host plays at {@code now}. */
  public Role roleAt(Instant now) {
    return role(window.at(now, terms));
  }

  /** Returns how many requests were answered in the throttle window that is open at {@code now}. */
  public int requestsAt(Instant now) {
    return window.at(now, terms).requests();
  }

  /** Returns this host with every instant moved by {@code shift}. */
  public HostActivation shiftedBy(Duration shift) {
    return new HostActivation(id, coverage, terms, window.shiftedBy(shift));
  }

  /**
   * Returns this host with a throttle window forgotten that is over at {@code now}. Behaves the
   * same from {@code now} on; makes equal what differs only in that.
   */
  public HostActivation seenAt(Instant now) {
    return new HostActivation(id, coverage, terms, window.at(now, terms));
  }

  private Role role(ThrottleWindow open) {
    if (coverage.answering() == HostCoverage.Answering.NEVER) {
      return Role.SILENT;
    }
    if (open.isFull(terms)) {
      return Role.THROTTLING;
    }
    return coverage.answering() == HostCoverage.Answering.ACTIVATED
        ? Role.ACTIVATING
        : Role.NOT_ACTIVATED;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostActivation that
        && id.equals(that.id)
        && coverage.equals(that.coverage)
        && terms.equals(that.terms)
        && window.equals(that.window);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, window);
  }

  /** Returns name, profile and throttle window. */
  @Override
  public String toString() {
    return id + " " + coverage + " " + window;
  }
}
