package io.avma.testkit.arbitrary;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationResponse;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostId;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.LicenseReading;
import io.avma.transport.LogName;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What transports are asked for and what they answer. */
@CheckReturnValue
public final class TransportArbitraries {
  private TransportArbitraries() {}

  /** Returns what hosts know of VMs; half of them run with Data Exchange enabled. */
  public static Arbitrary<VmFacts> facts() {
    Arbitrary<String> names =
        Arbitraries.oneOf(Arbitraries.of("web", "", "WEB"), KvpArbitraries.text(12));
    return Arbitraries.frequencyOf(
        Tuple.of(1, Combinators.combine(ProfileArbitraries.vmIds(), names).as(VmFacts::running)),
        Tuple.of(
            1,
            Combinators.combine(
                    ProfileArbitraries.vmIds(),
                    names,
                    Arbitraries.of(VmState.class),
                    Arbitraries.of(Ternary.class),
                    Arbitraries.of(Ternary.class))
                .as(VmFacts::new)));
  }

  /** Returns what sweeps find out: VMs with any items, and such as cannot be read. */
  public static Arbitrary<VmReading> readings() {
    Arbitrary<VmReading> read =
        Combinators.combine(facts(), KvpArbitraries.snapshots(), EventArbitraries.instants())
            .as(VmReading.Read::new);
    Arbitrary<VmReading> unreadable =
        Combinators.combine(
                facts(),
                Arbitraries.of(false, true),
                Arbitraries.frequencyOf(
                    Tuple.of(1, Arbitraries.of(TransportException.Reason.NOT_FOUND)),
                    Tuple.of(2, Arbitraries.of(TransportException.Reason.class))),
                EventArbitraries.instants())
            .as(
                (facts, known, reason, at) ->
                    new VmReading.Unreadable(
                        facts.vm(),
                        known ? Optional.of(facts) : Optional.empty(),
                        reason,
                        "drawn at random",
                        at));
    return Arbitraries.frequencyOf(Tuple.of(3, read), Tuple.of(1, unreadable));
  }

  /** Returns what machines tell of their license, whether it fits together or not. */
  public static Arbitrary<LicenseReading> licenses() {
    Arbitrary<Duration> left =
        Arbitraries.oneOf(
            Arbitraries.of(Duration.ofDays(7), Duration.ZERO, ActivationResponse.Granted.LONGEST),
            Arbitraries.longs().between(0, 100_000).map(Duration::ofMinutes));
    Arbitrary<String> hosts =
        Arbitraries.frequencyOf(
            Tuple.of(4, ProfileArbitraries.hostIds().map(HostId::value)),
            Tuple.of(1, KvpArbitraries.text(20)));
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(1)), Tuple.of(1, Arbitraries.integers().between(0, 7))),
            ProfileArbitraries.results().optional(0.3),
            Arbitraries.of(LicenseChannel.class),
            KeyArbitraries.lastFives().optional(0.8),
            left.optional(0.8),
            hosts.optional(0.8),
            EventArbitraries.instants().optional(0.8),
            EventArbitraries.instants())
        .as(LicenseReading::new);
  }

  /** Returns names of logs, few enough to meet again. */
  public static Arbitrary<LogName> logs() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(4, ProfileArbitraries.hostIds().map(HostId::value)),
                Tuple.of(1, Arbitraries.of("", "tab\tand\nline\\"))),
            Arbitraries.of("Application", "ForwardedEvents", ""))
        .as(LogName::new);
  }

  /** Returns places in logs: low numbers, and the highest unsigned ones. */
  public static Arbitrary<Mark> marks() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(1, 50)),
                Tuple.of(1, Arbitraries.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, -1L))),
            EventArbitraries.instants().optional(0.8))
        .as(Mark::new);
  }

  /** Returns bookmarks at the start, behind records and in the middle of a pass. */
  public static Arbitrary<EventBookmark> bookmarks() {
    Arbitrary<Map<LogName, Mark>> marked = Arbitraries.maps(logs(), marks()).ofMaxSize(3);
    Arbitrary<String> places =
        Arbitraries.oneOf(Arbitraries.of("17", "", "a\tb\nc\\"), KvpArbitraries.text(10));
    return Combinators.combine(marked, marked, places.optional(0.5))
        .as((marks, pass, place) -> new EventBookmark(sorted(marks), sorted(pass), place));
  }

  private static ImmutableSortedMap<LogName, Mark> sorted(Map<LogName, Mark> marks) {
    return ImmutableSortedMap.copyOf(new TreeMap<>(marks));
  }

  /** Returns gaps in logs. */
  public static Arbitrary<EventGap> gaps() {
    return Combinators.combine(Arbitraries.of(EventGap.Kind.class), logs(), marks(), marks())
        .as(EventGap::new);
  }

  /** Returns filters for events; shrinks towards the one that lets every event pass. */
  public static Arbitrary<EventFilter> filters() {
    return Combinators.combine(
            Arbitraries.of(EventFilter.all(), EventFilter.activations()),
            EventArbitraries.instants().optional(0.3),
            EventArbitraries.instants().optional(0.3),
            Arbitraries.longs().between(0, 50).optional(0.3))
        .as(
            (filter, since, until, after) ->
                new EventFilter(
                    filter.providers(),
                    filter.eventIds(),
                    since,
                    until,
                    after.map(OptionalLong::of).orElse(OptionalLong.empty())));
  }

  /** Returns what sweeps ask for; shrinks towards every VM without items. */
  public static Arbitrary<SweepScope> scopes() {
    Arbitrary<ImmutableSortedSet<VmId>> vms =
        ProfileArbitraries.vmIds().list().ofMinSize(1).ofMaxSize(4).map(ImmutableSortedSet::copyOf);
    return Combinators.combine(
            vms.optional(0.4), Arbitraries.of(KvpSource.class).set().map(ImmutableSet::copyOf))
        .as(SweepScope::new);
  }
}
