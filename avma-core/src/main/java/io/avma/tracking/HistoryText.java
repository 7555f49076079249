package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.ForeignText;
import io.avma.platform.HostId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A VM's history in words, one line for each thing that happened, ascending by time. Times are in
 * UTC, to the minute; the text is the same on every machine.
 */
@CheckReturnValue
public final class HistoryText {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final VmHistory history;
  private final List<Line> lines = new ArrayList<>();

  private HistoryText(VmHistory history) {
    this.history = history;
  }

  /** Returns the lines; none if nothing happened. Foreign text in them is escaped and cut. */
  public static ImmutableList<String> of(VmHistory history) {
    HistoryText text = new HistoryText(history);
    text.placements();
    history.activations().forEach(text::activation);
    history.claims().forEach(text::claim);
    history.refusals().forEach(text::refusal);
    history.gaps().forEach(text::gap);
    return text.lines.stream()
        .sorted(Comparator.comparing(Line::at)) // stable, so that equal times keep their order
        .map(Line::text)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the VM's identifier and name, and whether it is simulated; escaped and cut. */
  public static String heading(VmHistory history) {
    return history.vm()
        + history.name().map(name -> " '" + ForeignText.escape(name, 80) + "'").orElse("")
        + (history.provenance() == Provenance.SIMULATED ? " (simulated)" : "");
  }

  /** Returns {@code at} as the lines show it: {@code 2026-01-01 00:00}. */
  public static String time(Instant at) {
    return MINUTE.format(at);
  }

  private void add(Instant at, String what) {
    lines.add(new Line(at, time(at) + " " + what));
  }

  private void placements() {
    Optional<Placement> last = Optional.empty();
    for (Placement place : history.placements()) {
      if (last.isEmpty()) {
        add(place.from(), "first seen on " + place.host() + ", " + place.presence().text());
      } else if (last.get().host().equals(place.host())) {
        add(place.from(), place.presence().text() + " on " + place.host());
      } else {
        add(
            place.from(),
            "moved to "
                + place.host()
                + ", "
                + place.presence().text()
                + " (last seen on "
                + last.get().host()
                + " "
                + time(last.get().until())
                + ")");
      }
      last = Optional.of(place);
    }
    last.filter(place -> place.until().isAfter(place.from()))
        .ifPresent(place -> add(place.until(), "last seen on " + place.host()));
  }

  private void activation(ActivatedSpan span) {
    Exchange first = span.exchanges().get(0);
    add(
        span.from(),
        "activated by "
            + answerer(first)
            + " ("
            + evidence(first)
            + ")"
            + renewals(span)
            + until(span));
  }

  private static String renewals(ActivatedSpan span) {
    int renewals = span.exchanges().size() - 1;
    if (renewals == 0) {
      return "";
    }
    Exchange last = span.exchanges().get(renewals);
    return ", renewed "
        + (renewals == 1 ? "once" : renewals + " times, last")
        + " "
        + time(last.at())
        + " by "
        + answerer(last)
        + " ("
        + evidence(last)
        + ")";
  }

  private String until(ActivatedSpan span) {
    String told =
        span.toldEnd().map(end -> "; the guest says until " + time(end)).orElse("")
            + span.deniedSince(span.until()).map(HistoryText::denied).orElse("");
    return ", until "
        + time(span.until())
        + switch (span.end()) {
          case VALIDITY_ASSUMED ->
              " (" + days(history.terms().validity()) + " of validity assumed" + told + ")";
          case TOLD -> " (as the guest says)";
          case OTHER_KEY -> " (the guest says that it has a key of another channel)";
          case NOT_ACTIVATED -> " (the guest says that it is not activated)";
        };
  }

  private static String denied(Observation.LicenseTold denial) {
    return "; the guest says that it "
        + (denial.hasOtherKey() ? "has a key of another channel" : "is not activated")
        + " since "
        + time(denial.at());
  }

  private void claim(ActivatedSpan span) {
    String because =
        span.exchanges().isEmpty()
            ? span.readings().get(0).label()
            : evidence(span.exchanges().get(0));
    String host =
        span.exchanges().isEmpty()
            ? span.readings().get(0).activatedBy().map(name -> " by " + name).orElse("")
            : "";
    String reason =
        span.exchanges().isEmpty()
            ? Attribution.UNMATCHED.text()
            : span.exchanges().get(0).attribution().text();
    add(
        span.from(),
        "claims to be activated" + host + " (" + because + "; " + reason + ")" + until(span));
  }

  private void refusal(Refusal refusal) {
    int count = refusal.exchanges().size();
    add(
        refusal.from(),
        "refused by "
            + answerer(refusal.exchanges().get(0))
            + ": "
            + refusal.result()
            + (count == 1 ? "" : ", " + count + " times until " + time(refusal.until()))
            + " ("
            + evidence(refusal.exchanges().get(0))
            + ")");
  }

  private void gap(Observation.LogGap gap) {
    add(
        gap.at(),
        "nothing is known from the guest's log since "
            + gap.from().map(HistoryText::time).orElse("an unknown time")
            + " ("
            + ForeignText.escape(gap.gap().toString(), 200)
            + ")");
  }

  private static String answerer(Exchange exchange) {
    return exchange.answeredBy().map(HostId::toString).orElse("an unknown host");
  }

  private static String evidence(Exchange exchange) {
    return exchange.evidence().stream().map(Observation::label).collect(Collectors.joining(", "))
        + (exchange.attribution() == Attribution.INFERRED
            ? ", " + exchange.attribution().text()
            : "");
  }

  private static String days(Duration duration) {
    return duration.toDays() > 0 && duration.equals(Duration.ofDays(duration.toDays()))
        ? duration.toDays() + (duration.toDays() == 1 ? " day" : " days")
        : duration.toString();
  }

  private record Line(Instant at, String text) {}
}
