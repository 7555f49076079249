package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetNames;
import io.avma.cli.fleet.FleetReader;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.cli.output.ProgressBar;
import io.avma.cli.simulation.FleetSimulation;
import io.avma.cli.simulation.PlannedChange;
import io.avma.cli.simulation.SimulationReport;
import io.avma.sim.scenario.PlayOptions;
import io.avma.sim.scenario.Preset;
import io.avma.sim.scenario.Scenario;
import io.avma.sim.scenario.ScenarioFormatException;
import io.avma.sim.scenario.ScenarioReport;
import io.avma.sim.scenario.Swarm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avma simulate}: a fleet under virtual time, and what its logs show afterwards. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Play the fleet of DIR/hosts.csv and DIR/vms.csv for some virtual days: its machines start,",
      "ask their hosts, are activated and renewed or refused. Then say what a ledger makes of it",
      "that has read the hosts' and guests' logs. Nothing here touches a real Windows.",
      "",
      "Or play a scenario, a whole experiment with faults and invariants: one of --scenario,",
      "--preset, --replay and --runs instead of DIR. Exit code 1 if an invariant broke."
    },
    footer = {
      "",
      "Presets: quiet-month, license-lost, rolling-upgrade, noisy-network, keys-replaced,",
      "replica-failover.",
      "docs/simulator.md says what is simulated and what is assumed."
    })
final class SimulateCommand implements Callable<ExitCode> {
  private static final int LONGEST = 3_650;
  private static final int MOST = 1_000_000;

  /** Measured with the sample fleet, of which many are refused and ask twelve times a day. */
  private static final long BYTES_PER_MACHINE_AND_DAY = 3_000;

  private final Console console;

