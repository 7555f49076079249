package io.avma.sim.scenario;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationTerms;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.platform.Hresult;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulationStuckException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays one scenario: its commands in order, then healing, and invariants all the time. */
final class Player {
  private static final Instant START = SimulatedDatacenter.START;
  private static final int TRACE = 10_000;

  private final Scenario scenario;
  private final PlayOptions options;
  private final SimulatedDatacenter datacenter;
  private final Stage stage;
  private final Monitoring monitoring;
  private final List<Watched> watched = new ArrayList<>();
  private int done;
  private int senseless;
  private long strikes;

  /** Guests whose host failed under them and that nothing was done to since; never iterated. */
  private final Set<String> stranded = new HashSet<>();

  private ScenarioReport.@Nullable Broken broken;

  private record Watched(Invariant invariant, Invariant.Watch watch) {}

  /** Ends the play from within an event. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stop() {
      super(null, null, false, false);
    }
  }

  Player(Scenario scenario, PlayOptions options) {
    this.scenario = scenario;
    this.options = options;
    datacenter = build();
    stage = new Stage(datacenter, KeyCatalog.standard());
    monitoring = new Monitoring(datacenter);
    for (Invariant invariant : options.invariants()) {
      watched.add(new Watched(invariant, invariant.watch(datacenter)));
    }
    datacenter.listen((unused, happenings) -> look(happenings));
  }

  private SimulatedDatacenter build() {
    DatacenterBuilder builder = SimulatedDatacenter.builder();
    builder.traceCapacity(Math.max(TRACE, options.traced()));
    options.settings().accept(builder);
    builder.seed(scenario.seed()).terms(scenario.terms()).faults(scenario.faults());
    add(builder, scenario.hosts(), scenario.guests());
    return builder.build();
  }

  /** Adds the fleet of a scenario to {@code builder}, which refuses names that do not do. */
  static void add(DatacenterBuilder builder, List<HostSpec> hosts, List<GuestSpec> guests) {
    for (HostSpec host : hosts) {
      builder.host(host.name(), host.cluster(), host.profile());
    }
    for (GuestSpec guest : guests) {
      add(builder, guest);
    }
  }

  private static void add(DatacenterBuilder builder, GuestSpec guest) {
    Optional<AvmaKey> avma = guest.key().avmaKey(KeyCatalog.standard(), guest.profile().system());
    if (avma.isPresent()) {
      builder.guest(guest.name(), guest.host(), guest.profile(), avma.get());
    } else if (guest.key() instanceof KeyChoice.Other other) {
      builder.guest(guest.name(), guest.host(), guest.profile(), other.channel(), other.lastFive());
    } else {
      builder.guest(guest.name(), guest.host(), guest.profile());
    }
  }

  ScenarioReport play() {
    try (datacenter) {
      try {
        playSteps();
        datacenter.heal();
        until(datacenter.now().plus(settling()));
        round();
        stuck();
      } catch (Stop stop) {
        // the report says what broke
      } catch (SimulationStuckException e) {
        broken = broken(Invariants.PROGRESS, String.valueOf(e.getMessage()));
      } catch (RuntimeException | AssertionError e) {
        // Of a machine, an invariant or a listener; so it shrinks and replays like any other.
        broken = broken(Invariants.NO_EXCEPTION, where(e));
      }
      return report();
    }
  }

  /** Plays the steps and no more, and returns what has become of the data centre. */
  SimulatedDatacenter.Snapshot leftAtTheEnd() {
    try (datacenter) {
      playSteps();
      return datacenter.snapshot();
    }
  }

  private void playSteps() {
    Instant nextRound = START.plus(scenario.monitored());
    Instant end = START.plus(scenario.length());
    int next = 0;
    while (next < scenario.steps().size() || nextRound.isBefore(end)) {
      Instant step =
          next < scenario.steps().size() ? START.plus(scenario.steps().get(next).at()) : end;
      if (nextRound.isBefore(step)) {
        until(nextRound);
        round();
        nextRound = nextRound.plus(scenario.monitored());
      } else if (next < scenario.steps().size()) {
        until(step);
        carryOut(scenario.steps().get(next++).command());
      } else {
        break;
      }
    }
    until(end);
    round();
  }

  private void until(Instant instant) {
    datacenter.advanceTo(instant);
  }

  private void carryOut(Command command) {
    if (command.apply(stage)) {
      done++;
    } else {
      senseless++;
    }
  }

