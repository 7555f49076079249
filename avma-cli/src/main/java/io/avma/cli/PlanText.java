package io.avma.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import io.avma.catalog.AvmaKey;
import io.avma.cli.fleet.Drain;
import io.avma.cli.fleet.Fix;
import io.avma.cli.fleet.FleetPlan;
import io.avma.cli.fleet.FleetVm;
import io.avma.cli.fleet.VmAnswer;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonObject;
import io.avma.cli.output.Screen.Paint;
import io.avma.cli.output.TextTable;
import io.avma.cli.output.TextTable.Cell;
import io.avma.compatibility.Verdict;
import io.avma.platform.ForeignText;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.Ternary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A plan for people: the machines, the keys they need, what to fix first, and the sum. */
final class PlanText {
  private static final int MOST_NAMES = 8;

  private final Console console;

  PlanText(Console console) {
    this.console = console;
  }

  /** Prints a plan; of a changed fleet only the machines that move, and the sum of all. */
  void print(FleetPlan before, FleetPlan plan, List<Drain> drains, boolean changed) {
    plan.fleet().notes().forEach(note -> console.sentence("Note: " + note));
    if (!plan.fleet().notes().isEmpty()) {
      console.line();
    }
    for (Drain drain : drains) {
      print(drain);
    }
    ImmutableList<VmAnswer> shown = changed ? PlanChange.changed(before, plan) : plan.answers();
    if (changed) {
      new PlanChangeText(console).print(before, plan);
      if (!shown.isEmpty()) {
        console.line();
      }
    }
    machines(shown);
    keys(shown);
    fixes(plan.fixesOf(shown), changed ? "What to fix first for these" : "What to fix first");
    sum(plan);
  }

  private void machines(List<VmAnswer> answers) {
    TextTable table = new TextTable("VM", "TENANT", "HOST", "GUEST", "HERE", "FAILOVER", "KEY");
    for (VmAnswer answer : answers) {
      FleetVm vm = answer.vm();
      table.row(
          Cell.of(vm.shownName()),
          Cell.of(vm.tenant().map(tenant -> ForeignText.escape(tenant, 24)).orElse("")),
          Cell.of(ForeignText.escape(vm.host().value(), 24)),
          Cell.of(system(vm.guest().system())),
          word(answer, answer.here().kind()),
          answer
              .failover()
              .map(cluster -> word(answer, cluster.kind()))
              .orElse(new Cell("-", Paint.FAINT)),
          key(answer));
      sentences(answer).forEach(table::note);
    }
    table.print(console);
  }

  /** One sentence a finding; hosts that refuse for the same reason share one. */
  private static List<String> sentences(VmAnswer answer) {
    LinkedHashMultimap<String, Optional<HostId>> places = LinkedHashMultimap.create();
    answer.findings().forEach(finding -> places.put(finding.explanation(), finding.node()));
    List<String> sentences = new ArrayList<>();
    for (String explanation : places.keySet()) {
      String nodes =
          places.get(explanation).stream()
              .flatMap(Optional::stream)
              .map(HostId::toString)
              .collect(Collectors.joining(", "));
      if (nodes.isEmpty()) {
        sentences.add(explanation);
      } else if (places.containsEntry(explanation, Optional.empty())) {
        sentences.add(explanation + " The same on " + nodes + ".");
      } else {
        sentences.add("May not fail over to " + nodes + ": " + explanation);
      }
    }
    return sentences;
  }

  /** The guest in the few columns that a table has for it. */
  static String system(GuestSystem system) {
    if (system instanceof GuestSystem.WindowsServer server) {
      return server.release().label().replace("version ", "")
          + " "
          + server.edition().displayName().replace("Datacenter: ", "")
          + (server.evaluation() == Ternary.YES ? " (eval)" : "");
    }
    return system.displayName().replace("Windows Server ", "");
  }

  /** A "no" is nothing to worry about where AVMA is not the way. */
  private static Cell word(VmAnswer answer, Verdict.Kind kind) {
    Cell cell = word(kind);
    return answer.status() == VmAnswer.Status.OUTSIDE ? new Cell(cell.text(), Paint.FAINT) : cell;
  }

  static Cell word(Verdict.Kind kind) {
    return switch (kind) {
      case SUPPORTED -> new Cell("yes", Paint.GOOD);
      case UNSUPPORTED -> new Cell("no", Paint.BAD);
      case UNDETERMINED -> new Cell("?", Paint.OPEN);
    };
  }

  private static Cell key(VmAnswer answer) {
    String needed =
        answer.status() == VmAnswer.Status.OUTSIDE
            ? ""
            : answer.key().needed().map(key -> key.key().lastFive() + " ").orElse("");
    String state = JsonObject.word(answer.key().kind()).replace('-', ' ');
    return switch (answer.key().kind().grade()) {
      case RIGHT -> new Cell(needed + "right", Paint.GOOD);
      case OPEN -> new Cell(needed + "?", Paint.OPEN);
      case NOT_NEEDED -> new Cell("none needed", Paint.FAINT);
      case WRONG -> new Cell(needed + state, Paint.BAD);
    };
  }

