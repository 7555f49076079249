package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LicenseLedgerProperties {
  @Provide
  Arbitrary<List<Observation>> observations() {
    return AnyObservation.any().list().ofMaxSize(40);
  }

  @Provide
  Arbitrary<Observation> observation() {
    return AnyObservation.any();
  }

  @Provide
  Arbitrary<Long> shuffle() {
    return Arbitraries.longs();
  }

  @Property(tries = 500)
  void theOrderOfObservationsDoesNotMatter(
      @ForAll("observations") List<Observation> observations, @ForAll("shuffle") long seed) {
    List<Observation> shuffled = new ArrayList<>(observations);
    Collections.shuffle(shuffled, new Random(seed));
    assertSame(LicenseLedger.of(observations), LicenseLedger.of(shuffled));
  }

  @Property(tries = 300)
  void repeatingObservationsDoesNotMatter(
      @ForAll("observations") List<Observation> observations, @ForAll("shuffle") long seed) {
    List<Observation> more = new ArrayList<>(observations);
    Random random = new Random(seed);
    for (Observation observation : observations) {
      for (int i = random.nextInt(3); i > 0; i--) {
        more.add(observation);
      }
    }
    Collections.shuffle(more, random);
    LicenseLedger ledger = LicenseLedger.of(observations);
    assertSame(ledger, LicenseLedger.of(more));
    assertSame(ledger, ledger.plus(more));
    assertEquals(new LinkedHashSet<>(observations).size(), ledger.size());
  }

  @Property(tries = 300)
  void partsMergedInAnyOrderAreTheWhole(
      @ForAll("observations") List<Observation> observations, @ForAll("shuffle") long seed) {
    Random random = new Random(seed);
    List<LicenseLedger> parts = new ArrayList<>(Collections.nCopies(4, LicenseLedger.empty()));
    for (Observation observation : observations) {
      for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
        int part = random.nextInt(parts.size());
        parts.set(part, parts.get(part).plus(List.of(observation)));
      }
    }
    LicenseLedger whole = LicenseLedger.of(observations);
    LicenseLedger leftToRight =
        parts.get(0).plus(parts.get(1)).plus(parts.get(2)).plus(parts.get(3));
    LicenseLedger rightToLeft =
        parts.get(3).plus(parts.get(2).plus(parts.get(1).plus(parts.get(0))));
    assertSame(whole, leftToRight);
    assertSame(whole, rightToLeft);
  }

  @Property
  void theOrderAgreesWithEquality(
      @ForAll("observation") Observation one,
      @ForAll("observation") Observation other,
      @ForAll("observation") Observation third) {
    assertEquals(one.equals(other), one.compareTo(other) == 0);
    assertEquals(Integer.signum(one.compareTo(other)), -Integer.signum(other.compareTo(one)));
    if (one.compareTo(other) <= 0 && other.compareTo(third) <= 0) {
      assertTrue(one.compareTo(third) <= 0);
    }
  }

  @Property(tries = 300)
  void everyRecordOfAHostIsEitherAttributedOrNot(
      @ForAll("observations") List<Observation> observations) {
    LedgerView view = LicenseLedger.of(observations).view(Said.NAMING);
    List<Observation.HostLogged> accounted = new ArrayList<>(view.unattributed());
    for (VmHistory history : view.histories().values()) {
      history.exchanges().forEach(exchange -> exchange.host().ifPresent(accounted::add));
      history.leftOut().stream()
          .filter(Observation.HostLogged.class::isInstance)
          .map(Observation.HostLogged.class::cast)
          .forEach(accounted::add);
    }
    assertEquals(new LinkedHashSet<>(accounted).size(), accounted.size(), "counted twice");
    assertEquals(
        new LinkedHashSet<>(view.records().distinct().values()), new LinkedHashSet<>(accounted));
  }

  @Property(tries = 300)
  void everyRecordOfAGuestIsInExactlyOneExchange(
      @ForAll("observations") List<Observation> observations) {
    LicenseLedger.of(observations)
        .view(Said.NAMING)
        .histories()
        .values()
        .forEach(
            history -> {
              List<Observation.GuestLogged> used = new ArrayList<>();
              history.exchanges().forEach(exchange -> exchange.guest().ifPresent(used::add));
              assertEquals(new LinkedHashSet<>(used).size(), used.size());
              history
                  .of(Observation.GuestLogged.class)
                  .forEach(
                      entry ->
                          assertTrue(used.stream().anyMatch(one -> one.key().equals(entry.key()))));
            });
  }

  @Property(tries = 300)
  void aRealHistoryRestsOnNothingSimulated(@ForAll("observations") List<Observation> observations) {
    LicenseLedger.of(observations)
        .view(Said.NAMING)
        .histories()
        .values()
        .forEach(
            history -> {
              List<Observation> evidence = new ArrayList<>();
              history.activations().forEach(span -> evidence.addAll(span.evidence()));
              history.claims().forEach(span -> evidence.addAll(span.evidence()));
              history.placements().forEach(place -> evidence.add(place.first()));
              for (Observation observation : evidence) {
                assertEquals(history.provenance(), observation.provenance());
              }
            });
  }

  @Property(tries = 300)
  void aGuestsWordNeverBeginsOrExtendsWhatCountsAsEvidence(
      @ForAll("observations") List<Observation> observations) {
    LedgerView all = LicenseLedger.of(observations).view(Said.NAMING);
    List<Observation> withoutGuests =
        observations.stream().filter(one -> one.witness() == Observation.Witness.HOST).toList();
    LedgerView hosts = LicenseLedger.of(withoutGuests).view(Said.NAMING);
    for (VmHistory history : all.histories().values()) {
      for (ActivatedSpan span : history.activations()) {
        if (span.backing() != ActivatedSpan.Backing.HOST_LOG) {
          continue;
        }
        VmHistory evidence = hosts.history(history.vm()).orElseThrow();
        if (evidence.provenance() == history.provenance()) {
          // The guest may log the same exchange up to the correlation later or earlier.
          assertTrue(
              evidence.activations().stream()
                  .anyMatch(
                      host ->
                          !host.from().minusSeconds(30).isAfter(span.from())
                              && !host.until().plusSeconds(30).isBefore(span.until())),
              span::toString);
        }
      }
    }
  }

  @Property(tries = 300)
  void aGuestsWordNeverEndsWhatCountsAsEvidence(
      @ForAll("observations") List<Observation> observations) {
    LedgerView all = LicenseLedger.of(observations).view(Said.NAMING);
    List<Observation> withoutGuests =
        observations.stream().filter(one -> one.witness() == Observation.Witness.HOST).toList();
    LedgerView hosts = LicenseLedger.of(withoutGuests).view(Said.NAMING);
    for (VmHistory evidence : hosts.histories().values()) {
      VmHistory history = all.history(evidence.vm()).orElseThrow();
      if (evidence.provenance() != history.provenance()) {
        continue;
      }
      for (ActivatedSpan span : evidence.activations()) {
        assertTrue(
            history.activations().stream()
                .anyMatch(
                    one ->
                        !one.from().minusSeconds(30).isAfter(span.from())
                            && !one.until().plusSeconds(30).isBefore(span.until())),
            span::toString);
      }
    }
  }

  /** The ledgers are equal and so is everything that follows from them. */
  private static void assertSame(LicenseLedger one, LicenseLedger other) {
    assertEquals(one, other);
    assertEquals(one.hashCode(), other.hashCode());
    LedgerView first = one.view(Said.NAMING);
    LedgerView second = other.view(Said.NAMING);
    assertEquals(first.findings(), second.findings());
    assertEquals(first.unattributed(), second.unattributed());
    assertEquals(first.report(Said.at(9, 0), Map.of()), second.report(Said.at(9, 0), Map.of()));
    first
        .histories()
        .forEach(
            (vm, history) ->
                assertEquals(
                    HistoryText.of(history), HistoryText.of(second.history(vm).orElseThrow())));
    assertFalse(first.histories().size() < second.histories().size());
  }
}
