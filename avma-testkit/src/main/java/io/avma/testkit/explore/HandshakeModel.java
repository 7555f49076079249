package io.avma.testkit.explore;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.Effect;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.HostActivation;
import io.avma.activation.HostCoverage;
import io.avma.activation.HostInput;
import io.avma.activation.Nonce;
import io.avma.activation.Transition;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.Edition;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.testkit.explore.HandshakeEvent.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The handshake between a guest and two hosts, of which host 0 may activate it and host 1 may not,
 * over a network that loses, repeats, reorders and damages.
 *
 * <p>The laws: no host grants that may not; only an answer to the request that the guest waits for
 * activates it; no activation lasts longer than its grant. The goal: activated by host 0.
 *
 * <p>Messages under way survive crash and migration here, which real ones do not: what holds so
 * holds the more without. One message too many is lost. Immutable.
 */
@CheckReturnValue
public final class HandshakeModel implements Model<HandshakeWorld, HandshakeEvent> {
  /** Loss, repetition, reordering and damage, crash of either side, timers and migration. */
  public static final ImmutableSet<Verb> FAULTS =
      Sets.immutableEnumSet(
          Verb.START,
          Verb.DUE,
          Verb.DELIVER,
          Verb.LOSE,
          Verb.DUPLICATE,
          Verb.DAMAGE,
          Verb.CRASH_GUEST,
          Verb.RESTART_HOST,
          Verb.MIGRATE);

  /** All that can happen, the keys and the saved state included. */
  public static final ImmutableSet<Verb> EVERYTHING =
      Sets.immutableEnumSet(EnumSet.allOf(Verb.class));

