package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetNames;
import io.avma.cli.fleet.FleetReader;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.cli.output.ProgressBar;
import io.avma.cli.simulation.FleetSimulation;
import io.avma.cli.simulation.PlannedChange;
import io.avma.cli.simulation.SimulationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avma simulate}: a fleet under virtual time, and what its logs show afterwards. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Play the fleet of DIR/hosts.csv and DIR/vms.csv for some virtual days: its machines start,",
      "ask their hosts, are activated and renewed or refused. Then say what a ledger makes of it",
      "that has read the hosts' and guests' logs. Nothing here touches a real Windows."
    },
    footer = {"", "docs/simulator.md says what is simulated and what is assumed."})
final class SimulateCommand implements Callable<ExitCode> {
  private static final int LONGEST = 3_650;

  /** Measured with the sample fleet, of which many are refused and ask twelve times a day. */
  private static final long BYTES_PER_MACHINE_AND_DAY = 3_000;

  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Directory with hosts.csv and vms.csv.")
  private Path directory = Path.of(".");

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days to play, 1 to 3650; 30 unless told.")
  private int days = 30;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of all random numbers; 0 unless told. The same seed, the same run.")
  private long seed;

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

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  /** Every day of every machine leaves observations that the report rests on. */
  private void requireMemory(Fleet fleet) throws InputException {
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
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException {
    if (days < 1 || days > LONGEST) {
      throw FleetNames.complaint(
          "--days", String.valueOf(days), "cannot be played", "(expected: 1 to " + LONGEST + ").");
    }
    Fleet fleet = FleetReader.read(directory, KeyCatalog.standard());
    requireMemory(fleet);
    ImmutableList<PlannedChange> changes = PlannedChange.parse(fleet, days, migrations, losses);
    FleetSimulation simulation = new FleetSimulation(fleet, days, seed, changes);
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
}
