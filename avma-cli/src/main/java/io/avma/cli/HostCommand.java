package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.transport.TransportException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avma host}: Hyper-V hosts, asked over WS-Management. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Ask Hyper-V hosts over WS-Management; needs no rights within their virtual machines.",
      "  inventory         write hosts.csv and vms.csv, which 'avma plan' reads",
      "  kvp               the Data Exchange items of all machines",
      "  events            event 12310 and its neighbours",
      "  doctor            which step fails, and the command that mends it",
      "A host is http://HOST:5985/wsman or https://HOST:5986/wsman. A host that fails is named",
      "with its reason and hides no other. Exit code 1 if the doctor found something, 3 if a host",
      "or machine could not be read."
    })
final class HostCommand implements Callable<ExitCode> {
  private enum Action {
    INVENTORY,
    KVP,
    EVENTS,
    DOCTOR
  }

  private final Console console;
  private final Map<String, String> environment;

  @Parameters(index = "0", paramLabel = "ACTION", description = "inventory, kvp, events or doctor.")
  private Action action = Action.INVENTORY;

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "URL", description = "Whom to ask.")
  private List<String> urls = new ArrayList<>();

  @Option(
      names = "--hosts",
      paramLabel = "FILE",
      description = "A URL on each line, and behind it a name for the host if wanted.")
  private Optional<Path> hosts = Optional.empty();

  @Mixin private HostAccess access = new HostAccess();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where inventory writes its files; here unless told. Replaces them.")
  private Path directory = Path.of(".");

  @Option(
      names = "--since",
      paramLabel = "FILE",
      description =
          "Events behind the bookmarks in FILE, which are moved on; all if it is not there.")
  private Optional<Path> since = Optional.empty();

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description = "How many hosts are asked at a time; 16 unless told.")
  private int atOnce = 16;

  @Option(
      names = "--limit",
      paramLabel = "S",
      description = "Seconds that all of it may take; 1800 unless told.")
  private int limit = 1800;

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  HostCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public ExitCode call() throws InputException, TransportException {
    requireRange("--at-once", atOnce, 256);
    requireRange("--limit", limit, 86_400);
    if (since.isPresent() && action != Action.EVENTS) {
      throw new InputException(Complaint.about("--since", "goes with events alone.", ""));
    }
    ImmutableList<HostAddress> addresses = HostAddress.of(urls, hosts);
    HostAccess.Ready ready = access.ready(environment);
    // The command has no log, and needs none to say so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    HostAsking asking =
        new HostAsking(console, json, ready, addresses, atOnce, Duration.ofSeconds(limit));
    return switch (action) {
      case INVENTORY -> new HostInventory(console, asking, directory).write();
      case KVP -> new HostItems(console, asking, json).print();
      case EVENTS -> new HostEvents(console, asking, json, since).print();
      case DOCTOR -> new HostDoctor(console, json, ready).examine(addresses);
    };
  }

  private static void requireRange(String option, int number, int most) throws InputException {
    if (number < 1 || number > most) {
      throw new InputException(
          Complaint.about(option, number + " is out of range", "(expected: 1 to " + most + ")."));
    }
  }
}
