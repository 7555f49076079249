package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyAbsence;
import io.avma.catalog.KeyCatalog;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonLines;
import io.avma.cli.output.JsonObject;
import io.avma.cli.output.TextTable;
import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code avma keys}: the catalogue, whole or in part. */
@Command(
    mixinStandardHelpOptions = true,
    description = "List the AVMA keys, or find the one for a release and edition of the guest.")
final class KeysCommand implements Callable<ExitCode> {
  private final Console console;
  private final KeyCatalog catalog = KeyCatalog.standard();

  @Option(
      names = "--release",
      paramLabel = "RELEASE",
      description = "Release of the guest: 2019, \"2012 R2\", 1809, or a build.")
  private Optional<String> release = Optional.empty();

  @Option(
      names = "--edition",
      paramLabel = "EDITION",
      description = "Edition of the guest: datacenter, standard, essentials, azure-edition.")
  private Optional<String> edition = Optional.empty();

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  KeysCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException {
    ImmutableList<WindowsRelease> releases =
        release.isPresent()
            ? ImmutableList.of(Releases.release("--release", release.get()))
            : ImmutableList.copyOf(WindowsRelease.values());
    ImmutableList<Edition> editions =
        edition.isPresent()
            ? ImmutableList.of(Releases.edition("--edition", edition.get()))
            : ImmutableList.copyOf(Edition.values());
    ImmutableList<AvmaKey> keys =
        catalog.avmaKeys().stream()
            .filter(key -> editions.contains(key.edition()))
            .filter(key -> key.releases().stream().anyMatch(releases::contains))
            .collect(ImmutableList.toImmutableList());
    ImmutableList<KeyAbsence> absences = absences(releases, editions);
    if (json) {
      printJson(keys, absences);
    } else {
      print(keys, absences);
    }
    return ExitCode.ANSWERED;
  }

  private ImmutableList<KeyAbsence> absences(
      ImmutableList<WindowsRelease> releases, ImmutableList<Edition> editions) {
    return releases.stream()
        .flatMap(one -> editions.stream().flatMap(two -> catalog.absence(one, two).stream()))
        .collect(ImmutableList.toImmutableList());
  }

  private void print(ImmutableList<AvmaKey> keys, ImmutableList<KeyAbsence> absences) {
    TextTable table = new TextTable("RELEASE", "EDITION", "KEY", "STANDING", "SOURCE");
    for (AvmaKey key : keys) {
      table.row(
          labels(key),
          key.edition().displayName(),
          key.key().reveal(),
          JsonObject.word(key.standing()),
          key.source());
    }
    table.print(console);
    boolean asked = release.isPresent() || edition.isPresent();
    if (!asked) {
      console.line();
      console.sentence(
          absences.size()
              + " pairs of release and edition have no published key; ask with --release or"
              + " --edition for the reason.");
      return;
    }
    if (!keys.isEmpty() && !absences.isEmpty()) {
      console.line();
    }
    for (KeyAbsence absence : absences) {
      console.sentence(
          "No AVMA key for "
              + absence.release().displayName()
              + " "
              + absence.edition().displayName()
              + ": "
              + absence.reason()
              + " ("
              + JsonObject.word(absence.standing())
              + ", "
              + absence.source()
              + ").");
    }
  }

  private void printJson(ImmutableList<AvmaKey> keys, ImmutableList<KeyAbsence> absences) {
    JsonLines lines = console.json();
    for (AvmaKey key : keys) {
      lines.object("key", object -> Fields.key(object, key));
    }
    for (KeyAbsence absence : absences) {
      lines.object(
          "absence",
          object ->
              object
                  .text("release", absence.release().label())
                  .text("edition", absence.edition().label())
                  .text("reason", absence.reason())
                  .word("standing", absence.standing())
                  .text("source", absence.source()));
    }
  }

  private static String labels(AvmaKey key) {
    return key.releases().stream().map(WindowsRelease::label).collect(Collectors.joining(", "));
  }
}
