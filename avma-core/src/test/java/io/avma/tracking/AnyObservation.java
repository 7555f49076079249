package io.avma.tracking;

import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventGap;
import io.avma.transport.LogName;
import io.avma.transport.VmFacts;
import io.avma.transport.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Observations from so small a world that they meet, repeat and contradict each other. */
final class AnyObservation {
  private static final Arbitrary<HostId> HOST = Arbitraries.of(Said.HOST_1, Said.HOST_2);
  private static final Arbitrary<VmId> VM = Arbitraries.of(Said.vm(1), Said.vm(2));
  private static final Arbitrary<Instant> TIME =
      Combinators.combine(Arbitraries.of(0, 1, 5, 9, 17), Arbitraries.of(0, 1, 20, 3_600))
          .as(Said::at);
  private static final Arbitrary<Provenance> MARK =
      Arbitraries.frequencyOf(
          Tuple.of(9, Arbitraries.just(Provenance.REAL)),
          Tuple.of(1, Arbitraries.just(Provenance.SIMULATED)));
  private static final Arbitrary<Optional<Hresult>> RESULT =
      Arbitraries.of(
          Optional.of(Hresult.OK),
          Optional.of(Hresult.OK),
          Optional.of(Hresult.HOST_NOT_ACTIVATED),
          Optional.empty());
  private static final Arbitrary<RecordKey> KEY =
      Combinators.combine(
              Arbitraries.of("host-1", "HOST-1.example.org", "guest-1"),
              Arbitraries.of(Optional.of(1L), Optional.of(-1L), Optional.<Long>empty()),
              Arbitraries.of("Application", ""),
              TIME)
          .as((machine, number, channel, time) -> new RecordKey(machine, channel, number, time));

  /** How much of the second a reader shows that the key leaves out. */
  private static final Arbitrary<Duration> FRACTION =
      Arbitraries.frequencyOf(
          Tuple.of(3, Arbitraries.just(Duration.ZERO)),
          Tuple.of(1, Arbitraries.of(Duration.ofMillis(123), Duration.ofNanos(123_456_700))));

  private AnyObservation() {}

  static Arbitrary<Observation> any() {
    return Arbitraries.oneOf(
        hostSaw(),
        hostLacks(),
        hostStated(),
        hostLogged(),
        guestLogged(),
        guestTold(),
        licenseTold(),
        gap());
  }

  private static Arbitrary<Observation> hostSaw() {
    return Combinators.combine(
            HOST, VM, Arbitraries.of(VmState.class), Arbitraries.of(Ternary.class), TIME, MARK)
        .as(
            (host, vm, state, replica, time, mark) ->
                new Observation.HostSaw(
                    host,
                    VmFacts.running(vm, "same").withState(state).withReplica(replica),
                    time,
                    mark));
  }

  private static Arbitrary<Observation> hostLacks() {
    return Combinators.combine(HOST, VM, TIME, MARK).as(Observation.HostLacks::new);
  }

  private static Arbitrary<Observation> hostStated() {
    HostProfile good = HostProfile.datacenter(WindowsRelease.WS_2022);
    return Combinators.combine(
            HOST,
            Arbitraries.of(
                good,
                good.toBuilder().activated(Ternary.NO).build(),
                good.toBuilder().physicalCores(8).build(),
                HostProfile.builder().activated(Ternary.YES).build()),
            TIME,
            MARK)
        .as(Observation.HostStated::new);
  }

  private static Arbitrary<Observation> hostLogged() {
    return Combinators.combine(
            HOST,
            KEY,
            RESULT,
            Arbitraries.of(
                Optional.<String>empty(),
                Optional.of(Said.vm(1).toString()),
                Optional.of(Said.vm(3).toString())),
            FRACTION,
            MARK)
        .as(
            (host, key, result, detail, fraction, mark) ->
                new Observation.HostLogged(host, key, result, detail, shown(key, fraction), mark));
  }

  private static Arbitrary<Observation> guestLogged() {
    return Combinators.combine(VM, KEY, RESULT, FRACTION, MARK)
        .as(
            (vm, key, result, fraction, mark) ->
                new Observation.GuestLogged(vm, key, result, shown(key, fraction), mark));
  }

  private static Instant shown(RecordKey key, Duration fraction) {
    return key.recordId().isPresent() ? key.time().plus(fraction) : key.time();
  }

  private static Arbitrary<Observation> guestTold() {
    Arbitrary<GuestStatement> statement =
        Combinators.combine(
                VM.optional(),
                HOST.optional(),
                Arbitraries.of("web", "sql").optional(),
                Arbitraries.of(
                    Optional.<ImmutableSortedSet<String>>empty(),
                    Optional.of(ImmutableSortedSet.<String>of()),
                    Optional.of(ImmutableSortedSet.of("AvmaHost", "AvmaId"))))
            .as(
                (vm, host, computer, items) ->
                    new GuestStatement(vm, host, computer, Optional.empty(), items));
    return Combinators.combine(VM, HOST.optional(), statement, TIME, MARK)
        .as(Observation.GuestTold::new);
  }

  private static Arbitrary<Observation> licenseTold() {
    return Combinators.combine(
            VM,
            KEY.optional(0.3),
            Arbitraries.of(Ternary.class),
            Arbitraries.of(LicenseChannel.AVMA, LicenseChannel.MAK, LicenseChannel.UNKNOWN),
            TIME.optional(),
            HOST.optional(),
            TIME,
            MARK)
        .as(
            (vm, key, activated, channel, end, by, time, mark) ->
                new Observation.LicenseTold(
                    vm,
                    key.map(k -> new RecordKey(k.machine(), k.channel(), k.recordId(), time)),
                    activated,
                    channel,
                    Optional.empty(),
                    end.filter(told -> !told.isBefore(time)),
                    by,
                    Optional.empty(),
                    time,
                    mark));
  }

  private static Arbitrary<Observation> gap() {
    return Combinators.combine(VM, HOST, Arbitraries.of(true, false), TIME, MARK)
        .as(
            (vm, host, ofVm, time, mark) ->
                new Observation.LogGap(
                    ofVm ? new Subject.Vm(vm) : new Subject.Host(host),
                    new EventGap(
                        EventGap.Kind.MISSING_RECORDS,
                        new LogName("host-1", "application"),
                        new Mark(3, Optional.empty()),
                        new Mark(9, Optional.of(time))),
                    time,
                    mark));
  }
}
