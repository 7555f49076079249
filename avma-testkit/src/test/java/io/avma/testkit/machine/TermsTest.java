package io.avma.testkit.machine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.Immutable;
import io.avma.activation.Activation;
import io.avma.activation.ActivationItem;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationTerms;
import io.avma.activation.AvmaId;
import io.avma.activation.Effect;
import io.avma.activation.LicenseStatus;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each term is taken, told and told apart; none out of range is taken. */
class TermsTest {
  private static final Duration LONGEST = ActivationResponse.Granted.LONGEST;
  private static final Duration TOO_LONG = LONGEST.plusNanos(1);
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** Says one term. */
  @Immutable
  private interface Setting {
    ActivationTerms.Builder apply(ActivationTerms.Builder builder);
  }

  /** A term, what says it, and what the text of terms that differ in it alone is. */
  private enum Term {
    VALIDITY(b -> b.validity(Duration.ofNanos(1)), "validity=PT0.000000001S"),
    LEAD(b -> b.renewalLead(Duration.ZERO), "renewalLead=PT0S"),
    TIMEOUT(b -> b.replyTimeout(Duration.ofSeconds(4)), "replyTimeout=PT4S"),
    DELAYS(
        b -> b.retryDelays(Duration.ofSeconds(5), Duration.ofSeconds(6)),
        "retryDelays=[PT5S, PT6S]"),
    THROTTLE(b -> b.throttle(1, Duration.ofMinutes(1)), "throttleLimit=1"),
    WINDOW(b -> b.throttle(100, Duration.ofSeconds(8)), "throttleWindow=PT8S"),
    UNTHROTTLED(ActivationTerms.Builder::unthrottled, "throttleLimit=2147483647"),
    BEFORE(
        b -> b.statusBeforeActivation(LicenseStatus.INITIAL_GRACE),
        "statusBeforeActivation=INITIAL_GRACE"),
    AFTER(b -> b.statusAfterExpiry(LicenseStatus.UNLICENSED), "statusAfterExpiry=UNLICENSED"),
    SILENT(b -> b.hostSilentCode(new Hresult(0x80000001)), "hostSilentCode=0x80000001"),
    INVALID(b -> b.invalidDataCode(new Hresult(0x80000002)), "invalidDataCode=0x80000002"),
    CLEARS(b -> b.clearsItemsOnOtherKey(true), "clearsItemsOnOtherKey=true"),
    ITEMS(b -> b.items(ImmutableMap.of(ActivationItem.HOST, "H")), "items={HOST=H}");

    private final Setting setting;
    private final String text;

    Term(Setting setting, String text) {
      this.setting = setting;
      this.text = text;
    }

    ActivationTerms alone() {
      return setting.apply(ActivationTerms.builder()).build();
    }
  }

  @ParameterizedTest
  @EnumSource(Term.class)
  void aTermDiffersInItselfAlone(Term term) {
    assertEquals(term.text, term.alone().toString());
    assertEquals(term.alone(), term.alone());
    assertEquals(term.alone(), term.alone().toBuilder().build());
    assertEquals(term.alone().hashCode(), term.alone().toBuilder().build().hashCode());
    assertNotEquals(ActivationTerms.assumed().hashCode(), term.alone().hashCode());
    for (Term other : Term.values()) {
      assertEquals(term == other, term.alone().equals(other.alone()));
    }
    assertNotEquals(term.alone(), new Object());
    // The other way about: what was said stays when the rest goes back to what is assumed.
    assertNotEquals(ActivationTerms.assumed(), term.setting.apply(brisk()).build());
  }

  private static ActivationTerms.Builder brisk() {
    return ActivationTerms.brisk().toBuilder();
  }

  @Test
  void whatIsSaidIsTold() {
    ActivationTerms.Builder builder = ActivationTerms.builder();
    for (Term term : Term.values()) {
      builder = term.setting.apply(builder);
    }
    ActivationTerms terms = builder.throttle(7, Duration.ofSeconds(9)).build();
    assertEquals(Duration.ofNanos(1), terms.validity());
    assertEquals(Duration.ZERO, terms.renewalLead());
    assertEquals(Duration.ofSeconds(4), terms.replyTimeout());
    assertEquals(
        ImmutableList.of(Duration.ofSeconds(5), Duration.ofSeconds(6)), terms.retryDelays());
    assertEquals(7, terms.throttleLimit());
    assertEquals(Duration.ofSeconds(9), terms.throttleWindow());
    assertEquals(LicenseStatus.INITIAL_GRACE, terms.statusBeforeActivation());
    assertEquals(LicenseStatus.UNLICENSED, terms.statusAfterExpiry());
    assertEquals(new Hresult(0x80000001), terms.hostSilent().code());
    assertEquals(new Hresult(0x80000002), terms.invalidData().code());
    assertTrue(terms.clearsItemsOnOtherKey());
    assertEquals(ImmutableMap.of(ActivationItem.HOST, "H"), terms.items());
  }