  private static final Instant NOW = HandshakeWorld.NOW;
  private static final VmId VM = new VmId(new UUID(0, 1));
  private static final GuestKey.Avma KEY =
      GuestKey.Avma.of(
          KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.STANDARD).orElseThrow());
  private static final GuestKey.Other OTHER_KEY = new GuestKey.Other(LicenseChannel.MAK, "ABCDE");

  /** Of few durations, so that few sums of them differ; the machines know no others than these. */
  private static final ActivationTerms COARSE =
      ActivationTerms.builder()
          .validity(Duration.ofHours(4))
          .renewalLead(Duration.ofHours(2))
          .replyTimeout(Duration.ofHours(1))
          .retryDelays(Duration.ofHours(1))
          .unthrottled()
          .build();

  private final Machines machines;
  private final ActivationTerms terms;
  private final int mostMessages;
  private final ImmutableSet<Verb> verbs;

  /** The two machines, so that others can be put in their place. */
  @CheckReturnValue
  public interface Machines {
    /** Returns what {@code input} makes of {@code guest}. */
    default Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      return guest.on(input, now);
    }

    /** Returns what {@code input} makes of {@code host}. */
    default Transition<HostActivation> host(HostActivation host, HostInput input, Instant now) {
      return host.on(input, now);
    }
  }

  private HandshakeModel(
      Machines machines, ActivationTerms terms, int mostMessages, ImmutableSet<Verb> verbs) {
    this.machines = machines;
    this.terms = terms;
    this.mostMessages = mostMessages;
    this.verbs = verbs;
  }

  /** Returns the model of this library's machines with {@link #FAULTS} and three messages. */
  public static HandshakeModel standard() {
    return new HandshakeModel(new Machines() {}, COARSE, 3, FAULTS);
  }

  /** Returns this model with other machines, for example one with a defect. */
  public HandshakeModel withMachines(Machines others) {
    return new HandshakeModel(others, terms, mostMessages, verbs);
  }

  /** Returns this model under other terms; the more their durations differ, the more states. */
  public HandshakeModel withTerms(ActivationTerms others) {
    return new HandshakeModel(machines, others, mostMessages, verbs);
  }

  /** Returns this model with at most {@code most} messages under way, 1 or more. */
  public HandshakeModel withMessages(int most) {
    checkArgument(most >= 1, "most is %s (expected: 1 or more)", most);
    return new HandshakeModel(machines, terms, most, verbs);
  }

  /** Returns this model in which {@code others} can happen. */
  public HandshakeModel withVerbs(Iterable<Verb> others) {
    return new HandshakeModel(machines, terms, mostMessages, Sets.immutableEnumSet(others));
  }

  @Override
  public HandshakeWorld start() {
    HostProfile able = HostProfile.datacenter(WindowsRelease.WS_2022);
    HostProfile unable = able.toBuilder().activated(Ternary.NO).build();
    return new HandshakeWorld(
        GuestActivation.off(VM, KEY, terms).seenAt(NOW),
        ImmutableList.of(
            HostActivation.of(new HostId("host-0.invalid"), HostCoverage.of(able), terms),
            HostActivation.of(new HostId("host-1.invalid"), HostCoverage.of(unable), terms)),
        0,
        ImmutableList.of(),
        Optional.empty(),
        Duration.ZERO);
  }

  @Override
  public ImmutableList<HandshakeEvent> actions(HandshakeWorld world) {
    ImmutableList.Builder<HandshakeEvent> events = ImmutableList.builder();
    for (Verb verb : verbs) {
      if (!verb.ofMessage()) {
        if (verb != Verb.DUE || world.guest().dueAt().isPresent()) {
          events.add(new HandshakeEvent(verb, 0));
        }
        continue;
      }
      boolean room = verb != Verb.DUPLICATE || world.network().size() < mostMessages;
      for (int i = 0; room && i < world.network().size(); i++) {
        // Of two equal messages the first stands for both; a damaged request is a lost one.
        boolean repeats = i > 0 && world.network().get(i).equals(world.network().get(i - 1));
        boolean request = world.network().get(i).answer().isEmpty();
        if (!repeats && !(verb == Verb.DAMAGE && request)) {
          events.add(new HandshakeEvent(verb, i));
        }
      }
    }
    return events.build();
  }

  @Override
  public Step<HandshakeWorld> step(HandshakeWorld world, HandshakeEvent event) {
    return new Happening(world).carryOut(event);
  }

  @Override
  public boolean isGoal(HandshakeWorld world) {
    return world.guest().state().kind() == ActivationState.Kind.ACTIVATED
        && world.guest().activationAt(NOW).orElseThrow().host().equals(world.hosts().get(0).id());
  }

  /** A world while something happens to it. */
  private final class Happening {
    private final HandshakeWorld before;
    private final List<HandshakeMessage> network;
    private final List<HostActivation> hosts;
    private GuestActivation guest;
    private int on;
    private Optional<Nonce> asked;
    private Duration left;
    private Instant now = NOW;
    private Optional<String> violation = Optional.empty();

    Happening(HandshakeWorld before) {
      this.before = before;
      network = new ArrayList<>(before.network());
      hosts = new ArrayList<>(before.hosts());
      guest = before.guest();
      on = before.on();
      asked = before.asked();
      left = before.left();
    }

    Step<HandshakeWorld> carryOut(HandshakeEvent event) {
      switch (event.verb()) {
        case START -> feed(new ActivationInput.Started(NonceNames.FRESH));
        case DUE -> due();
        case DELIVER -> deliver(network.remove(event.message()));
        case LOSE -> network.remove(event.message());
        case DUPLICATE -> network.add(network.get(event.message()));
        case DAMAGE -> {
          network.remove(event.message());
          feed(new ActivationInput.ResponseDamaged());
        }
        case CRASH_GUEST -> feed(new ActivationInput.Crashed());
        case RESTART_HOST ->
            hosts.set(on, machines.host(hosts.get(on), new HostInput.Restarted(), now).next());
        case MIGRATE -> {
          on = 1 - on;
          feed(new ActivationInput.LiveMigrated());
        }
        case STOP -> feed(new ActivationInput.Stopped());
        case SAVE -> feed(new ActivationInput.Saved());
        case RESTORE -> feed(new ActivationInput.Restored());
        case INSTALL_KEY -> feed(new ActivationInput.KeyInstalled(KEY, NonceNames.FRESH));
        case INSTALL_OTHER_KEY -> feed(new ActivationInput.OtherKeyInstalled(OTHER_KEY));
        case REMOVE_KEY -> feed(new ActivationInput.KeyRemoved());
        case ACTIVATE_NOW -> feed(new ActivationInput.ActivateNow(NonceNames.FRESH));
      }
      guest
          .activationAt(now)
          .filter(it -> Duration.between(now, it.expiresAt()).compareTo(left) > 0)
          .ifPresent(it -> broken("An activation lasts longer than its grant."));
      return new Step<>(canonical(), violation);
    }

    private void due() {
      Instant at = guest.dueAt().orElse(now);
      if (at.isAfter(now)) {
        left = left.minus(Duration.between(now, at));
        now = at;
      }
      feed(new ActivationInput.Due(NonceNames.FRESH));
    }

    private void deliver(HandshakeMessage message) {
      if (message.answer().isPresent()) {
        ActivationResponse response =
            new ActivationResponse(
                VM, message.nonce(), hosts.get(message.host()).id(), message.answer().get());
        feed(new ActivationInput.ResponseArrived(response));
        return;
      }
      ActivationRequest request = new ActivationRequest(VM, KEY.avmaId(), message.nonce());
      Transition<HostActivation> answered =
          machines.host(hosts.get(message.host()), new HostInput.RequestArrived(request), now);
      hosts.set(message.host(), answered.next());
      for (Effect effect : answered.effects()) {
        if (effect instanceof Effect.SendResponse send) {
          ActivationResponse.Answer answer = send.response().answer();
          if (answer instanceof ActivationResponse.Granted && message.host() != 0) {
            broken("A host grants that is not activated itself.");
          }
          send(new HandshakeMessage(message.host(), message.nonce(), Optional.of(answer)));
        }
      }
    }

    private void feed(ActivationInput input) {
      Transition<GuestActivation> transition = machines.guest(guest, input, now);
      if (transition.isRejected()) {
        return;
      }
      boolean activated =
          guest.activationAt(now).isEmpty() && transition.next().activationAt(now).isPresent();
      boolean prolonged =
          !activated
              && transition
                  .next()
                  .activationAt(now)
                  .filter(next -> !guest.activationAt(now).equals(Optional.of(next)))
                  .isPresent();
      if (activated || prolonged) {
        granted(input);
      }
      guest = transition.next();
      asked = Optional.empty();
      for (Effect effect : transition.effects()) {
        if (effect instanceof Effect.SendRequest send) {
          asked = Optional.of(send.request().nonce());
          send(new HandshakeMessage(on, send.request().nonce(), Optional.empty()));
        }
      }
    }

    private void granted(ActivationInput input) {
      if (input instanceof ActivationInput.ResponseArrived arrived
          && arrived.response().answer() instanceof ActivationResponse.Granted grant) {
        if (!asked.equals(Optional.of(arrived.response().nonce()))) {
          broken("An answer activates that the guest does not wait for.");
        }
        left = grant.validity();
      } else {
        broken("The guest is activated and nobody granted it.");
      }
    }

    private void send(HandshakeMessage message) {
      if (network.size() < mostMessages) {
        network.add(message);
      }
    }

    private void broken(String law) {
      violation = violation.isPresent() ? violation : Optional.of(law);
    }

    private HandshakeWorld canonical() {
      NonceNames names = new NonceNames();
      Duration shift = Duration.between(now, NOW);
      GuestActivation shown = guest.seenAt(now).withNonces(names::name);
      Optional<Nonce> expected = asked.map(names::name);
      List<HandshakeMessage> renamed = new ArrayList<>();
      for (HandshakeMessage message : network) {
        renamed.add(
            new HandshakeMessage(message.host(), names.known(message.nonce()), message.answer()));
      }
      return new HandshakeWorld(
          shift.isZero() ? shown : shown.shiftedBy(shift),
          shifted(shift),
          on,
          ImmutableList.sortedCopyOf(HandshakeMessage.ORDER, renamed),
          expected,
          left.isNegative() ? Duration.ZERO : left);
    }

    private ImmutableList<HostActivation> shifted(Duration shift) {
      if (shift.isZero() && hosts.equals(before.hosts())) {
        return before.hosts();
      }
      ImmutableList.Builder<HostActivation> moved = ImmutableList.builder();
      for (HostActivation host : hosts) {
        moved.add(host.seenAt(now).shiftedBy(shift));
      }
      return moved.build();
    }
  }
}
