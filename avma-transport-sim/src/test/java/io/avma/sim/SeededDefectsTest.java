package io.avma.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.Effect;
import io.avma.activation.GuestActivation;
import io.avma.activation.HostActivation;
import io.avma.activation.HostInput;
import io.avma.activation.Kept;
import io.avma.activation.Nonce;
import io.avma.activation.Transition;
import io.avma.platform.Hresult;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.scenario.PlayOptions;
import io.avma.sim.scenario.ScenarioReport;
import io.avma.sim.scenario.Swarm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Random scenarios find defects in both machines and in the simulator, name the invariant that
 * breaks, and shrink to a few commands.
 */
class SeededDefectsTest {
  private static final int RUNS = 3_000;
  private static final int MOST_COMMANDS = 6;

  @TestFactory
  Stream<DynamicTest> eachIsFoundAndShrunk() {
    Map<String, Machines> defects = new TreeMap<>();
    defects.put("own-answers: any answer counts", new AnyAnswerCounts());
    defects.put("own-answers: a refusal licenses", new RefusalLicenses());
    defects.put("within-validity: a want of an answer licenses", new RevivedOnDue());
    defects.put("own-guests: messages find guests that have moved", new MessagesFollow());
    defects.put("within-validity: twice the validity", new TwiceTheValidity());
    defects.put("within-validity: going on makes a license longer", new LongerWhenRestored());
    defects.put("progress: nobody retries", new NobodyRetries());
    defects.put("convergence: answers to renewals are dropped", new DropsAnswers());
    defects.put("fit-hosts: a host without a license grants", new GrantsAlways(false));
    defects.put("fit-hosts: a host grants what it does not cover", new GrantsAlways(true));
    defects.put("host-limit: a host never throttles", new NeverThrottles());
    defects.put("grants-logged: a host notes nothing", new NotesNothing());
    defects.put("grants-logged: a guest notes nothing", new GuestNotesNothing());
    defects.put("grants-logged: refusals do not get into logs", new LogsLose(FaultPoint.HOST_LOG));
    defects.put("grants-logged: a guest's log loses records", new LogsLose(FaultPoint.GUEST_LOG));
    defects.put("fresh-nonces: nonces repeat", new NoncesRepeat());
    defects.put("items-published: items are not written", new PublishesNothing());
    defects.put("items-published: items are those of the activation before", new OldItems());
    defects.put("only-who-runs-asks: a guest asks as it is saved", new AsksWhenSaved());
    defects.put("ledger-agrees: a host grants for longer than was agreed", new GrantsLonger());
    defects.put("keys-kept: a crash loses the key", new CrashLosesKey());
    defects.put("keys-kept: the key of another channel is ignored", new IgnoresOtherKey());
    defects.put("convergence: a guest that was licensed never boots again", new BootsOnce());
    defects.put("no-exception: a guest cannot bear damage", new ThrowsWhenDamaged());
    return defects.entrySet().stream()
        .map(defect -> DynamicTest.dynamicTest(defect.getKey(), () -> find(defect)));
  }

  private static void find(Map.Entry<String, Machines> defect) {
    PlayOptions options =
        PlayOptions.usual()
            .with((DatacenterBuilder builder) -> builder.machines(defect.getValue()));
    Optional<ScenarioReport> found = new Swarm(options).run(0, RUNS, unused -> {});
    assertTrue(found.isPresent(), "not found in " + RUNS + " runs");
    ScenarioReport smallest = found.get();
    String invariant = defect.getKey().substring(0, defect.getKey().indexOf(':'));
    assertEquals(invariant, smallest.broken().orElseThrow().invariant(), smallest::toString);
    assertTrue(smallest.scenario().steps().size() <= MOST_COMMANDS, smallest::toString);
    assertTrue(smallest.scenario().play().isSound(), "the real machines fail as well");
  }

  // Defects of the guest.

