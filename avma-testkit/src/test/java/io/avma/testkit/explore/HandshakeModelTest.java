package io.avma.testkit.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.Effect;
import io.avma.activation.GuestActivation;
import io.avma.activation.HostActivation;
import io.avma.activation.HostInput;
import io.avma.activation.Nonce;
import io.avma.activation.Transition;
import io.avma.testkit.explore.HandshakeEvent.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The handshake of this library, whole; and with defects, which are found by a shortest way. */
class HandshakeModelTest {
  private static final int BOUND = 3_000_000;

  private static Exploration<HandshakeWorld, HandshakeEvent> explored(HandshakeModel model) {
    return Explorer.explore(model, BOUND);
  }

  /** The counts are pinned: a change of the machines that opens or closes a state shows here. */
  @Test
  void nothingBreaksALawWithThreeMessagesUnderWay() {
    Exploration<HandshakeWorld, HandshakeEvent> found = explored(HandshakeModel.standard());
    assertEquals(Optional.empty(), found.counterexample());
    assertTrue(found.complete());
    assertEquals(190_232, found.states());
    assertEquals(2_136_542, found.steps());
    assertEquals(24, found.depth());
  }

  @Test
  void nothingBreaksALawWhateverHappensToKeyAndSavedState() {
    Map<ActivationState.Kind, EnumSet<Verb>> covered = new EnumMap<>(ActivationState.Kind.class);
    HandshakeModel model = HandshakeModel.standard().withMessages(1);
    Exploration<HandshakeWorld, HandshakeEvent> found =
        Explorer.explore(
            model.withVerbs(HandshakeModel.EVERYTHING),
            BOUND,
            (world, event, next) ->
                covered
                    .computeIfAbsent(
                        world.guest().state().kind(), unused -> EnumSet.noneOf(Verb.class))
                    .add(event.verb()));
    assertEquals(Optional.empty(), found.counterexample());
    assertTrue(found.complete());
    // Every state meets everything that can happen; only those that wait for something are due.
    for (ActivationState.Kind kind : ActivationState.Kind.values()) {
      EnumSet<Verb> expected = EnumSet.allOf(Verb.class);
      expected.remove(Verb.DUPLICATE); // there is no room for a second message
      switch (kind) {
        case OFF, SAVED, UNKEYED -> expected.remove(Verb.DUE);
        case WITHDRAWN, REQUESTING, WAITING, ACTIVATED, RENEWING, RETRYING -> {}
      }
      assertEquals(expected, covered.get(kind), kind.name());
    }
  }

  @Test
  void nothingBreaksALawWhenHostsThrottle() {
    ActivationTerms throttled =
        ActivationTerms.builder()
            .validity(Duration.ofHours(4))
            .renewalLead(Duration.ofHours(2))
            .replyTimeout(Duration.ofHours(1))
            .retryDelays(Duration.ofHours(1))
            .throttle(1, Duration.ofHours(1))
            .build();
    Exploration<HandshakeWorld, HandshakeEvent> found =
        explored(HandshakeModel.standard().withMessages(1).withTerms(throttled));
    assertEquals(Optional.empty(), found.counterexample());
    assertTrue(found.complete());
    assertTrue(found.states() > 3_986, "throttled hosts are states of their own");
  }

  // Defects: each is found, by a way no longer than it has to be.

  private static void assertFound(int steps, String law, HandshakeModel.Machines defect) {
    Exploration<HandshakeWorld, HandshakeEvent> found =
        explored(HandshakeModel.standard().withMachines(defect));
    Counterexample<HandshakeWorld, HandshakeEvent> way = found.counterexample().orElseThrow();
    assertEquals(law, way.law(), way::toString);
    assertEquals(steps, way.actions().size(), way::toString);
  }

  @Test
  void aGuestThatTakesAnAnswerToAnEarlierRequest() {
    assertFound(
        4, // boots, boots again, the old request is answered, the answer arrives
        "An answer activates that the guest does not wait for.",
        guest(
            (guest, input, now) -> {
              Optional<Nonce> pending = guest.state().pending();
              if (input instanceof ActivationInput.ResponseArrived arrived && pending.isPresent()) {
                return guest.on(answered(arrived, pending.get()), now);
              }
              return guest.on(input, now);
            }));
  }

