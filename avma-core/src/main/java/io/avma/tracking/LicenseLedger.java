package io.avma.tracking;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was observed, as a set: folding the same observations in any order, any number of
 * times, in parts that are merged later, gives an equal ledger.
 *
 * <p>The ledger interprets nothing; {@link #view} does. Adding to a ledger gives a new one that
 * shares with the old one whatever the additions do not concern, so a batch costs as much as the
 * VMs and hosts that it speaks of have observations. Immutable; safe for any thread.
 */
@CheckReturnValue
public final class LicenseLedger {
  private static final LicenseLedger EMPTY = new LicenseLedger(ImmutableSortedMap.of());

  private final ImmutableSortedMap<Subject, ImmutableSortedSet<Observation>> bySubject;

  private LicenseLedger(ImmutableSortedMap<Subject, ImmutableSortedSet<Observation>> bySubject) {
    this.bySubject = bySubject;
  }

  /** Returns the ledger that knows nothing. */
  public static LicenseLedger empty() {
    return EMPTY;
  }

  /** Returns the ledger of {@code observations}. */
  public static LicenseLedger of(Iterable<? extends Observation> observations) {
    return EMPTY.plus(observations);
  }

  /** Returns a builder that starts with this ledger. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Returns this ledger and {@code observations} together. */
  public LicenseLedger plus(Iterable<? extends Observation> observations) {
    return toBuilder().addAll(observations).build();
  }

  /** Returns this ledger and {@code other} together. */
  public LicenseLedger plus(LicenseLedger other) {
    Builder builder = toBuilder();
    other.bySubject.values().forEach(builder::addAll);
    return builder.build();
  }

  /** Returns what this ledger says under the {@linkplain LedgerTerms#standard() usual terms}. */
  public LedgerView view() {
    return view(LedgerTerms.standard());
  }

  /** Returns what this ledger says under {@code terms}. Costs about as much as sorting it. */
  public LedgerView view(LedgerTerms terms) {
    return LedgerView.of(this, terms);
  }

  /** Returns the VMs and hosts that something is known of, VMs first, ascending. */
  public ImmutableSortedSet<Subject> subjects() {
    return bySubject.keySet();
  }

  /** Returns what is kept under {@code subject}, ascending by time; empty if nothing is. */
  public ImmutableSortedSet<Observation> about(Subject subject) {
    ImmutableSortedSet<Observation> found = bySubject.get(subject);
    return found == null ? ImmutableSortedSet.of() : found;
  }

  /** Returns the number of distinct observations. */
  public int size() {
    int size = 0;
    for (ImmutableSortedSet<Observation> observations : bySubject.values()) {
      size += observations.size();
    }
    return size;
  }

  /** Returns all observations under their subjects, in the order of {@link #subjects}. */
  public ImmutableSortedMap<Subject, ImmutableSortedSet<Observation>> bySubject() {
    return bySubject;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LicenseLedger ledger && bySubject.equals(ledger.bySubject);
  }

  @Override
  public int hashCode() {
    return bySubject.hashCode();
  }

  /** Returns the counts. */
  @Override
  public String toString() {
    return "LicenseLedger[" + size() + " observations of " + bySubject.size() + " machines]";
  }

  /** Collects observations for a {@link LicenseLedger}. For one thread. */
  public static final class Builder {
    private final LicenseLedger base;
    private final Map<Subject, List<Observation>> added = new TreeMap<>();

    private Builder(LicenseLedger base) {
      this.base = base;
    }

    /** Adds an observation; one that is already there changes nothing. */
    @CanIgnoreReturnValue
    public Builder add(Observation observation) {
      added.computeIfAbsent(observation.subject(), unused -> new ArrayList<>()).add(observation);
      return this;
    }

    /** Adds observations. */
    @CanIgnoreReturnValue
    public Builder addAll(Iterable<? extends Observation> observations) {
      observations.forEach(this::add);
      return this;
    }

    /** Returns the ledger; the builder may be used on. */
    @CheckReturnValue
    public LicenseLedger build() {
      if (added.isEmpty()) {
        return base;
      }
      TreeMap<Subject, ImmutableSortedSet<Observation>> merged = new TreeMap<>(base.bySubject);
      added.forEach((subject, news) -> merged.merge(subject, sorted(news), Builder::union));
      return new LicenseLedger(ImmutableSortedMap.copyOfSorted(merged));
    }

    private static ImmutableSortedSet<Observation> sorted(List<Observation> observations) {
      return ImmutableSortedSet.copyOf(observations);
    }

    /** Both are sorted, so sorting them together takes about one pass. */
    private static ImmutableSortedSet<Observation> union(
        ImmutableSortedSet<Observation> known, ImmutableSortedSet<Observation> news) {
      if (known.containsAll(news)) {
        return known;
      }
      return ImmutableSortedSet.<Observation>naturalOrder().addAll(known).addAll(news).build();
    }
  }
}