  private static final class AnyAnswerCounts implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      Optional<Nonce> pending = guest.state().pending();
      if (input instanceof ActivationInput.ResponseArrived arrived && pending.isPresent()) {
        ActivationResponse answer = arrived.response();
        return guest.on(
            new ActivationInput.ResponseArrived(
                new ActivationResponse(answer.vm(), pending.get(), answer.host(), answer.answer())),
            now);
      }
      return guest.on(input, now);
    }
  }

  private static ActivationInput granted(ActivationResponse answer, Duration validity) {
    return new ActivationInput.ResponseArrived(
        new ActivationResponse(
            answer.vm(), answer.nonce(), answer.host(), new ActivationResponse.Granted(validity)));
  }

  private static final class RefusalLicenses implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      return input instanceof ActivationInput.ResponseArrived arrived
              && arrived.response().answer() instanceof ActivationResponse.Refused
          ? guest.on(granted(arrived.response(), guest.terms().validity()), now)
          : guest.on(input, now);
    }
  }

  /** A request that nobody answers counts as granted by whoever granted before. */
  private static final class RevivedOnDue implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      Optional<Nonce> pending = guest.state().pending();
      return input instanceof ActivationInput.Due
              && pending.isPresent()
              && guest.state().isOverdueAt(now)
          ? guest.on(
              granted(
                  new ActivationResponse(
                      guest.vm(),
                      pending.get(),
                      MachineNames.host("nobody"),
                      new ActivationResponse.Refused(Hresult.THROTTLED)),
                  guest.terms().validity()),
              now.minusMillis(1))
          : guest.on(input, now);
    }
  }

  private static final class TwiceTheValidity implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      return input instanceof ActivationInput.ResponseArrived arrived
              && arrived.response().answer() instanceof ActivationResponse.Granted grant
          ? guest.on(granted(arrived.response(), grant.validity().multipliedBy(2)), now)
          : guest.on(input, now);
    }
  }

  private static final class LongerWhenRestored implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      Transition<GuestActivation> transition = guest.on(input, now);
      return input instanceof ActivationInput.Restored && transition.rejection().isEmpty()
          ? new Transition<>(
              transition.next().shiftedBy(Duration.ofMinutes(1)),
              transition.effects(),
              Optional.empty())
          : transition;
    }
  }

  private static final class NobodyRetries implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      return input instanceof ActivationInput.Due && guest.state().pending().isEmpty()
          ? new Transition<>(guest, ImmutableList.of(), Optional.empty())
          : guest.on(input, now);
    }
  }

  private static final class DropsAnswers implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      return input instanceof ActivationInput.ResponseArrived && now.getEpochSecond() % 2 == 0
          ? new Transition<>(guest, ImmutableList.of(), Optional.empty())
          : guest.on(input, now);
    }
  }

  private static final class GuestNotesNothing implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      Transition<GuestActivation> transition = guest.on(input, now);
      return without(transition, Effect.LogOutcome.class);
    }
  }

  private static <T> Transition<T> without(
      Transition<T> transition, Class<? extends Effect> missing) {
    return new Transition<>(
        transition.next(),
        transition.effects().stream()
            .filter(effect -> !missing.isInstance(effect))
            .collect(ImmutableList.toImmutableList()),
        transition.rejection());
  }

  private static final class OldItems implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      Transition<GuestActivation> transition = guest.on(input, now);
      ImmutableList.Builder<Effect> effects = ImmutableList.builder();
      for (Effect effect : transition.effects()) {
        effects.add(
            effect instanceof Effect.PublishItems items
                ? new Effect.PublishItems(
                    items.terms(),
                    items.avmaId(),
                    items.activation().shiftedBy(Duration.ofDays(-365)))
                : effect);
      }
      return new Transition<>(transition.next(), effects.build(), transition.rejection());
    }
  }

  private static final class BootsOnce implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      return input instanceof ActivationInput.Started
              && guest.state().kept() instanceof Kept.Licensed
          ? new Transition<>(guest, ImmutableList.of(), Optional.empty())
          : guest.on(input, now);
    }
  }

  private static final class AsksWhenSaved implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      Transition<GuestActivation> transition = guest.on(input, now);
      return input instanceof ActivationInput.Saved
              && transition.rejection().isEmpty()
              && guest.avmaId().isPresent()
          ? new Transition<>(
              transition.next(),
              ImmutableList.of(
                  new Effect.SendRequest(
                      new ActivationRequest(
                          guest.vm(), guest.avmaId().get(), new Nonce(now.toEpochMilli())))),
              Optional.empty())
          : transition;
    }
  }

  private static final class CrashLosesKey implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      Transition<GuestActivation> transition = guest.on(input, now);
      return input instanceof ActivationInput.Crashed && transition.rejection().isEmpty()
          ? new Transition<>(
              GuestActivation.off(guest.vm(), guest.terms()),
              transition.effects(),
              Optional.empty())
          : transition;
    }
  }

  private static final class IgnoresOtherKey implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      return input instanceof ActivationInput.OtherKeyInstalled
          ? new Transition<>(guest, ImmutableList.of(), Optional.empty())
          : guest.on(input, now);
    }
  }

  private static final class ThrowsWhenDamaged implements Machines {
    @Override
    public Transition<GuestActivation> guest(
        GuestActivation guest, ActivationInput input, Instant now) {
      if (input instanceof ActivationInput.ResponseDamaged) {
        throw new IllegalStateException("cannot bear it");
      }
      return guest.on(input, now);
    }
  }

  // Defects of the host.

  private static final class GrantsLonger implements Machines {
    @Override
    public Transition<HostActivation> host(HostActivation host, HostInput input, Instant now) {
      Transition<HostActivation> transition = host.on(input, now);
      ImmutableList.Builder<Effect> effects = ImmutableList.builder();
      for (Effect effect : transition.effects()) {
        if (effect instanceof Effect.SendResponse sent
            && sent.response().answer() instanceof ActivationResponse.Granted grant) {
          ActivationResponse answer = sent.response();
          effects.add(
              new Effect.SendResponse(
                  new ActivationResponse(
                      answer.vm(),
                      answer.nonce(),
                      answer.host(),
                      new ActivationResponse.Granted(grant.validity().multipliedBy(2)))));
        } else {
          effects.add(effect);
        }
      }
      return new Transition<>(transition.next(), effects.build(), transition.rejection());
    }
  }

  private static final class GrantsAlways implements Machines {
    private final boolean uncovered;

    GrantsAlways(boolean uncovered) {
      this.uncovered = uncovered;
    }

    @Override
    public Transition<HostActivation> host(HostActivation host, HostInput input, Instant now) {
      Transition<HostActivation> transition = host.on(input, now);
      Hresult refusal = uncovered ? Hresult.ID_MISMATCH : Hresult.HOST_NOT_ACTIVATED;
      ImmutableList.Builder<Effect> effects = ImmutableList.builder();
      for (Effect effect : transition.effects()) {
        if (effect instanceof Effect.LogRequest logged && logged.code().equals(refusal)) {
          effects.add(new Effect.LogRequest(logged.request(), Hresult.OK));
        } else if (effect instanceof Effect.SendResponse sent
            && sent.response().answer().code().equals(refusal)) {
          ActivationResponse answer = sent.response();
          effects.add(
              new Effect.SendResponse(
                  new ActivationResponse(
                      answer.vm(),
                      answer.nonce(),
                      answer.host(),
                      new ActivationResponse.Granted(host.terms().validity()))));
        } else {
          effects.add(effect);
        }
      }
      return new Transition<>(transition.next(), effects.build(), transition.rejection());
    }
  }

  private static final class NeverThrottles implements Machines {
    @Override
    public Transition<HostActivation> host(HostActivation host, HostInput input, Instant now) {
      return host.on(new HostInput.Restarted(), now).next().on(input, now);
    }
  }

  private static final class NotesNothing implements Machines {
    @Override
    public Transition<HostActivation> host(HostActivation host, HostInput input, Instant now) {
      return without(host.on(input, now), Effect.LogRequest.class);
    }
  }

  // Defects of the simulator.

  private static final class MessagesFollow implements Machines {
    @Override
    public boolean meets(int sentAt, int placement) {
      return true;
    }
  }

  private static final class NoncesRepeat implements Machines {
    @Override
    public long nonce(long drawn) {
      return drawn & 0xF;
    }
  }

  private static final class LogsLose implements Machines {
    private final FaultPoint log;

    LogsLose(FaultPoint log) {
      this.log = log;
    }

    @Override
    public boolean logs(FaultPoint point, Hresult code) {
      return point != log || code.isSuccess();
    }
  }

  private static final class PublishesNothing implements Machines {
    @Override
    public boolean publishes() {
      return false;
    }
  }
}
