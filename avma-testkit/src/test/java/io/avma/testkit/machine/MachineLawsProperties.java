package io.avma.testkit.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.Activation;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationState;
import io.avma.activation.Attempts;
import io.avma.activation.Effect;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.HostActivation;
import io.avma.activation.HostInput;
import io.avma.activation.Kept;
import io.avma.activation.LicenseStatus;
import io.avma.activation.Nonce;
import io.avma.activation.Transition;
import io.avma.testkit.arbitrary.AvmaDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * Laws that simulator and explorer build upon: no machine minds when it began, what was seen makes
 * no difference once it is over, and nonces are names.
 */
@Domain(AvmaDomain.class)
@Domain(DomainContext.Global.class)
class MachineLawsProperties {
  private static final Instant LATER = Instant.parse("2600-01-01T00:00:00Z");
  private static final Duration SHIFT = Duration.ofDays(400).plusSeconds(12_345).plusNanos(6);

  /** An instant at which something is about to happen to {@code guest}, or has just happened. */
  private static Instant around(GuestActivation guest, int seconds) {
    return guest.dueAt().orElse(LATER).plusSeconds(seconds);
  }

  /** The answer that {@code guest} waits for, if it waits for one; else {@code otherwise}. */
  private static ActivationInput answer(
      GuestActivation guest, ActivationResponse response, ActivationInput otherwise) {
    return guest
        .state()
        .pending()
        .<ActivationInput>map(
            nonce ->
                new ActivationInput.ResponseArrived(
                    new ActivationResponse(guest.vm(), nonce, response.host(), response.answer())))
        .orElse(otherwise);
  }

  @Property(tries = 3_000)
  void guestsDoNotMindWhenTheyBegan(
      @ForAll GuestActivation guest,
      @ForAll ActivationInput any,
      @ForAll ActivationResponse response,
      @ForAll boolean answered,
      @ForAll @IntRange(min = -40, max = 40) int seconds) {
    ActivationInput input = answered ? answer(guest, response, any) : any;
    Instant now = around(guest, seconds);
    GuestActivation moved = guest.shiftedBy(SHIFT);
    assertEquals(guest.stateAt(now).shiftedBy(SHIFT), moved.stateAt(now.plus(SHIFT)));
    assertEquals(
        guest.activationAt(now).map(a -> a.shiftedBy(SHIFT)), moved.activationAt(now.plus(SHIFT)));
    assertEquals(guest.licenseStatusAt(now), moved.licenseStatusAt(now.plus(SHIFT)));
    assertEquals(guest.notificationReasonAt(now), moved.notificationReasonAt(now.plus(SHIFT)));
    assertEquals(guest.dueAt().map(due -> due.plus(SHIFT)), moved.dueAt());
    assertEquals(guest.lastOutcome(), moved.lastOutcome());

    Transition<GuestActivation> here = guest.on(input, now);
    Transition<GuestActivation> there = moved.on(input.shiftedBy(SHIFT), now.plus(SHIFT));
    assertEquals(here.rejection(), there.rejection());
    assertEquals(shifted(here.effects()), there.effects());
    assertEquals(here.next().shiftedBy(SHIFT), there.next());
    assertEquals(here.next().shiftedBy(SHIFT).hashCode(), there.next().hashCode());
    assertEquals(here.next(), there.next().shiftedBy(SHIFT.negated()));
    assertNotEquals(guest, moved);
    if (here.isRejected()) {
      assertSame(guest, here.next());
    }
  }

  private static ImmutableList<Effect> shifted(ImmutableList<Effect> effects) {
    ImmutableList.Builder<Effect> moved = ImmutableList.builder();
    for (Effect effect : effects) {
      moved.add(
          effect instanceof Effect.PublishItems items
              ? new Effect.PublishItems(
                  items.terms(), items.avmaId(), items.activation().shiftedBy(SHIFT))
              : effect);
    }
    return moved.build();
  }

