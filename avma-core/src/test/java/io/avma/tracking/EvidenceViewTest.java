package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.avma.kvp.KvpSnapshot;
import io.avma.kvp.KvpSource;
import io.avma.platform.Hresult;
import io.avma.platform.LicenseChannel;
import io.avma.platform.VmId;
import io.avma.tracking.EvidenceView.Agreement;
import io.avma.tracking.EvidenceView.Row;
import io.avma.tracking.EvidenceView.Topic;
import io.avma.transport.VmFacts;
import io.avma.transport.VmReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvidenceViewTest {
  private static final VmId VM = Said.vm(1);

  @Test
  void evidenceAndClaimsStandSideBySide() {
    KvpSnapshot items =
        KvpSnapshot.builder()
            .item(KvpSource.INTRINSIC, "FullyQualifiedDomainName", "web\u001b[31m1")
            .item(KvpSource.HOST_FACTS, "HostName", "host-9")
            .item(KvpSource.HOST_FACTS, "VirtualMachineId", VM.toString())
            .build();
    Said said =
        new Said()
            .swept(
                Said.HOST_1,
                new VmReading.Read(VmFacts.running(VM, "web"), KvpSnapshot.empty(), Said.at(0, 0)))
            .activated(Said.HOST_1, VM, Said.at(0, 60))
            .inGuest(VM, Said.at(1, 0), items)
            .license(
                VM,
                Said.avmaLicense(Said.at(1, 0), Duration.ofDays(6), Said.HOST_1, Said.at(0, 60)));
    EvidenceView view = EvidenceView.of(said.history(VM), Said.at(1, 0));
    assertEquals(
        List.of(
            new Row(
                Topic.IDENTITY,
                Optional.of(VM.toString()),
                Optional.of(VM.toString()),
                Agreement.AGREE),
            new Row(Topic.NAME, Optional.of("web"), Optional.empty(), Agreement.OPEN),
            new Row(
                Topic.HOST,
                Optional.of("host-1, running, seen 2026-01-01 00:01"),
                Optional.of("host-9"),
                Agreement.DIFFER),
            new Row(Topic.KEY, Optional.empty(), Optional.of("AVMA …9PXBR"), Agreement.OPEN),
            new Row(
                Topic.ACTIVATION,
                Optional.of("activated by host-1 from 2026-01-01 00:01 until 2026-01-08 00:01"),
                Optional.of("activated by host-1"),
                Agreement.AGREE)),
        view.rows());
  }

  @Test
  void nothingYoungerThanTheInstantIsShown() {
    Said said =
        new Said()
            .seen(Said.HOST_1, VM, Said.at(0, 0))
            .seen(Said.HOST_2, VM, Said.at(5, 0))
            .activated(Said.HOST_2, VM, Said.at(5, 0));
    EvidenceView view = EvidenceView.of(said.history(VM), Said.at(1, 0));
    assertEquals(
        List.of(Topic.IDENTITY, Topic.NAME, Topic.HOST),
        view.rows().stream().map(Row::topic).toList());
    assertEquals(Optional.of("host-1, running, seen 2026-01-01 00:00"), view.rows().get(2).host());
  }

  @Test
  void aGuestThatDeniesAGrantInForceDiffersUntilItsLogHasTheNext() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(VM, Said.license(5, LicenseChannel.AVMA, Said.at(1, 0)))
            .hostLogged(Said.HOST_1, VM, Hresult.OK, Said.at(3, 0))
            .license(VM, Said.license(1, LicenseChannel.MAK, Said.at(4, 0)))
            .activated(Said.HOST_1, VM, Said.at(5, 0));
    assertEquals(
        new Row(
            Topic.ACTIVATION,
            Optional.of("activated by host-1 from 2026-01-01 00:00 until 2026-01-13 00:00"),
            Optional.of("not activated by AVMA"),
            Agreement.DIFFER),
        activation(said, Said.at(2, 0)));
    assertEquals(Optional.empty(), activation(said, Said.at(3, 1)).guest());
    assertEquals(Agreement.OPEN, activation(said, Said.at(3, 1)).agreement());
    assertEquals(Agreement.DIFFER, activation(said, Said.at(4, 0)).agreement());
    assertEquals(Agreement.AGREE, activation(said, Said.at(5, 1)).agreement());
    assertEquals(Agreement.OPEN, activation(said, Said.at(12, 1)).agreement());
  }

  private static Row activation(Said said, Instant at) {
    return EvidenceView.of(said.history(VM), at).rows().stream()
        .filter(row -> row.topic() == Topic.ACTIVATION)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aGuestThatSaysItIsActivatedWhileNoGrantIsInForceDiffers() {
    Said said =
        new Said()
            .activated(Said.HOST_1, VM, Said.at(0, 0))
            .license(
                VM,
                Said.avmaLicense(Said.at(9, 0), Duration.ofDays(6), Said.HOST_1, Said.at(0, 0)));
    Row row = EvidenceView.of(said.history(VM), Said.at(9, 0)).rows().get(3);
    assertEquals(
        new Row(
            Topic.ACTIVATION,
            Optional.of("no grant in force"),
            Optional.of("activated by host-1"),
            Agreement.DIFFER),
        row);
  }
}
