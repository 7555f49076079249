package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.KeyAbsence;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonObject;
import io.avma.cli.output.Screen;
import io.avma.install.AnswerFileArchitecture;
import io.avma.install.AnswerFileOptions;
import io.avma.install.Command.Restart;
import io.avma.install.KeyInstallation;
import io.avma.install.Procedure;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avma install-key}: how the key gets into its guest. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Say how the AVMA key gets into a guest, or put it into an answer file for unattended setup.",
      "Exit code 1 if no key is published for the guest, 2 if the answer file cannot be edited."
    })
final class InstallKeyCommand implements Callable<ExitCode> {
  private final Console console;

  @Option(
      names = "--guest",
      required = true,
      paramLabel = "GUEST",
      description = "RELEASE/EDITION: 2019/standard, \"2012 R2/essentials\".")
  private String guest = "";

  @Option(names = "--evaluation", description = "The guest runs from evaluation media.")
  private boolean evaluation;

  @Option(
      names = "--answer-file",
      paramLabel = "FILE",
      description = {
        "Put the key into this answer file, or write it if it is not there. Everything else in it",
        "stays byte for byte; a file that cannot be edited safely is left alone."
      })
  private Optional<Path> answerFile = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write the edited answer file here instead of in its place.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--overwrite", description = "Let --output replace a file that is there already.")
  private boolean overwrite;

  @Option(names = "--replace", description = "Replace another key in the answer file.")
  private boolean replace;

  @Option(
      names = "--architecture",
      paramLabel = "ARCH",
      description = "Architecture of the answer file's component: amd64 (default) or arm64.")
  private String architecture = AnswerFileArchitecture.AMD64.label();

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  InstallKeyCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException {
    if (answerFile.isEmpty() && (output.isPresent() || replace)) {
      throw new InputException(
          Complaint.about(
              output.isPresent() ? "--output" : "--replace",
              "says nothing without --answer-file.",
              "Name the answer file as well."));
    }
    if (overwrite && output.isEmpty()) {
      throw new InputException(
          Complaint.about(
              "--overwrite",
              "says nothing without --output.",
              "An answer file that is edited in its place needs no flag."));
    }
    AnswerFileArchitecture processor =
        AnswerFileArchitecture.named(architecture)
            .orElseThrow(
                () ->
                    new InputException(
                        Complaint.about(
                            "--architecture",
                            Complaint.quoted(architecture) + " is none",
                            "(expected: amd64 or arm64).")));
    GuestProfile profile = Machines.guestForKey("--guest", guest);
    Optional<KeyInstallation> installation =
        KeyInstallation.forGuest(profile, KeyCatalog.standard())
            .map(found -> evaluation ? found.withEvaluation(true) : found);
    if (installation.isEmpty()) {
      return noKey(profile.system());
    }
    return answerFile.isPresent()
        ? edit(installation.get(), processor, answerFile.get())
        : tell(installation.get(), processor);
  }

  private ExitCode noKey(GuestSystem system) {
    String reason = reason(system);
    if (json) {
      console
          .json()
          .object(
              "absence",
              object -> object.text("guest", system.displayName()).text("reason", reason));
    } else {
      console.sentence("No AVMA key for " + system.displayName() + ": " + reason + ".");
    }
    return ExitCode.NO;
  }

  private static String reason(GuestSystem system) {
    if (system instanceof GuestSystem.WindowsServer server) {
      return KeyCatalog.standard()
          .absence(server.release(), server.edition())
          .map(KeyAbsence::reason)
          .orElse("no key is known");
    }
    return "AVMA is for Windows Server 2012 R2 and later only";
  }

