package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.KeyDiagnosis;
import io.avma.cli.input.BoundedLines;
import io.avma.cli.input.Complaint;
import io.avma.cli.input.InputException;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code avma key}: what a key really is. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Say what a key really is: an AVMA key, a KMS client key, another key, mistyped, or no key.",
      "Exit code 0 only if every key is an AVMA key, else 1. No key is shown beyond its last five",
      "characters, unless Microsoft publishes it."
    },
    footer = {"", "Arguments land in the shell's history: prefer 'avma key -' for unknown keys."})
final class KeyCommand implements Callable<ExitCode> {
  private static final String STANDARD_INPUT = "-";

  private final Console console;
  private final KeyCatalog catalog = KeyCatalog.standard();

  @Parameters(
      arity = "1..*",
      paramLabel = "KEY",
      description = "The key; '-' reads keys from standard input, one a line.")
  private List<String> keys = new ArrayList<>();

  @Option(names = "--json", description = "JSON Lines for machines.")
  private boolean json;

  private boolean allAvma = true;

  KeyCommand(Console console) {
    this.console = console;
  }

  @Override
  public ExitCode call() throws InputException, IOException {
    boolean fromInput = keys.equals(ImmutableList.of(STANDARD_INPUT));
    if (!fromInput && keys.contains(STANDARD_INPUT)) {
      throw new InputException(
          Complaint.about("KEY", "'-' stands beside other keys.", "Give '-' alone, or keys."));
    }
    if (keys.size() % 5 == 0 && keys.stream().allMatch(key -> key.matches("[0-9A-Za-z]{5}"))) {
      throw new InputException(
          Complaint.about(
              "KEY",
              "the groups of a key stand apart.",
              "Put quotes around a key with blanks, or write dashes in place of them."));
    }
    if (fromInput) {
      readInput();
    } else {
      answerArguments();
    }
    return allAvma ? ExitCode.ANSWERED : ExitCode.NO;
  }

  private void answerArguments() {
    JsonLines lines = console.json();
    for (int i = 0; i < keys.size(); i++) {
      KeyDiagnosis diagnosis = diagnose(keys.get(i));
      if (json) {
        printJson(lines, i + 1, diagnosis);
      } else if (keys.size() == 1) {
        printWhole(diagnosis);
      } else {
        printLine(i + 1, diagnosis);
      }
    }
  }

  /** Diagnoses each line as it comes, so that a pipe of any length works. */
  private void readInput() throws InputException, IOException {
    JsonLines lines = console.json();
    BoundedLines input = BoundedLines.of("standard input", console.in());
    int count = 0;
    for (var line = next(input); line.isPresent(); line = next(input)) {
      if (line.get().isBlank()) {
        continue;
      }
      if (console.failed()) {
        return; // nobody reads on: the input may have no end
      }
      count++;
      KeyDiagnosis diagnosis = diagnose(line.get());
      if (json) {
        printJson(lines, input.lineNumber(), diagnosis);
      } else {
        printLine(input.lineNumber(), diagnosis);
      }
    }
    if (count == 0) {
      throw new InputException(
          Complaint.about("standard input", "holds no key.", "Give one key a line."));
    }
  }

  /** Whoever waits for the answer before the next question gets it. */
  private Optional<String> next(BoundedLines input) throws InputException, IOException {
    if (!input.ready()) {
      console.flush();
    }
    return input.next();
  }

  private KeyDiagnosis diagnose(String text) {
    KeyDiagnosis diagnosis = catalog.diagnose(text);
    allAvma &= diagnosis.kind() == KeyDiagnosis.Kind.AVMA;
    return diagnosis;
  }

  private void printWhole(KeyDiagnosis diagnosis) {
    console.sentence(diagnosis.summary());
    console.sentence(diagnosis.advice());
    KeyFacts.of(diagnosis)
        .ifPresent(
            facts -> {
              console.line();
              facts.print(console);
            });
  }

  private void printLine(long number, KeyDiagnosis diagnosis) {
    String ending =
        KeyFacts.of(diagnosis).map(facts -> "key ending in " + facts.lastFive() + ": ").orElse("");
    console.line(number + ": " + ending + diagnosis.summary());
  }

  private static void printJson(JsonLines lines, long number, KeyDiagnosis diagnosis) {
    lines.object(
        "diagnosis",
        object -> {
          object
              .number("line", number)
              .word("kind", diagnosis.kind())
              .text("summary", diagnosis.summary())
              .text("advice", diagnosis.advice())
              .text("last_five", KeyFacts.of(diagnosis).map(KeyFacts::lastFive));
          object.objects(
              "published",
              KeyFacts.of(diagnosis).flatMap(KeyFacts::published).stream().toList(),
              (key, fields) -> Fields.key(fields, key));
          object.objects(
              "similar",
              diagnosis.similar(),
              (similar, fields) -> {
                Fields.key(fields, similar.key());
                fields.number("edits", similar.edits());
              });
        });
  }
}
