package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The small values of the handshake: what they refuse, and how they show themselves. */
class ActivationValuesTest {
  @Test
  void aNonceShowsItsLastFourDigits() {
    assertEquals("…a41c", new Nonce(0x7777_0000_1234_a41cL).toString());
    assertEquals("…0001", new Nonce(1).toString());
  }

  @Test
  void anAvmaIdIsOpaqueAndBounded() {
    assertEquals("a\\u{1B}b", new AvmaId("a\u001Bb").toString());
    assertEquals(256, new AvmaId("x".repeat(256)).value().length());
    assertThrows(IllegalArgumentException.class, () -> new AvmaId(""));
    assertThrows(IllegalArgumentException.class, () -> new AvmaId("x".repeat(257)));
  }

  @Test
  void aKeyIsNeverMoreThanItsLastFive() {
    AvmaId id = new AvmaId("1");
    assertThrows(IllegalArgumentException.class, () -> new GuestKey.Avma(id, "ABCDEF"));
    assertThrows(IllegalArgumentException.class, () -> new GuestKey.Avma(id, "ABC\u001BE"));
    assertThrows(
        IllegalArgumentException.class, () -> new GuestKey.Other(LicenseChannel.MAK, "ABCD"));
    assertThrows(
        IllegalArgumentException.class, () -> new GuestKey.Other(LicenseChannel.AVMA, "ABCDE"));
  }

  @Test
  void aGrantIsPositiveAndBounded() {
    assertThrows(
        IllegalArgumentException.class, () -> new ActivationResponse.Granted(Duration.ZERO));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ActivationResponse.Granted(Duration.ofDays(36_525).plusNanos(1)));
    ActivationResponse.Granted longest =
        new ActivationResponse.Granted(ActivationResponse.Granted.LONGEST);
    assertEquals(Hresult.OK, longest.code());
    assertThrows(IllegalArgumentException.class, () -> new ActivationResponse.Refused(Hresult.OK));
  }

  @Test
  void anActivationEndsAfterItBegan() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Activation(Examples.NOW, Examples.NOW, Examples.HOST));
    Activation activation = new Activation(Examples.NOW, Examples.NOW.plusNanos(1), Examples.HOST);
    assertTrue(activation.inForceAt(Examples.NOW));
    assertFalse(activation.inForceAt(Examples.NOW.plusNanos(1)));
  }

  @Test
  void failuresAreNotNegativeAndStopCounting() {
    assertThrows(
        IllegalArgumentException.class, () -> new Attempts(-1, false, ActivationOutcome.THROTTLED));
    Attempts two = new Attempts(2, true, ActivationOutcome.DENIED);
    assertEquals(
        new Attempts(3, true, ActivationOutcome.THROTTLED),
        two.failed(ActivationOutcome.THROTTLED, 3));
    assertEquals(
        new Attempts(2, true, ActivationOutcome.THROTTLED),
        two.failed(ActivationOutcome.THROTTLED, 2));
    assertEquals(Attempts.NONE, Attempts.NONE.restarted());
    assertEquals(new Attempts(0, true, ActivationOutcome.DENIED), two.restarted());
  }

  @Test
  void effectsNeverComeWithARejection() {
    Rejected rejected = new Rejected(Rejected.Reason.STALE, "WAITING", "RESPONSE_ARRIVED");
    Effect effect = new Effect.LogOutcome(ActivationOutcome.ACTIVATED);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Transition<>("m", ImmutableList.of(effect), Optional.of(rejected)));
    assertTrue(new Transition<>("m", ImmutableList.of(), Optional.of(rejected)).isRejected());
    assertEquals("not-running", Rejected.Reason.NOT_RUNNING.label());
  }

  @Test
  void everyEffectSaysWhatItIs() {
    ActivationRequest request =
        new ActivationRequest(Examples.VM, Examples.KEY.avmaId(), Examples.FRESH);
    assertEquals(Effect.Kind.SEND_REQUEST, new Effect.SendRequest(request).kind());
    assertEquals(Effect.Kind.LOG_REQUEST, new Effect.LogRequest(request, Hresult.OK).kind());
    assertEquals(Effect.Kind.CLEAR_ITEMS, new Effect.ClearItems(ImmutableList.of()).kind());
    assertEquals(Effect.Kind.LOG_OUTCOME, new Effect.LogOutcome(ActivationOutcome.DENIED).kind());
  }

  @Test
  void anOutcomeIsFoundByItsCode() {
    assertEquals(ActivationOutcome.ACTIVATED, ActivationOutcome.of(Hresult.OK));
    assertEquals(ActivationOutcome.DENIED, ActivationOutcome.of(Hresult.ID_MISMATCH));
    assertEquals(ActivationOutcome.THROTTLED, ActivationOutcome.of(Hresult.THROTTLED));
    assertEquals(
        ActivationOutcome.HOST_NOT_ACTIVATED, ActivationOutcome.of(Hresult.HOST_NOT_ACTIVATED));
    assertEquals(
        Hresult.OK.hashCode(), ActivationOutcome.ACTIVATED.hashCode(), "the same in every run");
    assertNotEquals(
        ActivationOutcome.of(Hresult.NOT_BOUND), ActivationOutcome.NOT_ATTEMPTED, "by its kind");
    assertEquals(Optional.empty(), ActivationOutcome.NOT_ATTEMPTED.notification());
  }

  @Test
  void keptThingsSurviveARestartAsFarAsTheyMay() {
    Activation activation = Examples.activated().activationAt(Examples.NOW).orElseThrow();
    Kept.Withdrawn withdrawn = new Kept.Withdrawn(activation);
    assertEquals(Kept.Kind.WITHDRAWN, withdrawn.kind());
    assertEquals(Kept.Nothing.INSTANCE, withdrawn.restarted());
    assertEquals(withdrawn, withdrawn.asOf(Examples.NOW));
    assertEquals(Kept.Nothing.INSTANCE, withdrawn.asOf(activation.expiresAt()));
    assertEquals(Kept.Kind.NOTHING, Kept.Nothing.INSTANCE.kind());
    assertEquals(Kept.Nothing.INSTANCE, Kept.Nothing.INSTANCE.restarted());
    assertEquals(Kept.Kind.UNACTIVATED, Kept.Unactivated.FRESH.kind());
    Attempts failing = new Attempts(2, false, ActivationOutcome.DENIED);
    assertEquals(
        new Kept.Unactivated(failing.restarted()), new Kept.Unactivated(failing).restarted());
    Kept.Licensed licensed = new Kept.Licensed(activation, failing);
    assertEquals(Kept.Kind.LICENSED, licensed.kind());
    assertEquals(new Kept.Licensed(activation, failing.restarted()), licensed.restarted());
    Kept.Licensed sound = new Kept.Licensed(activation, Attempts.SUCCEEDED);
    assertEquals(sound, sound.restarted());
    Duration day = Duration.ofDays(1);
    assertEquals(new Kept.Licensed(activation.shiftedBy(day), failing), licensed.shiftedBy(day));
    assertEquals(new Kept.Withdrawn(activation.shiftedBy(day)), withdrawn.shiftedBy(day));
  }
}
