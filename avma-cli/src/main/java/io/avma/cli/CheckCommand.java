package io.avma.cli;

import io.avma.catalog.KeyCatalog;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonLines;
import io.avma.cli.output.JsonObject;
import io.avma.cli.output.Screen;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Obstacle;
import io.avma.compatibility.OpenQuestion;
import io.avma.compatibility.Verdict;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avma check}: will this host activate this guest? */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Say whether a host activates a guest, and if not, every reason and what to do about it.",
      "Exit code 0 if every host named does, 1 if one does not, 3 if that cannot be told."
    },
    footer = {
      "",
      "Examples: avma check --host 2022/datacenter --guest 2019/standard",
      "          avma check --host 2019/datacenter,not-activated --guest \"2012 R2/essentials\"",
      "          avma check --host azure-local,key=2022 --guest 2022/azure-edition",
      "          avma check --host 2022/datacenter --guest windows-11"
    })
final class CheckCommand implements Callable<ExitCode> {
  private final Console console;
  private final CompatibilityMatrix matrix = CompatibilityMatrix.standard();

  @Option(
      names = "--host",
      required = true,
      paramLabel = "HOST",
      description = {
        "RELEASE/EDITION or a platform (azure-local, azure-stack-hub, azure, hyper-v-server,",
        "windows-client, earlier-windows-server, other-hypervisor), then flags after commas:",
        "not-activated, evaluation, no-hyper-v, nested-in-azure; for azure-local key=RELEASE,",
        "subscription, subscription-lapsed, no-license. Repeat it to ask for several hosts."
      })
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--guest",
      required = true,
      paramLabel = "GUEST",
      description = {
        "RELEASE/EDITION or a system (windows-11, linux, \"Windows Server 2012\"), then flags after",
        "commas: evaluation, data-exchange-off, shielded."
      })
  private String guest = "";

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException {
    GuestProfile profile = Machines.guest("--guest", guest);
    List<HostProfile> profiles = new ArrayList<>();
    for (String host : hosts) {
      profiles.add(Machines.host("--host", host));
    }
    JsonLines lines = console.json();
    ExitCode code = ExitCode.ANSWERED;
    for (HostProfile host : profiles) {
      Verdict verdict = matrix.verdict(host, profile);
      if (json) {
        lines.object(
            "verdict",
            object -> {
              object.text("host", host.displayName()).text("guest", profile.system().displayName());
              Fields.verdict(object, verdict);
              object.text("key", key(profile));
            });
      } else {
        print(host, profile, verdict);
      }
      code = worse(code, verdict);
    }
    return code;
  }

  private static ExitCode worse(ExitCode code, Verdict verdict) {
    return switch (verdict.kind()) {
      case SUPPORTED -> code;
      case UNSUPPORTED -> ExitCode.NO;
      case UNDETERMINED -> code == ExitCode.NO ? code : ExitCode.PARTIAL;
    };
  }

  private void print(HostProfile host, GuestProfile profile, Verdict verdict) {
    String pair = profile.system().displayName() + " on " + host.displayName();
    String answer =
        switch (verdict.kind()) {
          case SUPPORTED -> console.screen().painted(Screen.Paint.GOOD, "yes");
          case UNSUPPORTED -> console.screen().painted(Screen.Paint.BAD, "no");
          case UNDETERMINED -> console.screen().painted(Screen.Paint.OPEN, "not known");
        };
    console.line(pair + ": " + answer + " (" + JsonObject.word(verdict.standing()) + ")");
    for (Obstacle obstacle : verdict.obstacles()) {
      console.sentence("- " + obstacle.explanation() + " " + obstacle.remedy());
    }
    for (OpenQuestion question : verdict.questions()) {
      console.sentence("- Not known: " + question.text() + ".");
    }
    if (verdict.kind() != Verdict.Kind.UNSUPPORTED) {
      key(profile).ifPresent(key -> console.line("Key for the guest: " + key));
    }
  }

  private static Optional<String> key(GuestProfile profile) {
    if (profile.system() instanceof GuestSystem.WindowsServer server) {
      return KeyCatalog.standard()
          .find(server.release(), server.edition())
          .map(key -> key.key().reveal());
    }
    return Optional.empty();
  }
}
