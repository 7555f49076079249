package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.Edition;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One guest, five hosts of which two may activate it, and a network that loses, repeats, delays and
 * damages. After every step the invariants are checked against books of its own.
 */
final class HandshakeWorld {
  enum Verb {
    START,
    WAKE,
    WAKE_EARLY,
    ACTIVATE_NOW,
    DELIVER_REQUEST,
    DELIVER_RESPONSE,
    REPEAT_RESPONSE,
    LOSE_MESSAGES,
    DAMAGE_RESPONSE,
    FORGE_RESPONSE,
    INSTALL_KEY,
    INSTALL_OTHER_KEY,
    REMOVE_KEY,
    STOP,
    CRASH,
    SAVE,
    RESTORE,
    CHECKPOINT,
    REVERT,
    MIGRATE,
    SET_CLOCK_BACK,
    SET_CLOCK_AHEAD,
    PASS_TIME,
    CHANGE_HOST_LICENSE
  }

  record Step(Verb verb, int number) {}

  private record Checkpoint(GuestActivation guest, Duration left, Instant clock) {}

  private static final HostCoverage ABLE =
      HostCoverage.of(HostProfile.datacenter(WindowsRelease.WS_2022));
  private static final HostCoverage UNLICENSED =
      HostCoverage.of(
          HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder().activated(Ternary.NO).build());
  private static final ImmutableList<HostCoverage> KINDS =
      ImmutableList.of(
          ABLE,
          UNLICENSED,
          HostCoverage.of(
              HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder()
                  .edition(Edition.STANDARD)
                  .build()),
          HostCoverage.of(HostProfile.datacenter(WindowsRelease.WS_2016)),
          HostCoverage.of(HostProfile.datacenter(WindowsRelease.WS_2025)));

  private GuestActivation guest = Examples.off();
  private final List<HostActivation> hosts = new ArrayList<>();
  private int on;
  private long nonces;
  private Instant clock = Examples.NOW;
  private Instant hostClock = Examples.NOW;
  private final List<ActivationRequest> requests = new ArrayList<>();
  private final List<ActivationResponse> responses = new ArrayList<>();
  private Optional<ActivationResponse> lastResponse = Optional.empty();
  private Optional<Checkpoint> checkpoint = Optional.empty();

  /** Nonces whose answers may activate: asked, and not dropped by anything since. */
  private final Set<Nonce> alive = new LinkedHashSet<>();

  /**
   * What is left of the activation in force, by the books: forward movement of the clock counts.
   */
  private Duration left = Duration.ZERO;

  HandshakeWorld() {
    for (int i = 0; i < KINDS.size(); i++) {
      hosts.add(
          HostActivation.of(
              new HostId("host-" + i),
              KINDS.get(i),
              Examples.TERMS.toBuilder().throttle(4, Duration.ofMinutes(1)).build()));
    }
  }

  void play(Step step) {
    int number = step.number();
    switch (step.verb()) {
      case START -> feed(new ActivationInput.Started(fresh()));
      case WAKE -> wake();
      case WAKE_EARLY -> wakeEarly();
      case ACTIVATE_NOW -> feed(new ActivationInput.ActivateNow(fresh()));
      case DELIVER_REQUEST -> deliverRequest(number);
      case DELIVER_RESPONSE -> deliverResponse(number);
      case REPEAT_RESPONSE ->
          lastResponse.ifPresent(r -> feed(new ActivationInput.ResponseArrived(r)));
      case LOSE_MESSAGES -> {
        requests.clear();
        responses.clear();
      }
      case DAMAGE_RESPONSE -> feed(new ActivationInput.ResponseDamaged());
      case FORGE_RESPONSE -> feed(Examples.granted(new Nonce(-1 - number)));
      case INSTALL_KEY ->
          feed(
              new ActivationInput.KeyInstalled(
                  number < 5 ? Examples.KEY : Examples.OTHER_AVMA, fresh()));
      case INSTALL_OTHER_KEY -> feed(new ActivationInput.OtherKeyInstalled(Examples.MAK));
      case REMOVE_KEY -> feed(new ActivationInput.KeyRemoved());
      case STOP -> feed(new ActivationInput.Stopped());
      case CRASH -> feed(new ActivationInput.Crashed());
      case SAVE -> feed(new ActivationInput.Saved());
      case RESTORE -> feed(new ActivationInput.Restored());
      case CHECKPOINT -> checkpoint = Optional.of(new Checkpoint(guest, left, clock));
      case REVERT -> checkpoint.ifPresent(this::revert);
      case MIGRATE -> {
        on = number % hosts.size();
        feed(new ActivationInput.LiveMigrated());
      }
      case SET_CLOCK_BACK -> setClock(clock.minus(Duration.ofDays(number)));
      case SET_CLOCK_AHEAD -> setClock(clock.plus(Duration.ofDays(number)));
      case PASS_TIME -> pass(Duration.ofHours(number * 5L));
      case CHANGE_HOST_LICENSE -> {
        HostCoverage other = hosts.get(0).coverage().equals(ABLE) ? UNLICENSED : ABLE;
        hosts.set(0, hosts.get(0).on(new HostInput.CoverageChanged(other), hostClock).next());
      }
    }
    check();
  }

