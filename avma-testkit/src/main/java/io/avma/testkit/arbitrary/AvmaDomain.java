package io.avma.testkit.arbitrary;

import io.avma.activation.ActivationInput;
import io.avma.activation.ActivationOutcome;
import io.avma.activation.ActivationRequest;
import io.avma.activation.ActivationResponse;
import io.avma.activation.ActivationState;
import io.avma.activation.ActivationTerms;
import io.avma.activation.AvmaId;
import io.avma.activation.GuestActivation;
import io.avma.activation.GuestKey;
import io.avma.activation.HostActivation;
import io.avma.activation.HostCoverage;
import io.avma.activation.HostInput;
import io.avma.activation.Nonce;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KmsClientKey;
import io.avma.catalog.ProductKey;
import io.avma.eventlog.ActivationLogEntry;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpItem;
import io.avma.kvp.KvpLimits;
import io.avma.kvp.KvpSnapshot;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.sim.FleetShape;
import io.avma.sim.fault.Delay;
import io.avma.sim.fault.Fault;
import io.avma.sim.fault.FaultPlan;
import io.avma.sim.fault.FaultRule;
import io.avma.sim.scenario.Command;
import io.avma.sim.scenario.KeyChoice;
import io.avma.sim.scenario.Scenario;
import io.avma.sim.scenario.Step;
import io.avma.tracking.Observation;
import io.avma.transport.EventBookmark;
import io.avma.transport.EventFilter;
import io.avma.transport.EventGap;
import io.avma.transport.LicenseReading;
import io.avma.transport.LogName;
import io.avma.transport.SweepScope;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
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
  Arbitrary<WindowsRelease> releases() {
    return ProfileArbitraries.releases();
  }

  @Provide
  Arbitrary<Edition> editions() {
    return ProfileArbitraries.editions();
  }

  @Provide
  Arbitrary<SlmgrScreen> slmgrScreens() {
    return ActivationArbitraries.slmgrScreens();
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
  Arbitrary<KvpLimits> limits() {
    return KvpArbitraries.limits();
  }

  @Provide
  Arbitrary<KvpSnapshot> snapshots() {
    return KvpArbitraries.snapshots();
  }

  @Provide
  Arbitrary<WindowsEvent> events() {
    return Arbitraries.of(ActivationLogEntry.Side.class).flatMap(EventArbitraries::anyActivations);
  }

  @Provide
  Arbitrary<ActivationLogEntry> entries() {
    return events().map(event -> ActivationLogEntry.of(event).orElseThrow());
  }

  @Provide
  Arbitrary<ActivationTerms> terms() {
    return ActivationArbitraries.terms();
  }

  @Provide
  Arbitrary<Nonce> nonces() {
    return ActivationArbitraries.nonces();
  }

  @Provide
  Arbitrary<AvmaId> avmaIds() {
    return ActivationArbitraries.avmaIds();
  }

  @Provide
  Arbitrary<GuestKey> guestKeys() {
    return ActivationArbitraries.guestKeys();
  }

  @Provide
  Arbitrary<ActivationRequest> requests() {
    return ActivationArbitraries.requests();
  }

  @Provide
  Arbitrary<ActivationResponse> responses() {
    return ActivationArbitraries.responses();
  }

  @Provide
  Arbitrary<ActivationOutcome> outcomes() {
    return ActivationArbitraries.outcomes();
  }

  @Provide
  Arbitrary<ActivationInput> inputs() {
    return ActivationArbitraries.inputs();
  }

  @Provide
  Arbitrary<HostInput> hostInputs() {
    return ActivationArbitraries.hostInputs();
  }

  @Provide
  Arbitrary<HostCoverage> coverages() {
    return ActivationArbitraries.coverages();
  }

  @Provide
  Arbitrary<GuestActivation> guestMachines() {
    return ActivationArbitraries.guests();
  }

  @Provide
  Arbitrary<ActivationState> states() {
    return ActivationArbitraries.states();
  }

  @Provide
  Arbitrary<HostActivation> hostMachines() {
    return ActivationArbitraries.hosts();
  }

  @Provide
  Arbitrary<VmFacts> facts() {
    return TransportArbitraries.facts();
  }

  @Provide
  Arbitrary<VmReading> readings() {
    return TransportArbitraries.readings();
  }

  @Provide
  Arbitrary<LicenseReading> licenseReadings() {
    return TransportArbitraries.licenses();
  }

  @Provide
  Arbitrary<LogName> logs() {
    return TransportArbitraries.logs();
  }

  @Provide
  Arbitrary<EventBookmark.Mark> marks() {
    return TransportArbitraries.marks();
  }

  @Provide
  Arbitrary<EventBookmark> bookmarks() {
    return TransportArbitraries.bookmarks();
  }

  @Provide
  Arbitrary<EventGap> gaps() {
    return TransportArbitraries.gaps();
  }

  @Provide
  Arbitrary<EventFilter> filters() {
    return TransportArbitraries.filters();
  }

  @Provide
  Arbitrary<SweepScope> scopes() {
    return TransportArbitraries.scopes();
  }

  @Provide
  Arbitrary<Observation> observations() {
    return ObservationArbitraries.observations();
  }

  @Provide
  Arbitrary<Delay> delays() {
    return FaultArbitraries.delays();
  }

  @Provide
  Arbitrary<Fault> faults() {
    return FaultArbitraries.faults();
  }

  @Provide
  Arbitrary<FaultRule> rules() {
    return FaultArbitraries.rules();
  }

  @Provide
  Arbitrary<FaultPlan> plans() {
    return FaultArbitraries.plans();
  }

  @Provide
  Arbitrary<FleetShape> fleets() {
    return ScenarioArbitraries.fleets();
  }

  @Provide
  Arbitrary<KeyChoice> keyChoices() {
    return ScenarioArbitraries.keys();
  }

  @Provide
  Arbitrary<Command> commands() {
    return ScenarioArbitraries.commands();
  }

  @Provide
  Arbitrary<Step> steps() {
    return ScenarioArbitraries.steps();
  }

  @Provide
  Arbitrary<Scenario> scenarios() {
    return ScenarioArbitraries.scenarios();
  }
}
