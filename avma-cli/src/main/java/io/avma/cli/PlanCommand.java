package io.avma.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.Changes;
import io.avma.cli.fleet.Drain;
import io.avma.cli.fleet.Fleet;
import io.avma.cli.fleet.FleetPlan;
import io.avma.cli.fleet.FleetReader;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.HostId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avma plan}: what is wrong with a fleet, and what to fix first. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Say of each virtual machine in DIR/vms.csv whether its host in DIR/hosts.csv activates it,",
      "whether it may fail over, and which key belongs in it; then what to fix first."
    },
    footer = {"", "docs/fleet-files.md describes the columns of the two files."})
final class PlanCommand implements Callable<ExitCode> {
  private final Console console;

  @Parameters(paramLabel = "DIR", description = "Directory with hosts.csv and vms.csv.")
  @SuppressWarnings("NullAway.Init") // required, so picocli sets it
  private Path directory;

  @Option(
      names = "--move",
      paramLabel = "VM=HOST",
      description = "Answer for the fleet with this machine on that host. May be repeated.")
  private List<String> moves = new ArrayList<>();

  @Option(
      names = "--drain",
      paramLabel = "HOST",
      description = "Answer where the machines of this host stay activated. May be repeated.")
  private List<String> drains = new ArrayList<>();

  @Option(names = "--fail-on-findings", description = "Exit with 1 if anything is wrong.")
  private boolean failOnFindings;

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException {
    KeyCatalog catalog = KeyCatalog.standard();
    CompatibilityMatrix matrix = CompatibilityMatrix.standard();
    Fleet now = FleetReader.read(directory, catalog);
    Changes changes = Changes.parse(now, moves, drains);
    Fleet moved = now.with(changes.moves());
    ImmutableSet<HostId> emptied = changes.drains();
    ImmutableList<Drain> drained =
        emptied.stream()
            .map(host -> Drain.of(moved, host, emptied, matrix))
            .collect(ImmutableList.toImmutableList());
    Fleet after = moved;
    for (Drain drain : drained) {
      after = after.with(drain.targets());
    }
    FleetPlan before = FleetPlan.of(now, matrix, catalog);
    FleetPlan plan = changes.isEmpty() ? before : FleetPlan.of(after, matrix, catalog);
    if (json) {
      new PlanJson(console.json()).print(before, plan, drained);
    } else {
      new PlanText(console).print(before, plan, drained, !changes.isEmpty());
    }
    return code(plan);
  }

  private ExitCode code(FleetPlan plan) {
    if (!failOnFindings) {
      return ExitCode.ANSWERED;
    }
    // Every finding belongs to a fix; what is wrong with a host without guests is one as well.
    if (plan.fixes().stream().anyMatch(fix -> !fix.cause().open())) {
      return ExitCode.NO;
    }
    return plan.fixes().isEmpty() ? ExitCode.ANSWERED : ExitCode.PARTIAL;
  }
}
