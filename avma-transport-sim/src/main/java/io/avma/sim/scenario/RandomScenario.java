package io.avma.sim.scenario;

import com.google.common.collect.ImmutableList;
import io.avma.activation.ActivationTerms;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPoint;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.internal.SplitMix64;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Draws scenarios: small fleets to which much happens. First how much of what, then the rest, so
 * that runs differ in kind and not in detail only.
 */
final class RandomScenario {
  private static final ImmutableList<AvmaKey> KEYS = KeyCatalog.standard().avmaKeys();
  private static final ImmutableList<WindowsRelease> RELEASES =
      ImmutableList.copyOf(WindowsRelease.values());

  private static final ImmutableList<FaultPoint> POINTS = ImmutableList.copyOf(FaultPoint.values());

  private final SplitMix64 random;
  private final Scenario.Builder scenario = Scenario.builder();
  private final List<String> hosts = new ArrayList<>();
  private final List<HostProfile> profiles = new ArrayList<>();
  private final List<String> guests = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final boolean brisk;
  private final Duration length;
  private int made;

  private RandomScenario(long seed) {
    random = SplitMix64.stream(seed, "scenario");
    scenario.seed(seed);
    brisk = random.below(2) == 0;
    length = brisk ? Duration.ofHours(2 + random.below(22)) : Duration.ofDays(2 + random.below(40));
  }

  static Scenario of(long seed) {
    return new RandomScenario(seed).draw();
  }

  private Scenario draw() {
    scenario.terms(terms()).length(length).monitored(length.dividedBy(1 + random.below(6)));
    int clusters = random.below(3);
    int hostCount = 1 + random.below(6);
    for (int h = 1; h <= hostCount; h++) {
      addHost("host-" + h, clusters);
    }
    int guestCount = 1 + random.below(10);
    for (int g = 1; g <= guestCount; g++) {
      int host = random.below(hostCount);
      scenario.guest(new GuestSpec("vm-" + g, hosts.get(host), guest(profiles.get(host)), key()));
      guests.add("vm-" + g);
    }
    if (random.below(4) > 0) {
      scenario.at(Duration.ZERO, new Command.StartAll(time(Duration.ofMinutes(10))));
    }
    int commands = random.below(3) == 0 ? 0 : random.below(60);
    int unusual = random.below(4);
    for (Duration when : times(commands)) {
      scenario.at(when, random.below(4) < unusual ? unusual() : usual());
    }
    int rules = random.below(2) == 0 ? 0 : 1 + random.below(5);
    for (int r = 1; r <= rules; r++) {
      scenario.fault(rule("fault-" + r));
    }
    return scenario.build();
  }

  private ActivationTerms terms() {
    ActivationTerms.Builder terms =
        (brisk ? ActivationTerms.brisk() : ActivationTerms.assumed()).toBuilder();
    if (random.below(4) == 0) {
      terms.throttle(1 + random.below(5), Duration.ofMinutes(1 + random.below(10)));
    }
    if (random.below(4) == 0) {
      terms.clearsItemsOnOtherKey(true);
    }
    return terms.build();
  }

  private void addHost(String name, int clusters) {
    WindowsRelease release = RELEASES.get(random.below(RELEASES.size()));
    HostProfile profile =
        switch (random.below(12)) {
          case 0 -> HostProfile.datacenter(release).unlicensed();
          case 1 -> HostProfile.datacenter(release).toBuilder().edition(Edition.STANDARD).build();
          case 2 -> HostProfile.azureLocal(new AzureLocalLicense.Subscription(Ternary.YES));
          case 3 -> HostProfile.unknown();
          default -> HostProfile.datacenter(release);
        };
    HostSpec host = new HostSpec(name, Optional.empty(), profile);
    scenario.host(clusters == 0 ? host : host.in("cluster-" + (1 + random.below(clusters))));
    hosts.add(name);
    profiles.add(profile);
  }

  /** Mostly a guest that the host activates, for else little would happen. */
  private GuestProfile guest(HostProfile host) {
    GuestProfile guest = anyGuest();
    for (int tries = 0;
        tries < 20
            && random.below(8) > 0
            && !CompatibilityMatrix.standard().verdict(host, guest).isSupported();
        tries++) {
      guest = anyGuest();
    }
    if (random.below(20) == 0) {
      guest = guest.withDataExchange(Ternary.NO);
    }
    return random.below(30) == 0 ? guest.withShielded(Ternary.YES) : guest;
  }

  private GuestProfile anyGuest() {
    if (random.below(15) == 0) {
      return GuestProfile.of(new GuestSystem.NotWindows("Debian 12"));
    }
    AvmaKey key = KEYS.get(random.below(KEYS.size()));
    return GuestProfile.of(key.release(), key.edition());
  }

  private KeyChoice key() {
    return switch (random.below(10)) {
      case 0 -> new KeyChoice.None();
      case 1 -> new KeyChoice.Other(LicenseChannel.MAK, "3V66T");
      default -> new KeyChoice.Matching();
    };
  }

  /** Mostly spread, sometimes within the time that a message is under way. */
  private List<Duration> times(int count) {
    List<Duration> times = new ArrayList<>();
    Duration last = Duration.ZERO;
    for (int i = 0; i < count; i++) {
      last =
          random.below(3) == 0 ? last.plusMillis(random.below(15)) : time(length.minusSeconds(60));
      times.add(last.compareTo(length) > 0 ? length : last);
    }
    times.sort(Duration::compareTo);
    return times;
  }

  private Duration time(Duration most) {
    return Duration.ofMillis(random.below(Math.max(1, most.toMillis())));
  }