  @Property(tries = 1_000)
  void hostsDoNotMindWhenTheyBegan(
      @ForAll HostActivation host,
      @ForAll HostInput input,
      @ForAll @IntRange(min = -5, max = 65) int seconds) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds);
    HostActivation moved = host.shiftedBy(SHIFT);
    assertEquals(host.roleAt(now), moved.roleAt(now.plus(SHIFT)));
    assertEquals(host.requestsAt(now), moved.requestsAt(now.plus(SHIFT)));
    Transition<HostActivation> here = host.on(input, now);
    Transition<HostActivation> there = moved.on(input, now.plus(SHIFT));
    assertEquals(here.effects(), there.effects());
    assertEquals(here.rejection(), there.rejection());
    assertEquals(here.next().shiftedBy(SHIFT), there.next());
    assertEquals(here.next().shiftedBy(SHIFT).hashCode(), there.next().hashCode());
    assertEquals(host, moved.shiftedBy(SHIFT.negated()));
    if (input.kind() == HostInput.Kind.RESTARTED) {
      assertEquals(0, here.next().requestsAt(now));
    }
  }

  @Property(tries = 1_000)
  void whatIsOverMakesNoDifference(
      @ForAll GuestActivation guest,
      @ForAll HostActivation host,
      @ForAll ActivationInput input,
      @ForAll HostInput asked) {
    GuestActivation forgetful = guest.seenAt(LATER);
    assertEquals(guest.stateAt(LATER), forgetful.state());
    assertEquals(forgetful, forgetful.seenAt(LATER));
    Transition<GuestActivation> next = guest.on(input, LATER);
    Transition<GuestActivation> same = forgetful.on(input, LATER);
    assertEquals(next.isRejected(), same.isRejected());
    assertEquals(next.effects(), same.effects());
    assertEquals(next.next().seenAt(LATER), same.next().seenAt(LATER));

    HostActivation idle = host.seenAt(LATER);
    assertEquals(0, idle.requestsAt(LATER));
    assertEquals(host.on(asked, LATER).effects(), idle.on(asked, LATER).effects());
    assertEquals(
        host.on(asked, LATER).next().seenAt(LATER), idle.on(asked, LATER).next().seenAt(LATER));
  }

  @Property(tries = 1_000)
  void noncesAreNames(@ForAll GuestActivation guest, @ForAll long mask) {
    List<Nonce> asked = new ArrayList<>();
    UnaryOperator<Nonce> name = nonce -> new Nonce(nonce.value() ^ mask);
    GuestActivation renamed =
        guest.withNonces(
            nonce -> {
              asked.add(nonce);
              return name.apply(nonce);
            });
    assertEquals(guest.state().pending().map(name), renamed.state().pending());
    guest.state().pending().ifPresent(pending -> assertEquals(pending, asked.get(0)));
    assertEquals(guest, renamed.withNonces(name));
    assertEquals(mask == 0 || asked.isEmpty(), guest.equals(renamed));
    // Each of them was used before, so that none may be drawn again.
    if (guest.key() instanceof GuestKey.Avma
        && guest.state().kind() != ActivationState.Kind.SAVED) {
      for (Nonce nonce : asked) {
        assertTrue(guest.on(new ActivationInput.Started(nonce), LATER).isRejected());
      }
    }
  }

  /** What the screen shows follows from what the guest keeps. */
  @Property(tries = 3_000)
  void theLicenseStatusIsThatOfWhatIsKept(
      @ForAll GuestActivation guest, @ForAll @IntRange(min = -40, max = 40) int seconds) {
    Instant now = around(guest, seconds);
    Kept kept = guest.stateAt(now).kept();
    Optional<Activation> activation = Optional.empty();
    Optional<Attempts> attempts = Optional.empty();
    if (kept instanceof Kept.Licensed licensed) {
      activation = Optional.of(licensed.activation());
      attempts = Optional.of(licensed.attempts());
    } else if (kept instanceof Kept.Withdrawn withdrawn) {
      activation = Optional.of(withdrawn.activation());
    } else if (kept instanceof Kept.Unactivated unactivated) {
      attempts = Optional.of(unactivated.attempts());
    }
    assertEquals(kept, kept.asOf(now));
    assertEquals(activation, guest.activationAt(now));
    activation.ifPresent(
        granted -> {
          assertTrue(granted.inForceAt(now));
          assertTrue(!granted.inForceAt(granted.expiresAt()));
          assertTrue(granted.inForceAt(granted.expiresAt().minusNanos(1)));
        });
    Optional<LicenseStatus> status = Optional.empty();
    if (!(guest.key() instanceof GuestKey.Other)) {
      status =
          Optional.of(
              activation.isPresent()
                  ? LicenseStatus.LICENSED
                  : attempts.isEmpty()
                      ? LicenseStatus.UNLICENSED
                      : attempts.get().lapsed()
                          ? guest.terms().statusAfterExpiry()
                          : guest.terms().statusBeforeActivation());
    }
    assertEquals(status, guest.licenseStatusAt(now));
    boolean shown = status.equals(Optional.of(LicenseStatus.NOTIFICATION)) && attempts.isPresent();
    assertEquals(shown, guest.notificationReasonAt(now).isPresent());
    if (shown) {
      boolean failed = !attempts.orElseThrow().last().code().isSuccess();
      assertEquals(
          failed ? attempts.get().last().code().hex() : "0xC004F009",
          guest.notificationReasonAt(now).orElseThrow().hex());
    }
    assertEquals(
        guest.key() instanceof GuestKey.Avma avma ? Optional.of(avma.avmaId()) : Optional.empty(),
        guest.avmaId());
  }
}
