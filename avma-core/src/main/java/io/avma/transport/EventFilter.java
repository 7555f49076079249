package io.avma.transport;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.LicenseContext;
import io.avma.eventlog.MachineEvent;
import io.avma.eventlog.Neighbour;
import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which events a reader is asked for. Every part that is empty lets everything pass. There is no
 * part for level or qualifiers, because real records of one event differ in them.
 *
 * @param providers names of providers, or of classic event sources for events that name no
 *     provider; lower case, compared ignoring case
 * @param eventIds event numbers, ascending
 * @param since the earliest time of creation, inclusive; an event without a time passes
 * @param until the latest time of creation, exclusive; an event without a time passes
 * @param afterRecord only records numbered above this, unsigned; one without a number passes
 */
@CheckReturnValue
public record EventFilter(
    ImmutableSet<String> providers,
    ImmutableSortedSet<Integer> eventIds,
    Optional<Instant> since,
    Optional<Instant> until,
    OptionalLong afterRecord) {
  private static final EventFilter ALL =
      new EventFilter(
          ImmutableSet.of(),
          ImmutableSortedSet.of(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty());

  /** Puts the providers in lower case. */
  public EventFilter {
    ImmutableSet.Builder<String> lower = ImmutableSet.builder();
    providers.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
    providers = lower.build();
    checkArgument(
        eventIds.isEmpty() || (eventIds.first() >= 0 && eventIds.last() <= 0xFFFF),
        "event ids are %s (expected: 0 to 65535)",
        eventIds);
  }

  /** Returns the filter that lets every event pass. */
  public static EventFilter all() {
    return ALL;
  }

  /** Returns the filter for 12309 and 12310 of the Software Protection Platform. */
  public static EventFilter activations() {
    return ALL.withProviders(SoftwareProtection.PROVIDER, SoftwareProtection.EVENT_SOURCE)
        .withEventIds(
            ActivationLogEntry.Side.GUEST.eventId(), ActivationLogEntry.Side.HOST.eventId());
  }

  /**
   * Returns the filter for everything that {@link io.avma.eventlog.LogEntry} can read. A few other
   * records pass as well, because one provider's numbers are asked of all.
   */
  public static EventFilter activationsAndNeighbours() {
    ImmutableSortedSet.Builder<Integer> ids = ImmutableSortedSet.naturalOrder();
    ids.addAll(activations().eventIds);
    ids.add(LicenseContext.RULES_CONTEXT, LicenseContext.ACTIVATION_FAILED);
    for (Neighbour.Kind kind : Neighbour.Kind.values()) {
      ids.add(kind.eventId());
    }
    ids.addAll(MachineEvent.eventIds());
    return ALL.withProviders(
            SoftwareProtection.PROVIDER,
            SoftwareProtection.EVENT_SOURCE,
            MachineEvent.WORKER,
            MachineEvent.MANAGEMENT)
        .withEventIds(ids.build());
  }

  /** Returns this filter with other providers. */
  public EventFilter withProviders(String... names) {
    return new EventFilter(ImmutableSet.copyOf(names), eventIds, since, until, afterRecord);
  }

  /** Returns this filter with other event numbers, each 0 to 65,535. */
  public EventFilter withEventIds(Integer... ids) {
    return withEventIds(ImmutableSortedSet.copyOf(ids));
  }

  /** Returns this filter with other event numbers, each 0 to 65,535. */
  public EventFilter withEventIds(ImmutableSortedSet<Integer> ids) {
    return new EventFilter(providers, ids, since, until, afterRecord);
  }

  /** Returns this filter for events created at {@code earliest} or later. */
  public EventFilter since(Instant earliest) {
    return new EventFilter(providers, eventIds, Optional.of(earliest), until, afterRecord);
  }

  /** Returns this filter for events created before {@code end}. */
  public EventFilter until(Instant end) {
    return new EventFilter(providers, eventIds, since, Optional.of(end), afterRecord);
  }

  /** Returns this filter for records numbered above {@code number}, unsigned. */
  public EventFilter afterRecord(long number) {
    return new EventFilter(providers, eventIds, since, until, OptionalLong.of(number));
  }

  /** Returns whether {@code event} passes. */
  public boolean matches(WindowsEvent event) {
    return (eventIds.isEmpty() || eventIds.contains(event.eventId()))
        && (matchesProvider(event.providerName())
            || (event.providerName().isEmpty()
                && event.eventSourceName().filter(this::matchesProvider).isPresent()))
        && event.timeCreated().map(this::matchesTime).orElse(true)
        && (event.recordId().isEmpty() || matchesRecord(event.recordId().getAsLong()));
  }

  /** Returns whether events of the provider or event source {@code name} can pass. */
  public boolean matchesProvider(String name) {
    return providers.isEmpty() || providers.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Returns whether events created at {@code time} can pass. */
  public boolean matchesTime(Instant time) {
    return (since.isEmpty() || !time.isBefore(since.get()))
        && (until.isEmpty() || time.isBefore(until.get()));
  }

  /** Returns whether records with {@code number}, unsigned, can pass. */
  public boolean matchesRecord(long number) {
    return afterRecord.isEmpty() || Long.compareUnsigned(number, afterRecord.getAsLong()) > 0;
  }
}
