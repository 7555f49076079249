package io.avma.activation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes {@code docs/spec/activation.md} by asking the machines. */
final class ActivationSpec {
  /**
   * One question and its answer.
   *
   * @param state the name of the state in the table
   * @param guest the guest in it
   * @param asked the input
   * @param transition the answer
   */
  record Row(
      String state,
      GuestActivation guest,
      Examples.Case asked,
      Transition<GuestActivation> transition) {
    ActivationState.Kind from() {
      return guest.state().kind();
    }

    ActivationState.Kind to() {
      return transition.next().state().kind();
    }
  }

  private ActivationSpec() {}

  static ImmutableList<Row> rows() {
    ImmutableList.Builder<Row> rows = ImmutableList.builder();
    Examples.guests()
        .forEach(
            (name, guest) -> {
              for (Examples.Case asked : Examples.cases(guest)) {
                rows.add(new Row(name, guest, asked, guest.on(asked.input(), asked.now())));
              }
            });
    return rows.build();
  }

  static String render() {
    StringBuilder page = new StringBuilder(HEAD);
    ImmutableList<Row> rows = rows();
    diagram(page, rows);
    page.append(BEFORE_TABLE);
    Examples.guests().forEach((name, guest) -> table(page, name, guest, rows));
    reasons(page);
    HostSpec.render(page);
    return page.toString();
  }

  private static void diagram(StringBuilder page, ImmutableList<Row> rows) {
    SetMultimap<String, String> edges = LinkedHashMultimap.create();
    for (Row row : rows) {
      if (row.from() != row.to()
          && isRunning(row.from())
          && isRunning(row.to())
          && !row.asked().label().isEmpty()) {
        edges.put(row.from() + " --> " + row.to(), row.asked().label());
      }
    }
    page.append("```mermaid\nstateDiagram-v2\n");
    edges
        .asMap()
        .forEach(
            (edge, labels) ->
                page.append("  ")
                    .append(edge)
                    .append(" : ")
                    .append(String.join(" / ", labels))
                    .append('\n'));
    page.append("```\n");
  }

  private static boolean isRunning(ActivationState.Kind kind) {
    return kind != ActivationState.Kind.OFF && kind != ActivationState.Kind.SAVED;
  }

  private static void table(
      StringBuilder page, String name, GuestActivation guest, ImmutableList<Row> rows) {
    page.append("\n### ").append(name).append("\n\n");
    page.append("Status: ").append(status(guest, Examples.NOW)).append("\n\n");
    page.append("| Input | Next | Status | Due | Effects |\n|---|---|---|---|---|\n");
    SetMultimap<String, String> idle = LinkedHashMultimap.create();
    for (Row row : rows) {
      if (row.state().equals(name)) {
        Transition<GuestActivation> transition = row.transition();
        if (transition.isRejected()) {
          String reason = transition.rejection().orElseThrow().reason().label();
          idle.put("Rejected, *" + reason + "*", row.asked().name());
        } else if (transition.next().equals(guest) && transition.effects().isEmpty()) {
          idle.put("Nothing changes", row.asked().name());
        } else {
          line(page, row);
        }
      }
    }
    page.append('\n');
    idle.asMap()
        .forEach(
            (what, names) ->
                page.append("- ")
                    .append(what)
                    .append(": ")
                    .append(String.join("; ", names))
                    .append(".\n"));
  }

  private static void line(StringBuilder page, Row row) {
    GuestActivation next = row.transition().next();
    page.append("| ")
        .append(row.asked().name())
        .append(" | ")
        .append(next.state().kind())
        .append(" | ")
        .append(status(next, row.asked().now()))
        .append(" | ")
        .append(due(next.dueAt(), row.asked().now()))
        .append(" | ")
        .append(
            row.transition().effects().stream()
                .map(ActivationSpec::effect)
                .collect(Collectors.joining("; ")))
        .append(" |\n");
  }

  private static String status(GuestActivation guest, Instant now) {
    return guest.licenseStatusAt(now).map(LicenseStatus::text).orElse("not told")
        + guest.notificationReasonAt(now).map(reason -> " " + reason.hex()).orElse("")
        + guest
            .activationAt(now)
            .map(a -> ", " + spelled(Duration.between(now, a.expiresAt())) + " left")
            .orElse("");
  }

  private static String due(Optional<Instant> dueAt, Instant now) {
    return dueAt
        .map(due -> due.isAfter(now) ? "in " + spelled(Duration.between(now, due)) : "at once")
        .orElse("never");
  }

  private static String spelled(Duration duration) {
    return duration.toString().substring(1).replace("T", "").toLowerCase(Locale.ROOT);
  }

  static String effect(Effect effect) {
    return switch (effect.kind()) {
      case SEND_REQUEST -> "send a request";
      case SEND_RESPONSE -> "send " + answer((Effect.SendResponse) effect);
      case LOG_OUTCOME -> {
        ActivationOutcome outcome = ((Effect.LogOutcome) effect).outcome();
        yield "log 12309 "
            + outcome.code().hex()
            + outcome.notification().map(n -> " *" + n.displayName() + "*").orElse("");
      }
      case LOG_REQUEST -> "log 12310 " + ((Effect.LogRequest) effect).code().hex();
      case PUBLISH_ITEMS -> "publish KVP items";
      case CLEAR_ITEMS -> "remove KVP items";
    };
  }

  private static String answer(Effect.SendResponse effect) {
    ActivationResponse.Answer answer = effect.response().answer();
    return answer instanceof ActivationResponse.Granted granted
        ? "a grant of " + granted.validity().toDays() + " days"
        : "a refusal " + answer.code().hex();
  }

  private static void reasons(StringBuilder page) {
    page.append("\n### Why an input is rejected\n\n| Name | Meaning |\n|---|---|\n");
    for (Rejected.Reason reason : Rejected.Reason.values()) {
      page.append("| ")
          .append(reason.label())
          .append(" | ")
          .append(reason.sentence())
          .append(" |\n");
    }
  }

  private static final String HEAD =
      """
      # The two machines of the handshake

      Written by `ActivationSpecTest` from the machines themselves; it fails when this page and the
      machines differ. To rewrite the page:
      `mvn -pl avma-core test -Dtest=ActivationSpecTest -Davma.update=true`.

      All figures come from `ActivationTerms.assumed()`. Microsoft documents the four notifications
      and the result codes, and that a guest is activated when it starts; everything about time,
      retries and throttling is assumed.

      ## The guest

      While the virtual machine runs. From every state shown, STOPPED and CRASHED lead to OFF, SAVED
      leads to SAVED; STARTED and RESTORED lead back.

      """;

  private static final String BEFORE_TABLE =
      """

      Due is when the caller has to wake the guest, seen from the input. An answer fits if it names
      the virtual machine and the nonce of the request in flight; the last three nonces before it
      are remembered as earlier ones. Every state below was reached at the same instant, at which
      all inputs come unless they say otherwise.
      """;
}