  @Test
  void presetsAreWhatTheySay() {
    assertEquals("assumed", ActivationTerms.assumed().toString());
    assertEquals(
        "validity=PT1H renewalLead=PT10M replyTimeout=PT5S retryDelays=[PT1M]",
        ActivationTerms.brisk().toString());
    assertEquals(
        ImmutableList.of("AvmaId", "AvmaHost", "AvmaActivatedAt", "AvmaExpiresAt"),
        ActivationTerms.assumed().items().values().asList());
  }

  @Test
  void whatIsOutOfRangeIsRefusedWithItsName() {
    ActivationTerms.Builder terms = ActivationTerms.builder();
    for (Duration wrong : ImmutableList.of(Duration.ZERO, Duration.ofNanos(-1), TOO_LONG)) {
      refused("validity is " + wrong, () -> terms.validity(wrong));
      refused("replyTimeout is " + wrong, () -> terms.replyTimeout(wrong));
      refused("retry delay is " + wrong, () -> terms.retryDelays(Duration.ofSeconds(1), wrong));
      refused("throttle window is " + wrong, () -> terms.throttle(1, wrong));
      refused("validity is " + wrong, () -> new ActivationResponse.Granted(wrong));
    }
    refused("renewalLead is PT-", () -> terms.renewalLead(Duration.ofNanos(-1)));
    refused("renewalLead is " + TOO_LONG, () -> terms.renewalLead(TOO_LONG));
    refused("0 retry delays", terms::retryDelays);
    refused("65 retry delays", () -> terms.retryDelays(delays(65)));
    refused("throttle limit is 0", () -> terms.throttle(0, Duration.ofSeconds(1)));
    refused("status is Licensed", () -> terms.statusBeforeActivation(LicenseStatus.LICENSED));
    refused("status is Licensed", () -> terms.statusAfterExpiry(LicenseStatus.LICENSED));
    refused("code is 0x00000000", () -> terms.hostSilentCode(Hresult.OK));
    refused("code is 0x00000000", () -> terms.invalidDataCode(Hresult.OK));
    refused("refused with 0x00000000", () -> new ActivationResponse.Refused(Hresult.OK));
    refused("two items share a name", () -> terms.items(names("A", "A")));
    refused("the name of item HOST is none", () -> terms.items(names("", "A")));
    refused("the name of item HOST is none", () -> terms.items(names("x".repeat(3_000), "A")));
    assertEquals(ActivationTerms.assumed(), terms.build());
  }

  private static ImmutableMap<ActivationItem, String> names(String host, String avmaId) {
    return ImmutableMap.of(ActivationItem.HOST, host, ActivationItem.AVMA_ID, avmaId);
  }

  private static Duration[] delays(int count) {
    Duration[] delays = new Duration[count];
    Arrays.fill(delays, Duration.ofSeconds(1));
    return delays;
  }

  private static void refused(String start, Executable setting) {
    String message = assertThrows(IllegalArgumentException.class, setting).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void theEndsOfTheRangesAreTaken() {
    assertDoesNotThrow(
        () ->
            ActivationTerms.builder()
                .validity(LONGEST)
                .renewalLead(LONGEST)
                .replyTimeout(LONGEST)
                .retryDelays(delays(64))
                .throttle(1, LONGEST)
                .items(ImmutableMap.of())
                .build());
  }

  @Test
  void aGrantIsRenewedBeforeItsEndAndNotBeforeItsHalf() {
    assertEquals(Duration.ofDays(6), renewedAfter(Duration.ofDays(7), ActivationTerms.assumed()));
    assertEquals(
        Duration.ofHours(25), renewedAfter(Duration.ofHours(49), ActivationTerms.assumed()));
    assertEquals(
        Duration.ofHours(24), renewedAfter(Duration.ofHours(48), ActivationTerms.assumed()));
    assertEquals(
        Duration.ofHours(23), renewedAfter(Duration.ofHours(46), ActivationTerms.assumed()));
    assertEquals(
        Duration.ofMinutes(50), renewedAfter(Duration.ofHours(1), ActivationTerms.brisk()));
    ActivationTerms greedy =
        ActivationTerms.builder().validity(Duration.ofDays(2)).renewalLead(LONGEST).build();
    assertEquals(Duration.ofDays(1), renewedAfter(Duration.ofDays(2), greedy));
    assertEquals(Duration.ofDays(5), renewedAfter(Duration.ofDays(10), greedy));
  }

  private static Duration renewedAfter(Duration granted, ActivationTerms terms) {
    Activation activation = new Activation(START, START.plus(granted), new HostId("HV-01"));
    return Duration.between(START, terms.renewalOf(activation));
  }

  @Test
  void itemsAreWrittenUnderTheNamesOfTheTerms() {
    Activation activation =
        new Activation(START, START.plus(Duration.ofDays(7)), new HostId("HV-01"));
    AvmaId id = new AvmaId("4711");
    assertEquals(
        ImmutableMap.of(
            "AvmaId", "4711",
            "AvmaHost", "hv-01",
            "AvmaActivatedAt", "2026-01-01T00:00:00Z",
            "AvmaExpiresAt", "2026-01-08T00:00:00Z"),
        new Effect.PublishItems(ActivationTerms.assumed(), id, activation).items());
    assertEquals(
        ImmutableMap.of("H", "hv-01"),
        new Effect.PublishItems(Term.ITEMS.alone(), id, activation).items());
  }
}