  /** The keys that the machines above need, whole: they are public. */
  private void keys(List<VmAnswer> answers) {
    Map<String, AvmaKey> needed = new TreeMap<>();
    for (VmAnswer answer : answers) {
      if (answer.key().kind() != io.avma.cli.fleet.KeyCheck.Kind.NOT_NEEDED) {
        answer.key().needed().ifPresent(key -> needed.put(key.product(), key));
      }
    }
    if (needed.isEmpty()) {
      return;
    }
    console.line();
    TextTable table = new TextTable("KEY THAT BELONGS THERE", "GUEST");
    needed.forEach((product, key) -> table.row(key.key().reveal(), product));
    table.print(console);
  }

  private void fixes(ImmutableList<Fix> fixes, String heading) {
    if (fixes.isEmpty()) {
      return;
    }
    console.line();
    console.line(console.screen().painted(Paint.HEADING, heading));
    int number = 1;
    for (Fix fix : fixes) {
      console.sentence(
          fix.cause().open() ? Paint.OPEN : Paint.HEADING,
          number++ + ". " + fix.cause().action() + ": " + helped(fix));
      String indent = "   ";
      if (!fix.remedy().isEmpty()) {
        console.indented(indent, fix.remedy());
      }
      if (!fix.vms().isEmpty()) {
        console.indented(indent, names(fix.vms()));
      }
    }
  }

  private static String helped(Fix fix) {
    return fix.vms().isEmpty() ? "no VM today" : machines(fix.vms().size()) + enough(fix);
  }

  private static String enough(Fix fix) {
    return fix.cause().open() ? "" : enough(fix.enough(), fix.vms().size());
  }

  /** How many of {@code all} machines need nothing else. */
  static String enough(int enough, int all) {
    if (enough == 0) {
      return "";
    }
    return enough == all ? ", nothing else is needed" : ", enough for " + enough;
  }

  static String machines(int count) {
    return count == 1 ? "1 VM" : count + " VMs";
  }

  private static String hosts(int count) {
    return count == 1 ? "1 host" : count + " hosts";
  }

  static String names(ImmutableList<FleetVm> vms) {
    String names =
        vms.stream().limit(MOST_NAMES).map(FleetVm::shownName).collect(Collectors.joining(", "));
    return vms.size() > MOST_NAMES ? names + " and " + (vms.size() - MOST_NAMES) + " more" : names;
  }

  private void print(Drain drain) {
    console.line(
        console.screen().painted(Paint.HEADING, "Drain " + drain.host())
            + ": "
            + machines(drain.moves().size()));
    if (drain.nodes().isEmpty()) {
      console.sentence(
          "There is no other node in its cluster to go to; ask for another host with --move"
              + " VM=HOST.");
      console.line();
      return;
    }
    TextTable table = new TextTable("VM", "GUEST", "GO TO", "THERE", "ACTIVATED ON", "NOT ON");
    for (Drain.Move move : drain.moves()) {
      table.row(
          Cell.of(move.vm().shownName()),
          Cell.of(system(move.vm().guest().system())),
          Cell.of(move.target().map(HostId::toString).orElse("-")),
          move.atTarget().map(verdict -> word(verdict.kind())).orElse(Cell.of("-")),
          Cell.of(nodes(move, true)),
          Cell.of(nodes(move, false)));
    }
    table.print(console);
    console.line();
  }

  private static String nodes(Drain.Move move, boolean supported) {
    return move.verdicts()
        .map(
            cluster ->
                cluster.nodes().entrySet().stream()
                    .filter(node -> node.getValue().isSupported() == supported)
                    .map(node -> node.getKey().toString())
                    .collect(Collectors.joining(", ")))
        .filter(text -> !text.isEmpty())
        .orElse("-");
  }

  private void sum(FleetPlan plan) {
    console.line();
    console.sentence(
        machines(plan.answers().size())
            + " on "
            + hosts(plan.fleet().hosts().size())
            + ": "
            + plan.count(VmAnswer.Status.FINE)
            + " fine, "
            + plan.count(VmAnswer.Status.WRONG)
            + " with something to fix, "
            + plan.count(VmAnswer.Status.OPEN)
            + " not fully known, "
            + plan.count(VmAnswer.Status.OUTSIDE)
            + " that AVMA is not for and that need nothing.");
    console.sentence(
        "Where they are now, "
            + plan.activatedHere()
            + (plan.activatedHere() == 1 ? " is" : " are")
            + " activated: the host does it, and the right key is in.");
  }
}
