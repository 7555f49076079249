package io.avma.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.eventlog.SoftwareProtection;
import io.avma.eventlog.WindowsEvent;
import io.avma.platform.Hresult;
import io.avma.platform.VmId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CopiedLogsTest {
  private static final VmId ORIGINAL = Said.vm(1);
  private static final VmId CLONE = Said.vm(2);

  @Test
  void aCopyTakesNothingFromTheVmThatItWasMadeOf() {
    Said said = clonedAfter(Said.at(1, 0));
    Exchange exchange = said.history(ORIGINAL).exchanges().get(0);
    assertEquals(Attribution.INFERRED, exchange.attribution());
    VmHistory clone = said.history(CLONE);
    assertEquals(List.of(), clone.exchanges());
    assertEquals(List.of(), clone.claims());
    assertEquals(2, clone.copies().size());
    assertEquals(1, clone.observations().size());
    assertEquals(0, said.history(ORIGINAL).copies().size());
  }

  @Test
  void aCopyIsFoundUntilItWritesRecordsOfItsOwn() {
    Said said = clonedAfter(Said.at(1, 0));
    Finding finding = only(said);
    assertEquals(Optional.of(CLONE), finding.vm());
    assertEquals(
        "The guest's log is a copy of that of " + ORIGINAL + ", which counts those records.",
        finding.sentence());
    assertEquals(4, finding.evidence().size());
    assertEquals(Said.at(0, 2), finding.until());
    assertTrue(finding.open());
    said.hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(2, 0))
        .guestLogged(CLONE, Hresult.OK, Said.at(2, 0));
    assertFalse(only(said).open());
    assertEquals(Attribution.INFERRED, said.history(CLONE).exchanges().get(0).attribution());
  }

  @Test
  void ifBothWereThereNobodyKnowsWhoseTheRecordIs() {
    Said said = clonedAfter(Said.at(0, 0));
    List<Finding> findings = said.view().findings();
    assertEquals(
        List.of(Optional.of(ORIGINAL), Optional.of(CLONE)),
        findings.stream().map(Finding::vm).toList());
    assertTrue(findings.get(1).sentence().contains(ORIGINAL.toString()));
    assertTrue(
        findings.get(0).sentence().contains(CLONE + " too; which is the copy, nobody knows"));
    assertTrue(findings.get(0).open());
    for (VmId vm : List.of(ORIGINAL, CLONE)) {
      assertEquals(Attribution.AMBIGUOUS, said.history(vm).exchanges().get(0).attribution());
    }
  }

  @Test
  void equalNumbersWithOtherContentsTimesOrMachinesAreNoCopies() {
    Said said =
        new Said()
            .seen(Said.HOST_1, ORIGINAL, Said.at(0, 0))
            .add(logged(ORIGINAL, Said.guestRecord(ORIGINAL, 7, Hresult.OK, Said.at(0, 1))))
            .add(logged(CLONE, Said.guestRecord(ORIGINAL, 7, Hresult.OK, Said.at(0, 2))))
            .add(logged(CLONE, Said.guestRecord(CLONE, 7, Hresult.OK, Said.at(0, 1))))
            .add(
                logged(
                    Said.vm(3), Said.guestRecord(ORIGINAL, 7, Hresult.THROTTLED, Said.at(0, 1))));
    assertTrue(
        said.view().findings().stream().noneMatch(one -> one.kind() == Finding.Kind.COPIED_LOG));
  }

  /** The original logs a grant and its license; the clone is first seen at {@code seen}. */
  private static Said clonedAfter(Instant seen) {
    WindowsEvent grant = Said.guestRecord(ORIGINAL, 7, Hresult.OK, Said.at(0, 1));
    WindowsEvent license =
        WindowsEvent.builder(SoftwareProtection.PROVIDER, 8230)
            .timeCreated(Said.at(0, 2))
            .recordId(8)
            .computer("guest-1")
            .texts("LicenseState=SL_LICENSING_STATUS_LICENSED;ProductKeyType=VT:IA")
            .build();
    return new Said()
        .seen(Said.HOST_1, ORIGINAL, Said.at(0, 0))
        .hostLoggedSomebody(Said.HOST_1, Hresult.OK, Said.at(0, 1))
        .add(logged(ORIGINAL, grant))
        .add(logged(ORIGINAL, license))
        .seen(Said.HOST_1, CLONE, seen)
        .add(logged(CLONE, grant))
        .add(logged(CLONE, license));
  }

  private static Optional<Observation> logged(VmId vm, WindowsEvent event) {
    return Observer.real().guestEvent(vm, event);
  }

  private static Finding only(Said said) {
    List<Finding> findings = said.view().findings();
    assertEquals(1, findings.size(), findings::toString);
    assertEquals(Finding.Kind.COPIED_LOG, findings.get(0).kind());
    return findings.get(0);
  }
}