  private void look(List<Happening> happenings) {
    for (Happening happening : happenings) {
      if (happening instanceof Happening.FaultStruck) {
        strikes++;
      } else if (happening instanceof Happening.GuestChanged changed) {
        follow(changed, happenings);
      }
    }
    for (Watched one : watched) {
      Optional<String> wrong = one.watch.after(happenings);
      if (wrong.isPresent()) {
        stop(one.invariant.name(), wrong.get());
      }
    }
  }

  /** A cluster, or the host when it is back, starts what ran there: whoever was stranded runs. */
  private void follow(Happening.GuestChanged changed, List<Happening> all) {
    ActivationInput.Kind kind = changed.input().kind();
    if (kind == ActivationInput.Kind.CRASHED
        && all.stream().anyMatch(one -> one instanceof Happening.HostChanged)) {
      stranded.add(changed.guest().name());
    } else if (kind == ActivationInput.Kind.REVERTED || changed.guest().isRunning()) {
      stranded.remove(changed.guest().name());
    }
  }

  private void round() {
    monitoring.round();
    for (Watched one : watched) {
      Optional<String> wrong = one.watch.afterRound(monitoring);
      if (wrong.isPresent()) {
        stop(one.invariant.name(), wrong.get());
      }
    }
  }

  /** Everything that can be licensed must be by now. */
  private void stuck() {
    for (SimulatedGuest guest : datacenter.guests()) {
      if (stranded.contains(guest.name()) && !guest.isRunning() && guest.isPowered()) {
        stop(
            Invariants.CONVERGENCE,
            guest.name()
                + " ran when its host failed, and does not run "
                + settling()
                + " after everything was healed");
      }
      if (!guest.isActivated() && Licensable.isLicensable(guest) && !mayStarve(guest)) {
        stop(
            Invariants.CONVERGENCE,
            guest.name()
                + " is not activated "
                + settling()
                + " after everything was healed, and nothing is in its way: "
                + guest.activation().state());
      }
    }
  }

  /**
   * Returns whether more guests ask than the host answers at a time. Their pauses are all the same,
   * so it can be the same one each time that comes too late.
   */
  private boolean mayStarve(SimulatedGuest guest) {
    return guest.host().guests().size() > scenario.terms().throttleLimit()
        && guest
            .activation()
            .lastOutcome()
            .filter(last -> last.code().equals(Hresult.THROTTLED))
            .isPresent();
  }

  /**
   * Returns how long a guest can take at most to be activated when nothing is in its way: its
   * longest pause, a request without an answer, and, where more ask than a host answers at a time,
   * as many turns as that takes.
   */
  private Duration settling() {
    return settling(scenario.terms(), datacenter.guests().size());
  }

  static Duration settling(ActivationTerms terms, int guests) {
    Duration pause = Duration.ZERO;
    for (Duration delay : terms.retryDelays()) {
      pause = delay.compareTo(pause) > 0 ? delay : pause;
    }
    long turns = 2 + guests / (long) terms.throttleLimit();
    return pause
        .plus(terms.replyTimeout())
        .plus(terms.throttleWindow())
        .plus(Duration.ofMinutes(1))
        .multipliedBy(turns);
  }

  private void stop(String invariant, String sentence) {
    broken = broken(invariant, sentence);
    throw new Stop();
  }

  private static String where(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return thrown + (stack.length == 0 ? "" : " at " + stack[0]);
  }

  private ScenarioReport.Broken broken(String invariant, String sentence) {
    return new ScenarioReport.Broken(
        invariant, sentence, Duration.between(START, datacenter.now()), datacenter.eventCount());
  }

  private ScenarioReport report() {
    ImmutableList.Builder<ScenarioReport.Outcome> outcomes = ImmutableList.builder();
    for (SimulatedGuest guest : datacenter.guests()) {
      outcomes.add(
          new ScenarioReport.Outcome(
              guest.name(),
              guest.vm(),
              guest.host().name(),
              guest.isRunning(),
              guest.isActivated(),
              guest.activation().licenseStatusAt(datacenter.now().plus(guest.clockAhead())),
              guest.activation().lastOutcome()));
    }
    ImmutableList.Builder<String> checked = ImmutableList.builder();
    watched.forEach(one -> checked.add(one.invariant.name()));
    boolean traced = datacenter.trace().isOn();
    return new ScenarioReport(
        scenario,
        Optional.ofNullable(broken),
        checked.add(Invariants.PROGRESS, Invariants.NO_EXCEPTION, Invariants.CONVERGENCE).build(),
        outcomes.build(),
        done,
        senseless,
        strikes,
        datacenter.eventCount(),
        datacenter.trace().count(),
        traced ? datacenter.trace().digest() : "",
        datacenter.trace().last(options.traced()));
  }
}
