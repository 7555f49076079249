package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.HostId;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Ternary;
import io.avma.platform.VmId;
import io.avma.transport.LicenseReading;
import io.avma.transport.SweepScope;
import io.avma.transport.TransportException;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import io.avma.transport.VmState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObserverTest {
  private static final VmId VM = Said.vm(1);
  private static final Observer REAL = Observer.real();

  @Test
  void aSweepGivesEvidenceAndClaimsApart() {
    KvpSnapshot items =
        KvpSnapshot.builder()
            .item(KvpSource.INTRINSIC, "FullyQualifiedDomainName", "web1")
            .item(KvpSource.GUEST_WRITTEN, "AvmaHost", "host-9")
            .item(KvpSource.GUEST_WRITTEN, "Password", "secret")
            .build();
    ImmutableList<Observation> all =
        REAL.sweep(
            Said.HOST_1, new VmReading.Read(VmFacts.running(VM, "web"), items, Said.at(0, 0)));
    assertEquals(2, all.size());
    assertEquals(Observation.Witness.HOST, all.get(0).witness());
    Observation.GuestTold told = assertInstanceOf(Observation.GuestTold.class, all.get(1));
    assertEquals(Observation.Witness.GUEST, told.witness());
    assertEquals(Optional.of("web1"), told.statement().computer());
    assertEquals(ImmutableList.of("AvmaHost"), told.statement().avmaItems().get().asList());
    assertFalse(told.toString().contains("secret"));
  }

  @Test
  void aSweepThatDidNotAskForGuestWrittenItemsSaysNothingAboutThem() {
    KvpSnapshot items = Said.items(KvpSource.INTRINSIC, "FullyQualifiedDomainName", "web1");
    VmReading reading = new VmReading.Read(VmFacts.running(VM, "web"), items, Said.at(0, 0));
    SweepScope scope = SweepScope.everything().only(KvpSource.INTRINSIC);
    Observation.GuestTold told =
        (Observation.GuestTold) REAL.sweep(Said.HOST_1, reading, scope).get(1);
    assertEquals(Optional.empty(), told.statement().avmaItems());
  }

  @Test
  void aVmThatCannotBeReadIsThereAndOneThatIsNotFoundIsNot() {
    Observation there =
        REAL.sweep(Said.HOST_1, unreadable(TransportException.Reason.TIMED_OUT)).get(0);
    assertEquals(VmState.UNKNOWN, ((Observation.HostSaw) there).facts().state());
    Observation gone =
        REAL.sweep(Said.HOST_1, unreadable(TransportException.Reason.NOT_FOUND)).get(0);
    assertInstanceOf(Observation.HostLacks.class, gone);
  }

  @Test
  void eachSideReadsItsOwnEventsOnly() {
    WindowsEvent host = Said.hostRecord(Said.HOST_1, 1, Hresult.OK, "", Said.at(0, 0));
    WindowsEvent guest = Said.guestRecord(VM, 1, Hresult.OK, Said.at(0, 0));
    assertTrue(REAL.hostEvent(Said.HOST_1, host).isPresent());
    assertEquals(Optional.empty(), REAL.hostEvent(Said.HOST_1, guest));
    assertTrue(REAL.guestEvent(VM, guest).isPresent());
    assertEquals(Optional.empty(), REAL.guestEvent(VM, host));
  }

  @Test
  void aRecordWithoutAnyTimeOrWithAnAbsurdOneSaysNothing() {
    assertEquals(
        Optional.empty(),
        REAL.hostEvent(
            Said.HOST_1,
            Said.hostRecord(Said.HOST_1, 1, Hresult.OK, "", Instant.MAX.minusNanos(99))));
  }

  @Test
  void theRulesEngineTellsTheLicenseOfHostAndGuest() {
    WindowsEvent event =
        context(
            "LicenseState=SL_LICENSING_STATUS_NOTIFICATION;ProductKeyType=Volume:MAK;"
                + "PartialProductKey=9PXBR");
    Observation.HostStated stated =
        (Observation.HostStated) REAL.hostEvent(Said.HOST_1, event).orElseThrow();
    assertEquals(Ternary.NO, stated.profile().activated());
    Observation.LicenseTold told =
        (Observation.LicenseTold) REAL.guestEvent(VM, event).orElseThrow();
    assertEquals(LicenseChannel.MAK, told.channel());
    assertTrue(told.hasOtherKey());
    WindowsEvent office =
        context(
            "LicenseState=SL_LICENSING_STATUS_LICENSED;ProductKeyType=Retail;"
                + "AppId=0ff1ce15-a989-479d-af46-f275c6370663");
    assertEquals(Optional.empty(), REAL.guestEvent(VM, office));
  }

  @Test
  void machinesUnderInvalidAreSimulatedWhoeverSaysWhat() {
    HostId host = new HostId("host-1.avma.invalid");
    VmReading reading =
        new VmReading.Read(VmFacts.running(VM, "web"), KvpSnapshot.empty(), Said.at(0, 0));
    assertEquals(Provenance.SIMULATED, REAL.sweep(host, reading).get(0).provenance());
    assertEquals(
        Provenance.SIMULATED,
        REAL.hostEvent(Said.hostRecord(host, 1, Hresult.OK, "", Said.at(0, 0)))
            .orElseThrow()
            .provenance());
    assertEquals(
        Provenance.SIMULATED,
        REAL.license(VM, Said.avmaLicense(Said.at(0, 0), Duration.ofDays(1), host, Said.at(0, 0)))
            .provenance());
    assertEquals(Provenance.REAL, REAL.sweep(Said.HOST_1, reading).get(0).provenance());
  }

  @Test
  void whatAMachineSaysIsBoundedAndNeverThrows() {
    String endless = "A".repeat(100_000);
    KvpSnapshot.Builder items = KvpSnapshot.builder();
    for (int i = 0; i < 1_000; i++) {
      items.item(KvpSource.GUEST_WRITTEN, "avma" + i + endless, endless);
    }
    items.item(KvpSource.INTRINSIC, "FullyQualifiedDomainName", endless);
    items.item(KvpSource.HOST_FACTS, "HostName", endless);
    Observation.GuestTold told =
        (Observation.GuestTold) REAL.guestPools(VM, items.build(), Said.at(0, 0)).orElseThrow();
    assertEquals(64, told.statement().avmaItems().get().size());
    assertTrue(told.statement().toString().length() < 1_000);
    LicenseReading reading =
        new LicenseReading(
            1,
            Optional.empty(),
            LicenseChannel.AVMA,
            Optional.empty(),
            Optional.of(Duration.ofSeconds(Long.MAX_VALUE)),
            Optional.of(endless),
            Optional.of(Instant.MAX),
            Said.at(0, 0));
    Observation.LicenseTold license = (Observation.LicenseTold) REAL.license(VM, reading);
    assertEquals(Optional.empty(), license.endsAt());
    assertEquals(Optional.empty(), license.activatedBy());
    assertEquals(Optional.empty(), license.activatedAt());
    Observation.HostLogged logged =
        (Observation.HostLogged)
            REAL.hostEvent(
                    Said.HOST_1,
                    Said.hostRecord(Said.HOST_1, 1, Hresult.OK, endless, Said.at(0, 0)))
                .orElseThrow();
    assertEquals(4_096, logged.detail().get().length());
  }

  @Test
  void noObservationPrintsForeignTextAsItIs() {
    String evil = "\u001b[31m\u202eevil";
    KvpSnapshot items =
        KvpSnapshot.builder()
            .item(KvpSource.INTRINSIC, "FullyQualifiedDomainName", "web")
            .item(KvpSource.INTRINSIC, "OSName", evil)
            .item(KvpSource.GUEST_WRITTEN, "avma" + evil, evil)
            .build();
    ImmutableList<Observation> all =
        ImmutableList.<Observation>builder()
            .addAll(
                REAL.sweep(
                    new HostId(evil),
                    new VmReading.Read(VmFacts.running(VM, evil), items, Said.at(0, 0))))
            .add(
                REAL.hostEvent(
                        Said.HOST_1,
                        Said.hostRecord(new HostId(evil), 1, Hresult.OK, evil, Said.at(0, 0)))
                    .orElseThrow())
            .build();
    LedgerView view = LicenseLedger.of(all).view(Said.NAMING);
    String text =
        all
            + " "
            + view.histories()
            + HistoryText.of(view.history(VM).orElseThrow())
            + HistoryText.heading(view.history(VM).orElseThrow())
            + EvidenceView.of(view.history(VM).orElseThrow(), Said.at(1, 0))
            + view.findings();
    assertFalse(text.contains("\u001b"), text);
    assertFalse(text.contains("\u202e"), text);
  }

  @Test
  void theItemsOfAvmaAreWhatTheCallerSays() {
    Observer observer = REAL.withAvmaItemPrefix("License.");
    KvpSnapshot items =
        KvpSnapshot.builder()
            .item(KvpSource.GUEST_WRITTEN, "LICENSE.HOST", "1")
            .item(KvpSource.GUEST_WRITTEN, "AvmaHost", "2")
            .build();
    Observation.GuestTold told =
        (Observation.GuestTold) observer.guestPools(VM, items, Said.at(0, 0)).orElseThrow();
    assertEquals(ImmutableList.of("LICENSE.HOST"), told.statement().avmaItems().get().asList());
  }

  private static VmReading unreadable(TransportException.Reason reason) {
    return new VmReading.Unreadable(VM, Optional.empty(), reason, "", Said.at(0, 0));
  }

  private static WindowsEvent context(String bag) {
    return WindowsEvent.builder(SoftwareProtection.PROVIDER, 8230)
        .timeCreated(Said.at(0, 0))
        .recordId(1)
        .computer("machine")
        .texts(bag)
        .build();
  }
}