  private ExitCode tell(KeyInstallation installation, AnswerFileArchitecture processor) {
    String fragment = installation.answerFileFragment(processor);
    if (json) {
      var lines = console.json();
      for (Procedure procedure : installation.procedures()) {
        lines.object("procedure", object -> procedure(object, installation, procedure));
      }
      if (!installation.evaluation()) {
        lines.object(
            "answer-file-fragment",
            object -> object.text("pass", "specialize").text("xml", fragment));
      }
      return ExitCode.ANSWERED;
    }
    console.line(
        "AVMA key of " + installation.key().product() + ": " + installation.key().key().reveal());
    installation.procedures().forEach(this::print);
    console.line();
    if (installation.evaluation()) {
      console.sentence("No answer file holds the key for evaluation media: convert them first.");
      return ExitCode.ANSWERED;
    }
    heading("In an answer file, between the tags of unattend:");
    fragment.lines().forEach(console::line);
    return ExitCode.ANSWERED;
  }

  private static void procedure(
      JsonObject object, KeyInstallation installation, Procedure procedure) {
    object
        .word("kind", procedure.kind())
        .text("title", procedure.title())
        .text("product", installation.key().product())
        .word("standing", procedure.standing())
        .text("source", procedure.source())
        .objects(
            "commands",
            procedure.commands(),
            (command, fields) ->
                fields
                    .word("shell", command.shell())
                    .text("line", command.line())
                    .text("purpose", command.purpose())
                    .flag("elevated", command.elevated())
                    .word("restart", command.restart()))
        .texts(
            "notes",
            procedure.notes().stream()
                .map(note -> note.text())
                .collect(ImmutableList.toImmutableList()));
  }

  private void print(Procedure procedure) {
    console.line();
    heading(procedure.title());
    procedure.notes().forEach(note -> console.sentence("- " + note.text()));
    for (io.avma.install.Command command : procedure.commands()) {
      console.line("  " + command.line());
      console.indented(
          "      ",
          command.shell().displayName()
              + (command.elevated() ? " as administrator: " : ": ")
              + command.purpose()
              + restart(command.restart()));
    }
  }

  private static String restart(Restart restart) {
    return switch (restart) {
      case NONE -> "";
      case ADVISED -> " Restart the guest afterwards if you can.";
      case REQUIRED -> " Restart the guest afterwards.";
    };
  }

  private void heading(String text) {
    console.line(console.screen().painted(Screen.Paint.HEADING, text));
  }

  private ExitCode edit(KeyInstallation installation, AnswerFileArchitecture processor, Path file)
      throws InputException {
    if (installation.evaluation()) {
      throw new InputException(
          Complaint.about(
              "--answer-file",
              "cannot hold the key for evaluation media, which refuse it until they are converted.",
              "Install, convert and then set the key: leave --answer-file out to see how. Or"
                  + " install from other media and leave the evaluation out. Nothing was"
                  + " written."));
    }
    AnswerFileOptions options =
        AnswerFileOptions.standard().withArchitecture(processor).withReplacing(replace);
    AnswerFileOnDisk.Outcome outcome =
        new AnswerFileOnDisk(file, output.orElse(file), overwrite).put(installation, options);
    if (json) {
      console.json().object("answer-file", object -> outcome(object, outcome));
    } else {
      console.sentence(outcome.file() + ": " + outcome.message() + ".");
      outcome.notes().forEach(console::sentence);
      outcome
          .warnings()
          .forEach(
              warning ->
                  console.sentence(
                      outcome.file()
                          + ":"
                          + warning.position().line()
                          + ":"
                          + warning.position().column()
                          + ": "
                          + warning.message()));
    }
    return ExitCode.ANSWERED;
  }

  private static void outcome(JsonObject object, AnswerFileOnDisk.Outcome outcome) {
    object
        .text("file", outcome.file())
        .text("change", outcome.change())
        .text("message", outcome.message())
        .objects(
            "warnings",
            outcome.warnings(),
            (warning, fields) ->
                fields
                    .word("kind", warning.kind())
                    .text("message", warning.message())
                    .number("line", warning.position().line())
                    .number("column", warning.position().column()))
        .texts("notes", outcome.notes());
  }
}
