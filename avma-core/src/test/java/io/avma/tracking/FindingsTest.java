package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.HostId;
import io.avma.platform.HostProfile;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.platform.WindowsRelease;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventGap;
import io.avma.transport.LogName;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final VmId VM = Said.vm(1);
  private static final HostProfile GOOD = HostProfile.datacenter(WindowsRelease.WS_2022);

  @Test
  void aFleetInOrderHasNoFindings() {
    Said said = new Said().add(profile(Said.HOST_1, GOOD, Said.at(0, 0)));
    for (int day = 0; day < 60; day++) {
      said.seen(day < 30 ? Said.HOST_1 : Said.HOST_2, VM, Said.at(day, 0));
    }
    for (int day = 0; day < 60; day += 6) {
      said.activated(day < 30 ? Said.HOST_1 : Said.HOST_2, VM, Said.at(day, 60));
    }
    said.inGuest(VM, Said.at(10, 0), hostItems("host-1.example.org", VM));
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void aGrantByAHostThatIsNotActivatedIsFound() {
    HostProfile bad = GOOD.toBuilder().activated(Ternary.NO).build();
    Said said =
        new Said()
            .add(profile(Said.HOST_1, bad, Said.at(0, 0)))
            .activated(Said.HOST_1, VM, Said.at(1, 0))
            .add(profile(Said.HOST_1, bad, Said.at(2, 0)));
    Finding finding = only(said, Finding.Kind.GRANT_BY_UNFIT_HOST);
    assertEquals(Optional.of(VM), finding.vm());
    assertEquals(Optional.of(Said.HOST_1), finding.host());
    assertEquals(Said.at(1, 0), finding.from());
    assertTrue(finding.sentence().contains("not activated"), finding.sentence());
    assertEquals(2, finding.evidence().size());
    assertTrue(finding.open());
  }

  @Test
  void aGrantByAStandardHostIsFound() {
    HostProfile standard = GOOD.toBuilder().edition(Edition.STANDARD).build();
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(1, 0))
            .add(profile(Said.HOST_1, standard, Said.at(2, 0)));
    assertTrue(only(said, Finding.Kind.GRANT_BY_UNFIT_HOST).sentence().contains("Standard"));
  }

  @Test
  void aLicenseLostLaterOrFoundMeanwhileAccusesNoGrant() {
    HostProfile bad = GOOD.toBuilder().activated(Ternary.NO).build();
    Said lostLater =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(1, 0))
            .add(profile(Said.HOST_1, bad, Said.at(30, 0)));
    assertEquals(List.of(), lostLater.view().findings());
    Said foundMeanwhile =
        new Said()
            .add(profile(Said.HOST_1, bad, Said.at(0, 0)))
            .activated(Said.HOST_1, VM, Said.at(1, 0));
    assertEquals(List.of(), foundMeanwhile.view().findings());
  }

  @Test
  void theLicenseOfAnAzureLocalHostComesAndGoesToo() {
    for (AzureLocalLicense license :
        List.of(
            new AzureLocalLicense.None(),
            new AzureLocalLicense.Subscription(Ternary.NO),
            new AzureLocalLicense.HostKey(WindowsRelease.WS_2016))) {
      HostProfile bad = HostProfile.azureLocal(license);
      Said said =
          new Said()
              .add(profile(Said.HOST_1, bad, Said.at(0, 0)))
              .activated(Said.HOST_1, VM, Said.at(1, 0));
      assertEquals(List.of(), said.view().findings(), license.toString());
      said.add(profile(Said.HOST_1, bad, Said.at(2, 0)));
      only(said, Finding.Kind.GRANT_BY_UNFIT_HOST);
    }
  }

  @Test
  void aStandardHostIsAccusedOfItsEditionAloneWhereItsLicenseIsUnknown() {
    HostProfile standard = GOOD.toBuilder().edition(Edition.STANDARD).activated(Ternary.NO).build();
    Said said =
        new Said()
            .add(profile(Said.HOST_1, standard, Said.at(0, 0)))
            .activated(Said.HOST_1, VM, Said.at(1, 0));
    Finding finding = only(said, Finding.Kind.GRANT_BY_UNFIT_HOST);
    assertTrue(finding.sentence().contains("Standard"), finding.sentence());
    assertFalse(finding.sentence().contains("not activated"), finding.sentence());
  }

  @Test
  void anObstacleThatGaveWayToAnotherProvesNothingAboutTheTimeBetween() {
    HostProfile standard = GOOD.toBuilder().edition(Edition.STANDARD).build();
    HostProfile unlicensed = GOOD.toBuilder().activated(Ternary.NO).build();
    Said said =
        new Said()
            .add(profile(Said.HOST_1, standard, Said.at(0, 0)))
            .activated(Said.HOST_1, VM, Said.at(1, 0))
            .add(profile(Said.HOST_1, unlicensed, Said.at(2, 0)));
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void aHostThatWasFitBeforeOrAfterMayHaveGranted() {
    HostProfile bad = GOOD.toBuilder().activated(Ternary.NO).build();
    Said said =
        new Said()
            .add(profile(Said.HOST_1, bad, Said.at(0, 0)))
            .activated(Said.HOST_1, VM, Said.at(1, 0))
            .add(profile(Said.HOST_1, GOOD, Said.at(2, 0)))
            .activated(Said.HOST_1, VM, Said.at(3, 0))
            .add(profile(Said.HOST_1, bad, Said.at(4, 0)));
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void aGuestThatDeniesAGrantInForceIsFound() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(VM, Said.license(5, LicenseChannel.AVMA, Said.at(1, 0)));
    Finding finding = only(said, Finding.Kind.GRANT_DENIED_BY_GUEST);
    assertEquals(
        "By the log of host-1 this VM is activated until 2026-01-08 00:00, and on 2026-01-02 00:00"
            + " the guest said that it is not activated.",
        finding.sentence());
    assertEquals(Optional.of(VM), finding.vm());
    assertEquals(Said.at(1, 0), finding.from());
    assertEquals(2, finding.evidence().size());
    assertTrue(finding.open());
    said.activated(Said.HOST_1, VM, Said.at(1, 60));
    assertFalse(only(said, Finding.Kind.GRANT_DENIED_BY_GUEST).open());
  }

  @Test
  void aKeyOfAnotherChannelWithinAGrantIsFoundUntilTheGrantIsOver() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(VM, Said.license(1, LicenseChannel.MAK, Said.at(1, 0)))
            .license(VM, Said.license(1, LicenseChannel.MAK, Said.at(2, 0)));
    Finding finding = only(said, Finding.Kind.GRANT_DENIED_BY_GUEST);
    assertTrue(finding.sentence().contains("has a key of another channel"), finding.sentence());
    assertEquals(Said.at(2, 0), finding.until());
    assertTrue(finding.open());
    said.license(VM, Said.license(1, LicenseChannel.MAK, Said.at(8, 0)));
    assertFalse(only(said, Finding.Kind.GRANT_DENIED_BY_GUEST).open());
  }

  @Test
  void aDenialBeforeAGrantOrAfterItDeniesNothing() {
    Said said =
        new Said()
            .license(VM, Said.license(5, LicenseChannel.AVMA, Said.at(0, 1)))
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(VM, Said.license(5, LicenseChannel.AVMA, Said.at(7, 1)));
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void aClaimThatTheHostsLogDoesNotKnowIsFound() {
    Said said = claimBetweenRecordsOfTheHost();
    Finding finding = only(said, Finding.Kind.ACTIVATION_WITHOUT_GRANT);
    assertTrue(finding.sentence().contains("from before and after"), finding.sentence());
    assertTrue(finding.open());
    said.activated(Said.HOST_1, VM, Said.at(3, 0));
    assertFalse(only(said, Finding.Kind.ACTIVATION_WITHOUT_GRANT).open());
  }

  @Test
  void aGapInTheHostsLogExcusesWhatItCannotTell() {
    Said said = claimBetweenRecordsOfTheHost();
    said.add(Observer.real().gap(Said.HOST_1, gap(Said.at(1, 1), Said.at(2, 0))));
    assertTrue(
        only(said, Finding.Kind.ACTIVATION_WITHOUT_GRANT).sentence().contains("before and after"));
    EventGap there = gap(Said.at(0, 0), Said.at(2, 0));
    said.add(Observer.real().gap(Said.HOST_1, there));
    Finding finding = only(said, Finding.Kind.ACTIVATION_WITHOUT_GRANT);
    assertTrue(finding.sentence().contains("has a gap there"), finding.sentence());
    assertTrue(
        finding.evidence().stream()
            .anyMatch(one -> one instanceof Observation.LogGap log && log.gap().equals(there)));
  }

  @Test
  void aGapOfWhichNobodyKnowsTheBeginningReachesBackAsFarAsCanBe() {
    Said said = claimBetweenRecordsOfTheHost();
    EventGap gap =
        new EventGap(
            EventGap.Kind.RESTARTED,
            new LogName("host-1", "Application"),
            new Mark(9, Optional.empty()),
            new Mark(1, Optional.of(Said.at(1, 0))));
    said.add(Observer.real().gap(Said.HOST_1, gap));
    assertTrue(
        only(said, Finding.Kind.ACTIVATION_WITHOUT_GRANT).sentence().contains("has a gap there"));
  }

  /** The guest says that it was activated a day after one record of its host and before another. */
  private static Said claimBetweenRecordsOfTheHost() {
    return new Said()
        .seen(Said.HOST_1, VM, Said.at(0, 0))
        .hostLogged(Said.HOST_1, Said.vm(2), Hresult.OK, Said.at(0, 0))
        .guestLogged(VM, Hresult.OK, Said.at(1, 0))
        .hostLogged(Said.HOST_1, Said.vm(2), Hresult.OK, Said.at(2, 0));
  }

  private static EventGap gap(Instant from, Instant to) {
    return new EventGap(
        EventGap.Kind.MISSING_RECORDS,
        new LogName("host-1", "Application"),
        new Mark(3, Optional.of(from)),
        new Mark(9, Optional.of(to)));
  }

  @Test
  void aLicenseReadingWithoutAGrantIsFound() {
    Said said =
        new Said()
            .license(
                VM,
                Said.avmaLicense(Said.at(1, 0), Duration.ofDays(3), Said.HOST_1, Said.at(0, 0)));
    assertTrue(only(said, Finding.Kind.ACTIVATION_WITHOUT_GRANT).sentence().contains("no log"));
    assertEquals(Optional.empty(), said.history(VM).activationAt(Said.at(1, 0)));
    assertTrue(said.history(VM).claimAt(Said.at(1, 0)).isPresent());
  }

  @Test
  void aClaimThatSeveralRecordsWouldFitIsNoContradiction() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(1, 0))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(1, 1))
            .guestLogged(VM, Hresult.OK, Said.at(1, 2));
    assertEquals(List.of(), said.view().findings());
    assertEquals(2, said.view().unattributed().size());
    assertTrue(said.history(VM).activations().isEmpty());
  }

  @Test
  void aVmSeenOnTwoHostsAtOnceIsFound() {
    Said said =
        new Said().seen(Said.HOST_1, VM, Said.at(1, 0)).seen(Said.HOST_2, VM, Said.at(1, 0));
    Finding finding = only(said, Finding.Kind.SEEN_ON_TWO_HOSTS);
    assertEquals("The VM ran on host-1 and host-2 at the same time.", finding.sentence());
    assertTrue(finding.open());
  }

  @Test
  void aVmThatIsThereAndBackWithinSecondsRunsTwice() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(1, 0))
            .seen(Said.HOST_2, VM, Said.at(1, 20))
            .seen(Said.HOST_1, VM, Said.at(1, 40))
            .seen(Said.HOST_1, VM, Said.at(2, 0));
    assertFalse(only(said, Finding.Kind.SEEN_ON_TWO_HOSTS).open());
  }

  @Test
  void aVmThatEachSweepFindsOnBothHostsRunsTwice() {
    Said said = new Said();
    for (int day = 0; day < 2; day++) {
      said.seen(Said.HOST_1, VM, Said.at(day, 0)).seen(Said.HOST_2, VM, Said.at(day, 5));
    }
    only(said, Finding.Kind.SEEN_ON_TWO_HOSTS);
  }

  @Test
  void migrationsThereAndBackAreNoCopies() {
    Said said = new Said();
    for (int hour = 0; hour < 48; hour++) {
      HostId host = hour / 6 % 2 == 0 ? Said.HOST_1 : Said.HOST_2;
      said.seen(host, VM, Said.at(0, hour * 3_600));
    }
    for (int minute = 0; minute < 60; minute++) {
      HostId host = minute / 10 % 2 == 0 ? Said.HOST_1 : Said.HOST_2;
      said.seen(host, VM, Said.at(3, minute * 60));
    }
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void aReplicaIsNoSecondVm() {
    Said said = new Said().seen(Said.HOST_1, VM, Said.at(1, 0));
    VmFacts replica = VmFacts.running(VM, "vm-1").withReplica(Ternary.YES);
    said.swept(Said.HOST_2, new VmReading.Read(replica, KvpSnapshot.empty(), Said.at(1, 0)));
    assertEquals(List.of(), said.view().findings());
    assertEquals(Said.HOST_1, said.history(VM).lastPlacement(Said.at(2, 0)).get().host());
  }

  @Test
  void aGuestThatNamesAnotherHostThanTheOneThatHadItIsFound() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .inGuest(VM, Said.at(1, 0), hostItems("host-9", VM))
            .seen(Said.HOST_1, VM, Said.at(2, 0));
    Finding finding = only(said, Finding.Kind.CLAIMS_OTHER_HOST);
    assertTrue(finding.sentence().contains("host-9, while host-1 had it"), finding.sentence());
    assertTrue(finding.open());
    said.inGuest(VM, Said.at(1, 60), hostItems("host-1", VM));
    assertFalse(only(said, Finding.Kind.CLAIMS_OTHER_HOST).open());
  }

  @Test
  void aGuestMayNameThePreviousHostForAWhile() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .seen(Said.HOST_2, VM, Said.at(0, 300))
            .inGuest(VM, Said.at(0, 600), hostItems("host-1", VM))
            .seen(Said.HOST_2, VM, Said.at(1, 0));
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void betweenTwoHostsAGuestMayNameAny() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .inGuest(VM, Said.at(1, 0), hostItems("host-9", VM))
            .seen(Said.HOST_2, VM, Said.at(2, 0));
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void aGuestThatNamesAnotherActivatorThanTheLogIsFound() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(
                VM,
                Said.avmaLicense(Said.at(1, 0), Duration.ofDays(6), Said.HOST_2, Said.at(0, 0)));
    assertTrue(
        only(said, Finding.Kind.CLAIMS_OTHER_HOST)
            .sentence()
            .contains("activated by host-2, while the grant is in the log of host-1"));
  }

  @Test
  void aGuestThatSaysItIsAnotherVmIsFound() {
    Said said = new Said().inGuest(VM, Said.at(0, 0), hostItems("host-1", Said.vm(2)));
    Finding finding = only(said, Finding.Kind.CLAIMS_OTHER_VM);
    assertTrue(finding.sentence().contains(Said.vm(2).toString()));
    said.inGuest(VM, Said.at(1, 0), hostItems("host-1", VM));
    assertFalse(only(said, Finding.Kind.CLAIMS_OTHER_VM).open());
  }

  @Test
  void itemsOfAvmaBehindAnotherKeyAreFoundUntilTheyAreGone() {
    KvpSnapshot items = Said.items(KvpSource.GUEST_WRITTEN, "AvmaHost", "host-1");
    Said said =
        new Said()
            .inGuest(VM, Said.at(0, 60), items)
            .license(VM, Said.license(1, LicenseChannel.RETAIL, Said.at(1, 0)))
            .inGuest(VM, Said.at(2, 0), items);
    Finding finding = only(said, Finding.Kind.AVMA_ITEMS_LEFT);
    assertEquals(Said.at(2, 0), finding.from());
    assertTrue(finding.sentence().contains("AvmaHost"));
    assertTrue(finding.open());
    said.inGuest(VM, Said.at(3, 0), Said.items(KvpSource.GUEST_WRITTEN, "Owner", "me"));
    assertFalse(only(said, Finding.Kind.AVMA_ITEMS_LEFT).open());
  }

  @Test
  void anAvmaKeyPutBackMakesTheItemsRightAgain() {
    KvpSnapshot items = Said.items(KvpSource.GUEST_WRITTEN, "AvmaHost", "host-1");
    Said said =
        new Said()
            .license(VM, Said.license(1, LicenseChannel.RETAIL, Said.at(1, 0)))
            .license(VM, Said.license(0, LicenseChannel.AVMA, Said.at(2, 0)))
            .inGuest(VM, Said.at(3, 0), items);
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void aRefusalIsFoundUntilASuccess() {
    Said said =
        new Said()
            .hostLogged(Said.HOST_1, VM, Hresult.HOST_NOT_ACTIVATED, Said.at(0, 0))
            .hostLogged(Said.HOST_1, VM, Hresult.HOST_NOT_ACTIVATED, Said.at(1, 0));
    Finding finding = only(said, Finding.Kind.REFUSED);
    assertEquals(
        "The last 2 requests of this VM failed with 0xC004FD02"
            + " SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED, says host-1: the host itself is not"
            + " activated.",
        finding.sentence());
    said.activated(Said.HOST_1, VM, Said.at(2, 0));
    assertEquals(List.of(), said.view().findings());
  }

  @Test
  void oneRecordWithTwoContentsIsFoundAndCountsOnce() {
    Observer observer = Observer.real();
    Said said =
        new Said()
            .add(record(observer, Hresult.OK, Said.at(0, 0)))
            .add(record(observer, Hresult.HOST_NOT_ACTIVATED, Said.at(0, 0)));
    only(said, Finding.Kind.RECORDS_DIFFER);
    assertEquals(1, said.history(VM).exchanges().size());
  }

  @Test
  void whatIsSimulatedAboutARealVmIsLeftOutAndFound() {
    Said real = new Said().seen(Said.HOST_1, VM, Said.at(0, 0));
    Said simulated = new Said(Observer.simulated()).activated(Said.HOST_1, VM, Said.at(1, 0));
    LedgerView view = LicenseLedger.of(real.all()).plus(simulated.all()).view(Said.NAMING);
    List<Finding> findings = view.findings();
    assertEquals(2, findings.size(), findings::toString);
    assertTrue(findings.stream().allMatch(one -> one.kind() == Finding.Kind.SIMULATED_AMONG_REAL));
    VmHistory history = view.history(VM).orElseThrow();
    assertEquals(Provenance.REAL, history.provenance());
    assertEquals(List.of(), history.activations());
    assertEquals(List.of(), history.claims());
    assertEquals(2, history.leftOut().size());
  }

  @Test
  void aFindingThatRestsOnSomethingSimulatedIsMarked() {
    Said said =
        new Said(Observer.simulated())
            .hostLogged(Said.HOST_1, VM, Hresult.HOST_NOT_ACTIVATED, Said.at(0, 0));
    assertEquals(Provenance.SIMULATED, only(said, Finding.Kind.REFUSED).provenance());
  }

  private static Optional<Observation> record(Observer observer, Hresult result, Instant at) {
    return observer.hostEvent(
        Said.HOST_1, Said.hostRecord(Said.HOST_1, 7, result, VM.toString(), at));
  }

  private static Optional<Observation> profile(HostId host, HostProfile profile, Instant at) {
    return Optional.of(Observer.real().profile(host, profile, at));
  }

  private static KvpSnapshot hostItems(String host, VmId vm) {
    return KvpSnapshot.builder()
        .item(KvpSource.HOST_FACTS, "HostName", host)
        .item(KvpSource.HOST_FACTS, "PhysicalHostNameFullyQualified", host)
        .item(KvpSource.HOST_FACTS, "VirtualMachineId", vm.toString())
        .build();
  }

  private static Finding only(Said said, Finding.Kind kind) {
    ImmutableList<Finding> findings =
        said.view().findings().stream()
            .filter(finding -> finding.kind() != Finding.Kind.REFUSED || kind == finding.kind())
            .collect(ImmutableList.toImmutableList());
    assertEquals(1, findings.size(), findings::toString);
    assertEquals(kind, findings.get(0).kind());
    return findings.get(0);
  }
}
