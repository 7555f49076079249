package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.Edition;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostNamesTest {
  private static final VmId VM = Said.vm(1);
  private static final HostId SHORT = new HostId("hv1");
  private static final HostId FULL = new HostId("HV1.contoso.com");
  private static final HostId OTHER_DOMAIN = new HostId("hv1.fabrikam.com");

  /** Swept under the short name, with a log that was forwarded under the full one. */
  private static Said sweptShortAndForwardedFull() {
    return new Said()
        .seen(SHORT, VM, Said.at(0, 0))
        .hostLoggedSomebody(SHORT, Hresult.OK, Said.at(0, 1))
        .hostLoggedSomebody(FULL, Hresult.OK, Said.at(1, 0))
        .guestLogged(VM, Hresult.OK, Said.at(1, 1))
        .seen(SHORT, VM, Said.at(2, 0))
        .hostLoggedSomebody(SHORT, Hresult.OK, Said.at(3, 0));
  }

  @Test
  void aShortNameJoinsTheOnlyFullOne() {
    Said said = sweptShortAndForwardedFull();
    Exchange exchange = said.history(VM).exchanges().get(0);
    assertEquals(Attribution.INFERRED, exchange.attribution());
    assertEquals(Optional.of(FULL), exchange.answeredBy());
    assertEquals(List.of(), said.view().findings());
    LedgerReport report = said.view().report(Said.at(3, 0), Map.of());
    assertEquals(List.of(FULL), List.copyOf(report.byHost().keySet()));
    assertEquals(1, report.byHost().get(FULL).granted());
    assertEquals(said.all().size(), said.view().ledger().size());
    assertTrue(said.view().ledger().subjects().contains(new Subject.Host(SHORT)));
  }

  @Test
  void aShortNameJoinsNeitherOfTwo() {
    Said said = sweptShortAndForwardedFull().seen(OTHER_DOMAIN, Said.vm(2), Said.at(0, 0));
    assertEquals(Attribution.UNMATCHED, said.history(VM).exchanges().get(0).attribution());
    assertEquals(SHORT, said.history(VM).placements().get(0).host());
  }

  @Test
  void placementsDoNotFlipBetweenTheNamesOfOneHost() {
    Said said =
        new Said()
            .seen(SHORT, VM, Said.at(0, 0))
            .hostLogged(FULL, VM, Hresult.OK, Said.at(1, 0))
            .seen(SHORT, VM, Said.at(2, 0))
            .add(Optional.of(new Observation.HostLacks(FULL, VM, Said.at(3, 0), Provenance.REAL)))
            .seen(SHORT, VM, Said.at(4, 0));
    assertEquals(
        List.of(FULL, FULL), said.history(VM).placements().stream().map(Placement::host).toList());
    assertEquals(3, said.history(VM).placements().get(0).sightings());
  }

  @Test
  void whatAHostSaidUnderOneNameHoldsUnderTheOther() {
    HostProfile standard =
        HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder()
            .edition(Edition.STANDARD)
            .build();
    Said said =
        new Said()
            .add(Optional.of(Observer.real().profile(SHORT, standard, Said.at(0, 0))))
            .activated(FULL, VM, Said.at(1, 0));
    assertEquals(Finding.Kind.GRANT_BY_UNFIT_HOST, said.view().findings().get(0).kind());
  }

  @Test
  void machinesOfTwoDomainsAreTwoEvenIfNumbersAndTimesOfTheirRecordsAreEqual() {
    Said said =
        new Said()
            .add(record(FULL, FULL))
            .add(record(OTHER_DOMAIN, OTHER_DOMAIN))
            .add(record(new HostId("collector"), FULL));
    assertEquals(3, said.view().unattributed().size()); // whose the collector's is nobody knows
  }

  @Test
  void aRecordThatACollectorHandsOnIsTheOneOfTheHostThatWroteIt() {
    Said said = new Said().add(record(new HostId("collector"), FULL)).add(record(SHORT, SHORT));
    assertEquals(1, said.add(record(FULL, FULL)).view().unattributed().size());
    assertEquals(FULL, said.view().unattributed().first().host());
  }

  @Test
  void aGuestCannotRenameAHost() {
    KvpSnapshot claim =
        KvpSnapshot.builder().item(KvpSource.HOST_FACTS, "HostName", "hv1.evil.example").build();
    Said said =
        sweptShortAndForwardedFull()
            .inGuest(VM, Said.at(5, 0), claim)
            .license(
                VM,
                Said.avmaLicense(Said.at(2, 0), Duration.ofDays(6), OTHER_DOMAIN, Said.at(1, 0)));
    assertEquals(FULL, said.history(VM).placements().get(0).host());
  }

  @Test
  void nothingSimulatedGivesARealHostItsName() {
    LicenseLedger ledger =
        LicenseLedger.of(new Said().seen(SHORT, VM, Said.at(0, 0)).all())
            .plus(
                new Said(Observer.simulated())
                    .seen(new HostId("hv1.avma.invalid"), Said.vm(2), Said.at(0, 0))
                    .all());
    assertEquals(SHORT, ledger.view().history(VM).orElseThrow().placements().get(0).host());
  }

  @Test
  void anAddressHasNoShortForm() {
    HostId address = new HostId("10.0.0.1");
    assertFalse(HostNames.maybeSame(address, new HostId("10.0.0.2")));
    assertFalse(HostNames.maybeSame(address, new HostId("10")));
    Said said =
        new Said().seen(new HostId("10"), VM, Said.at(0, 0)).seen(address, VM, Said.at(1, 0));
    assertEquals(2, said.history(VM).placements().size());
  }

  @Test
  void aRenamedHostIsOneHostIfTheTermsSaySo() {
    HostId old = new HostId("old.contoso.com");
    LedgerTerms terms =
        Said.NAMING.toBuilder().alias(new HostId("older"), old).alias(old, FULL).build();
    KvpSnapshot items =
        KvpSnapshot.builder().item(KvpSource.HOST_FACTS, "HostName", "older").build();
    Said said =
        new Said()
            .seen(new HostId("older"), VM, Said.at(0, 0))
            .activated(old, VM, Said.at(1, 0))
            .inGuest(VM, Said.at(1, 60), items)
            .license(VM, Said.avmaLicense(Said.at(1, 60), Duration.ofDays(6), old, Said.at(1, 0)))
            .seen(new HostId("old"), VM, Said.at(2, 0))
            .seen(SHORT, VM, Said.at(3, 0));
    LedgerView view = LicenseLedger.of(said.all()).view(terms);
    VmHistory history = view.history(VM).orElseThrow();
    assertEquals(List.of(FULL), history.placements().stream().map(Placement::host).toList());
    assertEquals(Optional.of(FULL), history.activations().get(0).grantedBy());
    assertEquals(List.of(), view.findings());
    assertEquals(
        EvidenceView.Agreement.AGREE,
        EvidenceView.of(history, Said.at(4, 0)).rows().stream()
            .filter(row -> row.topic() == EvidenceView.Topic.HOST)
            .findFirst()
            .orElseThrow()
            .agreement());
    assertEquals(terms.aliases(), terms.toBuilder().build().aliases());
  }

  @Test
  void aHostRenamedInACircleIsRefused() {
    LedgerTerms.Builder terms = LedgerTerms.standard().toBuilder().alias(SHORT, FULL);
    assertThrows(IllegalArgumentException.class, () -> terms.alias(FULL, SHORT));
    assertThrows(IllegalArgumentException.class, () -> terms.alias(SHORT, SHORT));
  }

  private static Optional<Observation> record(HostId host, HostId computer) {
    return Observer.real()
        .hostEvent(host, Said.hostRecord(computer, 17, Hresult.OK, "", Said.at(0, 0)));
  }
}
