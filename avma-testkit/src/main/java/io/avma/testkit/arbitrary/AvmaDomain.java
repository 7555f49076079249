package io.avma.testkit.arbitrary;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KmsClientKey;
import io.avma.catalog.ProductKey;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.FleetShape;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/**
 * Every type of the domain by its type alone: {@code @Domain(AvmaDomain.class)} on a property, and
 * its parameters fill themselves.
 *
 * <pre>{@code
 * @Property
 * @Domain(AvmaDomain.class)
 * void myToolJudgesEveryPair(@ForAll HostProfile host, @ForAll GuestProfile guest) {
 *   assertEquals(matrix.verdict(host, guest).isSupported(), myTool.says(host, guest));
 * }
 * }</pre>
 */
public final class AvmaDomain extends DomainContextBase {
  /** For jqwik. */
  public AvmaDomain() {}

  @Provide
  Arbitrary<AvmaKey> avmaKeys() {
    return KeyArbitraries.avmaKeys();
  }

  @Provide
  Arbitrary<KmsClientKey> kmsClientKeys() {
    return KeyArbitraries.kmsClientKeys();
  }

  @Provide
  Arbitrary<ProductKey> productKeys() {
    return KeyArbitraries.published().map(ProductKey::parse);
  }

  @Provide
  Arbitrary<HostProfile> hosts() {
    return ProfileArbitraries.hosts();
  }

  @Provide
  Arbitrary<GuestProfile> guests() {
    return ProfileArbitraries.guests();
  }

  @Provide
  Arbitrary<GuestSystem> systems() {
    return ProfileArbitraries.systems();
  }

  @Provide
  Arbitrary<AzureLocalLicense> licenses() {
    return ProfileArbitraries.licenses();
  }

  @Provide
  Arbitrary<VmId> vmIds() {
    return ProfileArbitraries.vmIds();
  }

  @Provide
  Arbitrary<HostId> hostIds() {
    return ProfileArbitraries.hostIds();
  }

  @Provide
  Arbitrary<Hresult> results() {
    return ProfileArbitraries.results();
  }

  @Provide
  Arbitrary<Instant> instants() {
    return EventArbitraries.instants();
  }

  @Provide
  Arbitrary<KvpItem> items() {
    return KvpArbitraries.within(KvpLimits.SAFE);
  }

  @Provide
  Arbitrary<WindowsEvent> events() {
    return Arbitraries.of(ActivationLogEntry.Side.class)
        .flatMap(
            side ->
                Arbitraries.oneOf(
                    EventArbitraries.activations(side), EventArbitraries.oddActivations(side)));
  }

  /** Small fleets, so that a property that plays them stays quick. */
  @Provide
  Arbitrary<FleetShape> fleets() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 3);
    Arbitrary<WindowsRelease> releases = ProfileArbitraries.releases();
    return Combinators.combine(few, few, Arbitraries.integers().between(0, 4), releases)
        .as(FleetShape::new);
  }
}
