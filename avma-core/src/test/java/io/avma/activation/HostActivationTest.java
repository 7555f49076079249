package io.avma.activation;

import static io.avma.activation.Examples.HOST;
import static io.avma.activation.Examples.KEY;
import static io.avma.activation.Examples.NOW;
import static io.avma.activation.Examples.PENDING;
import static io.avma.activation.Examples.TERMS;
import static io.avma.activation.Examples.VM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HostActivationTest {
  private static final ActivationRequest REQUEST = new ActivationRequest(VM, KEY.avmaId(), PENDING);
  private static final ActivationTerms TWO_A_MINUTE =
      TERMS.toBuilder().throttle(2, Duration.ofMinutes(1)).build();

  private static Hresult code(HostActivation host, HostInput input, Instant now) {
    return ((Effect.LogRequest) host.on(input, now).effects().get(0)).code();
  }

  @Test
  void anActivatedHostGrantsWhatItCoversAndLogsIt() {
    Transition<HostActivation> answered =
        HostSpec.host(HostSpec.ABLE).on(new HostInput.RequestArrived(REQUEST), NOW);
    assertEquals(
        ImmutableList.of(
            new Effect.LogRequest(REQUEST, Hresult.OK),
            new Effect.SendResponse(
                new ActivationResponse(
                    VM, PENDING, HOST, new ActivationResponse.Granted(Duration.ofDays(7))))),
        answered.effects());
    assertEquals(VM, ((Effect.LogRequest) answered.effects().get(0)).vm());
  }

  @Test
  void theFirstObstacleDecides() {
    HostInput covered = HostSpec.request(KEY.avmaId());
    HostInput uncovered = HostSpec.request(HostSpec.UNCOVERED);
    assertEquals(Hresult.ID_MISMATCH, code(HostSpec.host(HostSpec.ABLE), uncovered, NOW));
    assertEquals(
        Hresult.HOST_NOT_ACTIVATED, code(HostSpec.host(HostSpec.UNLICENSED), uncovered, NOW));
    assertEquals(Hresult.THROTTLED, code(HostSpec.full(HostSpec.UNLICENSED), covered, NOW));
    assertEquals(
        ImmutableList.of(), HostSpec.host(HostSpec.WITHOUT_ROLE).on(covered, NOW).effects());
  }

  @Test
  void aHostCountsRequestsInOneWindowAndThenStartsAgain() {
    HostActivation host = HostActivation.of(HOST, HostSpec.ABLE, TWO_A_MINUTE);
    HostInput request = new HostInput.RequestArrived(REQUEST);
    host = host.on(request, NOW).next();
    assertEquals(1, host.requestsAt(NOW));
    host = host.on(request, NOW.plusSeconds(50)).next();
    assertEquals(HostActivation.Role.THROTTLING, host.roleAt(NOW.plusSeconds(59)));
    assertEquals(Hresult.THROTTLED, code(host, request, NOW.plusSeconds(59)));
    assertEquals(2, host.on(request, NOW.plusSeconds(59)).next().requestsAt(NOW.plusSeconds(59)));
    assertEquals(HostActivation.Role.ACTIVATING, host.roleAt(NOW.plusSeconds(60)));
    assertEquals(0, host.requestsAt(NOW.plusSeconds(60)));
    assertEquals(Hresult.OK, code(host, request, NOW.plusSeconds(60)));
    assertEquals(0, host.requestsAt(NOW.minusNanos(1)), "a clock set back locks nobody out");
    HostActivation third = host.on(request, NOW.plusSeconds(70)).next();
    assertEquals(1, third.requestsAt(NOW.plusSeconds(129)), "the window opened at 70");
    assertEquals(0, third.requestsAt(NOW.plusSeconds(130)));
  }

  @Test
  void refusalsCountToo() {
    HostActivation host = HostActivation.of(HOST, HostSpec.UNLICENSED, TWO_A_MINUTE);
    host = host.on(HostSpec.request(KEY.avmaId()), NOW).next();
    assertEquals(1, host.requestsAt(NOW));
  }

  @Test
  void anUnthrottledHostCountsNothing() {
    HostActivation host =
        HostActivation.of(HOST, HostSpec.ABLE, TERMS.toBuilder().unthrottled().build());
    Transition<HostActivation> answered = host.on(HostSpec.request(KEY.avmaId()), NOW);
    assertEquals(host, answered.next());
    assertEquals(2, answered.effects().size());
  }

  @Test
  void aRestartForgetsTheRequests() {
    HostActivation restarted =
        HostSpec.full(HostSpec.ABLE).on(new HostInput.Restarted(), NOW).next();
    assertEquals(HostSpec.host(HostSpec.ABLE), restarted);
  }

  @Test
  void aLostLicenseShowsInTheNextAnswer() {
    HostActivation host =
        HostSpec.host(HostSpec.ABLE)
            .on(new HostInput.CoverageChanged(HostSpec.UNLICENSED), NOW)
            .next();
    assertEquals(Hresult.HOST_NOT_ACTIVATED, code(host, HostSpec.request(KEY.avmaId()), NOW));
    assertEquals(HostSpec.UNLICENSED, host.coverage());
  }

  @Test
  void aDamagedRequestIsRejectedByName() {
    HostActivation host = HostSpec.host(HostSpec.ABLE);
    Transition<HostActivation> damaged = host.on(new HostInput.RequestDamaged(), NOW);
    assertSame(host, damaged.next());
    assertTrue(damaged.isRejected());
    assertEquals(
        new Rejected(Rejected.Reason.DAMAGED_REQUEST, "ACTIVATING", "REQUEST_DAMAGED"),
        damaged.rejection().orElseThrow());
    assertEquals(
        "REQUEST_DAMAGED in state ACTIVATING: the request cannot be read",
        damaged.rejection().orElseThrow().sentence());
  }

  @Test
  void aShiftMovesTheWindowAndNothingElse() {
    Duration day = Duration.ofDays(1);
    HostActivation full = HostSpec.full(HostSpec.ABLE).shiftedBy(day);
    assertEquals(HostActivation.Role.ACTIVATING, full.roleAt(NOW));
    assertEquals(HostActivation.Role.THROTTLING, full.roleAt(NOW.plus(day)));
    assertEquals(HostSpec.host(HostSpec.ABLE), HostSpec.host(HostSpec.ABLE).shiftedBy(day));
  }

  @Test
  void aWindowThatIsOverMakesNoDifferenceFromThenOn() {
    HostActivation full = HostSpec.full(HostSpec.ABLE);
    assertEquals(full, full.seenAt(NOW));
    assertEquals(HostSpec.host(HostSpec.ABLE), full.seenAt(NOW.plusSeconds(60)));
  }

  @Test
  void hostsAreEqualIfEverythingIs() {
    HostActivation host = HostSpec.host(HostSpec.ABLE);
    assertEquals(host, HostSpec.host(HostSpec.ABLE));
    assertEquals(host.hashCode(), HostSpec.host(HostSpec.ABLE).hashCode());
    assertNotEquals(host, HostSpec.host(HostSpec.UNLICENSED));
    assertNotEquals(host, HostActivation.of(new HostId("h"), HostSpec.ABLE, TERMS));
    assertNotEquals(host, HostActivation.of(HOST, HostSpec.ABLE, TWO_A_MINUTE));
    assertNotEquals(host, HostSpec.full(HostSpec.ABLE));
    assertNotEquals(
        host.hashCode(), HostActivation.of(new HostId("h"), HostSpec.ABLE, TERMS).hashCode());
    assertFalse(host.equals(null));
    assertEquals(HOST, host.id());
    assertEquals(TERMS, host.terms());
    assertTrue(host.toString().startsWith("host-1 Windows Server 2022 Datacenter"));
  }
}
