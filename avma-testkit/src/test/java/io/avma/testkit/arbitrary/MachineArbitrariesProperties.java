package io.avma.testkit.arbitrary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationOutcome;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.HostActivation;
import io.avma.activation.HostInput;
import io.avma.activation.LicenseStatus;
import io.avma.activation.Nonce;
import io.avma.activation.Transition;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KeyDiagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

/**
 * Machines come in every state and meet every input, and what the machines promise holds of them.
 */
@Domain(AvmaDomain.class)
@Domain(DomainContext.Global.class)
class MachineArbitrariesProperties {
  private static final Instant LATER = Instant.parse("2045-01-01T00:00:00Z");

  @Property(tries = 5_000)
  void guestsComeInEveryState(@ForAll GuestActivation guest) {
    Statistics.collect(guest.state().kind());
    Statistics.coverage(
        all -> {
          for (ActivationState.Kind kind : ActivationState.Kind.values()) {
            all.check(kind).count(times -> times > 0);
          }
        });
  }

  @Property(tries = 3_000)
  void everyInputComes(@ForAll ActivationInput input) {
    Statistics.collect(input.kind());
    Statistics.coverage(
        all -> {
          for (ActivationInput.Kind kind : ActivationInput.Kind.values()) {
            all.check(kind).count(times -> times > 5);
          }
        });
  }

  @Property(tries = 1_000)
  void everyInputOfAHostComesAndEveryAnswer(
      @ForAll HostInput input, @ForAll ActivationResponse response, @ForAll HostActivation host) {
    Statistics.label("input").collect(input.kind());
    Statistics.label("granted").collect(response.answer() instanceof ActivationResponse.Granted);
    Statistics.label("role").collect(host.roleAt(LATER));
    Statistics.label("input")
        .coverage(
            all -> {
              for (HostInput.Kind kind : HostInput.Kind.values()) {
                all.check(kind).count(times -> times > 5);
              }
            });
    Statistics.label("role")
        .coverage(
            all -> {
              all.check(HostActivation.Role.ACTIVATING).count(times -> times > 5);
              all.check(HostActivation.Role.NOT_ACTIVATED).count(times -> times > 5);
              all.check(HostActivation.Role.SILENT).count(times -> times > 5);
            });
  }

  @Property(tries = 1_000)
  void termsReachTheirLimits(@ForAll ActivationTerms terms) {
    assertEquals(terms, terms.toBuilder().build());
    Statistics.label("validity").collect(terms.validity());
    Statistics.label("validity")
        .coverage(
            all -> {
              all.check(Duration.ofNanos(1)).count(times -> times > 0);
              all.check(ActivationResponse.Granted.LONGEST).count(times -> times > 0);
              all.check(ActivationTerms.assumed().validity()).percentage(share -> share > 20);
            });
    Statistics.label("throttled").collect(terms.throttleLimit() != Integer.MAX_VALUE);
  }

  /** The laws of the machine, for guests, inputs and terms that nobody thought of. */
  @Property(tries = 2_000)
  void nothingButAnAnswerToItsOwnRequestActivatesAGuest(
      @ForAll GuestActivation guest, @ForAll ActivationInput input) {
    Transition<GuestActivation> transition = guest.on(input, LATER);
    boolean before = guest.activationAt(LATER).isPresent();
    boolean after = transition.next().activationAt(LATER).isPresent();
    if (after && !before) {
      boolean brought =
          input instanceof ActivationInput.Reverted reverted
              && reverted.checkpoint().vm().equals(guest.vm());
      boolean answered =
          input instanceof ActivationInput.ResponseArrived arrived
              && Optional.of(arrived.response().nonce()).equals(guest.state().pending())
              && arrived.response().answer() instanceof ActivationResponse.Granted;
      boolean clock = input instanceof ActivationInput.ClockSet;
      assertTrue(brought || answered || clock, input.toString());
    }
    if (transition.isRejected()) {
      assertEquals(guest, transition.next());
      assertTrue(transition.effects().isEmpty(), transition.effects().toString());
    }
  }

  @Property(tries = 1_000)
  void licensedIsWhoHasAnActivationInForce(@ForAll GuestActivation guest, @ForAll GuestKey key) {
    Optional<LicenseStatus> status = guest.licenseStatusAt(LATER);
    assertEquals(guest.key() instanceof GuestKey.Other, status.isEmpty());
    status.ifPresent(
        shown ->
            assertEquals(guest.activationAt(LATER).isPresent(), shown == LicenseStatus.LICENSED));
  }

  @Property(tries = 500)
  void everyRequestIsAnsweredToWhoeverAsked(
      @ForAll HostActivation host, @ForAll ActivationRequest request) {
    Transition<HostActivation> next = host.on(new HostInput.RequestArrived(request), LATER);
    boolean silent = host.roleAt(LATER) == HostActivation.Role.SILENT;
    assertEquals(silent ? 0 : 2, next.effects().size());
  }

  @Property(tries = 500)
  void outcomesAndNoncesAreWhatTheySay(@ForAll ActivationOutcome outcome, @ForAll Nonce nonce) {
    assertEquals(outcome.kind() == ActivationOutcome.Kind.ACTIVATED, outcome.code().isSuccess());
    assertEquals(nonce, new Nonce(nonce.value()));
  }

  @Provide
  Arbitrary<String> texts() {
    return KeyArbitraries.texts();
  }

  /** The law of this house once more, for all that somebody may give for a key. */
  @Property(tries = 5_000)
  void noTextIsAValidKeyThatTheTablesDoNotHave(@ForAll("texts") String text) {
    KeyDiagnosis diagnosis = KeyCatalog.standard().diagnose(text);
    assertTrue(!(diagnosis instanceof KeyDiagnosis.Unpublished), "a key that nobody published");
    Statistics.collect(diagnosis.kind());
    Statistics.coverage(
        all -> {
          all.check(KeyDiagnosis.Kind.AVMA).percentage(share -> share > 5);
          all.check(KeyDiagnosis.Kind.CHECKSUM_WRONG).percentage(share -> share > 2);
          all.check(KeyDiagnosis.Kind.NOT_A_KEY).percentage(share -> share > 5);
        });
  }
}
