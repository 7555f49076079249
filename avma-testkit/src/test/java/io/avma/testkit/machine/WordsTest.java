package io.avma.testkit.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.activation.Activation;
import io.avma.activation.ActivationOutcome;
import io.avma.activation.ActivationOutcome.Kind;
import io.avma.activation.ActivationOutcome.Notification;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationTerms;
import io.avma.activation.Attempts;
import io.avma.activation.AvmaId;
import io.avma.activation.Effect;
import io.avma.activation.GuestKey;
import io.avma.activation.LicenseStatus;
import io.avma.activation.Nonce;
import io.avma.activation.Rejected;
import io.avma.activation.Transition;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The words and numbers by which tools tell what happened: those of Windows and of its logs. */
class WordsTest {
  private static final VmId VM = new VmId(new UUID(0, 1));

  @ParameterizedTest
  @CsvSource({
    "0x00000000, ACTIVATED,          AVMA Success",
    "0xC004FD00, THROTTLED,          ",
    "0xC004FD01, INVALID_HOST,       Invalid Host",
    "0xC004FD02, HOST_NOT_ACTIVATED, ",
    "0xC004FD03, DENIED,             Activation Denied",
    "0x8007000D, REFUSED_OTHERWISE,  ",
    "0xC004F038, REFUSED_OTHERWISE,  "
  })
  void anAnswersCodeIsAnOutcome(String code, Kind kind, String notification) {
    ActivationOutcome outcome =
        ActivationOutcome.of(new Hresult(Integer.parseUnsignedInt(code.substring(2), 16)));
    assertEquals(kind, outcome.kind());
    assertEquals(code, outcome.code().hex());
    assertEquals(
        Optional.ofNullable(notification), outcome.notification().map(Notification::displayName));
    assertEquals(outcome.code().hashCode(), outcome.hashCode());
  }

  @Test
  void whatNoAnswerBringsIsAnOutcomeToo() {
    assertEquals("0xC004FD04", ActivationOutcome.NOT_ATTEMPTED.code().hex());
    assertEquals(Optional.empty(), ActivationOutcome.NOT_ATTEMPTED.notification());
    assertEquals(
        Optional.of(Notification.INVALID_DATA),
        ActivationTerms.assumed().invalidData().notification());
    assertEquals("Invalid Data", Notification.INVALID_DATA.displayName());
    assertEquals(
        Optional.of(Notification.INVALID_HOST),
        ActivationTerms.assumed().hostSilent().notification());
    assertEquals(Kind.INVALID_HOST, ActivationTerms.assumed().hostSilent().kind());
    assertEquals(Kind.INVALID_DATA, ActivationTerms.assumed().invalidData().kind());
  }

  @Test
  void statusesHaveTheNumbersOfWindows() {
    assertEquals(
        ImmutableList.of(
            "0 Unlicensed",
            "1 Licensed",
            "2 Initial grace period",
            "3 Additional grace period (KMS license expired or hardware out of tolerance)",
            "4 Non-genuine grace period.",
            "5 Notification",
            "6 Extended grace period"),
        Arrays.stream(LicenseStatus.values())
            .map(status -> status.number() + " " + status.text())
            .collect(ImmutableList.toImmutableList()));
    for (LicenseStatus status : LicenseStatus.values()) {
      assertEquals(Optional.of(status), LicenseStatus.ofNumber(status.number()));
      assertEquals("License Status: " + status.text(), status.statusLine());
    }
    assertEquals(Optional.empty(), LicenseStatus.ofNumber(-1));
    assertEquals(Optional.empty(), LicenseStatus.ofNumber(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNLICENSED        |    1 |",
        "NOTIFICATION      |    1 |",
        "LICENSED          |    0 |",
        "LICENSED          |    1 | Automatic VM activation expiration: 1 minute(s) (1 day(s))",
        "LICENSED          | 1440 | Automatic VM activation expiration: 1440 minute(s) (1 day(s))",
        "LICENSED          | 1441 | Automatic VM activation expiration: 1441 minute(s) (2 day(s))",
        "INITIAL_GRACE     |    0 | Time remaining: 0 minute(s) (0 day(s))",
        "ADDITIONAL_GRACE  |    5 | Time remaining: 5 minute(s) (1 day(s))",
        "NON_GENUINE_GRACE |    5 | Time remaining: 5 minute(s) (1 day(s))",
        "EXTENDED_GRACE    |    5 | Time remaining: 5 minute(s) (1 day(s))"
      })
  void whatIsLeftIsALine(LicenseStatus status, long minutes, String line) {
    assertEquals(Optional.ofNullable(line), status.remainingLine(minutes));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNLICENSED        | Unlicensed                                | Unlicensed",
        "NOTIFICATION      | Windows is in Notification mode           | Windows is in Notification mode",
        "LICENSED          | Automatic VM activation will expire X     | The machine is permanently activated.",
        "INITIAL_GRACE     | Initial grace period ends X               | Initial grace period ends",
        "ADDITIONAL_GRACE  | Additional grace period ends X            | Additional grace period ends",
        "NON_GENUINE_GRACE | Non-genuine grace period ends X           | Non-genuine grace period ends",
        "EXTENDED_GRACE    | Extended grace period ends X              | Extended grace period ends"
      })
  void theEndIsASentence(LicenseStatus status, String dated, String undated) {
    assertEquals(dated, status.expirySentence(Optional.of("X")));
    assertEquals(undated, status.expirySentence(Optional.empty()).strip());
  }