  private Command usual() {
    String guest = guest();
    return switch (random.below(9)) {
      case 0, 1 -> new GuestCommand.Start(guest);
      case 2 -> new GuestCommand.Stop(guest);
      case 3 -> new GuestCommand.Save(guest);
      case 4 -> new GuestCommand.Resume(guest);
      case 5 -> new GuestCommand.Migrate(guest, host());
      case 6 -> new GuestCommand.QuickMigrate(guest, host());
      case 7 -> new HostCommand.Unlicense(host());
      default -> new HostCommand.Relicense(host());
    };
  }

  private Command unusual() {
    String guest = guest();
    return switch (random.below(26)) {
      case 0 -> new GuestCommand.Crash(guest);
      case 1, 2 -> new GuestCommand.Checkpoint(guest, label());
      case 3, 4 ->
          labels.isEmpty()
              ? new GuestCommand.Checkpoint(guest, label())
              : new GuestCommand.Revert(guest, labels.get(random.below(labels.size())));
      case 5 -> new GuestCommand.InstallKey(guest, new KeyChoice.Matching());
      case 6 -> {
        AvmaKey key = KEYS.get(random.below(KEYS.size()));
        yield new GuestCommand.InstallKey(guest, new KeyChoice.Avma(key.release(), key.edition()));
      }
      case 7 -> new GuestCommand.ReplaceKey(guest, LicenseChannel.RETAIL, "8XDDG");
      case 8 -> new GuestCommand.RemoveKey(guest);
      case 9 -> new GuestCommand.ActivateNow(guest);
      case 10 -> new GuestCommand.TidyItems(guest);
      case 11, 12 -> new GuestCommand.DataExchange(guest, random.below(2) == 0);
      case 13 -> new GuestCommand.SetClock(guest, Duration.ofHours(random.below(400) - 200));
      case 14 -> new GuestCommand.ClearGuestLog(guest);
      case 15 -> new GuestCommand.FillGuestLog(guest, 1 + random.below(2_000));
      case 16 -> new HostCommand.ClearHostLog(host());
      case 17 -> new HostCommand.FillHostLog(host(), 1 + random.below(2_000));
      case 18 -> copy(guest);
      case 19 -> new HostCommand.Fail(host());
      case 20 -> new HostCommand.Recover(host());
      case 21 -> new HostCommand.Drain(host());
      case 22 -> new HostCommand.Upgrade(host(), RELEASES.get(random.below(RELEASES.size())));
      case 23 -> replicate(guest);
      case 24 -> new GuestCommand.FailOverReplica(guest);
      default -> new HostCommand.Create(host(), name(), anyGuest(), new KeyChoice.Matching());
    };
  }

  private Command copy(String guest) {
    return switch (random.below(3)) {
      case 0 -> new GuestCommand.Clone(guest, host(), name());
      case 1 -> labels.isEmpty() ? new GuestCommand.Clone(guest, host(), name()) : imported();
      default -> new GuestCommand.TestReplica(guest, name());
    };
  }

  private Command imported() {
    String label = labels.get(random.below(labels.size()));
    return new HostCommand.Import(host(), label, name(), random.below(2) == 0);
  }

  private Command replicate(String guest) {
    guests.add(guest + "/replica");
    return new GuestCommand.Replicate(guest, host());
  }

  private String name() {
    String name = "made-" + ++made;
    guests.add(name);
    return name;
  }

  private String label() {
    String label = "label-" + (1 + random.below(4));
    labels.add(label);
    return label;
  }

  private String guest() {
    return guests.get(random.below(guests.size()));
  }

  private String host() {
    return hosts.get(random.below(hosts.size()));
  }

  private FaultRule rule(String name) {
    FaultPoint point = POINTS.get(random.below(POINTS.size()));
    FaultRule rule = FaultRule.of(name, point, fault(point));
    rule =
        switch (random.below(3)) {
          case 0 -> rule.withProbability(0.01 + 0.5 * random.unit());
          case 1 -> rule.skipping(random.below(10)).atMost(1 + random.below(5));
          default -> {
            Duration from = time(length);
            yield rule.between(from, from.plus(time(length)).plusMillis(1));
          }
        };
    if (random.below(3) == 0) {
      rule = rule.onHosts(host());
    }
    return random.below(3) == 0 ? rule.onGuests(guest()) : rule;
  }

  private Fault fault(FaultPoint point) {
    return switch (point) {
      case REQUEST, RESPONSE -> message();
      case HOST ->
          switch (random.below(3)) {
            case 0 -> new Fault.Hung(time(Duration.ofHours(3)));
            case 1 -> new Fault.Restarting(time(Duration.ofMinutes(30)));
            default -> new Fault.Throttling(time(Duration.ofHours(1)));
          };
      case GUEST_ITEMS ->
          switch (random.below(4)) {
            case 0 -> new Fault.Lost();
            case 1 -> new Fault.Stale(time(Duration.ofHours(1)));
            case 2 -> new Fault.Truncated(random.below(5));
            default -> new Fault.Tampered("licensed until the end of time");
          };
      case GUEST_LOG, HOST_LOG -> new Fault.Lost();
      case MIGRATION -> new Fault.Interrupted();
    };
  }

  private Fault message() {
    return switch (random.below(5)) {
      case 0 -> new Fault.Lost();
      case 1 -> new Fault.Delayed(delay());
      case 2 -> new Fault.Duplicated(1 + random.below(3), delay());
      case 3 -> new Fault.Reordered(time(Duration.ofMinutes(20)));
      default -> new Fault.Damaged(1 + random.below(8));
    };
  }

  private Delay delay() {
    return switch (random.below(3)) {
      case 0 -> new Delay.Fixed(time(Duration.ofMinutes(1)));
      case 1 -> new Delay.Uniform(Duration.ZERO, time(Duration.ofMinutes(10)));
      default -> new Delay.Exponential(time(Duration.ofMinutes(2)));
    };
  }
}
