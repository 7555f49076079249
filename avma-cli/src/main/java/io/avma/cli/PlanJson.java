package io.avma.cli;

import com.google.common.collect.ImmutableList;
import io.avma.cli.fleet.Cause;
import io.avma.cli.fleet.Drain;
import io.avma.cli.fleet.Fix;
import io.avma.cli.fleet.FleetPlan;
import io.avma.cli.fleet.FleetVm;
import io.avma.cli.fleet.VmAnswer;
import io.avma.cli.output.JsonLines;
import io.avma.cli.output.JsonObject;
import io.avma.compatibility.ClusterVerdict;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import io.avma.platform.VmId;
import java.util.List;
import java.util.Optional;

/** A plan for machines: notes, drains, moves, one object a virtual machine, fixes, the sum. */
final class PlanJson {
  private final JsonLines lines;

  PlanJson(JsonLines lines) {
    this.lines = lines;
  }

  void print(FleetPlan before, FleetPlan plan, List<Drain> drains) {
    for (String note : plan.fleet().notes()) {
      lines.object("note", object -> object.text("sentence", note));
    }
    drains.forEach(this::drain);
    for (PlanChange change : PlanChange.of(before, plan)) {
      lines.object(
          "move",
          object ->
              vm(object, change.before().vm())
                  .text("to", change.after().vm().host().toString())
                  .word("here_before", change.before().here().kind())
                  .word("here_after", change.after().here().kind()));
    }
    plan.answers().forEach(this::answer);
    plan.fixes().forEach(this::fix);
    lines.object(
        "summary",
        object -> {
          object
              .number("hosts", plan.fleet().hosts().size())
              .number("vms", plan.answers().size())
              .number("fixes", plan.fixes().size())
              .number("activated_here", plan.activatedHere());
          for (VmAnswer.Status status : VmAnswer.Status.values()) {
            object.number(JsonObject.word(status), plan.count(status));
          }
        });
  }

  private static JsonObject vm(JsonObject object, FleetVm vm) {
    return object
        .foreign("vm", vm.name())
        .text("vm_id", vm.id().map(VmId::toString))
        .text("host", vm.host().toString());
  }

  private void drain(Drain drain) {
    for (Drain.Move move : drain.moves()) {
      lines.object(
          "drain",
          object ->
              nodes(
                  vm(object, move.vm())
                      .text("target", move.target().map(HostId::toString))
                      .text(
                          "target_verdict",
                          move.atTarget().map(verdict -> JsonObject.word(verdict.kind()))),
                  "nodes",
                  move.verdicts()));
    }
  }

  private static void nodes(JsonObject object, String name, Optional<ClusterVerdict> verdict) {
    object.objects(
        name,
        verdict.map(cluster -> cluster.nodes().entrySet().asList()).orElse(ImmutableList.of()),
        (node, fields) -> {
          fields.text("host", node.getKey().toString());
          fields.word("verdict", node.getValue().kind());
        });
  }

  private void answer(VmAnswer answer) {
    FleetVm vm = answer.vm();
    lines.object(
        "vm",
        object -> {
          vm(object, vm)
              .text("tenant", vm.tenant().map(ForeignText::escape))
              .text("guest", vm.guest().system().displayName())
              .text("state", vm.state().map(ForeignText::escape))
              .word("status", answer.status());
          Fields.verdict(object, answer.here());
          object.text(
              "failover", answer.failover().map(cluster -> JsonObject.word(cluster.kind())));
          nodes(object, "nodes", answer.failover());
          object
              .word("key", answer.key().kind())
              .text("key_needed", answer.key().needed().map(key -> key.key().reveal()))
              .text("key_sentence", answer.key().sentence())
              .text("why", answer.why())
              .objects(
                  "findings",
                  answer.findings(),
                  (finding, fields) -> {
                    cause(fields, finding.cause());
                    fields
                        .text("node", finding.node().map(HostId::toString))
                        .text("sentence", finding.sentence())
                        .text("remedy", finding.remedy());
                  });
        });
  }

  private static void cause(JsonObject object, Cause cause) {
    object
        .text("cause", cause.kind())
        .text("subject", cause.subject().map(Cause.Subject::toString))
        .flag("open", cause.open());
  }

  private void fix(Fix fix) {
    lines.object(
        "fix",
        object -> {
          cause(object, fix.cause());
          object
              .text("action", fix.cause().action())
              .text("remedy", fix.remedy())
              .number("helps", fix.vms().size())
              .number("enough_for", fix.enough())
              .objects("vms", fix.vms(), (vm, fields) -> vm(fields, vm));
        });
  }
}
