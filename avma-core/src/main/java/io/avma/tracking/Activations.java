package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One VM's activated spans, evidence and claims apart.
 *
 * @param backed the spans that hosts' records stand behind, ascending
 * @param claimed the spans that only the guest tells of, ascending
 */
record Activations(ImmutableList<ActivatedSpan> backed, ImmutableList<ActivatedSpan> claimed) {

  static Activations of(
      Iterable<Exchange> exchanges, Iterable<Observation> observations, LedgerTerms terms) {
    List<Step> steps = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      if (exchange.succeeded()) {
        steps.add(new Step(exchange.at(), Step.EXCHANGE, Optional.of(exchange), Optional.empty()));
      }
    }
    for (Observation observation : observations) {
      if (observation instanceof Observation.LicenseTold told) {
        int rank = deniesActivation(told) ? Step.DENIAL : Step.CONFIRMATION;
        steps.add(new Step(told.at(), rank, Optional.empty(), Optional.of(told)));
      }
    }
    steps.sort(Step.ORDER); // stable, so that equal times and ranks keep their order
    SpanBuilder backed = new SpanBuilder(terms.validity());
    SpanBuilder claimed = new SpanBuilder(terms.validity());
    for (Step step : steps) {
      step.exchange()
          .ifPresent(
              granted ->
                  (granted.attribution().hasHostEvidence() ? backed : claimed).grant(granted));
      step.told().ifPresent(told -> hear(told, backed, claimed));
    }
    return new Activations(backed.spans(), claimed.spans());
  }

  /**
   * What a guest tells begins, extends and ends its claims. Beside a span that counts as evidence
   * it is written down, and changes nothing of it: the guest's word never edits the host's column.
   */
  private static void hear(
      Observation.LicenseTold license, SpanBuilder backed, SpanBuilder claimed) {
    if (license.hasOtherKey()) {
      backed.deny(license);
      claimed.end(license.at(), ActivatedSpan.End.OTHER_KEY);
    } else if (license.activated() == Ternary.NO) {
      backed.deny(license);
      claimed.end(license.at(), ActivatedSpan.End.NOT_ACTIVATED);
    } else if (saysActivatedByAvma(license) && !backed.confirm(license)) {
      claimed.claim(license);
    }
  }

  /** Returns whether the guest says that AVMA does not activate it. */
  static boolean deniesActivation(Observation.LicenseTold license) {
    return license.hasOtherKey() || license.activated() == Ternary.NO;
  }

  private static boolean saysActivatedByAvma(Observation.LicenseTold license) {
    return license.activated() == Ternary.YES
        && (license.channel() == LicenseChannel.AVMA || license.activatedBy().isPresent());
  }

  /**
   * Something that begins, extends, ends or confirms a span. At one instant a denial is about what
   * was before, and a confirmation about what has just begun.
   */
  private record Step(
      Instant at, int rank, Optional<Exchange> exchange, Optional<Observation.LicenseTold> told) {
    static final int DENIAL = 0;
    static final int EXCHANGE = 1;
    static final int CONFIRMATION = 2;
    static final Comparator<Step> ORDER = Comparator.comparing(Step::at).thenComparing(Step::rank);
  }

  /** Builds spans from what comes in ascending order of time. */
  private static final class SpanBuilder {
    private final Duration validity;
    private final ImmutableList.Builder<ActivatedSpan> spans = ImmutableList.builder();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final List<Observation.LicenseTold> readings = new ArrayList<>();
    private final List<Observation.LicenseTold> denials = new ArrayList<>();
    private Optional<Instant> from = Optional.empty();
    private Instant until = Instant.MIN;
    private ActivatedSpan.End end = ActivatedSpan.End.VALIDITY_ASSUMED;

    SpanBuilder(Duration validity) {
      this.validity = validity;
    }

    void grant(Exchange exchange) {
      closeIfOver(exchange.at());
      open(exchange.at());
      exchanges.add(exchange);
      extend(exchange.at().plus(validity), ActivatedSpan.End.VALIDITY_ASSUMED);
    }

    void claim(Observation.LicenseTold license) {
      closeIfOver(license.at());
      open(license.at());
      readings.add(license);
      extend(license.endsAt().orElse(license.at()), ActivatedSpan.End.TOLD);
    }

    /** Takes {@code license} as a word on the present span; false if there is none. */
    boolean confirm(Observation.LicenseTold license) {
      if (from.isEmpty() || !license.at().isBefore(until)) {
        return false;
      }
      readings.add(license);
      return true;
    }

    /** Writes {@code license} down beside the present span, if there is one. */
    void deny(Observation.LicenseTold license) {
      if (from.isPresent() && license.at().isBefore(until)) {
        denials.add(license);
      }
    }

    void end(Instant at, ActivatedSpan.End reason) {
      if (from.isPresent() && at.isBefore(until)) {
        until = at;
        end = reason;
      }
      close();
    }

    ImmutableList<ActivatedSpan> spans() {
      close();
      return spans.build();
    }

    private void open(Instant at) {
      if (from.isEmpty()) {
        from = Optional.of(at);
        until = at;
      }
    }

    private void extend(Instant to, ActivatedSpan.End reason) {
      if (!to.isBefore(until)) {
        until = to;
        end = reason;
      }
    }

    private void closeIfOver(Instant at) {
      if (at.isAfter(until)) {
        close();
      }
    }

    private void close() {
      if (from.isPresent()) {
        spans.add(
            new ActivatedSpan(
                from.get(),
                until,
                end,
                backing(),
                ImmutableList.copyOf(exchanges),
                ImmutableList.copyOf(readings),
                ImmutableList.copyOf(denials)));
        from = Optional.empty();
        exchanges.clear();
        readings.clear();
        denials.clear();
      }
    }

    private ActivatedSpan.Backing backing() {
      ActivatedSpan.Backing weakest =
          exchanges.isEmpty() ? ActivatedSpan.Backing.CLAIM : ActivatedSpan.Backing.HOST_LOG;
      for (Exchange exchange : exchanges) {
        if (!exchange.attribution().hasHostEvidence()) {
          return ActivatedSpan.Backing.CLAIM;
        }
        if (exchange.attribution() == Attribution.INFERRED) {
          weakest = ActivatedSpan.Backing.INFERRED;
        }
      }
      return weakest;
    }
  }
}