  @Test
  void aReasonIsALine() {
    assertEquals(
        "Notification Reason: 0xC004F009 (grace time expired).",
        LicenseStatus.reasonLine(new Hresult(0xC004F009)));
    assertEquals(
        "Notification Reason: 0xC004F200 (non-genuine).",
        LicenseStatus.reasonLine(new Hresult(0xC004F200)));
    assertEquals(
        "Notification Reason: 0xC004FD02.", LicenseStatus.reasonLine(Hresult.HOST_NOT_ACTIVATED));
  }

  @ParameterizedTest
  @EnumSource(Rejected.Reason.class)
  void aRejectionIsASentence(Rejected.Reason reason) {
    assertEquals(
        "DUE in state OFF: " + reason.sentence(), new Rejected(reason, "OFF", "DUE").sentence());
    assertTrue(reason.sentence().matches("[a-z][a-zA-Z ,;]{10,}[a-z]|no [A-Za-z ]+"));
    assertEquals(
        reason.name(), reason.label().toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    assertFalse(reason.label().contains("_"));
  }

  @Test
  void effectsSayWhatTheyAre() {
    ActivationRequest request = new ActivationRequest(VM, new AvmaId("1"), new Nonce(0xA41C));
    ActivationResponse response =
        new ActivationResponse(
            VM,
            request.nonce(),
            new HostId("HV-01"),
            new ActivationResponse.Refused(Hresult.THROTTLED));
    Activation activation =
        new Activation(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), new HostId("HV-01"));
    assertEquals(Effect.Kind.SEND_REQUEST, new Effect.SendRequest(request).kind());
    assertEquals(Effect.Kind.SEND_RESPONSE, new Effect.SendResponse(response).kind());
    assertEquals(Effect.Kind.LOG_OUTCOME, new Effect.LogOutcome(ActivationOutcome.DENIED).kind());
    assertEquals(Effect.Kind.LOG_REQUEST, new Effect.LogRequest(request, Hresult.OK).kind());
    assertEquals(VM, new Effect.LogRequest(request, Hresult.OK).vm());
    assertEquals(
        Effect.Kind.PUBLISH_ITEMS,
        new Effect.PublishItems(ActivationTerms.assumed(), request.avmaId(), activation).kind());
    assertEquals(Effect.Kind.CLEAR_ITEMS, new Effect.ClearItems(ImmutableList.of()).kind());
    assertEquals(Hresult.THROTTLED, response.answer().code());
    assertEquals("…a41c", request.nonce().toString());
  }

  @Test
  void valuesThatMakeNoSenseAreRefused() {
    Instant now = Instant.EPOCH;
    HostId host = new HostId("HV-01");
    assertThrows(IllegalArgumentException.class, () -> new Activation(now, now, host));
    assertThrows(
        IllegalArgumentException.class, () -> new Attempts(-1, false, ActivationOutcome.DENIED));
    assertThrows(IllegalArgumentException.class, () -> new AvmaId(""));
    assertThrows(IllegalArgumentException.class, () -> new AvmaId("x".repeat(257)));
    assertEquals(256, new AvmaId("x".repeat(256)).value().length());
    assertEquals("\\u{1B}[2J", new AvmaId("\u001b[2J").toString());
    for (String wrong : ImmutableSet.of("ABCD", "ABCDEF", "ABC\nE")) {
      assertThrows(IllegalArgumentException.class, () -> new GuestKey.Avma(new AvmaId("1"), wrong));
      assertThrows(
          IllegalArgumentException.class, () -> new GuestKey.Other(LicenseChannel.MAK, wrong));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new GuestKey.Other(LicenseChannel.AVMA, "ABCDE"));
    Optional<Rejected> rejected = Optional.of(new Rejected(Rejected.Reason.STALE, "OFF", "DUE"));
    Effect effect = new Effect.ClearItems(ImmutableList.of());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Transition<>(VM, ImmutableList.of(effect), rejected));
    assertTrue(new Transition<>(VM, ImmutableList.of(), rejected).isRejected());
    assertFalse(new Transition<>(VM, ImmutableList.of(effect), Optional.empty()).isRejected());
  }
}
