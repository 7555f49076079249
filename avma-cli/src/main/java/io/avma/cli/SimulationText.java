package io.avma.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.LinkedListMultimap;
import io.avma.cli.fleet.FleetVm;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonObject;
import io.avma.cli.output.Screen.Paint;
import io.avma.cli.output.TextTable;
import io.avma.cli.output.TextTable.Cell;
import io.avma.cli.simulation.HostTally;
import io.avma.cli.simulation.SimulationReport;
import io.avma.cli.simulation.Step;
import io.avma.cli.simulation.VmOutcome;
import io.avma.platform.ForeignText;
import io.avma.platform.Hresult;
import io.avma.platform.Ternary;
import io.avma.tracking.ActivatedSpan;
import io.avma.tracking.EvidenceView;
import io.avma.tracking.Exchange;
import io.avma.tracking.HistoryText;
import io.avma.tracking.LedgerReport;
import io.avma.tracking.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report of a simulation for people. */
final class SimulationText {
  private final Console console;

  SimulationText(Console console) {
    this.console = console;
  }

  void print(SimulationReport report) {
    console.sentence(
        Paint.HEADING,
        "Simulated, not real: "
            + PlanText.machines(report.vms().size())
            + " on "
            + report.hosts().size()
            + " hosts for "
            + report.duration().toDays()
            + " days, seed "
            + report.seed());
    report.notes().forEach(note -> console.sentence("Note: " + note));
    happened(report);
    hosts(report.hosts());
    machines(report);
    tenants(report.figures());
    steps(report.steps());
    sum(report);
  }

  private void heading(String text) {
    console.line();
    console.line(console.screen().painted(Paint.HEADING, text));
  }

