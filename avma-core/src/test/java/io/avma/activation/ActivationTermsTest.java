package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationTermsTest {
  private static final Duration LONGEST = Duration.ofDays(36_525);

  @Test
  void theAssumedTermsAreWhatTheJavadocSays() {
    ActivationTerms terms = ActivationTerms.assumed();
    assertEquals(Duration.ofDays(7), terms.validity());
    assertEquals(Duration.ofDays(1), terms.renewalLead());
    assertEquals(Duration.ofSeconds(30), terms.replyTimeout());
    assertEquals(
        ImmutableList.of(5L, 10L, 20L, 40L, 80L, 120L),
        terms.retryDelays().stream()
            .map(Duration::toMinutes)
            .collect(ImmutableList.toImmutableList()));
    assertEquals(100, terms.throttleLimit());
    assertEquals(Duration.ofMinutes(1), terms.throttleWindow());
    assertEquals(LicenseStatus.NOTIFICATION, terms.statusBeforeActivation());
    assertEquals(LicenseStatus.NOTIFICATION, terms.statusAfterExpiry());
    assertEquals(Hresult.INVALID_PLATFORM, terms.hostSilent().code());
    assertEquals(0x8007000D, terms.invalidData().code().value());
    assertFalse(terms.clearsItemsOnOtherKey());
    assertEquals(
        ImmutableMap.of(
            ActivationItem.AVMA_ID, "AvmaId",
            ActivationItem.HOST, "AvmaHost",
            ActivationItem.ACTIVATED_AT, "AvmaActivatedAt",
            ActivationItem.EXPIRES_AT, "AvmaExpiresAt"),
        terms.items());
    assertEquals("assumed", terms.toString());
    assertEquals(terms, ActivationTerms.builder().build());
  }

  @Test
  void briskTermsSayWhatDiffers() {
    assertEquals(
        "validity=PT1H renewalLead=PT10M replyTimeout=PT5S retryDelays=[PT1M]",
        ActivationTerms.brisk().toString());
  }

  @Test
  void aCopyWithOneChangeDiffersInThatOnly() {
    ActivationTerms everything =
        ActivationTerms.builder()
            .validity(Duration.ofDays(2))
            .renewalLead(Duration.ofHours(3))
            .replyTimeout(Duration.ofSeconds(4))
            .retryDelays(Duration.ofSeconds(5), Duration.ofSeconds(6))
            .throttle(7, Duration.ofSeconds(8))
            .statusBeforeActivation(LicenseStatus.INITIAL_GRACE)
            .statusAfterExpiry(LicenseStatus.UNLICENSED)
            .hostSilentCode(new Hresult(0x80000001))
            .invalidDataCode(new Hresult(0x80000002))
            .clearsItemsOnOtherKey(true)
            .items(ImmutableMap.of(ActivationItem.HOST, "H"))
            .build();
    assertEquals(
        "validity=PT48H renewalLead=PT3H replyTimeout=PT4S retryDelays=[PT5S, PT6S]"
            + " throttleLimit=7 throttleWindow=PT8S statusBeforeActivation=INITIAL_GRACE"
            + " statusAfterExpiry=UNLICENSED hostSilentCode=0x80000001"
            + " invalidDataCode=0x80000002 clearsItemsOnOtherKey=true items={HOST=H}",
        everything.toString());
    assertEquals(everything, everything.toBuilder().build());
    assertEquals(everything.hashCode(), everything.toBuilder().build().hashCode());
    assertNotEquals(everything, everything.toBuilder().unthrottled().build());
    assertNotEquals(everything.hashCode(), ActivationTerms.assumed().hashCode());
    assertFalse(everything.equals(null));
    assertTrue(everything.equals(everything));
    assertEquals(Integer.MAX_VALUE, everything.toBuilder().unthrottled().build().throttleLimit());
    assertEquals(ActivationOutcome.Kind.INVALID_HOST, everything.hostSilent().kind());
    assertEquals(ActivationOutcome.Kind.INVALID_DATA, everything.invalidData().kind());
  }

  @Test
  void aShortGrantIsRenewedAfterHalfOfIt() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    ActivationTerms terms = ActivationTerms.assumed();
    assertEquals(
        start.plus(Duration.ofHours(1)), terms.renewalOf(activation(start, Duration.ofHours(2))));
    assertEquals(
        start.plus(Duration.ofHours(24)), terms.renewalOf(activation(start, Duration.ofHours(48))));
    assertEquals(
        start.plus(Duration.ofHours(25)), terms.renewalOf(activation(start, Duration.ofHours(49))));
    ActivationTerms late = terms.toBuilder().renewalLead(Duration.ZERO).build();
    assertEquals(
        start.plus(Duration.ofDays(7)), late.renewalOf(activation(start, Duration.ofDays(7))));
  }

  private static Activation activation(Instant start, Duration validity) {
    return new Activation(start, start.plus(validity), Examples.HOST);
  }

  @Test
  void settingsOutOfRangeAreRefusedWithValueAndRange() {
    ActivationTerms.Builder builder = ActivationTerms.builder();
    refuses("validity is PT0S", () -> builder.validity(Duration.ZERO));
    refuses("validity is PT876600H0.000000001S", () -> builder.validity(LONGEST.plusNanos(1)));
    refuses("renewalLead is PT-1S", () -> builder.renewalLead(Duration.ofSeconds(-1)));
    refuses("renewalLead is ", () -> builder.renewalLead(LONGEST.plusNanos(1)));
    refuses("replyTimeout is PT0S", () -> builder.replyTimeout(Duration.ZERO));
    refuses("0 retry delays", builder::retryDelays);
    refuses("retry delay is PT0S", () -> builder.retryDelays(Duration.ZERO));
    Duration[] many = new Duration[65];
    java.util.Arrays.fill(many, Duration.ofSeconds(1));
    refuses("65 retry delays", () -> builder.retryDelays(many));
    refuses("throttle limit is 0", () -> builder.throttle(0, Duration.ofSeconds(1)));
    refuses("throttle window is PT0S", () -> builder.throttle(1, Duration.ZERO));
    refuses("status is Licensed", () -> builder.statusAfterExpiry(LicenseStatus.LICENSED));
    refuses("status is Licensed", () -> builder.statusBeforeActivation(LicenseStatus.LICENSED));
    refuses("code is 0x00000000", () -> builder.hostSilentCode(Hresult.OK));
    refuses("code is 0x00000000", () -> builder.invalidDataCode(Hresult.OK));
    refuses(
        "two items share a name",
        () ->
            builder.items(ImmutableMap.of(ActivationItem.HOST, "A", ActivationItem.AVMA_ID, "A")));
    for (String name : List.of("", "x".repeat(3_000), "a\0b")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> builder.items(ImmutableMap.of(ActivationItem.HOST, name)));
    }
  }

  @Test
  void settingsAtTheEdgeAreTaken() {
    Duration[] many = new Duration[64];
    java.util.Arrays.fill(many, Duration.ofSeconds(1));
    ActivationTerms terms =
        ActivationTerms.builder()
            .validity(LONGEST)
            .renewalLead(LONGEST)
            .replyTimeout(Duration.ofNanos(1))
            .retryDelays(many)
            .throttle(1, LONGEST)
            .items(ImmutableMap.of())
            .build();
    assertEquals(64, terms.retryDelays().size());
    assertEquals(ImmutableMap.of(), terms.items());
    assertEquals(LONGEST, terms.throttleWindow());
  }

  private static void refuses(String message, Runnable call) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refused.getMessage().startsWith(message), refused.getMessage());
  }
}
