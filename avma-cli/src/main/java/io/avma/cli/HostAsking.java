package io.avma.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.avma.cli.output.Console;
import io.avma.cli.output.JsonObject;
import io.avma.cli.output.ProgressBar;
import io.avma.kvp.KvpProblem;
import io.avma.kvp.KvpSource;
import io.avma.transport.TransportException;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.wsman.ClusterMembership;
import io.avma.transport.wsman.WsManHost;
import io.avma.transport.wsman.WsManHosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks many hosts one thing, shows how far it is, and names those that failed with reasons. */
final class HostAsking {
  /** What keeps an item of a machine from being told. */
  private static final ImmutableSet<KvpProblem.Reason> LOST =
      ImmutableSet.of(KvpProblem.Reason.UNREADABLE_ITEM, KvpProblem.Reason.TOO_LONG);

  private final Console console;
  private final boolean json;
  private final HostAccess.Ready ready;
  private final ImmutableList<HostAddress> hosts;
  private final int atOnce;
  private final Duration limit;
  private boolean partial;

  HostAsking(
      Console console,
      boolean json,
      HostAccess.Ready ready,
      ImmutableList<HostAddress> hosts,
      int atOnce,
      Duration limit) {
    this.console = console;
    this.json = json;
    this.ready = ready;
    this.hosts = hosts;
    this.atOnce = atOnce;
    this.limit = limit;
  }

  /** What one host is asked. */
  @FunctionalInterface
  interface Question<T> {
    T of(HostAddress address, WsManHost host) throws TransportException;
  }

  /** Returns what each host said that said something, in their order. */
  <T> ImmutableMap<HostAddress, T> ask(Question<T> question) throws TransportException {
    List<WsManHosts.Question<T>> questions = new ArrayList<>();
    for (HostAddress address : hosts) {
      questions.add(
          () -> {
            try (WsManHost host = ready.open(address)) {
              return question.of(address, host);
            }
          });
    }
    ImmutableList<WsManHosts.Outcome<T>> outcomes;
    try (ProgressBar bar = console.progress("host", hosts.size())) {
      int[] done = {0};
      outcomes = WsManHosts.ask(questions, atOnce, limit, outcome -> bar.show(++done[0]));
    }
    ImmutableMap.Builder<HostAddress, T> answers = ImmutableMap.builder();
    for (WsManHosts.Outcome<T> outcome : outcomes) {
      HostAddress address = hosts.get(outcome.index());
      outcome.answer().ifPresent(answer -> answers.put(address, answer));
      outcome.failure().ifPresent(failure -> failed(address, failure));
      if (json) {
        object(address, outcome);
      }
    }
    return answers.buildOrThrow();
  }

  /** Says how many hosts answered; 3 if anything at all is missing. */
  ExitCode end(int answered, String what) {
    console.complain(
        "avma host: " + answered + " of " + hosts.size() + " hosts answered" + what + ".");
    return partial ? ExitCode.PARTIAL : ExitCode.ANSWERED;
  }

  private void failed(HostAddress address, TransportException failure) {
    partial = true;
    console.complain("avma host: " + address.id() + ": " + failure.getMessage());
  }

  private <T> void object(HostAddress address, WsManHosts.Outcome<T> outcome) {
    console
        .json()
        .object(
            "asked-host",
            object ->
                object
                    .foreign("host", address.id().value())
                    .text("url", address.endpoint().toString())
                    .flag("answered", outcome.answer().isPresent())
                    .text("reason", outcome.failure().map(e -> JsonObject.word(e.reason())))
                    .text("message", outcome.failure().map(e -> String.valueOf(e.getMessage()))));
  }

  /** Returns the name of a host's cluster, if it has one and says so. */
  static Optional<String> name(ClusterMembership cluster) {
    return cluster instanceof ClusterMembership.Node node
        ? Optional.of(node.cluster())
        : Optional.empty();
  }

  /** Tells of a host's cluster; complains where the host does not tell whether it has one. */
  void cluster(HostAddress address, ClusterMembership cluster) {
    Optional<ClusterMembership.NotTold> silent =
        cluster instanceof ClusterMembership.NotTold not ? Optional.of(not) : Optional.empty();
    if (silent.isPresent()) {
      partial = true;
      console.complain(
          "avma host: "
              + address.id()
              + ": whether it stands in a cluster is not known, and left empty: "
              + silent.get().message());
    }
    if (json) {
      console
          .json()
          .object(
              "host-cluster",
              object ->
                  object
                      .foreign("host", address.id().value())
                      .foreign("cluster", name(cluster))
                      .flag("known", silent.isEmpty())
                      .text("reason", silent.map(e -> JsonObject.word(e.reason())))
                      .text("message", silent.map(ClusterMembership.NotTold::message)));
    }
  }

  /**
   * Tells of each machine whether it could be read, and which of its items could not; complains of
   * both.
   */
  void machines(HostAddress address, Iterable<VmReading> vms) {
    for (VmReading vm : vms) {
      Optional<VmReading.Unreadable> failed =
          vm instanceof VmReading.Unreadable unreadable
              ? Optional.of(unreadable)
              : Optional.empty();
      if (failed.isPresent()) {
        partial = true;
        console.complain("avma host: " + address.id() + ": " + failed.get());
      }
      for (KvpProblem problem : problems(vm)) {
        partial |= LOST.contains(problem.reason());
        console.complain("avma host: " + address.id() + ": " + vm.vm() + ": " + problem);
      }
      if (json) {
        machine(address, vm, failed);
      }
    }
  }

  private static ImmutableList<KvpProblem> problems(VmReading vm) {
    return vm instanceof VmReading.Read read ? read.snapshot().problems() : ImmutableList.of();
  }

  private void machine(HostAddress address, VmReading vm, Optional<VmReading.Unreadable> failed) {
    Optional<VmFacts> facts =
        vm instanceof VmReading.Read read
            ? Optional.of(read.facts())
            : failed.flatMap(VmReading.Unreadable::facts);
    console
        .json()
        .object(
            "host-vm",
            object ->
                object
                    .foreign("host", address.id().value())
                    .text("vm_id", vm.vm().toString())
                    .foreign("vm", facts.map(VmFacts::name))
                    .text("state", facts.map(known -> JsonObject.word(known.state())))
                    .flag("read", failed.isEmpty())
                    .text("reason", failed.map(e -> JsonObject.word(e.reason())))
                    .text("message", failed.map(VmReading.Unreadable::message))
                    .objects(
                        "problems",
                        problems(vm),
                        (problem, fields) ->
                            fields
                                .text("source", problem.source().map(KvpSource::label))
                                .foreign("key", problem.key())
                                .word("reason", problem.reason())
                                .text("message", problem.message())));
  }
}