  private void happened(SimulationReport report) {
    heading("What happened");
    TextTable table = new TextTable("DAY", "WHAT");
    long running = report.vms().stream().filter(vm -> vm.state() != VmOutcome.State.OFF).count();
    table.row("0", PlanText.machines((int) running) + " start within ten minutes");
    Map<Long, StringBuilder> days = new LinkedHashMap<>();
    report.changes().forEach(change -> day(days, change.day()).append(change.text()).append('\n'));
    ended(report).forEach((day, text) -> day(days, day).append(text).append('\n'));
    begun(report).forEach((day, text) -> day(days, day).append(text).append('\n'));
    days.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            day ->
                day.getValue()
                    .toString()
                    .lines()
                    .forEach(line -> table.row(String.valueOf(day.getKey()), line)));
    table.print(console);
  }

  private static StringBuilder day(Map<Long, StringBuilder> days, long day) {
    return days.computeIfAbsent(day, unused -> new StringBuilder());
  }

  /** Which activations ended, by day. */
  private static Map<Long, String> ended(SimulationReport report) {
    LinkedListMultimap<Long, FleetVm> ended = LinkedListMultimap.create();
    for (VmOutcome outcome : report.vms()) {
      for (ActivatedSpan span : outcome.history().activations()) {
        if (!span.until().isAfter(report.end())) {
          ended.put(day(report, span.until()), outcome.vm());
        }
      }
    }
    return texts("not activated any more: ", ended);
  }

  /** Which activations began after an earlier one had ended, by day. */
  private static Map<Long, String> begun(SimulationReport report) {
    LinkedListMultimap<Long, FleetVm> begun = LinkedListMultimap.create();
    for (VmOutcome outcome : report.vms()) {
      outcome.history().activations().stream()
          .skip(1)
          .forEach(span -> begun.put(day(report, span.from()), outcome.vm()));
    }
    return texts("activated again: ", begun);
  }

  private static long day(SimulationReport report, Instant at) {
    return Duration.between(report.start(), at).toDays();
  }

  private static Map<Long, String> texts(String what, LinkedListMultimap<Long, FleetVm> byDay) {
    Map<Long, String> texts = new LinkedHashMap<>();
    for (Long day : byDay.keySet()) {
      texts.put(day, what + PlanText.names(ImmutableList.copyOf(byDay.get(day))));
    }
    return texts;
  }

  private void hosts(ImmutableList<HostTally> hosts) {
    heading("What the hosts logged (event 12310)");
    TextTable table = new TextTable("HOST", "LICENSED", "VMS", "GRANTED", "REFUSED", "WITH");
    for (HostTally host : hosts) {
      table.row(
          Cell.of(ForeignText.escape(host.host().id().value(), 24)),
          licensed(host.licensed()),
          Cell.of(String.valueOf(host.vms())),
          Cell.of(atLeast(host, host.granted())),
          Cell.of(atLeast(host, host.allRefused())),
          Cell.of(codes(host.refused())));
      for (Observation.LogGap gap : host.gaps()) {
        table.note(
            "Its log had lost records from before "
                + HistoryText.time(gap.at())
                + " when it was read; what it logged then is not known.");
      }
    }
    table.print(console);
  }

  private static String atLeast(HostTally host, int count) {
    return host.gaps().isEmpty() ? String.valueOf(count) : count + "+";
  }

  private static Cell licensed(Ternary activated) {
    return switch (activated) {
      case YES -> new Cell("yes", Paint.GOOD);
      case NO -> new Cell("no", Paint.BAD);
      case UNKNOWN -> new Cell("?", Paint.OPEN);
    };
  }

  private static String codes(ImmutableSortedMap<Hresult, Integer> refused) {
    return refused.keySet().stream()
        .map(code -> code.hex() + code.meaning().map(text -> ": " + text).orElse(""))
        .collect(Collectors.joining("; "));
  }

  private void machines(SimulationReport report) {
    heading("What the ledger makes of it, " + HistoryText.time(report.end()) + " UTC");
    TextTable table =
        new TextTable("VM", "TENANT", "HOST", "STATE", "HOSTS KNOW", "THE GUEST SAYS");
    for (VmOutcome outcome : report.vms()) {
      FleetVm vm = outcome.vm();
      EvidenceView view = outcome.evidence();
      table.row(
          Cell.of(vm.shownName()),
          Cell.of(vm.tenant().map(tenant -> ForeignText.escape(tenant, 24)).orElse("")),
          Cell.of(ForeignText.escape(vm.host().value(), 24)),
          state(outcome.state()),
          Cell.of(known(outcome)),
          said(view));
      HistoryText.of(outcome.history()).forEach(table::note);
      table.note(sideBySide(view));
    }
    table.print(console);
  }

  /** What both sides say of everything but the activation, which has columns of its own. */
  private static String sideBySide(EvidenceView view) {
    StringBuilder hosts = new StringBuilder();
    StringBuilder guest = new StringBuilder();
    List<String> differ = new ArrayList<>();
    for (EvidenceView.Row row : view.rows()) {
      if (row.topic() != EvidenceView.Topic.ACTIVATION) {
        row.host().ifPresent(text -> append(hosts, row.topic(), text));
        row.guest().ifPresent(text -> append(guest, row.topic(), text));
      }
      if (row.agreement() == EvidenceView.Agreement.DIFFER) {
        differ.add(row.topic().label());
      }
    }
    return "Hosts know: "
        + (hosts.length() == 0 ? "nothing" : hosts)
        + ". The guest says: "
        + (guest.length() == 0 ? "nothing" : guest)
        + "."
        + (differ.isEmpty() ? "" : " They differ about: " + String.join(", ", differ) + ".");
  }

  private static void append(StringBuilder text, EvidenceView.Topic topic, String what) {
    text.append(text.length() == 0 ? "" : "; ").append(topic.label()).append(' ').append(what);
  }

  private static Cell state(VmOutcome.State state) {
    return new Cell(
        JsonObject.word(state).replace('-', ' '),
        switch (state) {
          case ACTIVATED -> Paint.GOOD;
          case CLAIMED -> Paint.OPEN;
          case EXPIRED, REFUSED, NO_ANSWER -> Paint.BAD;
          case OFF, NEVER_ASKED -> Paint.FAINT;
        });
  }

  private static String known(VmOutcome outcome) {
    String day = outcome.until().map(end -> HistoryText.time(end).substring(0, 10)).orElse("");
    return switch (outcome.state()) {
      case ACTIVATED, EXPIRED -> "until " + day;
      case REFUSED ->
          "refused "
              + outcome.failure().flatMap(Exchange::result).map(Hresult::hex).orElse("(no code)");
      case OFF, CLAIMED -> day.isEmpty() ? "-" : "until " + day;
      case NO_ANSWER, NEVER_ASKED -> "-";
    };
  }

  /** What the guest says of its activation; a contradiction to the hosts stands out. */
  private static Cell said(EvidenceView view) {
    Optional<EvidenceView.Row> row =
        view.rows().stream()
            .filter(one -> one.topic() == EvidenceView.Topic.ACTIVATION)
            .findFirst();
    String text = row.flatMap(EvidenceView.Row::guest).orElse("-");
    boolean differ =
        row.filter(one -> one.agreement() == EvidenceView.Agreement.DIFFER).isPresent();
    return new Cell(text, differ ? Paint.BAD : Paint.PLAIN);
  }

  private void tenants(LedgerReport figures) {
    heading("By tenant");
    TextTable table =
        new TextTable("TENANT", "VMS", "ACTIVATED", "EVER ACTIVATED", "BY THEIR WORD ALONE");
    figures
        .byTenant()
        .forEach(
            (tenant, count) ->
                table.row(
                    tenant.isEmpty() ? "-" : ForeignText.escape(tenant, 40),
                    String.valueOf(count.vms()),
                    String.valueOf(count.activated()),
                    String.valueOf(count.everActivated()),
                    String.valueOf(count.claimed())));
    table.print(console);
  }

  private void steps(List<Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    heading("What to fix first");
    int number = 1;
    for (Step step : steps) {
      console.sentence(
          Paint.HEADING,
          number++
              + ". "
              + step.action()
              + ": "
              + PlanText.machines(step.vms().size())
              + PlanText.enough(step.enough(), step.vms().size()));
      if (!step.remedy().isEmpty()) {
        console.indented("   ", step.remedy());
      }
      console.indented("   ", "Logged: " + step.evidence() + ".");
      console.indented("   ", PlanText.names(step.vms()));
    }
  }

  private void sum(SimulationReport report) {
    console.line();
    StringBuilder sum = new StringBuilder(PlanText.machines(report.vms().size())).append(": ");
    boolean first = true;
    for (VmOutcome.State state : VmOutcome.State.values()) {
      if (report.count(state) > 0) {
        sum.append(first ? "" : ", ")
            .append(report.count(state))
            .append(' ')
            .append(JsonObject.word(state).replace('-', ' '));
        first = false;
      }
    }
    console.sentence(sum.append('.').toString());
    console.sentence(
        "How long an activation lasts and when it is renewed is documented nowhere; assumed here,"
            + " as docs/simulator.md says.");
  }
}