  /** Ends all faults; says whether the guest is activated within ten wake-ups. */
  boolean heal() {
    requests.clear();
    responses.clear();
    on = 4;
    play(new Step(Verb.STOP, 0));
    play(new Step(Verb.INSTALL_KEY, 0));
    play(new Step(Verb.START, 0));
    for (int i = 0; i < 10; i++) {
      play(new Step(Verb.DELIVER_REQUEST, 0));
      play(new Step(Verb.DELIVER_RESPONSE, 0));
      if (guest.state().kind() == ActivationState.Kind.ACTIVATED) {
        return true;
      }
      play(new Step(Verb.WAKE, 0));
    }
    return false;
  }

  private Nonce fresh() {
    return new Nonce(nonces++);
  }

  private void wake() {
    Optional<Instant> due = guest.dueAt();
    if (due.isPresent() && due.get().isAfter(clock)) {
      pass(Duration.between(clock, due.get()));
    }
    feed(new ActivationInput.Due(fresh()));
  }

  private void wakeEarly() {
    if (guest.dueAt().isEmpty() || guest.dueAt().get().isAfter(clock)) {
      Transition<GuestActivation> woken = guest.on(new ActivationInput.Due(fresh()), clock);
      assertSame(guest, woken.next());
      assertTrue(woken.effects().isEmpty());
    }
  }

  private void pass(Duration duration) {
    clock = clock.plus(duration);
    hostClock = hostClock.plus(duration);
    left = left.minus(duration);
  }

  private void setClock(Instant to) {
    if (!isRunning()) {
      return; // the clock of a machine that does not run cannot be set
    }
    Instant before = clock;
    clock = to;
    if (to.isAfter(before)) {
      left = left.minus(Duration.between(before, to));
    }
    take(guest.on(new ActivationInput.ClockSet(before), clock));
  }

  private void revert(Checkpoint to) {
    feed(new ActivationInput.Reverted(to.guest()));
    left = to.left();
    // The guest wakes with the checkpoint's clock, which is then set to the right time.
    left = clock.isAfter(to.clock()) ? left.minus(Duration.between(to.clock(), clock)) : left;
  }

  private void deliverRequest(int number) {
    if (requests.isEmpty()) {
      return;
    }
    ActivationRequest request = requests.remove(number % requests.size());
    HostActivation host = hosts.get(on);
    Transition<HostActivation> answered = host.on(new HostInput.RequestArrived(request), hostClock);
    hosts.set(on, answered.next());
    boolean logged = false;
    for (Effect effect : answered.effects()) {
      logged |= effect.kind() == Effect.Kind.LOG_REQUEST;
      if (effect instanceof Effect.SendResponse send) {
        assertTrue(logged, "an answer without its 12310");
        boolean grants = send.response().answer() instanceof ActivationResponse.Granted;
        assertFalse(grants && !mayGrant(host, request), "granted by " + host);
        responses.add(send.response());
      }
    }
  }

  /** Says whether {@code host} may grant, by the published rules in our own words. */
  private boolean mayGrant(HostActivation host, ActivationRequest request) {
    HostProfile profile = host.coverage().profile();
    WindowsRelease needed =
        request.avmaId().equals(Examples.KEY.avmaId())
            ? WindowsRelease.WS_2022
            : WindowsRelease.WS_2019; // of OTHER_AVMA
    boolean newEnough = profile.release().orElseThrow().compareTo(needed) >= 0;
    return profile.activated() == Ternary.YES
        && profile.edition().equals(Optional.of(Edition.DATACENTER))
        && newEnough;
  }

  private void deliverResponse(int number) {
    if (!responses.isEmpty()) {
      ActivationResponse response = responses.remove(number % responses.size());
      lastResponse = Optional.of(response);
      feed(new ActivationInput.ResponseArrived(response));
    }
  }

  private void feed(ActivationInput input) {
    Transition<GuestActivation> transition = guest.on(input, clock);
    boolean newlyActivated =
        transition.effects().contains(new Effect.LogOutcome(ActivationOutcome.ACTIVATED));
    if (newlyActivated) {
      ActivationResponse response = ((ActivationInput.ResponseArrived) input).response();
      assertTrue(alive.contains(response.nonce()), "activated by an answer that nobody waits for");
      assertEquals(guest.state().pending(), Optional.of(response.nonce()));
      left = ((ActivationResponse.Granted) response.answer()).validity();
    }
    take(transition);
  }

  private void take(Transition<GuestActivation> transition) {
    if (transition.isRejected()) {
      assertSame(guest, transition.next());
      return;
    }
    guest = transition.next();
    alive.clear();
    guest.state().pending().ifPresent(alive::add);
    for (Effect effect : transition.effects()) {
      if (effect instanceof Effect.SendRequest send) {
        requests.add(send.request());
        assertEquals(guest.state().pending(), Optional.of(send.request().nonce()));
      }
    }
  }

  private void check() {
    guest
        .activationAt(clock)
        .ifPresent(
            activation ->
                assertTrue(
                    Duration.between(clock, activation.expiresAt()).compareTo(left) <= 0,
                    "an activation outlives its grant: "
                        + activation
                        + " at "
                        + clock
                        + " with "
                        + left
                        + " left"));
    boolean licensed = guest.licenseStatusAt(clock).equals(Optional.of(LicenseStatus.LICENSED));
    assertEquals(guest.activationAt(clock).isPresent(), licensed);
    boolean running = isRunning();
    assertTrue(running || guest.dueAt().isEmpty(), "a timer of a guest that does not run");
    assertTrue(
        !running || guest.dueAt().isPresent() || guest.avmaId().isEmpty(), "a guest that sleeps");
  }

  private boolean isRunning() {
    return guest.state().kind() != ActivationState.Kind.OFF
        && guest.state().kind() != ActivationState.Kind.SAVED;
  }
}
