package io.avma.cli;

import io.avma.cli.output.JsonLines;
import io.avma.cli.output.JsonObject;
import io.avma.platform.Hresult;
import io.avma.sim.scenario.ScenarioReport;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The report of a scenario for machines. */
final class ScenarioJsonLines {
  private final JsonLines lines;

  ScenarioJsonLines(JsonLines lines) {
    this.lines = lines;
  }

  void print(ScenarioReport report, boolean traced) {
    report.outcomes().forEach(this::outcome);
    if (traced || !report.isSound()) {
      report
          .trace()
          .forEach(
              entry ->
                  lines.object(
                      "trace",
                      object ->
                          object
                              .text("after", entry.after().toString())
                              .word("what", entry.what())
                              .foreign("machine", entry.machine())
                              .foreign("other", entry.other())
                              .foreign("detail", entry.detail())));
    }
    Optional<ScenarioReport.Broken> broken = report.broken();
    lines.object(
        "scenario",
        object ->
            object
                .number("seed", report.scenario().seed())
                .flag("sound", report.isSound())
                .foreign("broken", broken.map(ScenarioReport.Broken::invariant))
                .foreign("sentence", broken.map(ScenarioReport.Broken::sentence))
                .text("after", broken.map(ScenarioReport.Broken::after).map(Duration::toString))
                .unsigned(
                    "event",
                    broken.isPresent()
                        ? OptionalLong.of(broken.get().event())
                        : OptionalLong.empty())
                .texts("checked", report.checked())
                .number("done", report.done())
                .number("senseless", report.senseless())
                .number("strikes", report.strikes())
                .number("events", report.events())
                .number("entries", report.entries())
                .text("digest", Optional.of(report.digest()).filter(digest -> !digest.isEmpty()))
                .text("replay", report.scenario().replayToken())
                .text("json", report.scenario().toJson()));
  }

  private void outcome(ScenarioReport.Outcome outcome) {
    lines.object(
        "scenario-guest",
        object ->
            object
                .foreign("guest", outcome.guest())
                .text("vm_id", outcome.vm().toString())
                .foreign("host", outcome.host())
                .flag("running", outcome.running())
                .flag("activated", outcome.activated())
                .text("status", outcome.status().map(JsonObject::word))
                .text("last", outcome.last().map(last -> JsonObject.word(last.kind())))
                .text("code", outcome.last().map(last -> last.code()).map(Hresult::hex)));
  }

  /** What became of a swarm; the report of what failed, if anything did, stands in front. */
  void swarm(long first, long sound, boolean failed) {
    lines.object(
        "swarm",
        object ->
            object
                .number("first_seed", first)
                .number("sound", sound)
                .text(
                    "failed_seed",
                    failed ? Optional.of(Long.toString(first + sound)) : Optional.empty()));
  }
}
