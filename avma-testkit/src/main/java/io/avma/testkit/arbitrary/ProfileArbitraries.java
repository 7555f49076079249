package io.avma.testkit.arbitrary;

import com.google.errorprone.annotations.CheckReturnValue;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Hosts, guests and their names. Most are as fleets have them; the rest leaves things unknown or
 * puts together what nobody has. Everything shrinks towards what is activated.
 */
@CheckReturnValue
public final class ProfileArbitraries {
  private ProfileArbitraries() {}

  /** Returns hosts of every platform; every other one is an activated Datacenter host. */
  public static Arbitrary<HostProfile> hosts() {
    return Arbitraries.frequencyOf(Tuple.of(3, goodHosts()), Tuple.of(3, anyHosts()));
  }

  /** Returns activated Datacenter hosts of every release. */
  public static Arbitrary<HostProfile> goodHosts() {
    return releases().map(HostProfile::datacenter);
  }

  private static Arbitrary<HostProfile> anyHosts() {
    return Builders.withBuilder(HostProfile::builder)
        .use(Arbitraries.of(HostPlatform.class))
        .in(HostProfile.Builder::platform)
        .use(releases())
        .withProbability(0.8)
        .in(HostProfile.Builder::release)
        .use(editions())
        .withProbability(0.8)
        .in(HostProfile.Builder::edition)
        .use(facts())
        .in(HostProfile.Builder::activated)
        .use(facts())
        .in(HostProfile.Builder::hyperVRole)
        .use(facts())
        .withProbability(0.3)
        .in(HostProfile.Builder::evaluation)
        .use(facts())
        .withProbability(0.2)
        .in(HostProfile.Builder::nestedInAzure)
        .use(Arbitraries.of(LicenseChannel.class))
        .withProbability(0.5)
        .in(HostProfile.Builder::channel)
        .use(licenses())
        .withProbability(0.5)
        .in(HostProfile.Builder::azureLocalLicense)
        .build(HostProfile.Builder::build);
  }

  /** Returns every license that an Azure Local host can have. */
  public static Arbitrary<AzureLocalLicense> licenses() {
    return Arbitraries.oneOf(
        releases().map(AzureLocalLicense.HostKey::new),
        facts().map(AzureLocalLicense.Subscription::new),
        Arbitraries.of(new AzureLocalLicense.None(), new AzureLocalLicense.Unknown()));
  }

  /** Returns guests; most are Windows Server with Data Exchange enabled. */
  public static Arbitrary<GuestProfile> guests() {
    return Combinators.combine(systems(), usually(Ternary.YES), usually(Ternary.NO))
        .as(GuestProfile::new);
  }

  /** Returns systems of guests. */
  public static Arbitrary<GuestSystem> systems() {
    Arbitrary<GuestSystem> servers =
        Combinators.combine(releases(), editions(), usually(Ternary.NO))
            .as(GuestSystem.WindowsServer::new);
    Arbitrary<GuestSystem> others =
        Arbitraries.of(
            new GuestSystem.EarlierWindowsServer("Windows Server 2012"),
            new GuestSystem.EarlierWindowsServer("Windows Server 2008 R2"),
            new GuestSystem.WindowsClient("Windows 11"),
            new GuestSystem.NotWindows("Debian GNU/Linux 12"),
            new GuestSystem.Unknown());
    return Arbitraries.frequencyOf(Tuple.of(6, servers), Tuple.of(1, others));
  }

  /** Returns releases; shrinks towards the newest. */
  public static Arbitrary<WindowsRelease> releases() {
    WindowsRelease[] all = WindowsRelease.values();
    return Arbitraries.integers()
        .between(0, all.length - 1)
        .map(back -> all[all.length - 1 - back]);
  }

  /** Returns editions; shrinks towards Datacenter. */
  public static Arbitrary<Edition> editions() {
    return Arbitraries.of(Edition.class);
  }

  /** Returns identifiers of VMs, few enough to meet again. */
  public static Arbitrary<VmId> vmIds() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.integers().between(1, 5).map(n -> new VmId(new UUID(0x1000, n)))),
        Tuple.of(
            1,
            Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> new VmId(new UUID(high, low)))));
  }

  /** Returns names of hosts, short and fully qualified, few enough to meet again. */
  public static Arbitrary<HostId> hostIds() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.of("", ".example.invalid", ".other.invalid"))
        .as((number, domain) -> new HostId("host-" + number + domain));
  }

  /** Returns result codes: success, those of AVMA, and any other. */
  public static Arbitrary<Hresult> results() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.of(Hresult.OK)),
        Tuple.of(3, Arbitraries.of(Hresult.known())),
        Tuple.of(1, Arbitraries.integers().map(Hresult::new)));
  }

  private static Arbitrary<Ternary> facts() {
    return Arbitraries.of(Ternary.class);
  }

  private static Arbitrary<Ternary> usually(Ternary fact) {
    return Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.of(fact)), Tuple.of(1, facts()));
  }
}
