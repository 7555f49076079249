package io.avma.cli;

import io.avma.activation.ActivationOutcome;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonObject;
import io.avma.cli.output.Screen.Paint;
import io.avma.cli.output.TextTable;
import io.avma.cli.output.TextTable.Cell;
import io.avma.platform.ForeignText;
import io.avma.sim.TraceEntry;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.scenario.Scenario;
import io.avma.sim.scenario.ScenarioReport;
import io.avma.sim.scenario.Step;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report of a scenario for people. */
final class ScenarioText {
  /** More commands than this are counted, not listed. */
  private static final int COMMANDS = 50;

  private final Console console;

  ScenarioText(Console console) {
    this.console = console;
  }

  void print(ScenarioReport report, boolean traced) {
    Scenario scenario = report.scenario();
    console.sentence(
        Paint.HEADING,
        "Simulated, not real: "
            + PlanText.machines(scenario.guests().size())
            + " on "
            + scenario.hosts().size()
            + (scenario.hosts().size() == 1 ? " host for " : " hosts for ")
            + words(scenario.length())
            + ", seed "
            + scenario.seed());
    commands(scenario.steps());
    faults(scenario, report.strikes());
    guests(report.outcomes());
    if (traced || !report.isSound()) {
      trace(report.trace(), report.entries());
    }
    verdict(report);
  }

  void swarm(long first, int sound, boolean failed) {
    console.sentence(
        failed ? Paint.BAD : Paint.GOOD,
        sound
            + (sound == 1 ? " random scenario" : " random scenarios")
            + " from seed "
            + first
            + " on: every invariant held."
            + (failed
                ? " The one of seed " + (first + sound) + " broke one; this is what is left of it:"
                : ""));
  }

  private void heading(String text) {
    console.line();
    console.line(console.screen().painted(Paint.HEADING, text));
  }

  private void commands(List<Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    heading("What was done");
    TextTable table = new TextTable("AFTER", "WHAT");
    for (Step step : steps.subList(0, Math.min(COMMANDS, steps.size()))) {
      table.row(words(step.at()), ForeignText.escape(step.command().toString(), 300));
    }
    table.print(console);
    if (steps.size() > COMMANDS) {
      console.sentence("and " + (steps.size() - COMMANDS) + " commands more");
    }
  }

  private void faults(Scenario scenario, long strikes) {
    if (scenario.faults().isEmpty()) {
      return;
    }
    heading("What went wrong by plan, " + strikes + " times in all");
    TextTable table = new TextTable("RULE", "WHERE", "WHAT");
    for (FaultRule rule : scenario.faults().rules()) {
      table.row(
          rule.name(), rule.point().label(), ForeignText.escape(rule.fault().toString(), 200));
    }
    table.print(console);
  }

  private void guests(List<ScenarioReport.Outcome> outcomes) {
    if (outcomes.isEmpty()) {
      return;
    }
    heading("The guests at the end");
    TextTable table = new TextTable("GUEST", "HOST", "RUNS", "ACTIVATED", "STATUS", "LAST ATTEMPT");
    for (ScenarioReport.Outcome outcome : outcomes) {
      table.row(
          Cell.of(ForeignText.escape(outcome.guest(), 40)),
          Cell.of(ForeignText.escape(outcome.host(), 24)),
          Cell.of(outcome.running() ? "yes" : "no"),
          outcome.activated() ? new Cell("yes", Paint.GOOD) : new Cell("no", Paint.OPEN),
          Cell.of(outcome.status().map(JsonObject::word).orElse("other key")),
          Cell.of(outcome.last().map(ScenarioText::last).orElse("-")));
    }
    table.print(console);
  }

  private static String last(ActivationOutcome last) {
    return last.kind() == ActivationOutcome.Kind.ACTIVATED
            || last.kind() == ActivationOutcome.Kind.NOT_ATTEMPTED
        ? JsonObject.word(last.kind())
        : last.code().hex() + last.code().meaning().map(text -> ": " + text).orElse("");
  }

  private void trace(List<TraceEntry> trace, long entries) {
    heading("The trace, the last " + trace.size() + " of " + entries);
    trace.forEach(entry -> console.line(entry.toString())); // it escapes names
  }

  private void verdict(ScenarioReport report) {
    console.line();
    Optional<ScenarioReport.Broken> broken = report.broken();
    if (broken.isEmpty()) {
      console.sentence(
          Paint.GOOD,
          "Every invariant held in "
              + report.events()
              + " events: "
              + String.join(", ", report.checked())
              + ".");
      if (report.senseless() > 0) {
        console.sentence(
            report.senseless()
                + " of "
                + (report.done() + report.senseless())
                + " commands made no sense when their time came, and changed nothing.");
      }
    } else {
      console.sentence(
          Paint.BAD,
          "Invariant broken: "
              + ForeignText.escape(broken.get().invariant(), 80)
              + ", after "
              + words(broken.get().after())
              + ", in event "
              + broken.get().event()
              + ": "
              + ForeignText.escape(broken.get().sentence(), 1_000));
    }
    if (!report.digest().isEmpty()) {
      console.sentence("Digest " + report.digest() + ": the same for the same scenario.");
    }
    replay(report.scenario());
  }

  /** A line to copy is not wrapped. */
  private void replay(Scenario scenario) {
    Optional<String> token = scenario.replayToken();
    if (token.isPresent()) {
      console.line("Again: avma simulate --replay " + token.get());
    } else {
      console.sentence(
          "Too large for a line that replays it; --write-scenario keeps it in a file.");
    }
  }

  /** Returns a time as people write it: {@code 3d 4h 10s}. */
  static String words(Duration time) {
    if (time.isZero()) {
      return "0";
    }
    StringBuilder words = new StringBuilder();
    part(words, time.toDaysPart(), "d");
    part(words, time.toHoursPart(), "h");
    part(words, time.toMinutesPart(), "m");
    if (time.toNanosPart() == 0) {
      part(words, time.toSecondsPart(), "s");
    } else {
      words.append(words.length() == 0 ? "" : " ");
      words.append(
          String.format(Locale.ROOT, "%d.%03ds", time.toSecondsPart(), time.toMillisPart()));
    }
    return words.toString();
  }

  private static void part(StringBuilder words, long count, String unit) {
    if (count > 0) {
      words.append(words.length() == 0 ? "" : " ").append(count).append(unit);
    }
  }
}
