package io.avma.sim;

import static io.avma.sim.Lab.DAY;
import static io.avma.sim.Lab.MINUTE;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.activation.ActivationTerms;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpPool;
import io.avma.platform.Hresult;
import io.avma.sim.TraceEntry.What;
import io.avma.transport.LicenseReading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest whose clock is wrong tells its own time everywhere, and is nobody else's. */
class GuestClockTest {
  private static final Duration VALIDITY = ActivationTerms.assumed().validity();

  private SimulatedDatacenter datacenter;
  private SimulatedGuest web;

  @BeforeEach
  void run() {
    datacenter = Lab.builder().build();
    web = datacenter.guest("web");
  }

  @Test
  void everyInstantThatAGuestTellsIsOnItsOwnClock() throws Exception {
    Duration ahead = DAY.multipliedBy(400).plusMillis(7);
    web.setClock(ahead);
    assertEquals(ahead, web.clockAhead());
    web.start();
    datacenter.advance(MINUTE);
    assertTrue(web.isActivated());
    Instant activated = SimulatedDatacenter.START.plus(ahead).plusMillis(10);
    LicenseReading reading = web.license();
    assertEquals(datacenter.now().plus(ahead), reading.readAt());
    assertEquals(Optional.of(activated), reading.activatedAt());
    assertEquals(
        Optional.of(VALIDITY.minus(MINUTE).plusMillis(10).truncatedTo(ChronoUnit.MINUTES)),
        reading.remaining());
    assertEquals(activated, Lab.events(web.events()).get(0).timeCreated().orElseThrow());
    assertTrue(
        web.pools()
            .read(KvpPool.GUEST)
            .items()
            .contains(new KvpItem("AvmaExpiresAt", activated.plus(VALIDITY).toString())));
    assertEquals(
        SimulatedDatacenter.START.plusMillis(5),
        Lab.events(datacenter.host("node-1").events()).get(0).timeCreated().orElseThrow(),
        "the host's clock is right");
  }

  @Test
  void aClockThatIsSetBackDoesNotLengthenAnActivation() throws Exception {
    web.start();
    datacenter.advance(MINUTE);
    datacenter.host("node-1").setActivated(false);
    web.setClock(DAY.multipliedBy(-30));
    datacenter.advance(VALIDITY.minus(MINUTE.multipliedBy(2)));
    assertTrue(web.isActivated());
    datacenter.advance(MINUTE.multipliedBy(2));
    assertFalse(web.isActivated());
    assertEquals(1, Lab.count(datacenter, What.EXPIRED));
  }

  @Test
  void aRenewalComesWhenItIsDueOnTheGuestsClock() throws Exception {
    web.start();
    datacenter.advance(MINUTE);
    web.setClock(DAY.multipliedBy(5)); // a day is left until the renewal
    datacenter.advance(DAY.minus(MINUTE.multipliedBy(2)));
    assertEquals(1, Lab.codes(web.events()).size());
    datacenter.advance(MINUTE.multipliedBy(2));
    assertEquals(2, Lab.codes(web.events()).size());
  }

  @Test
  void aClockThatJumpsOverTheEndEndsTheActivationAtOnceAndTheGuestAsks() throws Exception {
    web.start();
    datacenter.advance(MINUTE);
    web.setClock(DAY.multipliedBy(8));
    assertFalse(web.isActivated());
    assertEquals(1, Lab.count(datacenter, What.EXPIRED));
    datacenter.advance(MINUTE);
    assertTrue(web.isActivated());
    assertEquals(1, Lab.count(datacenter, What.EXPIRED));
  }

  @Test
  void whatWasWithdrawnEndsAsWell() {
    web.start();
    datacenter.advance(MINUTE);
    web.removeKey();
    datacenter.advance(VALIDITY);
    assertFalse(web.isActivated());
    assertEquals(1, Lab.count(datacenter, What.EXPIRED));
  }

  @Test
  void theClockOfAGuestThatIsOffCountsWhenItStarts() throws Exception {
    web.start();
    datacenter.advance(MINUTE);
    web.stop();
    web.setClock(DAY.multipliedBy(8));
    assertFalse(web.isActivated());
    datacenter.host("node-1").setActivated(false);
    web.start();
    datacenter.advance(MINUTE);
    assertFalse(web.isActivated());
    assertEquals(
        Hresult.HOST_NOT_ACTIVATED, Lab.codes(web.events()).get(1), "it had to ask, and got none");
  }

  @Test
  void aClockMayBeACenturyWrongAndNoMore() throws Exception {
    web.start();
    Duration most = Duration.ofDays(36_500);
    for (Duration ahead : new Duration[] {most, most.negated(), Duration.ZERO, most}) {
      web.setClock(ahead);
      datacenter.advance(DAY.multipliedBy(10));
      assertTrue(web.isActivated(), ahead::toString);
    }
    for (Duration wrong :
        new Duration[] {
          most.plusNanos(1), most.negated().minusNanos(1), Duration.ofSeconds(Long.MIN_VALUE)
        }) {
      assertThrows(IllegalArgumentException.class, () -> web.setClock(wrong), wrong::toString);
    }
  }

  /** A hundred years after the start, on a clock a hundred years ahead, for a hundred years. */
  @Test
  void theLongestGrantAtTheEndOfTimeIsOnlyFarAway() {
    SimulatedDatacenter late =
        Lab.builder()
            .terms(
                ActivationTerms.assumed().toBuilder()
                    .validity(Duration.ofDays(36_525))
                    .renewalLead(DAY)
                    .build())
            .build();
    SimulatedGuest guest = late.guest("web");
    guest.setClock(Duration.ofDays(36_500));
    late.advance(Duration.ofDays(36_490));
    guest.start();
    long before = late.eventCount();
    assertDoesNotThrow(() -> late.advance(DAY));
    assertTrue(guest.isActivated());
    assertTrue(late.eventCount() - before < 10);
    assertEquals(Long.MAX_VALUE, Engine.nanos(Instant.MAX));
    assertEquals(-1, Engine.nanos(Engine.START.minusNanos(1)));
  }
}
