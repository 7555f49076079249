package io.avma.sim.scenario;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationTerms;
import io.avma.platform.Edition;
import io.avma.platform.ForeignText;
import io.avma.platform.GuestProfile;
import io.avma.platform.WindowsRelease;
import io.avma.sim.DatacenterBuilder;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A whole experiment: what there is, what is done when, and what goes wrong. Immutable; safe for
 * any thread. The same scenario does the same on every machine and JDK.
 *
 * <pre>{@code
 * Scenario scenario =
 *     Scenario.builder()
 *         .host(HostSpec.of("node-1", WindowsRelease.WS_2022))
 *         .guest(GuestSpec.of("web", "node-1", WindowsRelease.WS_2019, Edition.STANDARD))
 *         .at(Duration.ZERO, new GuestCommand.Start("web"))
 *         .at(Duration.ofDays(3), new HostCommand.Unlicense("node-1"))
 *         .length(Duration.ofDays(14))
 *         .build();
 * ScenarioReport report = scenario.play();
 * }</pre>
 *
 * @param seed the seed of all random numbers
 * @param hosts the hosts, at least one
 * @param guests the guests, off at first
 * @param steps what is done, ascending by time
 * @param faults what goes wrong
 * @param terms the terms of activation
 * @param length how long it lasts before everything is healed
 * @param monitored how often a monitoring tool looks at everything; what it sees is checked
 */
