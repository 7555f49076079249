package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Laws that hold whatever happens, in whatever order. */
class ActivationProperties {
  @Property(tries = 2_000)
  void theInvariantsHoldWhateverHappens(@ForAll("steps") List<HandshakeWorld.Step> steps) {
    HandshakeWorld world = new HandshakeWorld();
    for (HandshakeWorld.Step step : steps) {
      world.play(step);
    }
  }

  @Property(tries = 300)
  void onceFaultsEndTheGuestBecomesActivated(@ForAll("steps") List<HandshakeWorld.Step> steps) {
    HandshakeWorld world = new HandshakeWorld();
    for (HandshakeWorld.Step step : steps) {
      world.play(step);
    }
    assertTrue(world.heal(), "activated within the bound");
  }

  @Provide
  Arbitrary<List<HandshakeWorld.Step>> steps() {
    Arbitrary<HandshakeWorld.Verb> verbs =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(3, Arbitraries.of(HandshakeWorld.Verb.class)),
            net.jqwik.api.Tuple.of(
                4,
                Arbitraries.of(
                    HandshakeWorld.Verb.WAKE,
                    HandshakeWorld.Verb.DELIVER_REQUEST,
                    HandshakeWorld.Verb.DELIVER_RESPONSE,
                    HandshakeWorld.Verb.START)));
    Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 9);
    return Combinators.combine(verbs, numbers).as(HandshakeWorld.Step::new).list().ofMaxSize(60);
  }

  @Property
  void aShiftInTimeCommutesWithEveryInput(
      @ForAll @IntRange(min = 0, max = 18) int state,
      @ForAll @IntRange(min = 0, max = 24) int input,
      @ForAll @LongRange(min = -1_000_000_000L, max = 1_000_000_000L) long seconds,
      @ForAll @LongRange(min = -1_000_000L, max = 1_000_000L) long later) {
    GuestActivation guest = Examples.guests().values().asList().get(state);
    ImmutableList<Examples.Case> cases = Examples.cases(guest);
    Examples.Case asked = cases.get(input % cases.size());
    Duration shift = Duration.ofSeconds(seconds, 7);
    Instant now = asked.now().plusSeconds(later);

    Transition<GuestActivation> plain = guest.on(asked.input(), now);
    Transition<GuestActivation> shifted =
        guest.shiftedBy(shift).on(asked.input().shiftedBy(shift), now.plus(shift));

    assertEquals(plain.next().shiftedBy(shift), shifted.next());
    assertEquals(
        plain.effects().stream().map(Effect::kind).toList(),
        shifted.effects().stream().map(Effect::kind).toList());
    assertEquals(plain.rejection(), shifted.rejection());
    assertEquals(plain.next().dueAt().map(due -> due.plus(shift)), shifted.next().dueAt());
  }

  @Property
  void anEarlyWakeUpChangesNothing(
      @ForAll @IntRange(min = 0, max = 18) int state,
      @ForAll @LongRange(min = -10_000_000L, max = 10_000_000L) long later) {
    GuestActivation guest = Examples.guests().values().asList().get(state);
    Instant now = Examples.NOW.plusSeconds(later);
    Optional<Instant> due = guest.dueAt();
    if (due.isEmpty() || now.isBefore(due.get())) {
      Transition<GuestActivation> woken = guest.on(new ActivationInput.Due(Examples.FRESH), now);
      assertSame(guest, woken.next());
      assertTrue(woken.effects().isEmpty());
      assertFalse(woken.isRejected());
    }
  }

  @Property
  void aHostAnswersAsIfTimeHadNotBeenShifted(
      @ForAll @IntRange(min = 0, max = 4) int which,
      @ForAll @IntRange(min = 0, max = 7) int input,
      @ForAll @LongRange(min = -1_000_000_000L, max = 1_000_000_000L) long seconds) {
    HostActivation host = HostSpec.hosts().values().asList().get(which);
    HostSpec.Case asked = HostSpec.cases().get(input);
    Duration shift = Duration.ofSeconds(seconds, 7);
    Transition<HostActivation> plain = host.on(asked.input(), asked.now());
    Transition<HostActivation> shifted =
        host.shiftedBy(shift).on(asked.input(), asked.now().plus(shift));
    assertEquals(plain.next().shiftedBy(shift), shifted.next());
    assertEquals(plain.effects(), shifted.effects());
  }
}
