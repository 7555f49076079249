package io.avma.testkit.arbitrary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import io.avma.catalog.KeyCatalog;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.scenario.Command;
import io.avma.sim.scenario.GuestCommand;
import io.avma.sim.scenario.HostCommand;
import io.avma.sim.scenario.KeyChoice;
import io.avma.sim.scenario.Scenario;
import io.avma.sim.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

/** Every drawn scenario is valid, all that a scenario can hold comes, and no key stands in one. */
@Domain(AvmaDomain.class)
@Domain(DomainContext.Global.class)
class ScenarioArbitrariesProperties {
  @Property(tries = 300)
  void everyScenarioIsReadAsItWasWrittenAndHoldsNoKey(@ForAll Scenario scenario) throws Exception {
    String json = scenario.toJson();
    assertEquals(scenario, Scenario.fromJson(json));
    KeyCatalog.standard()
        .avmaKeys()
        .forEach(key -> assertTrue(!json.contains(key.key().reveal()), "a key in the JSON"));
    Statistics.label("guests").collect(Math.min(1, scenario.guests().size()));
    Statistics.label("steps").collect(Math.min(1, scenario.steps().size()));
    Statistics.label("faults").collect(scenario.faults().isEmpty());
    Statistics.label("guests").coverage(all -> all.check(0).count(times -> times > 0));
    Statistics.label("steps").coverage(all -> all.check(0).count(times -> times > 0));
    Statistics.label("faults").coverage(all -> all.check(true).count(times -> times > 0));
  }

  @Property(tries = 150)
  void everyInvariantHoldsInEveryScenario(@ForAll Scenario scenario) {
    assertTrue(scenario.play().orThrow().isSound());
  }

  /** What a step alone cannot be, and a step of a scenario can. */
  private static final ImmutableSet<String> NEED_CHECKPOINT = ImmutableSet.of("Revert", "Import");

  @Property(tries = 1_000)
  void scenariosGoBackToCheckpoints(@ForAll Scenario scenario) {
    for (Step step : scenario.steps()) {
      Statistics.label("command").collect(step.command().getClass().getSimpleName());
    }
    Statistics.label("command")
        .coverage(all -> NEED_CHECKPOINT.forEach(one -> all.check(one).count(times -> times > 5)));
  }

  @Property(tries = 4_000)
  void everyCommandComes(@ForAll Step step, @ForAll KeyChoice key) {
    Statistics.label("command").collect(step.command().getClass().getSimpleName());
    Statistics.label("key").collect(key.getClass().getSimpleName());
    Statistics.label("command")
        .coverage(
            all ->
                commands()
                    .forEach(
                        one ->
                            all.check(one)
                                .count(times -> NEED_CHECKPOINT.contains(one) == (times == 0))));
    Statistics.label("key")
        .coverage(all -> names(KeyChoice.class).forEach(one -> all.check(one).count(n -> n > 5)));
  }

  @Property(tries = 3_000)
  void everyFaultComesAtEveryPoint(
      @ForAll FaultRule rule, @ForAll Fault fault, @ForAll Delay delay) {
    Statistics.label("fault").collect(fault.getClass().getSimpleName());
    Statistics.label("delay").collect(delay.getClass().getSimpleName());
    Statistics.label("point").collect(rule.point());
    Statistics.label("fault")
        .coverage(all -> names(Fault.class).forEach(one -> all.check(one).count(n -> n > 5)));
    Statistics.label("delay")
        .coverage(all -> names(Delay.class).forEach(one -> all.check(one).count(n -> n > 5)));
    Statistics.label("point")
        .coverage(
            all -> {
              for (FaultPoint point : FaultPoint.values()) {
                all.check(point).count(times -> times > 5);
              }
            });
  }

  @Property(tries = 300)
  void plansHaveFewRulesAndNeverTwoOfOneName(@ForAll FaultPlan plan, @ForAll Command command) {
    assertTrue(plan.rules().size() <= 4, plan.toString());
    Statistics.label("rules").collect(plan.rules().size());
  }

  private static List<String> commands() {
    List<String> names = new ArrayList<>(names(HostCommand.class));
    names.addAll(names(GuestCommand.class));
    names.addAll(names(GuestCommand.WithHost.class));
    names.remove(GuestCommand.WithHost.class.getSimpleName());
    names.add(Command.StartAll.class.getSimpleName());
    return names;
  }

  private static List<String> names(Class<?> sealed) {
    List<String> names = new ArrayList<>();
    for (Class<?> permitted : sealed.getPermittedSubclasses()) {
      names.add(permitted.getSimpleName());
    }
    return names;
  }
}
