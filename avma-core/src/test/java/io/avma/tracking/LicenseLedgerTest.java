package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.VmExtractor;
import io.avma.kvp.KvpSnapshot;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LicenseLedgerTest {
  private static final VmId VM = Said.vm(1);

  @Test
  void addingWhatIsKnownChangesNothingAndSharesEverything() {
    Said said =
        new Said().activated(Said.HOST_1, VM, Said.at(0, 0)).seen(Said.HOST_1, VM, Said.at(0, 0));
    LicenseLedger ledger = LicenseLedger.of(said.all());
    LicenseLedger again = ledger.plus(said.all());
    assertEquals(ledger, again);
    assertEquals(3, again.size());
    ledger.subjects().forEach(one -> assertSame(ledger.about(one), again.about(one)));
  }

  @Test
  void aLogThatIsReadTwiceCountsOnce() {
    Observer observer = Observer.real();
    var event = Said.hostRecord(new HostId("host-1"), 17, Hresult.OK, "", Said.at(0, 0));
    Observation direct = observer.hostEvent(Said.HOST_1, event).orElseThrow();
    Observation forwarded = observer.hostEvent(event).orElseThrow();
    Observation underLongName =
        observer.hostEvent(new HostId("host-1.example.org"), event).orElseThrow();
    assertEquals(direct, forwarded);
    LedgerView view = LicenseLedger.of(List.of(direct, forwarded, underLongName)).view();
    assertEquals(1, view.unattributed().size());
  }

  @Test
  void aClearedLogStartsToCountAgainAndItsRecordsAreOthers() {
    Said said = new Said().add(record(5, Said.at(0, 0))).add(record(5, Said.at(9, 0)));
    assertEquals(2, said.view().history(VM).orElseThrow().exchanges().size());
  }

  @Test
  void withoutAnExtractorNoRecordOfAHostIsAttributedByItsText() {
    LicenseLedger ledger =
        LicenseLedger.of(new Said().hostLogged(Said.HOST_1, VM, Hresult.OK, Said.at(0, 0)).all());
    assertEquals(1, ledger.view().unattributed().size());
    assertEquals(List.of(), List.copyOf(ledger.view().vms()));
    assertEquals(0, ledger.view(Said.NAMING).unattributed().size());
    assertTrue(
        ledger.view(Said.NAMING).history(VM).orElseThrow().activationAt(Said.at(6, 0)).isPresent());
  }

  @Test
  void aNameStandsForAVmIfTheHostShowsItForThatOneOnly() {
    LedgerTerms byName =
        LedgerTerms.standard().toBuilder()
            .extractor(VmExtractor.matching(Pattern.compile("VM '(?<name>[^']*)'")))
            .build();
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .add(
                Observer.real()
                    .hostEvent(
                        Said.HOST_1,
                        Said.hostRecord(
                            Said.HOST_1, 1, Hresult.OK, "VM 'vm-1' granted", Said.at(0, 9))));
    LicenseLedger ledger = LicenseLedger.of(said.all());
    assertEquals(1, ledger.view(byName).history(VM).orElseThrow().activations().size());
    LicenseLedger shared =
        ledger.plus(new Said().swept(Said.HOST_1, named(Said.vm(2), "vm-1")).all());
    assertEquals(1, shared.view(byName).unattributed().size());
  }

  @Test
  void timeJoinsWhatNothingElseCanExplain() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .seen(Said.HOST_2, Said.vm(2), Said.at(0, 0))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(0, 10))
            .guestLogged(VM, Hresult.OK, Said.at(0, 40))
            .guestLogged(Said.vm(2), Hresult.OK, Said.at(0, 12));
    ActivatedSpan span = said.history(VM).activations().get(0);
    assertEquals(ActivatedSpan.Backing.INFERRED, span.backing());
    assertEquals(Optional.of(Said.HOST_1), span.grantedBy());
    assertEquals(Said.at(0, 40), span.from());
    assertEquals(List.of(), said.history(Said.vm(2)).activations());
    assertEquals(Attribution.UNMATCHED, said.history(Said.vm(2)).exchanges().get(0).attribution());
  }

  @Test
  void timeJoinsNothingBeyondTheCorrelation() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(0, 10))
            .guestLogged(VM, Hresult.OK, Said.at(0, 41));
    assertEquals(List.of(), said.history(VM).activations());
    assertEquals(1, said.view().unattributed().size());
  }

  @Test
  void timeJoinsNoDifferentResults() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .hostLoggedSomebody(Said.HOST_1, Hresult.HOST_NOT_ACTIVATED, Said.at(0, 10))
            .guestLogged(VM, Hresult.OK, Said.at(0, 11));
    assertEquals(1, said.view().unattributed().size());
  }

  @Test
  void twoGuestsThatOneRecordFitsGetItNeither() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .seen(Said.HOST_1, Said.vm(2), Said.at(0, 0))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(0, 10))
            .guestLogged(VM, Hresult.OK, Said.at(0, 11))
            .guestLogged(Said.vm(2), Hresult.OK, Said.at(0, 12));
    assertEquals(1, said.view().unattributed().size());
    assertEquals(Attribution.AMBIGUOUS, said.history(VM).exchanges().get(0).attribution());
  }

  @Test
  void guestsThatAskTogetherAreAllAnsweredIfThereAreAsManyRecords() {
    Said said = new Said();
    for (int vm = 1; vm <= 50; vm++) {
      said.seen(Said.HOST_1, Said.vm(vm), Said.at(0, 0))
          .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(1, vm))
          .guestLogged(Said.vm(vm), Hresult.OK, Said.at(1, 60 - vm));
    }
    for (VmHistory history : said.view().histories().values()) {
      assertEquals(Attribution.INFERRED, history.exchanges().get(0).attribution());
      assertEquals(Optional.of(Said.HOST_1), history.activations().get(0).grantedBy());
    }
    assertEquals(0, said.view().unattributed().size());
    said.hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(1, 30));
    assertEquals(51, said.view().unattributed().size());
  }

  @Test
  void aGuestWithoutARecordOfItsOwnLeavesAllOpen() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .seen(Said.HOST_1, Said.vm(2), Said.at(0, 0))
            .seen(Said.HOST_1, Said.vm(3), Said.at(0, 0))
            .guestLogged(VM, Hresult.OK, Said.at(1, 0))
            .guestLogged(Said.vm(2), Hresult.OK, Said.at(1, 1))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(1, 31))
            .guestLogged(Said.vm(3), Hresult.OK, Said.at(1, 61))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(1, 62))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(1, 63));
    assertEquals(Attribution.UNMATCHED, said.history(VM).exchanges().get(0).attribution());
    said.seen(Said.HOST_1, Said.vm(4), Said.at(0, 0))
        .guestLogged(Said.vm(4), Hresult.OK, Said.at(1, 2));
    for (int vm = 2; vm <= 4; vm++) {
      assertEquals(
          Attribution.AMBIGUOUS, said.history(Said.vm(vm)).exchanges().get(0).attribution());
    }
  }

  @Test
  void guestsThatTwoHostsMayHaveAnsweredStayOpen() {
    Said said =
        new Said()
            .guestLogged(VM, Hresult.OK, Said.at(1, 0))
            .guestLogged(Said.vm(2), Hresult.OK, Said.at(1, 0))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(1, 0))
            .hostLoggedSomebody(Said.HOST_2, Hresult.OK, Said.at(1, 0));
    assertEquals(Attribution.AMBIGUOUS, said.history(VM).exchanges().get(0).attribution());
  }

  @Test
  void aVmThatNobodySawCanHaveBeenAnywhere() {
    Said said =
        new Said()
            .hostLoggedSomebody(Said.HOST_2, Hresult.OK, Said.at(0, 10))
            .guestLogged(VM, Hresult.OK, Said.at(0, 11));
    assertEquals(Optional.of(Said.HOST_2), said.history(VM).activations().get(0).grantedBy());
    said.hostLoggedSomebody(Said.HOST_3, Hresult.OK, Said.at(0, 12));
    assertEquals(Attribution.AMBIGUOUS, said.history(VM).exchanges().get(0).attribution());
  }

  @Test
  void placementsAreRowsOfSightings() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .seen(Said.HOST_1, VM, Said.at(1, 0))
            .seen(Said.HOST_1, VM, VmState.OFF, Said.at(2, 0))
            .seen(Said.HOST_2, VM, Said.at(4, 0))
            .hostLogged(Said.HOST_2, VM, Hresult.OK, Said.at(5, 0));
    List<Placement> placements = said.history(VM).placements();
    assertEquals(3, placements.size());
    assertEquals(Said.at(1, 0), placements.get(0).until());
    assertEquals(Placement.Presence.AT_REST, placements.get(1).presence());
    assertEquals(Said.at(5, 0), placements.get(2).until());
    assertEquals(2, placements.get(2).sightings());
    assertFalse(placements.get(0).covers(Said.at(1, 1)));
  }

  @Test
  void aHostThatLostTheVmBreaksTheRow() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .add(
                Optional.of(
                    new Observation.HostLacks(Said.HOST_1, VM, Said.at(1, 0), Provenance.REAL)))
            .seen(Said.HOST_1, VM, Said.at(2, 0));
    assertEquals(2, said.history(VM).placements().size());
  }

  @Test
  void aRenewalByAnotherHostGoesOnWithTheSpan() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .activated(Said.HOST_2, VM, Said.at(6, 0))
            .activated(Said.HOST_2, VM, Said.at(20, 0));
    List<ActivatedSpan> spans = said.history(VM).activations();
    assertEquals(2, spans.size());
    assertEquals(Said.at(13, 1), spans.get(0).until());
    assertEquals(ActivatedSpan.Backing.HOST_LOG, spans.get(0).backing());
    assertTrue(spans.get(0).confirmed());
    assertEquals(4, spans.get(0).evidence().size());
    assertFalse(spans.get(0).covers(Said.at(13, 1)));
  }

  @Test
  void theValidityIsWhatTheTermsSay() {
    LicenseLedger ledger =
        LicenseLedger.of(new Said().activated(Said.HOST_1, VM, Said.at(0, 0)).all());
    LedgerTerms longer = Said.NAMING.toBuilder().validity(Duration.ofDays(180)).build();
    assertTrue(ledger.view(longer).history(VM).get().activationAt(Said.at(100, 0)).isPresent());
    assertFalse(
        ledger.view(Said.NAMING).history(VM).get().activationAt(Said.at(100, 0)).isPresent());
  }

  @Test
  void theReportCountsClaimsApart() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .activated(Said.HOST_1, VM, Said.at(0, 10))
            .seen(Said.HOST_1, Said.vm(2), Said.at(0, 0))
            .guestLogged(Said.vm(2), Hresult.OK, Said.at(1, 0))
            .activated(Said.HOST_2, Said.vm(3), Said.at(0, 0))
            .hostLogged(Said.HOST_1, VM, Hresult.HOST_NOT_ACTIVATED, Said.at(2, 0))
            .hostLoggedSomebody(Said.HOST_2, Hresult.OK, Said.at(2, 0))
            .guestLogged(Said.vm(4), Hresult.ID_MISMATCH, Said.at(2, 0));
    LedgerReport report = said.view().report(Said.at(2, 0), Map.of(VM, "blue", Said.vm(2), "blue"));
    assertEquals(new LedgerReport.Count(4, 2, 0, 0, 1, 2), report.total());
    assertEquals(
        List.of(
            Said.HOST_1,
            new LedgerReport.HostCount(new LedgerReport.Count(2, 1, 0, 0, 1, 1), 1, 1)),
        List.of(Said.HOST_1, report.byHost().get(Said.HOST_1)));
    assertEquals(new LedgerReport.Count(1, 0, 0, 0, 0, 0), report.homeless());
    assertEquals(List.of("", "blue"), List.copyOf(report.byTenant().keySet()));
    assertEquals(2, report.byTenant().get("blue").vms());
    assertEquals(1, report.unattributedGrants());
    assertEquals(Provenance.REAL, report.provenance());
    assertEquals(
        List.of(Finding.Kind.ACTIVATION_WITHOUT_GRANT, Finding.Kind.REFUSED, Finding.Kind.REFUSED),
        report.openFindings().stream().map(Finding::kind).toList());
    LedgerReport later = said.view().report(Said.at(30, 0), Map.of());
    assertEquals(new LedgerReport.Count(4, 0, 0, 0, 0, 2), later.total());
  }

  @Test
  void aGuestsWordNeverLowersTheNumberOfActivatedVms() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(VM, Said.license(5, LicenseChannel.AVMA, Said.at(1, 0)));
    assertEquals(
        new LedgerReport.Count(1, 1, 0, 1, 0, 1),
        said.view().report(Said.at(2, 0), Map.of()).total());
    ActivatedSpan span = said.history(VM).activations().get(0);
    assertEquals(Said.at(7, 1), span.until());
    assertEquals(Said.at(1, 0), span.undeniedUntil());
    assertEquals(
        new LedgerReport.Count(1, 1, 0, 0, 0, 1),
        said.view().report(Said.at(0, 9), Map.of()).total());
  }

  private static Optional<Observation> record(long number, Instant at) {
    return Observer.real()
        .hostEvent(
            Said.HOST_1, Said.hostRecord(Said.HOST_1, number, Hresult.OK, VM.toString(), at));
  }

  private static VmReading named(VmId vm, String name) {
    return new VmReading.Read(VmFacts.running(vm, name), KvpSnapshot.empty(), Said.at(0, 0));
  }
}