@CheckReturnValue
public record Scenario(
    long seed,
    ImmutableList<HostSpec> hosts,
    ImmutableList<GuestSpec> guests,
    ImmutableList<Step> steps,
    FaultPlan faults,
    ActivationTerms terms,
    Duration length,
    Duration monitored) {
  /** Checks names and orders the steps by time; those of one instant keep their order. */
  public Scenario {
    steps = ImmutableList.sortedCopyOf(Comparator.comparing(Step::at), steps); // a stable sort
    checkArgument(!hosts.isEmpty(), "no host (expected: at least one)");
    checkArgument(
        length.compareTo(Duration.ZERO) > 0 && length.compareTo(FaultRule.FOREVER) < 0,
        "length is %s (expected: more than zero, less than %s)",
        length,
        FaultRule.FOREVER);
    checkArgument(
        monitored.compareTo(Duration.ofMinutes(1)) >= 0
            && monitored.compareTo(FaultRule.FOREVER) <= 0,
        "monitored every %s (expected: a minute to %s)",
        monitored,
        FaultRule.FOREVER);
    int made = Names.check(hosts, guests, steps);
    for (Step step : steps) {
      checkArgument(
          step.at().compareTo(length) <= 0,
          "%s comes after the end at %s",
          ForeignText.escape(step.toString(), 200),
          length);
    }
    Duration settling = Player.settling(terms, guests.size() + made);
    checkArgument(
        length.plus(settling).compareTo(FaultRule.FOREVER) <= 0,
        "length is %s, and with these terms it takes another %s to settle (expected: at most %s)",
        length,
        settling,
        FaultRule.FOREVER);
  }

  /** Returns a builder of a scenario that lasts 30 days and is monitored daily. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that starts with this scenario. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.seed = seed;
    builder.hosts.addAll(hosts);
    builder.guests.addAll(guests);
    builder.steps.addAll(steps);
    builder.faults = faults;
    builder.terms = terms;
    builder.length = length;
    builder.monitored = monitored;
    return builder;
  }

  /** Plays the scenario, with the {@linkplain Invariants#standard() usual invariants}. */
  public ScenarioReport play() {
    return play(PlayOptions.usual());
  }

  /**
   * Plays the scenario. Its rounds of monitoring compare the whole ledger with the truth each time,
   * so that time grows with the square of their number: a hundred guests looked at daily take
   * seconds for half a year, and with the invariants left out a tenth of one.
   */
  public ScenarioReport play(PlayOptions options) {
    return new Player(this, options).play();
  }

  /**
   * Plays the steps to the scenario's end, whatever its invariants say, and returns the data centre
   * that is left, to go on from; its faults go on as well.
   */
  public SimulatedDatacenter.Snapshot leftAtTheEnd() {
    return new Player(this, new PlayOptions(ImmutableList.of(), builder -> {}, 0)).leftAtTheEnd();
  }

  /**
   * Plays what the line says that a failure printed.
   *
   * @throws ScenarioFormatException if it is none, or of another version
   */
  public static ScenarioReport replay(String token) throws ScenarioFormatException {
    return ReplayToken.read(token).play();
  }

  /**
   * Reads the line that a failure printed, to look at what it holds or play it otherwise.
   *
   * @throws ScenarioFormatException if it is none, or of another version
   */
  public static Scenario fromReplayToken(String token) throws ScenarioFormatException {
    return ReplayToken.read(token);
  }

  /** Returns the line that {@link #replay} plays; empty for a scenario that is too large for it. */
  public Optional<String> replayToken() {
    return ReplayToken.write(this);
  }

  /** Returns the scenario as JSON, always the same for equal scenarios. */
  public String toJson() {
    return ScenarioJson.write(this);
  }

  /**
   * Reads what {@link #toJson} wrote, or somebody by hand; what is left out is as usual.
   *
   * @throws ScenarioFormatException if it is none; says where
   */
  public static Scenario fromJson(String json) throws ScenarioFormatException {
    return ScenarioJson.read(json);
  }

  /**
   * The names of machines and checkpoints: of machines each stands for one, and all are known
   * before something is done with them.
   */
  private static final class Names {
    private static final GuestProfile ANY =
        GuestProfile.of(WindowsRelease.WS_2025, Edition.STANDARD);

    /** Returns how many guests may come to those that are there at first. */
    static int check(List<HostSpec> hosts, List<GuestSpec> guests, List<Step> steps) {
      DatacenterBuilder fleet = SimulatedDatacenter.builder(); // it knows which names do not do
      Player.add(fleet, hosts, guests);
      Set<String> hostNames = new HashSet<>(); // neither is iterated
      Set<String> guestNames = new HashSet<>();
      hosts.forEach(host -> hostNames.add(host.name()));
      guests.forEach(guest -> guestNames.add(guest.name()));
      Set<String> labels = new HashSet<>(); // nor is this
      for (Step step : steps) {
        step.command()
            .makes()
            .filter(guestNames::add)
            .ifPresent(name -> fleet.guest(name, hosts.get(0).name(), ANY));
        if (step.command() instanceof GuestCommand.Checkpoint taken) {
          labels.add(taken.label());
        }
      }
      for (Step step : steps) {
        Command command = step.command();
        if (command instanceof GuestCommand guest) {
          known("guest", guest.guest(), guestNames, step);
        }
        if (command instanceof GuestCommand.WithHost guest) {
          known("host", guest.to(), hostNames, step);
        }
        if (command instanceof HostCommand host) {
          known("host", host.host(), hostNames, step);
        }
        if (command instanceof GuestCommand.Revert revert) {
          known("checkpoint", revert.label(), labels, step);
        }
        if (command instanceof HostCommand.Import imported) {
          known("checkpoint", imported.label(), labels, step);
        }
      }
      return guestNames.size() - guests.size();
    }

    private static void known(String what, String name, Set<String> names, Step step) {
      checkArgument(
          names.contains(name),
          "%s: there is no %s '%s'",
          ForeignText.escape(step.toString(), 200),
          what,
          ForeignText.escape(name, 80));
    }
  }

  /** Collects a scenario. For one thread. */
  public static final class Builder {
    private long seed;
    private final List<HostSpec> hosts = new ArrayList<>();
    private final List<GuestSpec> guests = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private FaultPlan faults = FaultPlan.none();
    private ActivationTerms terms = ActivationTerms.assumed();
    private Duration length = Duration.ofDays(30);
    private Duration monitored = Duration.ofDays(1);

    private Builder() {}

    /** Sets the seed; 0 unless told. */
    @CanIgnoreReturnValue
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Adds a host. */
    @CanIgnoreReturnValue
    public Builder host(HostSpec host) {
      hosts.add(host);
      return this;
    }

    /** Adds a guest. */
    @CanIgnoreReturnValue
    public Builder guest(GuestSpec guest) {
      guests.add(guest);
      return this;
    }

    /**
     * Adds a cluster of {@code nodes} activated Datacenter hosts, called {@code name/node-1} and so
     * on, each with {@code guestsPerNode} guests of its release, called {@code name/node-1/vm-1}
     * and so on.
     */
    @CanIgnoreReturnValue
    public Builder cluster(String name, int nodes, int guestsPerNode, WindowsRelease release) {
      for (int n = 1; n <= nodes; n++) {
        String node = name + "/node-" + n;
        host(HostSpec.of(node, release).in(name));
        for (int g = 1; g <= guestsPerNode; g++) {
          guest(GuestSpec.of(node + "/vm-" + g, node, release, Edition.STANDARD));
        }
      }
      return this;
    }

    /** Adds a command. */
    @CanIgnoreReturnValue
    public Builder at(Duration when, Command command) {
      steps.add(new Step(when, command));
      return this;
    }

    /** Boots every guest within the first ten minutes. */
    @CanIgnoreReturnValue
    public Builder startAll() {
      return at(Duration.ZERO, new Command.StartAll(Duration.ofMinutes(10)));
    }

    /** Adds something that goes wrong. */
    @CanIgnoreReturnValue
    public Builder fault(FaultRule rule) {
      faults = faults.plus(rule);
      return this;
    }

    /** Sets the terms of activation; {@link ActivationTerms#assumed()} unless told. */
    @CanIgnoreReturnValue
    public Builder terms(ActivationTerms value) {
      terms = value;
      return this;
    }

    /** Sets how long it lasts; 30 days unless told. */
    @CanIgnoreReturnValue
    public Builder length(Duration value) {
      length = value;
      return this;
    }

    /** Sets how often everything is monitored; daily unless told. */
    @CanIgnoreReturnValue
    public Builder monitored(Duration value) {
      monitored = value;
      return this;
    }

    /**
     * Returns the scenario.
     *
     * @throws IllegalArgumentException if names of machines are missing or double, a checkpoint is
     *     named that nobody takes, or a command comes too late
     */
    public Scenario build() {
      return new Scenario(
          seed,
          ImmutableList.copyOf(hosts),
          ImmutableList.copyOf(guests),
          ImmutableList.copyOf(steps),
          faults,
          terms,
          length,
          monitored);
    }
  }
}
