package io.avma.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.compatibility.Verdict;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import org.junit.jupiter.api.Test;

/** The README's sample, compiled and run. */
class ReadmeSampleTest {
  @Test
  void theSampleSaysWhatTheReadmeSays() {
    // README start
    AvmaKey key =
        KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.STANDARD).orElseThrow();
    HostProfile host =
        HostProfile.datacenter(WindowsRelease.WS_2019).toBuilder().activated(Ternary.NO).build();
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);

    Verdict verdict = CompatibilityMatrix.standard().verdict(host, guest);
    verdict.obstacles().forEach(no -> System.out.println(no.explanation() + " " + no.remedy()));
    // README end
    assertEquals("YDFWN-MJ9JR-3DYRK-FXXRW-78VHK", key.key().reveal());
    assertEquals(2, verdict.obstacles().size());
    assertTrue(verdict.questions().isEmpty());
  }
}
