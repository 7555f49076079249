package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.FleetPlan;
import io.avma.cli.fleet.VmAnswer;
import io.avma.cli.output.Console;
import io.avma.cli.output.TextTable;
import io.avma.cli.output.TextTable.Cell;

/** What a change does to the machines it moves, for people. */
final class PlanChangeText {
  private final Console console;

  PlanChangeText(Console console) {
    this.console = console;
  }

  void print(FleetPlan before, FleetPlan after) {
    ImmutableList<PlanChange> changes = PlanChange.of(before, after);
    if (changes.isEmpty()) {
      console.line("Nothing moves.");
    }
    TextTable table = new TextTable("MOVES", "FROM", "TO", "THERE NOW", "THERE THEN");
    for (PlanChange change : changes) {
      table.row(
          Cell.of(change.before().vm().shownName()),
          Cell.of(change.before().vm().host().toString()),
          Cell.of(change.after().vm().host().toString()),
          PlanText.word(change.before().here().kind()),
          PlanText.word(change.after().here().kind()));
    }
    table.print(console);
    console.sentence(
        "Machines with something to fix: "
            + before.count(VmAnswer.Status.WRONG)
            + " before, "
            + after.count(VmAnswer.Status.WRONG)
            + " after.");
  }
}
