package io.avma.testkit.arbitrary;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.tracking.Observation;
import io.avma.tracking.Observer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Observations of every kind, as an {@link Observer} makes them of what hosts, guests and logs may
 * say. VMs, hosts and times are few, so that they confirm and contradict each other.
 */
@CheckReturnValue
public final class ObservationArbitraries {
  private ObservationArbitraries() {}

  /** Returns observations, most of them by an observer of real machines. */
  public static Arbitrary<Observation> observations() {
    Arbitrary<Observer> observers =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.create(Observer::real)),
            Tuple.of(1, Arbitraries.create(Observer::simulated)));
    return Arbitraries.oneOf(
        List.of(
            swept(observers),
            stated(observers),
            logged(observers),
            told(observers),
            gaps(observers)));
  }

  private static Arbitrary<Observation> swept(Arbitrary<Observer> observers) {
    return Combinators.combine(
            observers,
            ProfileArbitraries.hostIds(),
            TransportArbitraries.readings(),
            Arbitraries.of(false, true))
        .as(
            (observer, host, reading, last) -> {
              List<Observation> seen = observer.sweep(host, reading);
              return seen.get(last ? seen.size() - 1 : 0);
            });
  }

  private static Arbitrary<Observation> stated(Arbitrary<Observer> observers) {
    return Combinators.combine(
            observers,
            ProfileArbitraries.hostIds(),
            ProfileArbitraries.hosts(),
            EventArbitraries.instants())
        .as(Observer::profile);
  }

  private static Arbitrary<Observation> logged(Arbitrary<Observer> observers) {
    Arbitrary<Optional<Observation>> byHosts =
        Combinators.combine(
                observers,
                ProfileArbitraries.hostIds(),
                EventArbitraries.anyActivations(ActivationLogEntry.Side.HOST))
            .as(Observer::hostEvent);
    Arbitrary<Optional<Observation>> byGuests =
        Combinators.combine(
                observers,
                ProfileArbitraries.vmIds(),
                EventArbitraries.anyActivations(ActivationLogEntry.Side.GUEST))
            .as(Observer::guestEvent);
    return Arbitraries.oneOf(byHosts, byGuests)
        .filter(Optional::isPresent)
        .map(Optional::orElseThrow);
  }

  private static Arbitrary<Observation> told(Arbitrary<Observer> observers) {
    return Combinators.combine(
            observers, ProfileArbitraries.vmIds(), TransportArbitraries.licenses())
        .as(Observer::license);
  }

  private static Arbitrary<Observation> gaps(Arbitrary<Observer> observers) {
    Arbitrary<Optional<Observation>> ofHosts =
        Combinators.combine(observers, ProfileArbitraries.hostIds(), TransportArbitraries.gaps())
            .as(Observer::gap);
    Arbitrary<Optional<Observation>> ofGuests =
        Combinators.combine(observers, ProfileArbitraries.vmIds(), TransportArbitraries.gaps())
            .as(Observer::gap);
    return Arbitraries.oneOf(ofHosts, ofGuests)
        .filter(Optional::isPresent)
        .map(Optional::orElseThrow);
  }
}
