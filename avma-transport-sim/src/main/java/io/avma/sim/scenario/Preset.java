package io.avma.sim.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.Edition;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Scenarios to look at, and to start one's own from. */
@CheckReturnValue
public enum Preset {
  /** Six guests on a cluster of two nodes, which renew week by week. */
  QUIET_MONTH("A cluster to which nothing happens: activation and renewal."),

  /** A host loses its license when guests are to renew, and gets it back after they ran out. */
  LICENSE_LOST("A host loses its own license, its guests run out; then it gets it back."),

  /** A node fails and comes back; then the nodes are drained and upgraded one after the other. */
  ROLLING_UPGRADE("A node fails; later the nodes are drained and upgraded in place, in turn."),

  /** Messages are lost, late, doubled and damaged, and everybody is activated all the same. */
  NOISY_NETWORK("Requests and answers are lost, late, doubled and damaged."),

  /** Guests get a key of another channel; one of them keeps its AVMA items, another is tidied. */
  KEYS_REPLACED("Keys of another channel replace AVMA keys, whose items are left behind."),

  /** A host fails, and the replicas of its guests take over elsewhere. */
  REPLICA_FAILOVER("A host fails, and replicas take over on another one.");

  private final String purpose;

  Preset(String purpose) {
    this.purpose = purpose;
  }

  /** Returns the preset with that {@linkplain #label label}, if there is one. */
  public static Optional<Preset> named(String label) {
    return Arrays.stream(values()).filter(preset -> preset.label().equals(label)).findFirst();
  }

  /** Returns its name: {@code quiet-month}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what it shows, in a sentence. */
  public String purpose() {
    return purpose;
  }

  /** Returns the scenario. */
  public Scenario scenario() {
    return switch (this) {
      case QUIET_MONTH -> quietMonth();
      case LICENSE_LOST -> licenseLost();
      case ROLLING_UPGRADE -> rollingUpgrade();
      case NOISY_NETWORK -> noisyNetwork();
      case KEYS_REPLACED -> keysReplaced();
      case REPLICA_FAILOVER -> replicaFailover();
    };
  }

  private static Scenario quietMonth() {
    return Scenario.builder().cluster("prod", 2, 3, WindowsRelease.WS_2022).startAll().build();
  }

  private static Scenario licenseLost() {
    return Scenario.builder()
        .host(HostSpec.of("hv-1", WindowsRelease.WS_2022))
        .host(HostSpec.of("hv-2", WindowsRelease.WS_2022))
        .guest(GuestSpec.of("web", "hv-1", WindowsRelease.WS_2022, Edition.STANDARD))
        .guest(GuestSpec.of("db", "hv-1", WindowsRelease.WS_2019, Edition.DATACENTER))
        .guest(GuestSpec.of("mail", "hv-2", WindowsRelease.WS_2022, Edition.STANDARD))
        .startAll()
        .at(Duration.ofDays(3), new HostCommand.Unlicense("hv-1"))
        .at(Duration.ofDays(12), new HostCommand.Relicense("hv-1"))
        .length(Duration.ofDays(21))
        .build();
  }

  private static Scenario rollingUpgrade() {
    Scenario.Builder scenario =
        Scenario.builder()
            .cluster("prod", 3, 2, WindowsRelease.WS_2019)
            .startAll()
            .at(Duration.ofDays(2), new HostCommand.Fail("prod/node-2"))
            .at(Duration.ofDays(2).plusHours(5), new HostCommand.Recover("prod/node-2"));
    for (int node = 1; node <= 3; node++) {
      String name = "prod/node-" + node;
      Duration day = Duration.ofDays(4 + 2 * node);
      scenario
          .at(day, new HostCommand.Drain(name))
          .at(day.plusHours(1), new HostCommand.Upgrade(name, WindowsRelease.WS_2022));
    }
    return scenario.length(Duration.ofDays(21)).build();
  }

  private static Scenario noisyNetwork() {
    return Scenario.builder()
        .cluster("branch", 2, 4, WindowsRelease.WS_2022)
        .startAll()
        .fault(
            FaultRule.of("requests-lost", FaultPoint.REQUEST, new Fault.Lost())
                .withProbability(0.3))
        .fault(
            FaultRule.of("requests-damaged", FaultPoint.REQUEST, new Fault.Damaged(4))
                .withProbability(0.1))
        .fault(
            FaultRule.of(
                    "answers-late",
                    FaultPoint.RESPONSE,
                    new Fault.Delayed(new Delay.Exponential(Duration.ofSeconds(20))))
                .withProbability(0.5))
        .fault(
            FaultRule.of(
                    "answers-doubled",
                    FaultPoint.RESPONSE,
                    new Fault.Duplicated(
                        2, new Delay.Uniform(Duration.ZERO, Duration.ofMinutes(5))))
                .withProbability(0.3))
        .build();
  }

  private static Scenario keysReplaced() {
    return Scenario.builder()
        .host(HostSpec.of("hv-1", WindowsRelease.WS_2022))
        .guest(GuestSpec.of("stays", "hv-1", WindowsRelease.WS_2022, Edition.STANDARD))
        .guest(GuestSpec.of("forgotten", "hv-1", WindowsRelease.WS_2022, Edition.STANDARD))
        .guest(GuestSpec.of("tidied", "hv-1", WindowsRelease.WS_2022, Edition.STANDARD))
        .startAll()
        .at(
            Duration.ofDays(3),
            new GuestCommand.ReplaceKey("forgotten", LicenseChannel.MAK, "3V66T"))
        .at(Duration.ofDays(3), new GuestCommand.ReplaceKey("tidied", LicenseChannel.MAK, "3V66T"))
        .at(Duration.ofDays(4), new GuestCommand.TidyItems("tidied"))
        .length(Duration.ofDays(14))
        .build();
  }

  private static Scenario replicaFailover() {
    return Scenario.builder()
        .host(HostSpec.of("main", WindowsRelease.WS_2022))
        .host(HostSpec.of("away", WindowsRelease.WS_2022))
        .guest(GuestSpec.of("web", "main", WindowsRelease.WS_2022, Edition.STANDARD))
        .startAll()
        .at(Duration.ofDays(1), new GuestCommand.Replicate("web", "away"))
        .at(Duration.ofDays(2), new GuestCommand.TestReplica("web", "web-test"))
        .at(Duration.ofDays(4), new HostCommand.Fail("main"))
        .at(Duration.ofDays(4).plusMinutes(20), new GuestCommand.FailOverReplica("web"))
        .at(Duration.ofDays(9), new HostCommand.Recover("main"))
        .length(Duration.ofDays(14))
        .build();
  }
}
