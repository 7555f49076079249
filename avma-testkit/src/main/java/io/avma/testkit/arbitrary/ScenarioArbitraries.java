package io.avma.testkit.arbitrary;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.activation.ActivationTerms;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.WindowsRelease;
import io.avma.sim.FleetShape;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.scenario.Command;
import io.avma.sim.scenario.GuestSpec;
import io.avma.sim.scenario.HostSpec;
import io.avma.sim.scenario.KeyChoice;
import io.avma.sim.scenario.Scenario;
import io.avma.sim.scenario.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Whole experiments: up to three hosts and five guests, up to a dozen commands, up to four faults.
 * Hosts are called {@code host-1} and so on, guests {@code vm-1}, and those that a command makes
 * {@code made-1}. Every one is valid, and plays within a fraction of a second. Shrinks towards one
 * host of the newest release, no guest, no command and no fault.
 */
@CheckReturnValue
public final class ScenarioArbitraries {
  private static final Duration LONGEST = Duration.ofDays(30);

  private ScenarioArbitraries() {}

  /** Returns shapes of small fleets, so that a property that plays them stays quick. */
  public static Arbitrary<FleetShape> fleets() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
    return Combinators.combine(
            few, few, Arbitraries.integers().between(0, 4), ProfileArbitraries.releases())
        .as(FleetShape::new);
  }

  /** Returns keys for guests; shrinks towards the one that matches. */
  public static Arbitrary<KeyChoice> keys() {
    Arbitrary<KeyChoice> other =
        Combinators.combine(
                Arbitraries.of(LicenseChannel.MAK, LicenseChannel.RETAIL),
                KeyArbitraries.lastFives())
            .as(KeyChoice.Other::new);
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.of(new KeyChoice.Matching())),
        Tuple.of(1, Arbitraries.of(new KeyChoice.None())),
        Tuple.of(
            1, KeyArbitraries.avmaKeys().map(k -> new KeyChoice.Avma(k.release(), k.edition()))),
        Tuple.of(1, other));
  }

  /**
   * Returns commands to the machines that every scenario of this class has: all but reverts and
   * imports, which need a checkpoint that another command takes; {@link #scenarios()} have them.
   */
  public static Arbitrary<Command> commands() {
    return CommandDrafts.drafts()
        .map(draft -> draft.in(new CommandDrafts.Cast(1, 1)).orElseThrow());
  }

  /** Returns {@linkplain #commands() commands} of the first month. */
  public static Arbitrary<Step> steps() {
    return Combinators.combine(times(), commands()).as(Step::new);
  }

  /** Returns scenarios. */
  public static Arbitrary<Scenario> scenarios() {
    return Combinators.combine(
            Arbitraries.longs(),
            Combinators.combine(hosts(), Arbitraries.of(false, true))
                .as(Place::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3),
            Combinators.combine(guests(), keys(), Arbitraries.integers().between(0, 2))
                .as(Tenant::new)
                .list()
                .ofMaxSize(5),
            Combinators.combine(times(), CommandDrafts.drafts())
                .as(Moment::new)
                .list()
                .ofMaxSize(12),
            FaultArbitraries.plans(),
            terms(),
            Arbitraries.longs().between(1, LONGEST.toHours()).map(Duration::ofHours))
        .as(ScenarioArbitraries::scenario);
  }

  /** A host, and whether it is a node of the cluster. */
  private record Place(HostProfile profile, boolean node) {}

  /** A guest, its key, and on which of the hosts it is. */
  private record Tenant(GuestProfile profile, KeyChoice key, int host) {}

  /** What happens when; to whom is said when all is known that there is. */
  private record Moment(Duration at, CommandDrafts.Draft draft) {}

  private static Arbitrary<HostProfile> hosts() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, ProfileArbitraries.goodHosts()), Tuple.of(1, ProfileArbitraries.hosts()));
  }

  private static Arbitrary<GuestProfile> guests() {
    Arbitrary<GuestProfile> usual =
        KeyArbitraries.avmaKeys().map(key -> GuestProfile.of(key.release(), key.edition()));
    return Arbitraries.frequencyOf(
        Tuple.of(6, Arbitraries.of(GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD))),
        Tuple.of(4, usual),
        Tuple.of(1, ProfileArbitraries.guests()));
  }

  private static Arbitrary<ActivationTerms> terms() {
    return Arbitraries.of(
        ActivationTerms.assumed(),
        ActivationTerms.brisk(),
        ActivationTerms.brisk().toBuilder().throttle(1, Duration.ofMinutes(1)).build(),
        ActivationTerms.assumed().toBuilder().clearsItemsOnOtherKey(true).build());
  }

  /** Times close together, within which a message is under way, and times far apart. */
  private static Arbitrary<Duration> times() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 20).map(Duration::ofMillis),
        Arbitraries.longs().between(0, LONGEST.toMinutes()).map(Duration::ofMinutes));
  }

  private static Scenario scenario(
      long seed,
      List<Place> hosts,
      List<Tenant> guests,
      List<Moment> moments,
      FaultPlan faults,
      ActivationTerms terms,
      Duration length) {
    Scenario.Builder scenario =
        Scenario.builder()
            .seed(seed)
            .terms(terms)
            .length(length)
            .monitored(Duration.ofHours(Math.max(1, length.toHours() / 4)));
    int number = 0;
    for (Place host : hosts) {
      Optional<String> cluster = host.node() ? Optional.of("cluster") : Optional.empty();
      scenario.host(new HostSpec("host-" + ++number, cluster, host.profile()));
    }
    number = 0;
    for (Tenant guest : guests) {
      String host = "host-" + (1 + guest.host() % hosts.size());
      scenario.guest(new GuestSpec("vm-" + ++number, host, guest.profile(), guest.key()));
    }
    CommandDrafts.Cast cast = new CommandDrafts.Cast(hosts.size(), guests.size());
    List<Moment> ordered = new ArrayList<>(moments);
    ordered.sort(Comparator.comparing(Moment::at));
    for (Moment moment : ordered) {
      Duration at = moment.at().compareTo(length) <= 0 ? moment.at() : length;
      moment.draft().in(cast).ifPresent(command -> scenario.at(at, command));
    }
    faults.rules().forEach(scenario::fault);
    return scenario.build();
  }
}