  @Parameters(
      paramLabel = "DIR",
      arity = "0..1",
      description = "Directory with hosts.csv and vms.csv.")
  private Optional<Path> directory = Optional.empty();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days to play DIR, 1 to 3650; 30 unless told.")
  private Optional<Integer> daysTold = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of all random numbers; 0 unless told. The same seed, the same run.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--migrate",
      paramLabel = "VM=HOST@DAY",
      description = "Move this machine to that host on that day. May be repeated.")
  private List<String> migrations = new ArrayList<>();

  @Option(
      names = "--unlicense",
      paramLabel = "HOST@DAY",
      description = "Let this host lose its own license on that day. May be repeated.")
  private List<String> losses = new ArrayList<>();

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "Play the scenario of this file, JSON; --seed gives it another seed.")
  private Optional<Path> scenario = Optional.empty();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Play this scenario of ours; --seed gives it another seed.")
  private Optional<String> preset = Optional.empty();

  @Option(
      names = "--replay",
      paramLabel = "LINE",
      description = "Play again what a failure printed: avma-sim/1:...")
  private Optional<String> replay = Optional.empty();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description =
          "Play N random scenarios, 1 to 1,000,000, of the seeds from --seed on, until one breaks"
              + " an invariant; then the smallest that breaks it.")
  private Optional<Integer> runs = Optional.empty();

  @Option(
      names = "--trace",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "10000",
      description =
          "Show the last N things that happened in a scenario, 1 to 1,000,000; 10,000 unless told.")
  private Optional<Integer> trace = Optional.empty();

  @Option(
      names = "--write-scenario",
      paramLabel = "FILE",
      description = "Write the scenario that was reported as JSON, where no file is yet.")
  private Optional<Path> written = Optional.empty();

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  private final PlayOptions options;

  /** Every day of every machine leaves observations that the report rests on. */
  private static void requireMemory(Fleet fleet, int days) throws InputException {
    long affordable =
        Runtime.getRuntime().maxMemory()
            / BYTES_PER_MACHINE_AND_DAY
            / Math.max(1, fleet.vms().size());
    if (days > Math.max(30, affordable)) {
      throw FleetNames.complaint(
          "--days",
          String.valueOf(days),
          "is too long for "
              + PlanText.machines(fleet.vms().size())
              + " in the memory of this Java.",
          "Ask for at most " + Math.max(30, affordable) + " days, or give Java more (java -Xmx).");
    }
  }

  SimulateCommand(Console console) {
    this(console, PlayOptions.usual());
  }

  /** Plays scenarios with {@code options}, so that a test can have one fail. */
  SimulateCommand(Console console, PlayOptions options) {
    this.console = console;
    this.options = options;
  }

  @Override
  public ExitCode call() throws InputException {
    List<String> modes = new ArrayList<>();
    directory.ifPresent(unused -> modes.add("DIR"));
    scenario.ifPresent(unused -> modes.add("--scenario"));
    preset.ifPresent(unused -> modes.add("--preset"));
    replay.ifPresent(unused -> modes.add("--replay"));
    runs.ifPresent(unused -> modes.add("--runs"));
    if (modes.size() > 1) {
      throw new InputException(
          Complaint.about(
              modes.get(1),
              "cannot be played together with " + modes.get(0) + ".",
              "Give one of DIR, --scenario, --preset, --replay and --runs."));
    }
    if (modes.isEmpty() || directory.isPresent()) {
      refuse(trace.isPresent(), "--trace", "a scenario");
      refuse(written.isPresent(), "--write-scenario", "a scenario");
      return playFleet();
    }
    refuse(daysTold.isPresent(), "--days", "DIR");
    refuse(!migrations.isEmpty(), "--migrate", "DIR");
    refuse(!losses.isEmpty(), "--unlicense", "DIR");
    refuse(replay.isPresent() && seed.isPresent(), "--seed", "anything but --replay");
    requireRange("--trace", trace);
    requireRange("--runs", runs);
    if (written.isPresent()) {
      ScenarioFile.requireFree(written.get());
    }
    return playScenario();
  }

  private static void refuse(boolean given, String option, String place) throws InputException {
    if (given) {
      throw new InputException(
          Complaint.about(
              option,
              "goes with " + place + " only.",
              "Leave it out; 'avma simulate --help' says what goes together."));
    }
  }

  private static void requireRange(String option, Optional<Integer> number) throws InputException {
    if (number.isPresent() && (number.get() < 1 || number.get() > MOST)) {
      throw FleetNames.complaint(
          option,
          String.valueOf(number.get()),
          "is too few or too many",
          "(expected: 1 to 1,000,000).");
    }
  }

  private ExitCode playFleet() throws InputException {
    int days = daysTold.orElse(30);
    if (days < 1 || days > LONGEST) {
      throw FleetNames.complaint(
          "--days", String.valueOf(days), "cannot be played", "(expected: 1 to " + LONGEST + ").");
    }
    Fleet fleet = FleetReader.read(directory.orElse(Path.of(".")), KeyCatalog.standard());
    requireMemory(fleet, days);
    ImmutableList<PlannedChange> changes = PlannedChange.parse(fleet, days, migrations, losses);
    FleetSimulation simulation = new FleetSimulation(fleet, days, seed.orElse(0L), changes);
    SimulationReport report;
    try (ProgressBar progress = console.progress("day", days)) {
      report = simulation.run(progress::show);
    }
    if (json) {
      new SimulationJson(console.json()).print(report);
    } else {
      new SimulationText(console).print(report);
    }
    return ExitCode.ANSWERED;
  }

  private ExitCode playScenario() throws InputException {
    PlayOptions traced = trace.isPresent() ? options.tracing(trace.get()) : options;
    if (runs.isPresent()) {
      return playSwarm(new Swarm(traced), seed.orElse(0L), runs.get());
    }
    ScenarioReport report = scenario().play(traced);
    show(report);
    return report.isSound() ? ExitCode.ANSWERED : ExitCode.NO;
  }

  private Scenario scenario() throws InputException {
    Scenario found;
    if (scenario.isPresent()) {
      found = ScenarioFile.read(scenario.get());
    } else if (preset.isPresent()) {
      found = preset(preset.get()).scenario();
    } else {
      try {
        return Scenario.fromReplayToken(replay.orElseThrow());
      } catch (ScenarioFormatException e) {
        throw new InputException(
            Complaint.about("--replay", e.getMessage() + ".", "Copy the whole line."));
      }
    }
    return seed.isPresent() ? found.toBuilder().seed(seed.get()).build() : found;
  }

  private static Preset preset(String name) throws InputException {
    Optional<Preset> found = Preset.named(name);
    if (found.isEmpty()) {
      throw FleetNames.complaint(
          "--preset",
          name,
          "is no preset",
          "(expected: "
              + Arrays.stream(Preset.values()).map(Preset::label).collect(Collectors.joining(", "))
              + ").");
    }
    return found.get();
  }

  private ExitCode playSwarm(Swarm swarm, long first, int wanted) throws InputException {
    AtomicInteger sound = new AtomicInteger();
    Optional<ScenarioReport> failed;
    try (ProgressBar progress = console.progress("run", wanted)) {
      failed =
          swarm.run(
              first,
              wanted,
              done -> {
                sound.set((int) done);
                progress.show((int) done);
              });
    }
    if (!json) {
      new ScenarioText(console).swarm(first, sound.get(), failed.isPresent());
    }
    if (failed.isPresent()) {
      show(failed.get());
    }
    if (json) {
      new ScenarioJsonLines(console.json()).swarm(first, sound.get(), failed.isPresent());
    }
    return failed.isPresent() ? ExitCode.NO : ExitCode.ANSWERED;
  }

  private void show(ScenarioReport report) throws InputException {
    if (json) {
      new ScenarioJsonLines(console.json()).print(report, trace.isPresent());
    } else {
      new ScenarioText(console).print(report, trace.isPresent());
    }
    if (written.isPresent()) {
      ScenarioFile.write(written.get(), report.scenario());
    }
  }
}
