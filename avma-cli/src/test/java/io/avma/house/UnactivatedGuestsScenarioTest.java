package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.WindowsRelease;
import io.avma.sim.Happening;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.SimulatedGuest;
import io.avma.sim.SimulatedHost;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.scenario.GuestCommand;
import io.avma.sim.scenario.HostCommand;
import io.avma.sim.scenario.Invariant;
import io.avma.sim.scenario.Monitoring;
import io.avma.sim.scenario.PlayOptions;
import io.avma.sim.scenario.Scenario;
import io.avma.sim.scenario.ScenarioFailure;
import io.avma.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnactivatedGuestsScenarioTest {
  // DOC scenario
  /** Whoever was activated where it is, the tool accuses no more. */
  record AccusesNobodyWrongly() implements Invariant {
    @Override
    public String name() {
      return "accuses-nobody-wrongly";
    }

    @Override
    public Watch watch(SimulatedDatacenter datacenter) {
      return new Watch() {
        @Override
        public Optional<String> after(List<Happening> happenings) {
          return Optional.empty(); // after every event; here once a round is enough
        }

        @Override
        public Optional<String> afterRound(Monitoring monitoring) {
          return datacenter.hosts().stream()
              .filter(SimulatedHost::isUp)
              .flatMap(host -> host.guests().stream())
              .filter(guest -> guest.isActivated() && isAccused(guest))
              .findFirst()
              .map(guest -> guest.name() + " is activated, and was called unactivated");
        }
      };
    }

    private static boolean isAccused(SimulatedGuest guest) {
      try {
        return UnactivatedGuests.on(guest.host()).contains(guest.vm());
      } catch (TransportException e) {
        return false; // the host hangs; nobody is accused
      }
    }
  }

  @Test
  void aWeekWithALicenseGoneAndMessagesLost() {
    Scenario.builder()
        .cluster("prod", 2, 5, WindowsRelease.WS_2022)
        .startAll()
        .at(Duration.ofDays(1), new HostCommand.Unlicense("prod/node-2"))
        .at(Duration.ofDays(2), new GuestCommand.Crash("prod/node-2/vm-1"))
        .at(Duration.ofDays(3), new GuestCommand.Start("prod/node-2/vm-1"))
        .fault(FaultRule.of("noise", FaultPoint.REQUEST, new Fault.Lost()).withProbability(0.3))
        .length(Duration.ofDays(7))
        .build()
        .play(PlayOptions.usual().with(new AccusesNobodyWrongly()))
        .orThrow();
  }

  // DOC end

  /**
   * What the page says of it: a guest keeps its activation on its way to a host that never gave
   * one.
   */
  @Test
  void aMoveIsWhatTheToolGetsWrong() {
    Scenario moved =
        Scenario.builder()
            .cluster("prod", 2, 1, WindowsRelease.WS_2022)
            .startAll()
            .at(Duration.ofDays(1), new HostCommand.Unlicense("prod/node-2"))
            .at(Duration.ofDays(2), new GuestCommand.Migrate("prod/node-1/vm-1", "prod/node-2"))
            .length(Duration.ofDays(3))
            .build();
    ScenarioFailure failure =
        assertThrows(
            ScenarioFailure.class,
            () -> moved.play(PlayOptions.usual().with(new AccusesNobodyWrongly())).orThrow());
    assertTrue(
        failure.getMessage().contains("prod/node-1/vm-1 is activated, and was called unactivated"),
        failure.getMessage());
    assertTrue(
        failure.getMessage().contains("Replay, with the options of this play"),
        failure.getMessage());
  }
}
