package io.avma.tracking;

import static com.google.common.collect.Comparators.emptiesFirst;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableSortedSet;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventGap;
import io.avma.transport.VmFacts;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The total order of observations. Every component takes part, so that two observations compare
 * equal exactly if they are: a sorted set would otherwise keep whichever came first.
 */
final class ObservationOrder {
  private static final Comparator<Optional<Hresult>> RESULT =
      emptiesFirst(Comparator.comparingInt(Hresult::value));
  private static final Comparator<Optional<String>> TEXT = emptiesFirst(naturalOrder());
  private static final Comparator<Optional<Instant>> TIME = emptiesFirst(naturalOrder());

  private static final Comparator<VmFacts> FACTS =
      comparing(VmFacts::vm)
          .thenComparing(VmFacts::name)
          .thenComparing(VmFacts::state)
          .thenComparing(VmFacts::dataExchange)
          .thenComparing(VmFacts::replica);

  private static final Comparator<HostProfile> PROFILE =
      comparing(HostProfile::platform)
          .thenComparing(HostProfile::release, emptiesFirst(naturalOrder()))
          .thenComparing(HostProfile::edition, emptiesFirst(naturalOrder()))
          .thenComparing(HostProfile::evaluation)
          .thenComparing(HostProfile::hyperVRole)
          .thenComparing(HostProfile::activated)
          .thenComparing(HostProfile::channel)
          .thenComparing(HostProfile::nestedInAzure)
          .thenComparing(profile -> profile.azureLocalLicense().toString())
          .thenComparing(HostProfile::processors, ObservationOrder::compareNumbers)
          .thenComparing(HostProfile::physicalCores, ObservationOrder::compareNumbers);

  private static final Comparator<GuestStatement> STATEMENT =
      comparing(GuestStatement::vm, emptiesFirst(naturalOrder()))
          .thenComparing(GuestStatement::host, emptiesFirst(naturalOrder()))
          .thenComparing(GuestStatement::computer, TEXT)
          .thenComparing(GuestStatement::system, TEXT)
          .thenComparing(
              GuestStatement::avmaItems,
              emptiesFirst(
                  comparing(
                      ImmutableSortedSet::asList,
                      Comparators.lexicographical(Comparator.<String>naturalOrder()))));

  private static final Comparator<Mark> MARK =
      Comparator.<Mark, Long>comparing(Mark::recordId, Long::compareUnsigned)
          .thenComparing(Mark::time, TIME);

  private static final Comparator<EventGap> GAP =
      comparing(EventGap::log)
          .thenComparing(EventGap::kind)
          .thenComparing(EventGap::before, MARK)
          .thenComparing(EventGap::after, MARK);

  private static final Comparator<Observation.HostSaw> HOST_SAW =
      comparing(Observation.HostSaw::host).thenComparing(Observation.HostSaw::facts, FACTS);

  private static final Comparator<Observation.HostLacks> HOST_LACKS =
      comparing(Observation.HostLacks::host).thenComparing(Observation.HostLacks::vm);

  private static final Comparator<Observation.HostStated> HOST_STATED =
      comparing(Observation.HostStated::host)
          .thenComparing(Observation.HostStated::profile, PROFILE);

  private static final Comparator<Observation.HostLogged> HOST_LOGGED =
      comparing(Observation.HostLogged::host)
          .thenComparing(Observation.HostLogged::key)
          .thenComparing(Observation.HostLogged::result, RESULT)
          .thenComparing(Observation.HostLogged::detail, TEXT);

  private static final Comparator<Observation.GuestLogged> GUEST_LOGGED =
      comparing(Observation.GuestLogged::vm)
          .thenComparing(Observation.GuestLogged::key)
          .thenComparing(Observation.GuestLogged::result, RESULT);

  private static final Comparator<Observation.GuestTold> GUEST_TOLD =
      comparing(Observation.GuestTold::vm)
          .thenComparing(Observation.GuestTold::via, emptiesFirst(naturalOrder()))
          .thenComparing(Observation.GuestTold::statement, STATEMENT);

  private static final Comparator<Observation.LicenseTold> LICENSE_TOLD =
      comparing(Observation.LicenseTold::vm)
          .thenComparing(Observation.LicenseTold::key, emptiesFirst(naturalOrder()))
          .thenComparing(Observation.LicenseTold::activated)
          .thenComparing(Observation.LicenseTold::channel)
          .thenComparing(Observation.LicenseTold::partialProductKey, TEXT)
          .thenComparing(Observation.LicenseTold::endsAt, TIME)
          .thenComparing(Observation.LicenseTold::activatedBy, emptiesFirst(naturalOrder()))
          .thenComparing(Observation.LicenseTold::activatedAt, TIME);

  private static final Comparator<Observation.LogGap> LOG_GAP =
      comparing(Observation.LogGap::subject).thenComparing(Observation.LogGap::gap, GAP);

  private ObservationOrder() {}

  static int compare(Observation one, Observation other) {
    int byTime = one.at().compareTo(other.at());
    if (byTime != 0) {
      return byTime;
    }
    int byKind = one.kind().compareTo(other.kind());
    if (byKind != 0) {
      return byKind;
    }
    int byProvenance = one.provenance().compareTo(other.provenance());
    return byProvenance != 0 ? byProvenance : compareSameKind(one, other);
  }

  private static int compareSameKind(Observation one, Observation other) {
    return switch (one.kind()) {
      case HOST_SAW -> as(Observation.HostSaw.class, HOST_SAW, one, other);
      case HOST_LACKS -> as(Observation.HostLacks.class, HOST_LACKS, one, other);
      case HOST_STATED -> as(Observation.HostStated.class, HOST_STATED, one, other);
      case HOST_LOGGED -> as(Observation.HostLogged.class, HOST_LOGGED, one, other);
      case GUEST_LOGGED -> as(Observation.GuestLogged.class, GUEST_LOGGED, one, other);
      case GUEST_TOLD -> as(Observation.GuestTold.class, GUEST_TOLD, one, other);
      case LICENSE_TOLD -> as(Observation.LicenseTold.class, LICENSE_TOLD, one, other);
      case LOG_GAP -> as(Observation.LogGap.class, LOG_GAP, one, other);
    };
  }

  private static <T extends Observation> int as(
      Class<T> type, Comparator<T> order, Observation one, Observation other) {
    return order.compare(type.cast(one), type.cast(other));
  }

  private static int compareNumbers(OptionalInt one, OptionalInt other) {
    return one.isPresent() && other.isPresent()
        ? Integer.compare(one.getAsInt(), other.getAsInt())
        : Boolean.compare(one.isPresent(), other.isPresent());
  }
}
