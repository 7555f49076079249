package io.avma.cli;

import io.avma.cli.fleet.FleetVm;
import io.avma.cli.output.JsonLines;
import io.avma.cli.output.JsonObject;
import io.avma.cli.simulation.HostTally;
import io.avma.cli.simulation.PlannedChange;
import io.avma.cli.simulation.SimulationReport;
import io.avma.cli.simulation.Step;
import io.avma.cli.simulation.VmOutcome;
import io.avma.platform.ForeignText;
import io.avma.platform.Hresult;
import io.avma.tracking.Exchange;
import io.avma.tracking.HistoryText;
import io.avma.tracking.LedgerReport;
import java.time.Instant;

/** The report of a simulation for machines. */
final class SimulationJson {
  private final JsonLines lines;

  SimulationJson(JsonLines lines) {
    this.lines = lines;
  }

  void print(SimulationReport report) {
    for (String note : report.notes()) {
      lines.object("note", object -> object.text("sentence", note));
    }
    for (PlannedChange change : report.changes()) {
      lines.object(
          "change", object -> object.number("day", change.day()).text("sentence", change.text()));
    }
    report.hosts().forEach(this::host);
    report.vms().forEach(this::outcome);
    report.figures().byTenant().forEach(this::tenant);
    report.steps().forEach(this::step);
    lines.object(
        "simulation",
        object -> {
          object
              .number("seed", report.seed())
              .text("start", report.start().toString())
              .text("end", report.end().toString())
              .number("events", report.events())
              .number("hosts", report.hosts().size())
              .number("vms", report.vms().size())
              .number("steps", report.steps().size());
          for (VmOutcome.State state : VmOutcome.State.values()) {
            object.number(JsonObject.word(state), report.count(state));
          }
        });
  }

  private void host(HostTally host) {
    lines.object(
        "simulated-host",
        object ->
            object
                .text("host", host.host().id().toString())
                .word("activated", host.licensed())
                .number("vms", host.vms())
                .number("granted", host.granted())
                .flag("complete", host.gaps().isEmpty())
                .objects(
                    "refused",
                    host.refused().entrySet(),
                    (entry, fields) ->
                        fields
                            .text("code", entry.getKey().hex())
                            .number("times", entry.getValue())));
  }

  private void outcome(VmOutcome outcome) {
    FleetVm vm = outcome.vm();
    lines.object(
        "simulated-vm",
        object ->
            object
                .foreign("vm", vm.name())
                .text("vm_id", outcome.history().vm().toString())
                .text("host", vm.host().toString())
                .text("tenant", vm.tenant().map(ForeignText::escape))
                .word("state", outcome.state())
                .text("until", outcome.until().map(Instant::toString))
                .text("failure", outcome.failure().flatMap(Exchange::result).map(Hresult::hex))
                .objects(
                    "activations",
                    outcome.history().activations(),
                    (span, fields) ->
                        fields
                            .text("from", span.from().toString())
                            .text("until", span.until().toString())
                            .text("by", span.grantedBy().map(Object::toString)))
                .texts("history", HistoryText.of(outcome.history()))
                .objects(
                    "evidence",
                    outcome.evidence().rows(),
                    (row, fields) ->
                        fields
                            .word("topic", row.topic())
                            .text("host", row.host())
                            .text("guest", row.guest())
                            .word("agreement", row.agreement())));
  }

  private void tenant(String tenant, LedgerReport.Count count) {
    lines.object(
        "tenant",
        object ->
            object
                .foreign("tenant", tenant)
                .number("vms", count.vms())
                .number("activated", count.activated())
                .number("ever_activated", count.everActivated())
                .number("claimed", count.claimed()));
  }

  private void step(Step step) {
    lines.object(
        "step",
        object ->
            object
                .text("action", step.action())
                .text("remedy", step.remedy())
                .text("evidence", step.evidence())
                .number("helps", step.vms().size())
                .number("enough_for", step.enough())
                .objects(
                    "vms",
                    step.vms(),
                    (vm, fields) ->
                        fields.foreign("vm", vm.name()).text("host", vm.host().toString())));
  }
}
