package io.avma.tracking;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.eventlog.VmExtractor;
import io.avma.platform.HostId;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has to be supposed to read a ledger, because nobody documents it. All defaults are assumed.
 *
 * <p>Start from {@link #standard()} and vary it with {@link #toBuilder()}. The terms never change a
 * ledger, only what it is taken to say. Immutable.
 */
@CheckReturnValue
public final class LedgerTerms {
  private static final LedgerTerms STANDARD = new Builder().build();

  private final Duration validity;
  private final Duration correlation;
  private final Duration simultaneity;
  private final Duration refresh;
  private final VmExtractor extractor;
  private final CompatibilityMatrix matrix;
  private final ImmutableSortedMap<HostId, HostId> aliases;

  private LedgerTerms(Builder builder) {
    validity = builder.validity;
    correlation = builder.correlation;
    simultaneity = builder.simultaneity;
    refresh = builder.refresh;
    extractor = builder.extractor;
    matrix = builder.matrix;
    aliases = ImmutableSortedMap.copyOf(builder.aliases);
  }

  /**
   * Returns the terms that are assumed as long as nobody knows better: an activation lasts 7 days,
   * guest and host log one exchange within 30 seconds, sightings within a minute count as
   * simultaneous where hosts take turns, a guest may name its previous host for 15 minutes, and the
   * text of a host's record names no VM.
   */
  public static LedgerTerms standard() {
    return STANDARD;
  }

  /** Returns a builder that starts with these terms. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.validity = validity;
    builder.correlation = correlation;
    builder.simultaneity = simultaneity;
    builder.refresh = refresh;
    builder.extractor = extractor;
    builder.matrix = matrix;
    builder.aliases.putAll(aliases);
    return builder;
  }

  /** Returns how long an activation lasts, counted from the exchange that granted it. */
  public Duration validity() {
    return validity;
  }

  /** Returns how far apart a host's and a guest's record of one exchange may be, either way. */
  public Duration correlation() {
    return correlation;
  }

  /**
   * Returns within what time a VM cannot run on one host, on another and on the first again, and
   * cannot be found on two hosts twice in a row, unless it runs on both.
   */
  public Duration simultaneity() {
    return simultaneity;
  }

  /** Returns how long after a move a guest may still name the host that it came from. */
  public Duration refresh() {
    return refresh;
  }

  /** Returns what finds the VM in the second string of a host's record. */
  public VmExtractor extractor() {
    return extractor;
  }

  /** Returns the rules that say which host can activate guests. */
  public CompatibilityMatrix matrix() {
    return matrix;
  }

  /**
   * Returns the hosts that have another name now, and that name; ascending. A name that is the
   * first label of a fully qualified one needs no entry: it joins that by itself, if it is the only
   * one.
   */
  public ImmutableSortedMap<HostId, HostId> aliases() {
    return aliases;
  }

  /** Returns the name that {@code host} has now. */
  HostId renamed(HostId host) {
    HostId now = host;
    for (HostId next = aliases.get(now); next != null; next = aliases.get(now)) {
      now = next; // ends: an entry that would close a circle was refused
    }
    return now;
  }

  /** Returns the durations. */
  @Override
  public String toString() {
    return "validity "
        + validity
        + ", correlation "
        + correlation
        + ", simultaneity "
        + simultaneity
        + ", refresh "
        + refresh;
  }

  /** Collects terms; what is not said stays as it was. For one thread. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Duration validity = Duration.ofDays(7);
    private Duration correlation = Duration.ofSeconds(30);
    private Duration simultaneity = Duration.ofMinutes(1);
    private Duration refresh = Duration.ofMinutes(15);
    private VmExtractor extractor = VmExtractor.none();
    private CompatibilityMatrix matrix = CompatibilityMatrix.standard();
    private final Map<HostId, HostId> aliases = new TreeMap<>();

    private Builder() {}

    /** Says how long an activation lasts: more than nothing, at most 100 years. */
    @CanIgnoreReturnValue
    public Builder validity(Duration value) {
      checkArgument(!value.isZero(), "validity is zero (expected: more)");
      validity = checked("validity", value);
      return this;
    }

    /** Says how far apart two records of one exchange may be. */
    @CanIgnoreReturnValue
    public Builder correlation(Duration value) {
      correlation = checked("correlation", value);
      return this;
    }

    /** Says within what time nothing moves there and back. */
    @CanIgnoreReturnValue
    public Builder simultaneity(Duration value) {
      simultaneity = checked("simultaneity", value);
      return this;
    }

    /** Says how long a guest may name the host that it came from. */
    @CanIgnoreReturnValue
    public Builder refresh(Duration value) {
      refresh = checked("refresh", value);
      return this;
    }

    /** Says what finds the VM in the text of a host's record. */
    @CanIgnoreReturnValue
    public Builder extractor(VmExtractor value) {
      extractor = value;
      return this;
    }

    /** Says which host can activate guests. */
    @CanIgnoreReturnValue
    public Builder matrix(CompatibilityMatrix value) {
      matrix = value;
      return this;
    }

    /**
     * Says that the host {@code name} is the host {@code now}: it was renamed, or is known by both.
     *
     * @throws IllegalArgumentException if {@code now} is, by what was said before, {@code name}
     *     itself
     */
    @CanIgnoreReturnValue
    public Builder alias(HostId name, HostId now) {
      for (HostId next = now; next != null; next = aliases.get(next)) {
        checkArgument(!next.equals(name), "host %s is renamed to itself", name);
      }
      aliases.put(name, now);
      return this;
    }

    /** Returns the terms. */
    @CheckReturnValue
    public LedgerTerms build() {
      return new LedgerTerms(this);
    }

    private static Duration checked(String name, Duration value) {
      checkArgument(
          !value.isNegative() && value.compareTo(LONGEST) <= 0,
          "%s is %s (expected: 0 to 100 years)",
          name,
          value);
      return value;
    }
  }
}
