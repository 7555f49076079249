package io.avma.tracking;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What became of one VM, as far as a ledger knows.
 *
 * <p>If anything real is known of the VM, only that counts, and what is simulated is {@linkplain
 * #leftOut left out}. Host evidence and guest claims are apart: {@link #activations} rests on the
 * records of hosts, {@link #claims} on the guest's word alone. Immutable.
 */
@CheckReturnValue
public final class VmHistory {
  private final VmRecord record;
  private final LedgerTerms terms;
  private final ImmutableList<Exchange> exchanges;
  private final ImmutableList<Placement> placements;
  private final Activations activations;
  private final ImmutableList<Refusal> refusals;

  private VmHistory(VmRecord record, ImmutableList<Exchange> exchanges, LedgerTerms terms) {
    this.record = record;
    this.terms = terms;
    this.exchanges = exchanges;
    placements = Placements.of(record.observations(), exchanges);
    activations = Activations.of(exchanges, record.observations(), terms);
    refusals = Refusal.of(exchanges);
  }

  static VmHistory of(VmRecord record, ImmutableList<Exchange> exchanges, LedgerTerms terms) {
    return new VmHistory(record, exchanges, terms);
  }

  /** Returns the VM. */
  public VmId vm() {
    return record.vm();
  }

  /** Returns whether all of this is real or all of it simulated. */
  public Provenance provenance() {
    return record.provenance();
  }

  /** Returns the terms that it was read under. */
  public LedgerTerms terms() {
    return terms;
  }

  /**
   * Returns what is kept under this VM and counts, ascending by time; empty for a VM that is known
   * from records of hosts only. A log record that was read several times is there once.
   */
  public ImmutableSortedSet<Observation> observations() {
    return record.observations();
  }

  /** Returns what is simulated about a VM of which something real is known; it counts nowhere. */
  public ImmutableSortedSet<Observation> leftOut() {
    return record.leftOut();
  }

  /**
   * Returns the records of the guest's log that are another VM's, because its disk is a copy;
   * ascending. They count for that one only.
   */
  public ImmutableSortedSet<Observation> copies() {
    return record.copies();
  }

  /** Returns where the VM was, ascending by time. */
  public ImmutableList<Placement> placements() {
    return placements;
  }

  /** Returns every request and answer, ascending by time. */
  public ImmutableList<Exchange> exchanges() {
    return exchanges;
  }

  /** Returns from when to when the VM was activated by the evidence of hosts, ascending. */
  public ImmutableList<ActivatedSpan> activations() {
    return activations.backed();
  }

  /** Returns from when to when the guest claims to have been activated beyond that, ascending. */
  public ImmutableList<ActivatedSpan> claims() {
    return activations.claimed();
  }

  /** Returns the requests that failed, in rows, ascending. */
  public ImmutableList<Refusal> refusals() {
    return refusals;
  }

  /** Returns the gaps in the guest's own log, ascending. */
  public ImmutableList<Observation.LogGap> gaps() {
    return of(Observation.LogGap.class).collect(ImmutableList.toImmutableList());
  }

  /** Returns the span of evidence that includes {@code at}. */
  public Optional<ActivatedSpan> activationAt(Instant at) {
    return covering(activations.backed(), at);
  }

  /** Returns the span of claims that includes {@code at}. */
  public Optional<ActivatedSpan> claimAt(Instant at) {
    return covering(activations.claimed(), at);
  }

  /** Returns where the VM was last seen at {@code at} or before; it may have moved since. */
  public Optional<Placement> lastPlacement(Instant at) {
    return placements.reverse().stream()
        .filter(placement -> !placement.from().isAfter(at))
        .findFirst();
  }

  /** Returns the name under which hosts showed the VM last; empty if none ever did. */
  public Optional<String> name() {
    return last(
        of(Observation.HostSaw.class)
            .map(saw -> saw.facts().name())
            .filter(name -> !name.isEmpty()));
  }

  /** Returns the observations of one type, ascending. */
  <T extends Observation> Stream<T> of(Class<T> type) {
    return record.observations().stream().filter(type::isInstance).map(type::cast);
  }

  Sightings sightings() {
    return record.sightings();
  }

  static <T> Optional<T> last(Stream<T> values) {
    return values.reduce((earlier, later) -> later);
  }

  private static Optional<ActivatedSpan> covering(ImmutableList<ActivatedSpan> spans, Instant at) {
    return spans.stream().filter(span -> span.covers(at)).findFirst();
  }

  /** Returns VM, mark and counts. */
  @Override
  public String toString() {
    return "VmHistory["
        + vm()
        + " "
        + provenance().label()
        + ", placements "
        + placements.size()
        + ", activations "
        + activations().size()
        + ", claims "
        + claims().size()
        + "]";
  }
}
