package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import io.avma.transport.EventBookmark.Mark;
import io.avma.transport.EventGap;
import io.avma.transport.LogName;
import io.avma.transport.VmState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryTextTest {
  private static final VmId VM = Said.vm(1);

  @Test
  void aHistoryReadsLikeWhatHappened() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .activated(Said.HOST_1, VM, Said.at(0, 60))
            .activated(Said.HOST_1, VM, Said.at(6, 60))
            .seen(Said.HOST_1, VM, Said.at(7, 0))
            .seen(Said.HOST_3, VM, Said.at(7, 3_600))
            .hostLogged(Said.HOST_3, VM, Hresult.HOST_NOT_ACTIVATED, Said.at(12, 0))
            .hostLogged(Said.HOST_3, VM, Hresult.HOST_NOT_ACTIVATED, Said.at(12, 7_200))
            .seen(Said.HOST_3, VM, VmState.OFF, Said.at(20, 0));
    assertEquals(
        List.of(
            "2026-01-01 00:00 first seen on host-1, running",
            "2026-01-01 00:01 activated by host-1 (host log 12310 #1, guest log 12309 #2), renewed"
                + " once 2026-01-07 00:01 by host-1 (host log 12310 #3, guest log 12309 #4), until"
                + " 2026-01-14 00:01 (7 days of validity assumed)",
            "2026-01-08 01:00 moved to host-3, running (last seen on host-1 2026-01-08 00:00)",
            "2026-01-13 00:00 refused by host-3: 0xC004FD02"
                + " SL_E_IA_PARENT_PARTITION_NOT_ACTIVATED, 2 times until 2026-01-13 02:00"
                + " (host log 12310 #5)",
            "2026-01-21 00:00 not running on host-3"),
        HistoryText.of(said.history(VM)));
    assertEquals(
        "00000000-0000-1000-0000-000000000001 'vm-1'", HistoryText.heading(said.history(VM)));
  }

  @Test
  void whatTheGuestSaysAgainstAnActivationStandsBesideIt() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(VM, Said.license(1, LicenseChannel.MAK, Said.at(2, 0)));
    assertTrue(
        HistoryText.of(said.history(VM))
            .get(1)
            .endsWith(
                "until 2026-01-08 00:00 (7 days of validity assumed; the guest says that it has a"
                    + " key of another channel since 2026-01-03 00:00)"),
        () -> HistoryText.of(said.history(VM)).toString());
  }

  @Test
  void aKeyOfAnotherChannelEndsAClaim() {
    Said said =
        new Said()
            .guestLogged(VM, Hresult.OK, Said.at(0, 0))
            .license(VM, Said.license(1, LicenseChannel.MAK, Said.at(2, 0)));
    assertTrue(
        HistoryText.of(said.history(VM))
            .get(0)
            .endsWith(
                "until 2026-01-03 00:00 (the guest says that it has a key of another channel)"),
        () -> HistoryText.of(said.history(VM)).toString());
  }

  @Test
  void theEndThatTheGuestTellsStandsBesideTheAssumedOne() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(
                VM,
                Said.avmaLicense(Said.at(1, 0), Duration.ofDays(4), Said.HOST_1, Said.at(0, 0)));
    assertTrue(
        HistoryText.of(said.history(VM))
            .toString()
            .contains(
                "until 2026-01-08 00:00 (7 days of validity assumed; the guest says until"
                    + " 2026-01-06 00:00)"));
  }

  @Test
  void aClaimIsCalledAClaim() {
    Said said = new Said().guestLogged(VM, Hresult.OK, Said.at(0, 0));
    assertEquals(
        List.of(
            "2026-01-01 00:00 claims to be activated (guest log 12309 #1; no host's record fits),"
                + " until 2026-01-08 00:00 (7 days of validity assumed)"),
        HistoryText.of(said.history(VM)));
  }

  @Test
  void whatIsJoinedByTimeAloneSaysSo() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(0, 10))
            .guestLogged(VM, Hresult.OK, Said.at(0, 11));
    assertTrue(
        HistoryText.of(said.history(VM))
            .get(1)
            .contains("(host log 12310 #1, guest log 12309 #2, joined by time alone)"));
  }

  @Test
  void whatIsMissingFromTheGuestsLogIsUnknown() {
    EventGap gap =
        new EventGap(
            EventGap.Kind.MISSING_RECORDS,
            new LogName("guest-1", "Application"),
            new Mark(3, Optional.of(Said.at(1, 0))),
            new Mark(9, Optional.of(Said.at(4, 0))));
    Said said = new Said().add(Observer.real().gap(VM, gap));
    assertEquals(
        List.of(
            "2026-01-05 00:00 nothing is known from the guest's log since 2026-01-02 00:00"
                + " (application of guest-1: records missing after 3, next is 9)"),
        HistoryText.of(said.history(VM)));
    assertEquals(1, said.view().gaps().size());
  }

  @Test
  void whatIsSimulatedSaysSo() {
    Said said = new Said(Observer.simulated()).seen(Said.HOST_1, VM, Said.at(0, 0));
    assertTrue(HistoryText.heading(said.history(VM)).endsWith("(simulated)"));
  }
}
