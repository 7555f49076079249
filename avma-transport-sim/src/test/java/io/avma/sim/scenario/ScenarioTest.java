package io.avma.sim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import io.avma.activation.ActivationOutcome;
import io.avma.activation.ActivationTerms;
import io.avma.activation.LicenseStatus;
import io.avma.platform.Edition;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.TraceEntry;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ScenarioTest {
  private static final Duration DAY = Duration.ofDays(1);

  /** Breaks as soon as a guest moves. */
  record NobodyMoves() implements Invariant {
    @Override
    public String name() {
      return "nobody-moves";
    }

    @Override
    public Watch watch(SimulatedDatacenter datacenter) {
      return happenings -> {
        for (Happening happening : happenings) {
          if (happening instanceof Happening.GuestPlaced placed && placed.from().isPresent()) {
            return Optional.of(placed.guest().name() + " moved to " + placed.to().name());
          }
        }
        return Optional.empty();
      };
    }
  }

  static Scenario.Builder small() {
    return Scenario.builder()
        .host(HostSpec.of("hv-1", WindowsRelease.WS_2022))
        .host(HostSpec.of("hv-2", WindowsRelease.WS_2016))
        .guest(GuestSpec.of("web", "hv-1", WindowsRelease.WS_2022, Edition.STANDARD))
        .guest(GuestSpec.of("old", "hv-2", WindowsRelease.WS_2016, Edition.DATACENTER))
        .length(Duration.ofDays(10));
  }

  private static void refused(String complaint, Consumer<Scenario.Builder> change) {
    Scenario.Builder builder = small();
    change.accept(builder);
    String said = assertThrows(IllegalArgumentException.class, builder::build).getMessage();
    assertTrue(said.contains(complaint), said);
  }

  @Test
  void eachNameStandsForOneMachineThatThereIs() {
    refused(
        "second host 'hv-1'",
        scenario -> scenario.host(HostSpec.of("hv-1", WindowsRelease.WS_2019)));
    refused(
        "second guest 'web'",
        scenario ->
            scenario.guest(GuestSpec.of("web", "hv-2", WindowsRelease.WS_2019, Edition.STANDARD)));
    refused(
        "guest 'lost' is placed on 'nowhere', and there is no such host",
        scenario ->
            scenario.guest(
                GuestSpec.of("lost", "nowhere", WindowsRelease.WS_2019, Edition.STANDARD)));
    refused("there is no guest 'wbe'", scenario -> scenario.at(DAY, new GuestCommand.Stop("wbe")));
    refused(
        "there is no host 'hv-3'",
        scenario -> scenario.at(DAY, new GuestCommand.Migrate("web", "hv-3")));
    refused("there is no host 'web'", scenario -> scenario.at(DAY, new HostCommand.Fail("web")));
    String colours = "\u001B[31m";
    refused(
        "there is no guest '\\u{1B}[31m'",
        scenario -> scenario.at(DAY, new GuestCommand.Stop(colours)));
  }

  @Test
  void namesOfMachinesThatCommandsMakeAreCheckedBeforeTheStart() {
    refused(
        "a guest without a name",
        scenario -> scenario.at(DAY, new GuestCommand.Clone("web", "hv-2", " ")));
    refused(
        "gets the computer name",
        scenario -> scenario.at(DAY, new GuestCommand.Clone("web", "hv-2", "hv-2")));
    refused(
        "gets the computer name",
        scenario -> scenario.at(DAY, new GuestCommand.Clone("web", "hv-2", "WEB")));
    refused(
        "there is no checkpoint 'befor'",
        scenario ->
            scenario
                .at(Duration.ZERO, new GuestCommand.Checkpoint("web", "before"))
                .at(DAY, new GuestCommand.Revert("web", "befor")));
    refused(
        "there is no checkpoint 'before'",
        scenario -> scenario.at(DAY, new HostCommand.Import("hv-1", "before", "copy", true)));
    // A replica can be named before it is made, as what makes it may come at the same time.
    Scenario scenario =
        small()
            .at(DAY, new GuestCommand.Stop("web/replica"))
            .at(DAY, new GuestCommand.Replicate("web", "hv-2"))
            .build();
    assertEquals(1, scenario.play().orThrow().senseless());
  }

  @Test
  void whatNoDataCentreWouldDoIsRefusedBeforeTheStart() {
    assertThrows(IllegalArgumentException.class, () -> new GuestCommand.FillGuestLog("web", 0));
    assertThrows(IllegalArgumentException.class, () -> new HostCommand.FillHostLog("hv-1", -1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GuestCommand.SetClock("web", Duration.ofDays(-36_501)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GuestCommand.ReplaceKey("web", LicenseChannel.AVMA, "3V66T"));
    assertThrows(
        IllegalArgumentException.class, () -> new KeyChoice.Other(LicenseChannel.MAK, "3V6"));
    refused("a guest without", b -> b.at(DAY, new HostCommand.Import("hv-1", "x", "", true)));
    refused("comes after the end", b -> b.at(Duration.ofDays(11), new Command.StartAll(DAY)));
    refused("monitored every PT59S", b -> b.monitored(Duration.ofSeconds(59)));
    refused("length is PT0S", b -> b.length(Duration.ZERO));
    Scenario.Builder empty = Scenario.builder();
    assertThrows(IllegalArgumentException.class, empty::build);
    refused(
        "to settle",
        b ->
            b.length(Duration.ofDays(30_000))
                .terms(
                    ActivationTerms.assumed().toBuilder()
                        .retryDelays(Duration.ofDays(9_000))
                        .build()));
  }

  @Test
  void commandsAreSortedByTimeAndKeepTheirOrderWithinAnInstant() {
    Command late = new GuestCommand.Stop("web");
    Command first = new GuestCommand.Start("web");
    Command second = new GuestCommand.Crash("web");
    Scenario scenario =
        small().at(DAY, late).at(Duration.ZERO, first).at(Duration.ZERO, second).build();
    assertEquals(List.of(first, second, late), Lists.transform(scenario.steps(), Step::command));
  }

  @Test
  void theReportTellsWhatBecameOfEachGuest() {
    ScenarioReport report =
        small()
            .guest(GuestSpec.of("new", "hv-2", WindowsRelease.WS_2022, Edition.STANDARD))
            .guest(
                GuestSpec.of("mak", "hv-1", WindowsRelease.WS_2022, Edition.STANDARD)
                    .with(new KeyChoice.Other(LicenseChannel.MAK, "3V66T")))
            .guest(GuestSpec.of("off", "hv-1", WindowsRelease.WS_2022, Edition.STANDARD))
            .startAll()
            .at(DAY, new GuestCommand.Stop("off"))
            .at(DAY, new GuestCommand.Stop("off"))
            .build()
            .play();
    assertSame(report, report.orThrow());
    assertEquals(2, report.done());
    assertEquals(1, report.senseless(), "it was off");
    assertEquals(0, report.strikes());
    assertEquals(
        "web hv-1 runs activated Optional[LICENSED] Optional[ACTIVATED]",
        shown(report.outcomes().get(0)));
    assertEquals(
        "old hv-2 runs activated Optional[LICENSED] Optional[ACTIVATED]",
        shown(report.outcomes().get(1)));
    ScenarioReport.Outcome tooNew = report.outcomes().get(2);
    assertFalse(tooNew.activated());
    assertEquals(Optional.of(LicenseStatus.NOTIFICATION), tooNew.status());
    assertEquals("mak hv-1 runs - Optional.empty Optional.empty", shown(report.outcomes().get(3)));
    assertFalse(report.outcomes().get(4).running());
    assertTrue(report.toString().contains("invariants held"), report.toString());
  }

  private static String shown(ScenarioReport.Outcome outcome) {
    return outcome.guest()
        + " "
        + outcome.host()
        + (outcome.running() ? " runs" : " off")
        + (outcome.activated() ? " activated " : " - ")
        + outcome.status()
        + " "
        + outcome.last().map(ActivationOutcome::kind);
  }

  @Test
  void anOwnInvariantEndsThePlayAndTheFailureTellsHowToRepeatIt() throws Exception {
    PlayOptions options = PlayOptions.usual().with(new NobodyMoves()).tracing(5);
    Scenario scenario =
        small()
            .startAll()
            .at(DAY, new GuestCommand.Migrate("web", "hv-2"))
            .at(DAY.multipliedBy(2), new GuestCommand.Stop("web"))
            .build();
    ScenarioReport report = scenario.play(options);
    ScenarioReport.Broken broken = report.broken().orElseThrow();
    assertEquals("nobody-moves", broken.invariant());
    assertEquals("web moved to hv-2", broken.sentence());
    assertEquals(DAY, broken.after());
    assertTrue(report.checked().contains("nobody-moves"));
    ImmutableList<TraceEntry> trace = report.trace();
    assertEquals(5, trace.size());
    assertEquals(TraceEntry.What.MIGRATED, trace.get(4).what(), "the stop never came");

    ScenarioFailure failure = assertThrows(ScenarioFailure.class, report::orThrow);
    assertSame(report, failure.report());
    String token = scenario.replayToken().orElseThrow();
    assertTrue(String.valueOf(failure.getMessage()).contains(token), failure.getMessage());
    assertEquals(scenario.play(), Scenario.replay(token));
  }

  @Test
  void convergenceIsFailedByAGuestThatTheHostCannotReachAndOnlyThen() {
    // Everything is lost, to the end; after healing the guest gets its answer all the same.
    Scenario deaf =
        small()
            .startAll()
            .fault(FaultRule.of("deaf", FaultPoint.RESPONSE, new Fault.Lost()))
            .build();
    ScenarioReport report = deaf.play().orThrow();
    assertTrue(report.strikes() > 100, () -> "strikes: " + report.strikes());
    assertTrue(report.outcomes().stream().allMatch(ScenarioReport.Outcome::activated));
  }

  @Test
  void aTraceCanBeAsLongAsOneLikes() {
    Scenario scenario = small().startAll().build();
    ScenarioReport all = scenario.play(PlayOptions.usual().tracing(100_000));
    assertEquals(all.entries(), all.trace().size());
    assertEquals(all.digest(), scenario.play(PlayOptions.usual().tracing(0)).digest());
    assertThrows(IllegalArgumentException.class, () -> PlayOptions.usual().tracing(-1));
    ScenarioReport off =
        scenario.play(PlayOptions.usual().with(builder -> builder.traceCapacity(0)));
    assertEquals("", off.digest());
  }
}
