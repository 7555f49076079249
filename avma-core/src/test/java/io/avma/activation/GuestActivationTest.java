package io.avma.activation;

import static io.avma.activation.Examples.EARLIER;
import static io.avma.activation.Examples.FOREIGN;
import static io.avma.activation.Examples.FRESH;
import static io.avma.activation.Examples.HOST;
import static io.avma.activation.Examples.KEY;
import static io.avma.activation.Examples.MAK;
import static io.avma.activation.Examples.NOW;
import static io.avma.activation.Examples.OTHER_AVMA;
import static io.avma.activation.Examples.OTHER_VM;
import static io.avma.activation.Examples.PENDING;
import static io.avma.activation.Examples.TERMS;
import static io.avma.activation.Examples.VM;
import static io.avma.activation.Examples.days;
import static io.avma.activation.Examples.granted;
import static io.avma.activation.Examples.next;
import static io.avma.activation.Examples.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestActivationTest {
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void theGuestAsksWhenItStarts() {
    Transition<GuestActivation> started =
        Examples.off().on(new ActivationInput.Started(FRESH), NOW);

    assertEquals(
        ImmutableList.of(new Effect.SendRequest(new ActivationRequest(VM, KEY.avmaId(), FRESH))),
        started.effects());
    assertEquals(
        new ActivationState.Requesting(FRESH, NOW.plusSeconds(30), Attempts.NONE),
        started.next().state());
    assertEquals(Optional.of(NOW.plusSeconds(30)), started.next().dueAt());
  }

  @Test
  void aGrantActivatesFromTheGuestsOwnNow() {
    Instant later = NOW.plusSeconds(7);
    Transition<GuestActivation> answered = Examples.requesting().on(granted(PENDING), later);
    Activation activation = new Activation(later, later.plus(WEEK), HOST);

    assertEquals(
        new ActivationState.Activated(activation, later.plus(Duration.ofDays(6))),
        answered.next().state());
    assertEquals(
        ImmutableList.of(
            new Effect.LogOutcome(ActivationOutcome.ACTIVATED),
            new Effect.PublishItems(TERMS, KEY.avmaId(), activation)),
        answered.effects());
    assertEquals(Optional.of(activation), answered.next().activationAt(later));
    assertEquals(Optional.of(ActivationOutcome.ACTIVATED), answered.next().lastOutcome());
  }

  @ParameterizedTest
  @CsvSource({
    "0xC004FD00, THROTTLED, ",
    "0xC004FD01, INVALID_HOST, Invalid Host",
    "0xC004FD02, HOST_NOT_ACTIVATED, ",
    "0xC004FD03, DENIED, Activation Denied",
    "0xC004FD04, REFUSED_OTHERWISE, ",
    "0xC004F069, REFUSED_OTHERWISE, ",
    "0xC004F050, REFUSED_OTHERWISE, ",
    "0xC004F051, REFUSED_OTHERWISE, ",
    "0xC004F014, REFUSED_OTHERWISE, ",
    "0xC004F009, REFUSED_OTHERWISE, ",
  })
  void aRefusalIsLoggedWithItsCodeAndRetried(
      String code, ActivationOutcome.Kind kind, String notification) {
    Hresult hresult = Hresult.parse(code).orElseThrow();
    Transition<GuestActivation> refused = Examples.requesting().on(refused(PENDING, hresult), NOW);
    ActivationOutcome outcome = new ActivationOutcome(kind, hresult);

    assertEquals(ImmutableList.of(new Effect.LogOutcome(outcome)), refused.effects());
    assertEquals(
        new ActivationState.Waiting(
            NOW.plus(Duration.ofMinutes(5)), new Attempts(1, false, outcome)),
        refused.next().state());
    assertEquals(
        Optional.ofNullable(notification),
        outcome.notification().map(ActivationOutcome.Notification::displayName));
    assertEquals(Optional.of(hresult), refused.next().notificationReasonAt(NOW));
  }

  @Test
  void noAnswerUntilTheTimeoutIsInvalidHost() {
    GuestActivation guest = Examples.requesting();
    ActivationInput due = new ActivationInput.Due(FRESH);

    assertSame(guest, guest.on(due, NOW.plusSeconds(30).minusNanos(1)).next());
    Transition<GuestActivation> overdue = guest.on(due, NOW.plusSeconds(30));
    assertEquals(
        ImmutableList.of(new Effect.LogOutcome(ActivationOutcome.of(Hresult.INVALID_PLATFORM))),
        overdue.effects());
    assertEquals(ActivationState.Kind.WAITING, overdue.next().state().kind());
  }

  @Test
  void retryDelaysGrowAndTheLastOneRepeats() {
    GuestActivation guest = next(Examples.off(), new ActivationInput.Started(new Nonce(1)), NOW);
    List<Long> minutes = new ArrayList<>();
    Instant now = NOW;
    for (int i = 1; i <= 8; i++) {
      guest = next(guest, refused(new Nonce(i), Hresult.THROTTLED), now);
      Instant due = guest.dueAt().orElseThrow();
      minutes.add(Duration.between(now, due).toMinutes());
      now = due;
      guest = next(guest, new ActivationInput.Due(new Nonce(i + 1)), now);
    }
    assertEquals(ImmutableList.of(5L, 10L, 20L, 40L, 80L, 120L, 120L, 120L), minutes);
  }

  @Test
  void aRestartBeginsTheRetryDelaysAgainAndKeepsTheOutcome() {
    GuestActivation guest = Examples.waiting();
    GuestActivation again = next(guest, new ActivationInput.Started(FRESH), NOW);
    assertEquals(
        new Attempts(0, false, ActivationOutcome.HOST_NOT_ACTIVATED),
        ((ActivationState.Requesting) again.state()).attempts());
    GuestActivation renewing = next(Examples.retrying(), new ActivationInput.Started(FRESH), NOW);
    assertEquals(
        new Attempts(0, false, ActivationOutcome.HOST_NOT_ACTIVATED),
        ((ActivationState.Renewing) renewing.state()).attempts());
  }

  @Test
  void aFailedRenewalLeavesTheActivationInForceUntilItsEnd() {
    GuestActivation guest = Examples.retrying();
    Instant end = NOW.plus(WEEK);

    assertEquals(Optional.of(LicenseStatus.LICENSED), guest.licenseStatusAt(end.minusNanos(1)));
    assertEquals(Optional.of(LicenseStatus.NOTIFICATION), guest.licenseStatusAt(end));
    assertEquals(Optional.of(Hresult.HOST_NOT_ACTIVATED), guest.notificationReasonAt(end));
    assertEquals(Optional.empty(), guest.notificationReasonAt(NOW));
  }

  @Test
  void aRetryPlannedBehindTheEndWakesTheGuestAtTheEnd() {
    ActivationTerms terms = TERMS.toBuilder().retryDelays(Duration.ofDays(20)).build();
    GuestActivation guest =
        next(
            next(
                next(
                    next(Examples.off(terms), new ActivationInput.Started(EARLIER), NOW),
                    granted(EARLIER),
                    NOW),
                new ActivationInput.ActivateNow(PENDING),
                NOW),
            new ActivationInput.ResponseDamaged(),
            NOW);
    Instant end = NOW.plus(WEEK);

    assertEquals(Optional.of(end), guest.dueAt());
    Transition<GuestActivation> woken = guest.on(new ActivationInput.Due(FRESH), end);
    assertEquals(ImmutableList.of(), woken.effects());
    assertEquals(
        new ActivationState.Waiting(
            NOW.plus(Duration.ofDays(20)), new Attempts(1, true, TERMS.invalidData())),
        woken.next().state());
  }

  @Test
  void aRequestInFlightAtTheEndStaysInFlight() {
    ActivationTerms terms = TERMS.toBuilder().replyTimeout(Duration.ofDays(20)).build();
    GuestActivation guest =
        next(
            next(
                next(Examples.off(terms), new ActivationInput.Started(EARLIER), NOW),
                granted(EARLIER),
                NOW),
            new ActivationInput.ActivateNow(PENDING),
            NOW);
    Instant end = NOW.plus(WEEK);

    assertEquals(Optional.of(end), guest.dueAt());
    Transition<GuestActivation> woken = guest.on(new ActivationInput.Due(FRESH), end);
    assertEquals(ImmutableList.of(), woken.effects());
    assertEquals(Optional.of(PENDING), woken.next().state().pending());
    assertEquals(
        Optional.of(LicenseStatus.LICENSED),
        next(woken.next(), granted(PENDING), end).licenseStatusAt(end));
  }

  /** Else what becomes of it would hang on whether its caller was quick to wake it. */
  @Test
  void anAnswerFromTheTimeoutOnNeverCountsWhetherTheGuestWasWokenOrNot() {
    Instant timeout = NOW.plus(TERMS.replyTimeout());
    for (GuestActivation guest : List.of(Examples.requesting(), Examples.renewing())) {
      Transition<GuestActivation> late = guest.on(granted(PENDING), timeout);
      assertEquals(Optional.of(Rejected.Reason.STALE), late.rejection().map(Rejected::reason));
      Transition<GuestActivation> intime = guest.on(granted(PENDING), timeout.minusNanos(1));
      assertTrue(intime.next().activationAt(timeout).isPresent());
      GuestActivation woken = guest.on(new ActivationInput.Due(FRESH), timeout).next();
      GuestActivation wokenAfter = late.next().on(new ActivationInput.Due(FRESH), timeout).next();
      assertEquals(woken, wokenAfter);
    }
  }

  @Test
  void aLateAnswerIsStaleAndTheRequestInFlightStays() {
    GuestActivation guest = Examples.requesting();
    Transition<GuestActivation> late = guest.on(granted(EARLIER), NOW);

    assertEquals(Optional.of(Rejected.Reason.STALE), late.rejection().map(Rejected::reason));
    assertSame(guest, late.next());
    assertEquals(Optional.of(PENDING), guest.state().pending());
  }

  @Test
  void anAnswerThatComesTwiceCountsOnce() {
    GuestActivation guest = next(Examples.requesting(), granted(PENDING), NOW);
    Transition<GuestActivation> again = guest.on(granted(PENDING), NOW.plusSeconds(1));
    assertEquals(Optional.of(Rejected.Reason.STALE), again.rejection().map(Rejected::reason));
  }

  @Test
  void anAnswerNeverAskedForIsInvalidDataAndEndsTheRequest() {
    Transition<GuestActivation> answered = Examples.requesting().on(granted(FOREIGN), NOW);
    assertEquals(ImmutableList.of(new Effect.LogOutcome(TERMS.invalidData())), answered.effects());
    assertEquals(Optional.empty(), answered.next().state().pending());
    assertEquals(Optional.empty(), answered.next().activationAt(NOW));
    assertTrue(answered.next().on(granted(PENDING), NOW).isRejected());
  }

  @Test
  void anAnswerToAnotherMachineNeverActivates() {
    Transition<GuestActivation> answered =
        Examples.requesting().on(granted(OTHER_VM, PENDING), NOW);
    assertEquals(Optional.empty(), answered.next().activationAt(NOW));
    Transition<GuestActivation> old = Examples.requesting().on(granted(OTHER_VM, EARLIER), NOW);
    assertFalse(old.isRejected()); // not an earlier answer of ours
  }

  @Test
  void theLastThreeRequestsAreRemembered() {
    GuestActivation guest = Examples.off();
    for (int i = 1; i <= 5; i++) {
      guest = next(guest, new ActivationInput.Started(new Nonce(i)), NOW);
    }
    for (int i = 2; i <= 4; i++) {
      assertTrue(guest.on(granted(new Nonce(i)), NOW).isRejected(), "nonce " + i);
      assertEquals(
          Optional.of(Rejected.Reason.NONCE_REUSED),
          guest
              .on(new ActivationInput.Started(new Nonce(i)), NOW)
              .rejection()
              .map(Rejected::reason));
    }
    assertFalse(guest.on(granted(new Nonce(1)), NOW).isRejected());
    assertTrue(guest.on(new ActivationInput.Started(new Nonce(5)), NOW).isRejected());
  }

  @Test
  void nothingIsRememberedOfAGuestThatNeverAsked() {
    GuestActivation guest = Examples.off();
    assertFalse(guest.on(new ActivationInput.Started(new Nonce(0)), NOW).isRejected());
    GuestActivation once = next(guest, new ActivationInput.Started(new Nonce(7)), NOW);
    assertFalse(once.on(new ActivationInput.Started(new Nonce(0)), NOW).isRejected());
    GuestActivation twice = next(once, new ActivationInput.Started(new Nonce(8)), NOW);
    assertFalse(twice.on(new ActivationInput.Started(new Nonce(0)), NOW).isRejected());
    GuestActivation three = next(twice, new ActivationInput.Started(new Nonce(9)), NOW);
    assertFalse(three.on(new ActivationInput.Started(new Nonce(0)), NOW).isRejected());
    List<Nonce> asked = new ArrayList<>();
    assertEquals(
        twice,
        twice.withNonces(
            nonce -> {
              asked.add(nonce);
              return nonce;
            }));
    assertEquals(ImmutableList.of(new Nonce(8), new Nonce(7)), asked);
  }

  @Test
  void anAnswerFromBeforeARevertNeverActivates() {
    GuestActivation checkpoint = Examples.requesting(); // PENDING is in flight
    GuestActivation reverted =
        next(
            next(Examples.activated(), new ActivationInput.Reverted(checkpoint), NOW),
            new ActivationInput.Restored(),
            NOW);
    assertTrue(reverted.on(granted(PENDING), NOW).isRejected());
    GuestActivation asking = next(reverted, new ActivationInput.Due(FRESH), NOW);
    assertTrue(asking.on(granted(PENDING), NOW).isRejected());
    GuestActivation asked = next(asking, granted(FOREIGN), NOW); // asked after the checkpoint
    assertEquals(Optional.empty(), asked.activationAt(NOW));
  }

  @Test
  void aRevertBringsTheCheckpointsActivationBackAndNoMore() {
    GuestActivation checkpoint = Examples.stopped(Examples.activatedAt(days(-3)));
    GuestActivation reverted =
        next(Examples.requesting(), new ActivationInput.Reverted(checkpoint), NOW);
    assertEquals(Optional.of(days(4)), reverted.activationAt(NOW).map(Activation::expiresAt));
    assertEquals(Optional.empty(), reverted.activationAt(days(4)));
  }

  @Test
  void aClockSetBackNeverLengthensAnActivation() {
    GuestActivation guest = Examples.activated();
    GuestActivation back = next(guest, new ActivationInput.ClockSet(days(2)), days(-1));
    assertEquals(Optional.of(days(4)), back.activationAt(days(-1)).map(Activation::expiresAt));
    assertEquals(Optional.of(days(3)), back.dueAt());
    assertEquals(Optional.empty(), back.activationAt(days(4)));
  }

  @Test
  void aClockFoundSetBackMovesEverythingAlong() {
    GuestActivation guest = next(Examples.activated(), new ActivationInput.LiveMigrated(), days(2));
    GuestActivation back = next(guest, new ActivationInput.LiveMigrated(), days(1));
    assertEquals(Optional.of(days(6)), back.activationAt(days(1)).map(Activation::expiresAt));
    assertEquals(Optional.of(days(6)), guest.activationAt(days(1)).map(Activation::expiresAt));
  }

  @Test
  void whatWasSeenCountsMoreThanWhatTheClockIsSaidToHaveShown() {
    GuestActivation guest = next(Examples.activated(), new ActivationInput.LiveMigrated(), days(3));
    GuestActivation back = next(guest, new ActivationInput.ClockSet(days(1)), days(2));
    assertEquals(Optional.of(days(6)), back.activationAt(days(2)).map(Activation::expiresAt));
  }

  @Test
  void aJumpAheadCounts() {
    GuestActivation ahead = next(Examples.activated(), new ActivationInput.ClockSet(NOW), days(7));
    assertEquals(Optional.of(LicenseStatus.NOTIFICATION), ahead.licenseStatusAt(days(7)));
    GuestActivation back = next(ahead, new ActivationInput.ClockSet(days(7)), NOW);
    assertEquals(Optional.empty(), back.activationAt(NOW));
  }

  @Test
  void theStatusAfterExpiryAndBeforeActivationAreTerms() {
    ActivationTerms terms =
        TERMS.toBuilder()
            .statusBeforeActivation(LicenseStatus.INITIAL_GRACE)
            .statusAfterExpiry(LicenseStatus.UNLICENSED)
            .build();
    GuestActivation guest = Examples.off(terms);
    assertEquals(Optional.of(LicenseStatus.INITIAL_GRACE), guest.licenseStatusAt(NOW));
    assertEquals(Optional.empty(), guest.notificationReasonAt(NOW));
    guest = next(guest, new ActivationInput.Started(FRESH), NOW);
    guest = next(guest, granted(FRESH), NOW);
    assertEquals(Optional.of(LicenseStatus.UNLICENSED), guest.licenseStatusAt(days(7)));
  }

  @Test
  void theNextActivationEndsTheLapse() {
    GuestActivation lapsed = next(Examples.activated(), new ActivationInput.Due(FRESH), days(8));
    GuestActivation again = next(lapsed, granted(FRESH), days(8));
    assertEquals(
        new Kept.Licensed(again.activationAt(days(8)).orElseThrow(), Attempts.SUCCEEDED),
        again.state().kept());
    GuestActivation failed = next(lapsed, refused(FRESH, Hresult.THROTTLED), days(8));
    assertEquals(
        new Kept.Unactivated(new Attempts(1, true, ActivationOutcome.THROTTLED)),
        failed.state().kept());
  }

  @Test
  void anotherAvmaKeyEndsTheActivationOfTheFirst() {
    Transition<GuestActivation> replaced =
        Examples.activated().on(new ActivationInput.KeyInstalled(OTHER_AVMA, FRESH), NOW);
    assertEquals(
        ImmutableList.of(
            new Effect.SendRequest(new ActivationRequest(VM, OTHER_AVMA.avmaId(), FRESH))),
        replaced.effects());
    assertEquals(OTHER_AVMA, replaced.next().key());
    assertEquals(Optional.of(OTHER_AVMA.avmaId()), replaced.next().avmaId());
    assertEquals(Optional.empty(), replaced.next().activationAt(NOW));
    assertEquals(Optional.of(ActivationOutcome.NOT_ATTEMPTED), replaced.next().lastOutcome());
  }

  @Test
  void theAnswerToTheReplacedKeyIsStale() {
    GuestActivation replaced =
        next(Examples.requesting(), new ActivationInput.KeyInstalled(OTHER_AVMA, FRESH), NOW);
    assertEquals(
        Optional.of(Rejected.Reason.STALE),
        replaced.on(granted(PENDING), NOW).rejection().map(Rejected::reason));
  }

  @Test
  void aKeyOfAnotherChannelEndsAvmaAndLeavesTheItems() {
    Transition<GuestActivation> replaced =
        Examples.activated().on(new ActivationInput.OtherKeyInstalled(MAK), NOW);
    assertEquals(ImmutableList.of(), replaced.effects());
    assertEquals(MAK, replaced.next().key());
    assertEquals(Optional.empty(), replaced.next().avmaId());
    assertEquals(Optional.empty(), replaced.next().licenseStatusAt(NOW));
    assertEquals(Optional.empty(), replaced.next().notificationReasonAt(NOW));
    assertEquals(Optional.empty(), replaced.next().lastOutcome());
  }

  @Test
  void theItemsAreRemovedIfTheTermsSaySo() {
    ActivationTerms terms = TERMS.toBuilder().clearsItemsOnOtherKey(true).build();
    GuestActivation guest =
        next(
            next(Examples.off(terms), new ActivationInput.Started(FRESH), NOW),
            granted(FRESH),
            NOW);
    assertEquals(
        ImmutableList.of(
            new Effect.ClearItems(
                ImmutableList.of("AvmaId", "AvmaHost", "AvmaActivatedAt", "AvmaExpiresAt"))),
        guest.on(new ActivationInput.OtherKeyInstalled(MAK), NOW).effects());
    // Where no AVMA key is installed now, one may have been: removed, and the guest booted again.
    ImmutableList<Effect> cleared =
        guest.on(new ActivationInput.OtherKeyInstalled(MAK), NOW).effects();
    GuestActivation off = next(guest, new ActivationInput.Stopped(), NOW);
    GuestActivation withdrawn = next(guest, new ActivationInput.KeyRemoved(), NOW);
    GuestActivation unkeyed = next(withdrawn, new ActivationInput.Started(FRESH), NOW);
    for (GuestActivation state : List.of(off, withdrawn, unkeyed)) {
      assertEquals(
          cleared,
          state.on(new ActivationInput.OtherKeyInstalled(MAK), NOW).effects(),
          state.toString());
    }
    GuestActivation saved = next(guest, new ActivationInput.Saved(), NOW);
    assertTrue(saved.on(new ActivationInput.OtherKeyInstalled(MAK), NOW).isRejected());
  }

  @Test
  void aRemovedKeyLeavesTheGuestActivatedUntilItRestarts() {
    GuestActivation removed = Examples.withdrawn();
    assertEquals(GuestKey.None.INSTANCE, removed.key());
    assertEquals(Optional.of(LicenseStatus.LICENSED), removed.licenseStatusAt(NOW));
    assertEquals(Optional.of(LicenseStatus.UNLICENSED), removed.licenseStatusAt(days(7)));
    GuestActivation restarted = next(removed, new ActivationInput.Started(FRESH), NOW);
    assertEquals(Optional.of(LicenseStatus.UNLICENSED), restarted.licenseStatusAt(NOW));
  }

  @Test
  void aLiveMigrationDropsWhatIsInFlightAndAsksTheNewParentAtOnce() {
    GuestActivation migrated =
        next(Examples.renewing(), new ActivationInput.LiveMigrated(), NOW.plusSeconds(3));
    assertEquals(Optional.of(NOW.plusSeconds(3)), migrated.dueAt());
    assertTrue(migrated.activationAt(NOW).isPresent());
    Transition<GuestActivation> woken =
        migrated.on(new ActivationInput.Due(FRESH), NOW.plusSeconds(3));
    assertEquals(Effect.Kind.SEND_REQUEST, woken.effects().get(0).kind());
    assertTrue(woken.next().on(granted(PENDING), NOW).isRejected());
  }

  @Test
  void aLiveMigrationLeavesAPlannedAttemptWhereItIs() {
    assertEquals(
        Examples.activated().dueAt(),
        next(Examples.activated(), new ActivationInput.LiveMigrated(), NOW).dueAt());
    assertEquals(
        Examples.waiting().dueAt(),
        next(Examples.waiting(), new ActivationInput.LiveMigrated(), NOW).dueAt());
  }

  @Test
  void aSaveKeepsTheActivationAndItsRenewal() {
    GuestActivation saved = Examples.saved(Examples.activated());
    assertEquals(Optional.empty(), saved.dueAt());
    GuestActivation restored = next(saved, new ActivationInput.Restored(), days(1));
    assertEquals(Examples.activated().state(), restored.state());
    GuestActivation tooLate = next(saved, new ActivationInput.Restored(), days(7));
    assertEquals(
        new ActivationState.Waiting(days(7), Attempts.SUCCEEDED.lapsedNow()), tooLate.state());
  }

  @Test
  void anInstantOfAnEarlyWakeUpIsNotRemembered() {
    GuestActivation guest = Examples.activated();
    assertSame(guest, guest.on(new ActivationInput.Due(FRESH), days(5)).next());
    assertEquals(NOW, guest.seen());
  }

  @Test
  void noncesAreRenamedInFlightFirstThenNewestFirst() {
    GuestActivation guest = Examples.off();
    for (int i = 1; i <= 4; i++) {
      guest = next(guest, new ActivationInput.Started(new Nonce(i)), NOW);
    }
    List<Nonce> asked = new ArrayList<>();
    GuestActivation renamed =
        guest.withNonces(
            nonce -> {
              asked.add(nonce);
              return new Nonce(nonce.value() + 100);
            });
    assertEquals(ImmutableList.of(new Nonce(4), new Nonce(3), new Nonce(2), new Nonce(1)), asked);
    for (int i = 101; i <= 103; i++) {
      assertTrue(renamed.on(granted(new Nonce(i)), NOW).isRejected());
    }
    assertEquals(Optional.of(new Nonce(104)), renamed.state().pending());
    assertEquals(guest, renamed.withNonces(nonce -> new Nonce(nonce.value() - 100)));
    assertEquals(
        Optional.of(new Nonce(1)),
        Examples.renewing().withNonces(nonce -> new Nonce(1)).state().pending());
    List<Nonce> none = new ArrayList<>();
    assertEquals(
        Examples.off(),
        Examples.off()
            .withNonces(
                nonce -> {
                  none.add(nonce);
                  return nonce;
                }));
    assertEquals(ImmutableList.of(), none);
    assertEquals(
        Examples.activated(), Examples.activated().withNonces(nonce -> nonce), "one remembered");
    GuestActivation one = Examples.activated().withNonces(nonce -> new Nonce(9));
    assertTrue(one.on(new ActivationInput.Started(new Nonce(9)), NOW).isRejected());
  }

  @Test
  void whatWasSeenLaterMakesNoDifferenceFromThenOn() {
    GuestActivation early = Examples.activated();
    GuestActivation late = next(early, new ActivationInput.LiveMigrated(), days(1));
    assertNotEquals(early, late);
    assertEquals(early.seenAt(days(2)), late.seenAt(days(2)));
    assertEquals(
        new ActivationState.Waiting(days(7), Attempts.SUCCEEDED.lapsedNow()),
        early.seenAt(days(8)).state());
  }

  @Test
  void guestsAreEqualIfEverythingIs() {
    GuestActivation guest = Examples.activated();
    assertEquals(guest, Examples.activated());
    assertEquals(guest.hashCode(), Examples.activated().hashCode());
    assertNotEquals(guest, Examples.waiting());
    assertNotEquals(guest.hashCode(), Examples.renewing().hashCode());
    assertNotEquals(Examples.off(), GuestActivation.off(OTHER_VM, KEY, TERMS));
    assertNotEquals(Examples.off(), GuestActivation.off(VM, OTHER_AVMA, TERMS));
    assertNotEquals(Examples.off(), Examples.off(ActivationTerms.brisk()));
    assertNotEquals(guest, guest.withNonces(nonce -> FOREIGN));
    assertNotEquals(guest, guest.seenAt(days(1)));
    assertFalse(guest.equals(null));
    assertEquals(TERMS, guest.terms());
    assertEquals(VM, guest.vm());
    assertTrue(guest.toString().startsWith(VM + " Activated"));
  }

  @Test
  void whatIsPublishedComesFromTheActivation() {
    Transition<GuestActivation> answered = Examples.requesting().on(granted(PENDING), NOW);
    Effect.PublishItems publish = (Effect.PublishItems) answered.effects().get(1);
    assertEquals(
        ImmutableMap.of(
            "AvmaId", KEY.avmaId().value(),
            "AvmaHost", "host-1",
            "AvmaActivatedAt", "2026-01-05T00:00:00Z",
            "AvmaExpiresAt", "2026-01-12T00:00:00Z"),
        publish.items());
  }
}