  private static ActivationInput answered(ActivationInput.ResponseArrived arrived, Nonce nonce) {
    ActivationResponse response = arrived.response();
    return new ActivationInput.ResponseArrived(
        new ActivationResponse(response.vm(), nonce, response.host(), response.answer()));
  }

  @Test
  void aGuestThatStillWaitsAfterMigration() {
    assertFound(
        4,
        "An answer activates that the guest does not wait for.",
        guest(
            (guest, input, now) ->
                input.kind() == ActivationInput.Kind.LIVE_MIGRATED
                    ? new Transition<>(guest, ImmutableList.of(), Optional.empty())
                    : guest.on(input, now)));
  }

  @Test
  void aGuestThatStillWaitsAfterACrash() {
    assertFound(
        4,
        "An answer activates that the guest does not wait for.",
        guest(
            (guest, input, now) ->
                input.kind() == ActivationInput.Kind.CRASHED
                    ? new Transition<>(guest, ImmutableList.of(), Optional.empty())
                    : guest.on(input, now)));
  }

  @Test
  void aGuestThatTakesARefusalForAGrant() {
    assertFound(
        4, // moves, boots, is refused
        "The guest is activated and nobody granted it.",
        guest(
            (guest, input, now) -> {
              if (input instanceof ActivationInput.ResponseArrived arrived) {
                ActivationResponse response = arrived.response();
                return guest.on(
                    new ActivationInput.ResponseArrived(
                        new ActivationResponse(
                            response.vm(),
                            response.nonce(),
                            response.host(),
                            new ActivationResponse.Granted(guest.terms().validity()))),
                    now);
              }
              return guest.on(input, now);
            }));
  }

  @Test
  void aGuestThatPutsSomethingOnTopOfItsGrant() {
    assertFound(
        3,
        "An activation lasts longer than its grant.",
        guest(
            (guest, input, now) -> {
              if (input instanceof ActivationInput.ResponseArrived arrived
                  && arrived.response().answer() instanceof ActivationResponse.Granted grant) {
                ActivationResponse response = arrived.response();
                return guest.on(
                    new ActivationInput.ResponseArrived(
                        new ActivationResponse(
                            response.vm(),
                            response.nonce(),
                            response.host(),
                            new ActivationResponse.Granted(grant.validity().plusNanos(1)))),
                    now);
              }
              return guest.on(input, now);
            }));
  }

  @Test
  void aHostThatGrantsWithoutALicense() {
    assertFound(
        3,
        "A host grants that is not activated itself.",
        new HandshakeModel.Machines() {
          @Override
          public Transition<HostActivation> host(
              HostActivation host, HostInput input, Instant now) {
            Transition<HostActivation> answered = host.on(input, now);
            ImmutableList.Builder<Effect> effects = ImmutableList.builder();
            for (Effect effect : answered.effects()) {
              if (effect instanceof Effect.SendResponse send) {
                ActivationResponse response = send.response();
                effects.add(
                    new Effect.SendResponse(
                        new ActivationResponse(
                            response.vm(),
                            response.nonce(),
                            response.host(),
                            new ActivationResponse.Granted(host.terms().validity()))));
              } else {
                effects.add(effect);
              }
            }
            return new Transition<>(answered.next(), effects.build(), Optional.empty());
          }
        });
  }

  @Test
  void aHostThatNeverAnswersLeavesTheGuestWithoutAGoal() {
    Exploration<HandshakeWorld, HandshakeEvent> found =
        explored(
            HandshakeModel.standard()
                .withMachines(
                    new HandshakeModel.Machines() {
                      @Override
                      public Transition<HostActivation> host(
                          HostActivation host, HostInput input, Instant now) {
                        return new Transition<>(host, ImmutableList.of(), Optional.empty());
                      }
                    }));
    assertEquals("From here no goal can be reached.", found.counterexample().orElseThrow().law());
    assertEquals(0, found.counterexample().orElseThrow().actions().size());
  }

  private interface Guest {
    Transition<GuestActivation> on(GuestActivation guest, ActivationInput input, Instant now);
  }

  private static HandshakeModel.Machines guest(Guest machine) {
    return new HandshakeModel.Machines() {
      @Override
      public Transition<GuestActivation> guest(
          GuestActivation guest, ActivationInput input, Instant now) {
        return machine.on(guest, input, now);
      }
    };
  }
}
