package io.avma.sim.scenario;

import io.avma.platform.ForeignText;
import io.avma.sim.TraceEntry;
import io.avma.sim.fault.FaultRule;
import java.util.List;
import java.util.stream.Collectors;

/** A report for people. */
final class ReportText {
  private static final int ENTRIES = 40;

  private ReportText() {}

  static String of(ScenarioReport report) {
    Scenario scenario = report.scenario();
    StringBuilder text = new StringBuilder(ReplayToken.VERSION);
    text.append("  seed ")
        .append(scenario.seed())
        .append("  hosts ")
        .append(scenario.hosts().size())
        .append("  guests ")
        .append(scenario.guests().size())
        .append("  commands ")
        .append(scenario.steps().size())
        .append(
            report.senseless() == 0 ? "" : " (" + report.senseless() + " made no sense in time)")
        .append("  faults ")
        .append(
            scenario.faults().isEmpty()
                ? "none"
                : scenario.faults().rules().stream()
                    .map(FaultRule::name)
                    .collect(Collectors.joining(",")))
        .append('\n');
    if (report.broken().isEmpty()) {
      return text.append("all of ")
          .append(report.checked().size())
          .append(" invariants held in ")
          .append(report.events())
          .append(" events; ")
          .append(report.digest().isEmpty() ? "no trace" : "digest " + report.digest())
          .toString();
    }
    ScenarioReport.Broken broken = report.broken().get();
    text.append("Invariant broken: ")
        .append(broken.invariant())
        .append(" (event ")
        .append(broken.event())
        .append(", +")
        .append(broken.after())
        .append(")\n  ")
        .append(ForeignText.escape(broken.sentence(), 1_000))
        .append('\n');
    for (Step step : scenario.steps().subList(0, Math.min(20, scenario.steps().size()))) {
      text.append("  command ").append(ForeignText.escape(step.toString(), 200)).append('\n');
    }
    List<TraceEntry> trace = report.trace();
    for (TraceEntry entry : trace.subList(Math.max(0, trace.size() - ENTRIES), trace.size())) {
      text.append("  ").append(entry).append('\n');
    }
    return text.append(
            scenario
                .replayToken()
                .map(
                    token ->
                        Invariants.isStandard(broken.invariant())
                            ? "Replay: Scenario.replay(\""
                                + token
                                + "\"), or avma simulate --replay"
                            : "Replay, with the options of this play: Scenario.fromReplayToken(\""
                                + token
                                + "\").play(options)")
                .orElse("Replay: too large for a line; keep Scenario.toJson() in a file"))
        .toString();
  }
}
