package io.avma.cli;

import io.avma.catalog.KeyCatalog;
import io.avma.cli.fleet.FleetNames;
import io.avma.cli.fleet.FleetReader;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.cli.simulation.ServedFleet;
import io.avma.platform.ForeignText;
import io.avma.sim.SimulatedDatacenter;
import io.avma.sim.server.WsManServer;
import io.avma.sim.server.WsManServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avma sim serve}: simulated hosts that answer WS-Management. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Serve simulated Hyper-V hosts over WS-Management, each at a port of its own on this",
      "machine, until standard input is closed or a signal comes:",
      "  serve DIR         the fleet of DIR/hosts.csv and DIR/vms.csv, running for an hour",
      "  serve FILE        what a scenario, JSON, leaves at its end",
      "Prints for each host, in the order of the fleet, lines to export:",
      "  AVMA_HOST_1=http://127.0.0.1:PORT/wsman, AVMA_USER_1=... and AVMA_PASSWORD_1=...",
      "",
      "Without --keytab and --tls the password goes over HTTP, on this machine's loopback",
      "interface. With one of them it is as strict as Windows is by default."
    })
final class SimCommand implements Callable<ExitCode> {
  private enum Action {
    SERVE
  }

  private final Console console;

  @Parameters(index = "0", paramLabel = "ACTION", description = "serve")
  private Action action = Action.SERVE;

  @Parameters(index = "1", paramLabel = "DIR|FILE", description = "The fleet or scenario.")
  private Path what = Path.of(".");

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The first host's port, each further host the next; 0, as by default, picks.")
  private int port;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Write the same lines there once all hosts answer; removed at the end.")
  private Optional<Path> readyFile = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of all random numbers; 0, or the scenario's, unless told.")
  private Optional<Long> seed = Optional.empty();

  @Option(names = "--any-login", description = "Let everybody in, with any login or none.")
  private boolean anyLogin;

  @Option(
      names = "--allow-unencrypted",
      description = "Take passwords and messages over HTTP beside Kerberos too.")
  private boolean allowUnencrypted;

  @Option(
      names = "--keytab",
      paramLabel = "FILE",
      description = "Keys of HTTP/NAME: offer Negotiate with Kerberos and sealed messages.")
  private Optional<Path> keytab = Optional.empty();

  @Option(
      names = "--tls",
      paramLabel = "FILE",
      description = "A key and its certificates, PKCS #12: serve HTTPS.")
  private Optional<Path> keyStore = Optional.empty();

  @Option(
      names = "--tls-password-file",
      paramLabel = "FILE",
      description = "The first line is the password of the --tls file; empty unless told.")
  private Optional<Path> keyStorePassword = Optional.empty();

  SimCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException, IOException {
    return switch (action) {
      case SERVE -> serve();
    };
  }

  private ExitCode serve() throws InputException, IOException {
    if (port < 0 || port > 65_535) {
      throw FleetNames.complaint(
          "--port", String.valueOf(port), "is no port", "(expected: 0 to 65535).");
    }
    // The command has no log, and needs none to say so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    SimulatedDatacenter.Snapshot datacenter = datacenter();
    WsManServerBuilder builder = WsManServer.builder(datacenter::open).port(port);
    secure(builder);
    try (WsManServer server = builder.start();
        ReadyLines lines = ReadyLines.of(server)) {
      // A signal ends the process without coming back here.
      Thread stop = new Thread(() -> lines.stop(server), "avma-stop");
      Runtime.getRuntime().addShutdownHook(stop);
      lines.print(console);
      if (readyFile.isPresent()) {
        lines.write(readyFile.get());
      }
      StandardInput.awaitEnd(console.in());
      unhook(stop);
      return ExitCode.ANSWERED;
    } catch (IOException e) {
      console.complain(
          "avma sim: " + ForeignText.escape(String.valueOf(e.getMessage()), 300) + ".");
      return ExitCode.PARTIAL;
    }
  }

  private static void unhook(Thread stop) {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook does what has to be done.
    }
  }

  private SimulatedDatacenter.Snapshot datacenter() throws InputException {
    if (Files.isRegularFile(what)) {
      var scenario = ScenarioFile.read(what);
      return (seed.isPresent() ? scenario.toBuilder().seed(seed.get()).build() : scenario)
          .leftAtTheEnd();
    }
    ServedFleet served =
        ServedFleet.of(FleetReader.read(what, KeyCatalog.standard()), seed.orElse(0L));
    served.notes().forEach(note -> console.complain("avma sim: " + note));
    return served.datacenter();
  }

  private void secure(WsManServerBuilder builder) throws InputException {
    keytab.ifPresent(builder::kerberos);
    if (keyStore.isPresent()) {
      ServedKeys.read(keyStore.get(), keyStorePassword, builder);
    }
    if (anyLogin) {
      builder.anyLogin();
    }
    if (allowUnencrypted || (keytab.isEmpty() && keyStore.isEmpty())) {
      builder.allowUnencrypted();
    }
  }
}
