package io.avma.sim.scenario;

import com.google.common.collect.ImmutableList;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Makes a scenario that fails smaller: leaves out commands, faults, guests and hosts as long as it
 * fails, then whatever makes the rest hard to read.
 */
final class Shrinker {
  private final Predicate<Scenario> fails;
  private int attempts;

  /** Stops after {@code attempts} plays. */
  Shrinker(Predicate<Scenario> fails, int attempts) {
    this.fails = fails;
    this.attempts = attempts;
  }

  Scenario shrink(Scenario scenario) {
    Scenario best = scenario;
    Scenario before;
    do {
      before = best;
      best = withFewerSteps(best);
      best = withFewerRules(best);
      best = withFewerMachines(best);
      best = shorter(best);
      best = withRoundTimes(best);
    } while (!best.equals(before) && attempts > 0);
    return best;
  }

  private boolean stillFails(Scenario scenario) {
    return attempts-- > 0 && fails.test(scenario);
  }

  /** Leaves out halves, then quarters, and at last single commands. */
  private Scenario withFewerSteps(Scenario scenario) {
    Scenario best = scenario;
    for (int size = Math.max(1, best.steps().size()); size >= 1; size /= 2) {
      for (int from = 0; from < best.steps().size(); ) {
        List<Step> left = new ArrayList<>(best.steps());
        left.subList(from, Math.min(left.size(), from + size)).clear();
        Optional<Scenario> smaller = with(best, left);
        if (smaller.isPresent() && stillFails(smaller.get())) {
          best = smaller.get();
        } else {
          from += size;
        }
      }
    }
    return best;
  }

  private Scenario withFewerRules(Scenario scenario) {
    Scenario best = scenario;
    for (FaultRule rule : scenario.faults().rules()) {
      List<FaultRule> left = new ArrayList<>(best.faults().rules());
      left.remove(rule);
      Scenario smaller = withFaults(best, left);
      if (stillFails(smaller)) {
        best = smaller;
      }
    }
    return best;
  }

  private Scenario withFewerMachines(Scenario scenario) {
    Scenario best = scenario;
    for (GuestSpec guest : scenario.guests()) {
      List<GuestSpec> left = new ArrayList<>(best.guests());
      left.remove(guest);
      best = smallest(best, with(best, best.hosts(), left));
    }
    for (HostSpec host : scenario.hosts()) {
      List<HostSpec> left = new ArrayList<>(best.hosts());
      left.remove(host);
      best = smallest(best, with(best, left, best.guests()));
    }
    return best;
  }

  private Scenario shorter(Scenario scenario) {
    Scenario best = scenario;
    for (Duration length = best.length().dividedBy(2);
        length.compareTo(Duration.ofMinutes(1)) > 0;
        length = length.dividedBy(2)) {
      Duration shorter = length;
      Optional<Scenario> smaller = tried(() -> withLength(scenario, shorter));
      if (smaller.isEmpty() || !stillFails(smaller.get())) {
        break;
      }
      best = smaller.get();
    }
    return best;
  }

  private static Scenario withLength(Scenario scenario, Duration length) {
    Duration monitored = scenario.monitored().compareTo(length) > 0 ? length : scenario.monitored();
    return new Scenario(
        scenario.seed(),
        scenario.hosts(),
        scenario.guests(),
        scenario.steps(),
        scenario.faults(),
        scenario.terms(),
        length,
        monitored);
  }

  /** Moves commands to whole minutes, which are easier to read. */
  private Scenario withRoundTimes(Scenario scenario) {
    Scenario best = scenario;
    for (int i = 0; i < best.steps().size(); i++) {
      Step step = best.steps().get(i);
      Duration round = Duration.ofMinutes(step.at().toMinutes());
      if (!round.equals(step.at())) {
        List<Step> steps = new ArrayList<>(best.steps());
        steps.set(i, new Step(round, step.command()));
        best = smallest(best, with(best, steps));
      }
    }
    return best;
  }

  private Scenario smallest(Scenario best, Optional<Scenario> smaller) {
    return smaller.isPresent() && stillFails(smaller.get()) ? smaller.get() : best;
  }

  private static Optional<Scenario> with(Scenario scenario, List<Step> steps) {
    return tried(
        () ->
            new Scenario(
                scenario.seed(),
                scenario.hosts(),
                scenario.guests(),
                ImmutableList.copyOf(steps),
                scenario.faults(),
                scenario.terms(),
                scenario.length(),
                scenario.monitored()));
  }

  private static Optional<Scenario> with(
      Scenario scenario, List<HostSpec> hosts, List<GuestSpec> guests) {
    return tried(
        () ->
            new Scenario(
                scenario.seed(),
                ImmutableList.copyOf(hosts),
                ImmutableList.copyOf(guests),
                scenario.steps(),
                scenario.faults(),
                scenario.terms(),
                scenario.length(),
                scenario.monitored()));
  }

  private static Scenario withFaults(Scenario scenario, List<FaultRule> rules) {
    return new Scenario(
        scenario.seed(),
        scenario.hosts(),
        scenario.guests(),
        scenario.steps(),
        new FaultPlan(ImmutableList.copyOf(rules)),
        scenario.terms(),
        scenario.length(),
        scenario.monitored());
  }

  private interface Making {
    Scenario make();
  }

  /** Returns what is left if it is a scenario: a command may need what was left out. */
  private static Optional<Scenario> tried(Making making) {
    try {
      return Optional.of(making.make());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
