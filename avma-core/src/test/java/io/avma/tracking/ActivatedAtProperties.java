package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The spans of a history against a model of ten lines that looks at every observation. */
class ActivatedAtProperties {
  private static final Duration VALIDITY = Duration.ofDays(7);

  /** One thing that happens to the VM in its own hour; two hours never share one. */
  enum Happening {
    GRANT_CONFIRMED,
    GRANT_LOST,
    GRANT_LOGGED_EARLY,
    REFUSAL,
    OTHER_KEY,
    NOT_ACTIVATED,
    CLAIM
  }

  record Hour(int hour, Happening happening) {}

  @Provide
  Arbitrary<List<Hour>> hours() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 24 * 40), Arbitraries.of(Happening.class))
        .as(Hour::new)
        .list()
        .ofMaxSize(25)
        .uniqueElements(Hour::hour);
  }

  @Property(tries = 300)
  void aVmIsActivatedExactlyWhenTheModelSaysSo(@ForAll("hours") List<Hour> hours) {
    Said said = new Said().seen(Said.HOST_1, Said.vm(1), Said.START);
    hours.forEach(hour -> play(said, hour));
    VmHistory history = said.history(Said.vm(1));
    for (Instant at : interestingTimes(said.all())) {
      assertEquals(
          modelSaysActivated(said.all(), at), history.activationAt(at).isPresent(), at.toString());
      assertEquals(
          modelSaysDenied(said.all(), at),
          history.activationAt(at).flatMap(span -> span.deniedSince(at)).isPresent(),
          at.toString());
    }
  }

  private static boolean modelSaysActivated(List<Observation> all, Instant at) {
    return all.stream()
        .filter(ActivatedAtProperties::grants)
        .map(grant -> heardByGuest(all, grant.at()))
        .anyMatch(from -> !from.isAfter(at) && at.isBefore(from.plus(VALIDITY)));
  }

  private static boolean modelSaysDenied(List<Observation> all, Instant at) {
    return modelSaysActivated(all, at)
        && all.stream()
            .filter(one -> !timeOf(all, one).isAfter(at))
            .filter(one -> modelSaysActivated(all, timeOf(all, one)))
            .filter(one -> one instanceof Observation.LicenseTold || grants(one))
            .max(Comparator.comparing(one -> timeOf(all, one)))
            .filter(ActivatedAtProperties::denies)
            .isPresent();
  }

  private static Instant timeOf(List<Observation> all, Observation one) {
    return grants(one) ? heardByGuest(all, one.at()) : one.at();
  }

  private static boolean grants(Observation one) {
    return one instanceof Observation.HostLogged host && succeeded(host);
  }

  private static Instant heardByGuest(List<Observation> all, Instant granted) {
    return all.stream()
        .filter(Observation.GuestLogged.class::isInstance)
        .map(Observation::at)
        .filter(at -> Duration.between(granted, at).abs().compareTo(Duration.ofSeconds(30)) <= 0)
        .findFirst()
        .orElse(granted);
  }

  private static boolean succeeded(Observation.HostLogged host) {
    return host.result().equals(Optional.of(Hresult.OK));
  }

  private static boolean denies(Observation one) {
    return one instanceof Observation.LicenseTold told
        && (told.activated() == Ternary.NO || told.channel() == LicenseChannel.MAK);
  }

  private static void play(Said said, Hour hour) {
    Instant at = Said.START.plus(Duration.ofHours(hour.hour));
    switch (hour.happening) {
      case GRANT_CONFIRMED -> said.activated(Said.HOST_1, Said.vm(1), at);
      case GRANT_LOST -> said.hostLogged(Said.HOST_2, Said.vm(1), Hresult.OK, at);
      case GRANT_LOGGED_EARLY ->
          said.guestLogged(Said.vm(1), Hresult.OK, at)
              .hostLogged(Said.HOST_1, Said.vm(1), Hresult.OK, at.plusSeconds(30));
      case REFUSAL -> said.hostLogged(Said.HOST_1, Said.vm(1), Hresult.HOST_NOT_ACTIVATED, at);
      case OTHER_KEY -> said.license(Said.vm(1), Said.license(1, LicenseChannel.MAK, at));
      case NOT_ACTIVATED -> said.license(Said.vm(1), Said.license(5, LicenseChannel.AVMA, at));
      case CLAIM ->
          said.license(Said.vm(1), Said.avmaLicense(at, Duration.ofDays(99), Said.HOST_1, at));
    }
  }

  private static List<Instant> interestingTimes(List<Observation> all) {
    List<Instant> times = new ArrayList<>();
    for (Observation observation : all) {
      for (Instant at : List.of(observation.at(), observation.at().plus(VALIDITY))) {
        times.add(at.minusNanos(1));
        times.add(at);
        times.add(at.plusNanos(1));
      }
    }
    return times;
  }
}
