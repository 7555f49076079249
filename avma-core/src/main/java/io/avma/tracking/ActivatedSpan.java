package io.avma.tracking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.HostId;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time in which a VM was activated, or said so.
 *
 * <p>A span that a host's log stands behind starts with a grant and goes on as long as each renewal
 * comes in time; how long one grant lasts is assumed. What the guest says against it stands beside
 * it, in {@link #denials}, and never shortens it. A span without a host's record is a claim: it
 * never joins with one that has, and the guest's word ends it.
 *
 * @param from when it began
 * @param until when it ended or will end; the VM is no longer activated at this instant
 * @param end what ends it
 * @param backing what stands behind it: the least founded of its exchanges
 * @param exchanges the grant and its renewals, ascending; a claim may have none
 * @param readings what the guest told of its license meanwhile, ascending
 * @param denials what the guest told against it meanwhile: that it is not activated, or that it has
 *     a key of another channel; ascending; a claim has none
 */
@CheckReturnValue
public record ActivatedSpan(
    Instant from,
    Instant until,
    End end,
    Backing backing,
    ImmutableList<Exchange> exchanges,
    ImmutableList<Observation.LicenseTold> readings,
    ImmutableList<Observation.LicenseTold> denials) {
  /** What stands behind a span, from the best founded to the least. */
  public enum Backing {
    /** Records of hosts that name the VM. */
    HOST_LOG,
    /** Records of hosts, brought to this VM by time alone. */
    INFERRED,
    /** The guest's word. */
    CLAIM
  }

  /** What ends a span. */
  public enum End {
    /** Nothing was heard before the assumed validity of the last grant was over. */
    VALIDITY_ASSUMED,
    /** The guest told this end. */
    TOLD,
    /** The guest told that it has a key of another channel; ends claims only. */
    OTHER_KEY,
    /** The guest told that it is not activated; ends claims only. */
    NOT_ACTIVATED
  }

  /** Checks that the span does not end before it begins. */
  public ActivatedSpan {
    checkArgument(!until.isBefore(from), "span from %s until %s", from, until);
  }

  /** Returns whether it includes {@code at}; its end does not belong to it. */
  public boolean covers(Instant at) {
    return !at.isBefore(from) && at.isBefore(until);
  }

  /** Returns whether a host's record stands behind it. */
  public boolean hasHostEvidence() {
    return backing != Backing.CLAIM;
  }

  /** Returns the host whose log has the first grant. */
  public Optional<HostId> grantedBy() {
    return exchanges.isEmpty() ? Optional.empty() : exchanges.get(0).answeredBy();
  }

  /** Returns the end that the guest told last, for comparison with the assumed one. */
  public Optional<Instant> toldEnd() {
    for (Observation.LicenseTold reading : readings.reverse()) {
      if (reading.endsAt().isPresent()) {
        return reading.endsAt();
      }
    }
    return Optional.empty();
  }

  /**
   * Returns from which of its words on the guest denies this span, as of {@code at}: the first
   * denial that no grant, no renewal and no other word of the guest followed until then.
   */
  public Optional<Observation.LicenseTold> deniedSince(Instant at) {
    for (Observation.LicenseTold denial : denials) {
      if (!denial.at().isAfter(at) && !takenBack(denial.at(), at)) {
        return Optional.of(denial);
      }
    }
    return Optional.empty();
  }

  /** At one instant a denial is about what was before. */
  private boolean takenBack(Instant from, Instant to) {
    return exchanges.stream().anyMatch(one -> !one.at().isBefore(from) && !one.at().isAfter(to))
        || readings.stream().anyMatch(one -> !one.at().isBefore(from) && !one.at().isAfter(to));
  }

  /**
   * Returns the end that host and guest agree on at least: where the guest began to deny the span
   * and did not stop, else its end. For whoever must count the shorter; it is hearsay.
   */
  public Instant undeniedUntil() {
    return deniedSince(until).map(Observation.LicenseTold::at).orElse(until);
  }

  /** Returns whether the guest has logged every grant and renewal that hosts have. */
  public boolean confirmed() {
    return !exchanges.isEmpty() && exchanges.stream().allMatch(Exchange::confirmed);
  }

  /** Returns all that it rests on: records of each exchange, then the readings. */
  public ImmutableList<Observation> evidence() {
    ImmutableList.Builder<Observation> evidence = ImmutableList.builder();
    exchanges.forEach(exchange -> evidence.addAll(exchange.evidence()));
    return evidence.addAll(readings).build();
  }
}
