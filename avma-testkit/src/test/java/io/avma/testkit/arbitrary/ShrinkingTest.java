package io.avma.testkit.arbitrary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.GuestActivation;
import io.avma.platform.HostProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.scenario.GuestCommand;
import io.avma.sim.scenario.Scenario;
import io.avma.transport.EventBookmark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Properties that fail on purpose, run in an engine of their own, end at what is simple. */
class ShrinkingTest {
  private static final AtomicReference<Object> SHRUNK = new AtomicReference<>();

  /** Not run by itself: no name that the build takes for a test's. */
  @Domain(AvmaDomain.class)
  @Domain(DomainContext.Global.class)
  @AddLifecycleHook(Capture.class)
  static class Failing {
    @Property
    void anyScenario(@ForAll Scenario scenario) {
      throw new AssertionError("as planned");
    }

    /** By this seed: others may end at a guest that a command makes, which is as small. */
    @Property(seed = "42")
    void aScenarioWithACrash(@ForAll Scenario scenario) {
      assertTrue(
          scenario.steps().stream()
              .noneMatch(step -> step.command() instanceof GuestCommand.Crash));
    }

    @Property
    void aPlan(@ForAll FaultPlan plan) {
      assertTrue(plan.isEmpty());
    }

    @Property
    void aPlanThatDelays(@ForAll FaultPlan plan) {
      assertTrue(plan.rules().stream().noneMatch(rule -> rule.fault() instanceof Fault.Delayed));
    }

    @Property
    void aGuest(@ForAll GuestActivation guest) {
      throw new AssertionError("as planned");
    }

    @Property
    void anActivatedGuest(@ForAll GuestActivation guest) {
      assertTrue(guest.state().kind() != ActivationState.Kind.ACTIVATED);
    }

    @Property
    void terms(@ForAll ActivationTerms terms) {
      throw new AssertionError("as planned");
    }

    @Property
    void aHost(@ForAll HostProfile host) {
      throw new AssertionError("as planned");
    }

    @Property
    void aBookmark(@ForAll EventBookmark bookmark) {
      throw new AssertionError("as planned");
    }
  }

  /** Keeps what a property shrank to. */
  static final class Capture implements AroundPropertyHook {
    @Override
    public PropagationMode propagateTo() {
      return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      PropertyExecutionResult result = property.execute();
      SHRUNK.set(result.falsifiedParameters().orElseThrow().get(0));
      return result;
    }
  }

  private static <T> T shrunk(String method, Class<T> type) throws Exception {
    EngineTestKit.engine("jqwik")
        .selectors(selectMethod(Failing.class, Failing.class.getDeclaredMethod(method, type)))
        .execute()
        .testEvents()
        .assertStatistics(found -> found.failed(1));
    return type.cast(SHRUNK.get());
  }

  @Test
  void aScenarioShrinksToOneHostToWhichNothingHappens() throws Exception {
    Scenario scenario = shrunk("anyScenario", Scenario.class);
    assertEquals(1, scenario.hosts().size());
    assertEquals(HostProfile.datacenter(WindowsRelease.WS_2025), scenario.hosts().get(0).profile());
    assertEquals(List.of(), scenario.guests());
    assertEquals(List.of(), scenario.steps());
    assertEquals(FaultPlan.none(), scenario.faults());
    assertEquals(ActivationTerms.assumed(), scenario.terms());
    assertEquals(Duration.ofHours(1), scenario.length());
    assertEquals(0, scenario.seed());
  }

  @Test
  void aScenarioKeepsOfItsCommandsAndGuestsThoseThatMatter() throws Exception {
    Scenario scenario = shrunk("aScenarioWithACrash", Scenario.class);
    assertEquals(1, scenario.hosts().size());
    assertEquals(1, scenario.guests().size());
    assertEquals(1, scenario.steps().size(), scenario.steps().toString());
    assertEquals(Duration.ZERO, scenario.steps().get(0).at());
    assertEquals(FaultPlan.none(), scenario.faults());
  }

  @Test
  void aPlanShrinksToOneRuleThatStrikesEverybody() throws Exception {
    FaultPlan plan = shrunk("aPlan", FaultPlan.class);
    assertEquals(1, plan.rules().size());
    assertEquals(FaultPoint.REQUEST, plan.rules().get(0).point());
    assertEquals(new Fault.Lost(), plan.rules().get(0).fault());
    assertEquals(1, plan.rules().get(0).probability());
  }

  @Test
  void aDelayShrinksToNone() throws Exception {
    FaultPlan plan = shrunk("aPlanThatDelays", FaultPlan.class);
    assertEquals(new Fault.Delayed(new Delay.Fixed(Duration.ZERO)), plan.rules().get(0).fault());
  }

  @Test
  void aGuestShrinksToOneThatWasNeverStarted() throws Exception {
    GuestActivation guest = shrunk("aGuest", GuestActivation.class);
    assertEquals(GuestActivation.off(guest.vm(), guest.key(), guest.terms()), guest);
    assertEquals(ActivationTerms.assumed(), guest.terms());
    GuestActivation activated = shrunk("anActivatedGuest", GuestActivation.class);
    assertEquals(ActivationState.Kind.ACTIVATED, activated.state().kind());
    assertEquals(ActivationTerms.assumed(), activated.terms());
  }

  @Test
  void theRestShrinksToWhatIsUsual() throws Exception {
    assertEquals(ActivationTerms.assumed(), shrunk("terms", ActivationTerms.class));
    assertEquals(
        HostProfile.datacenter(WindowsRelease.WS_2025), shrunk("aHost", HostProfile.class));
    assertEquals(EventBookmark.start(), shrunk("aBookmark", EventBookmark.class));
  }
}
