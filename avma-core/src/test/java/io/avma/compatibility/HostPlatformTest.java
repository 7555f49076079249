package io.avma.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.LicenseChannel;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPlatformTest {
  private static final CompatibilityMatrix MATRIX = CompatibilityMatrix.standard();

  @Test
  void everyPlatformAndEveryGuestAreJudgedAsTheRulesSay() {
    EnumSet<Obstacle.Kind> obstacles = EnumSet.noneOf(Obstacle.Kind.class);
    EnumSet<OpenQuestion> questions = EnumSet.noneOf(OpenQuestion.class);
    EnumSet<Verdict.Kind> kinds = EnumSet.noneOf(Verdict.Kind.class);
    for (HostProfile host : Profiles.hosts()) {
      for (GuestProfile guest : Profiles.guests()) {
        MatrixOracle expected = new MatrixOracle(host, guest);
        Verdict verdict = MATRIX.verdict(host, guest);
        assertTrue(
            expected.agreesWith(verdict),
            () ->
                host + " / " + guest + ": " + verdict + " (expected: " + expected.obstacles + ")");
        obstacles.addAll(expected.obstacles.keySet());
        questions.addAll(expected.questions);
        kinds.add(expected.kind());
      }
    }
    assertEquals(EnumSet.allOf(Obstacle.Kind.class), obstacles);
    assertEquals(EnumSet.allOf(OpenQuestion.class), questions);
    assertEquals(EnumSet.allOf(Verdict.Kind.class), kinds);
  }

  @Test
  void whatAHostAloneLacksIsWhatAnyGuestOfItMeets() {
    for (HostProfile host : Profiles.hosts()) {
      Verdict alone = MATRIX.hostVerdict(host);
      MatrixOracle unknownGuest =
          new MatrixOracle(host, GuestProfile.of(new GuestSystem.Unknown()));
      unknownGuest.questions.remove(OpenQuestion.GUEST_SYSTEM);
      assertTrue(unknownGuest.agreesWith(alone), host::toString);
    }
    assertEquals(
        new Verdict.Supported(Standing.DOCUMENTED, "DOC"),
        MATRIX.hostVerdict(HostProfile.datacenter(WindowsRelease.WS_2022)));
    assertEquals(
        new Verdict.Supported(Standing.DOCUMENTED, "LOCAL"),
        MATRIX.hostVerdict(
            HostProfile.azureLocal(new AzureLocalLicense.Subscription(Ternary.YES))));
    assertEquals(new Verdict.Supported(Standing.DOCUMENTED, "HUB"), MATRIX.hostVerdict(hub()));
  }

  /** The table of host and guest releases, cell by cell, with how well each is founded. */
  @ParameterizedTest
  @CsvSource({
    // host, then guests 2025, 2022, 2019, 2016, 2012 R2
    "WS_2025, yes S, yes S, yes S, yes S, yes A",
    "WS_2022, no S, yes D, yes D, yes D, yes D",
    "WS_2019, no S, no D, yes D, yes D, yes D",
    "WS_2016, no S, no D, no D, yes D, yes D",
    "WS_2012_R2, no S, no D, no D, no D, yes D",
  })
  void aPairOfLongTermReleasesIsFoundedAsTheTableSays(
      WindowsRelease host, String c2025, String c2022, String c2019, String c2016, String c2012) {
    assertCell(c2025, host, WindowsRelease.WS_2025);
    assertCell(c2022, host, WindowsRelease.WS_2022);
    assertCell(c2019, host, WindowsRelease.WS_2019);
    assertCell(c2016, host, WindowsRelease.WS_2016);
    assertCell(c2012, host, WindowsRelease.WS_2012_R2);
  }

  private static void assertCell(String cell, WindowsRelease host, WindowsRelease guest) {
    assertCell(cell, HostProfile.datacenter(host), guest);
  }

  private static void assertCell(String cell, HostProfile host, WindowsRelease guest) {
    Verdict verdict = MATRIX.verdict(host, GuestProfile.of(guest, Edition.DATACENTER));
    assertEquals(cell.startsWith("yes"), verdict.isSupported(), host + " " + guest);
    assertEquals(
        switch (cell.charAt(cell.length() - 1)) {
          case 'D' -> Standing.DOCUMENTED;
          case 'S' -> Standing.SECONDARY;
          default -> Standing.ASSUMED;
        },
        verdict.standing(),
        host + " " + guest);
  }

  @Test
  void aPairWithAVersionIsAssumed() {
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_1809, Edition.STANDARD);
    assertEquals(
        new Verdict.Supported(Standing.ASSUMED, "DOC"),
        MATRIX.verdict(HostProfile.datacenter(WindowsRelease.WS_2019), guest));
    assertEquals(
        new Verdict.Supported(Standing.ASSUMED, "DOC"),
        MATRIX.verdict(
            HostProfile.datacenter(WindowsRelease.WS_23H2),
            GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD)));
    assertEquals(
        Standing.ASSUMED,
        MATRIX.verdict(HostProfile.datacenter(WindowsRelease.WS_2016), guest).standing());
  }

  @ParameterizedTest
  @CsvSource({
    // Guest 2025, 2022, 2019, 2016, 2012 R2
    "WS_2019, no D, no D, yes D, yes D, yes A",
    "WS_2022, no D, yes D, yes D, yes D, yes A",
    "WS_2025, yes D, yes D, yes D, yes D, yes A",
    "WS_1809, no A, no A, yes A, yes A, yes A",
    "WS_23H2, no A, yes A, yes A, yes A, yes A",
    ", yes D, yes D, yes D, yes D, yes A", // the subscription
  })
  void azureLocalFollowsItsOwnRows(
      WindowsRelease key, String c2025, String c2022, String c2019, String c2016, String c2012) {
    HostProfile host =
        HostProfile.azureLocal(
            key == null
                ? new AzureLocalLicense.Subscription(Ternary.YES)
                : new AzureLocalLicense.HostKey(key));
    assertCell(c2025, host, WindowsRelease.WS_2025);
    assertCell(c2022, host, WindowsRelease.WS_2022);
    assertCell(c2019, host, WindowsRelease.WS_2019);
    assertCell(c2016, host, WindowsRelease.WS_2016);
    assertCell(c2012, host, WindowsRelease.WS_2012_R2);
  }

  @Test
  void theSubscriptionTakesVersionsAndAzureEdition() {
    HostProfile host = HostProfile.azureLocal(new AzureLocalLicense.Subscription(Ternary.YES));
    assertEquals(
        new Verdict.Supported(Standing.ASSUMED, "LOCAL"),
        MATRIX.verdict(host, GuestProfile.of(WindowsRelease.WS_1903, Edition.STANDARD)));
    assertEquals(
        new Verdict.Supported(Standing.DOCUMENTED, "LOCAL"),
        MATRIX.verdict(host, GuestProfile.of(WindowsRelease.WS_2025, Edition.AZURE_EDITION)));
  }

  @ParameterizedTest
  @CsvSource({
    "WS_2012_R2, SUPPORTED, DOCUMENTED",
    "WS_2016, SUPPORTED, DOCUMENTED",
    "WS_1709, SUPPORTED, ASSUMED",
    "WS_2019, SUPPORTED, ASSUMED",
    "WS_1809, SUPPORTED, ASSUMED",
    "WS_2022, SUPPORTED, ASSUMED",
    "WS_2025, UNSUPPORTED, SECONDARY",
  })
  void azureStackHubIsJudgedByTheGuestsRelease(
      WindowsRelease guest, Verdict.Kind kind, Standing standing) {
    Verdict verdict = MATRIX.verdict(hub(), GuestProfile.of(guest, Edition.STANDARD));
    assertEquals(kind, verdict.kind());
    assertEquals(standing, verdict.standing());
    if (verdict instanceof Verdict.Supported supported) {
      assertEquals("HUB", supported.source());
    } else {
      assertEquals(
          "Azure Stack Hub does not activate guests of Windows Server 2025.", verdict.sentence());
    }
  }

  @Test
  void azureStackHubMustBeActivatedAndNoEvaluation() {
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2016, Edition.STANDARD);
    Verdict idle = MATRIX.verdict(hub().toBuilder().activated(Ternary.NO).build(), guest);
    assertEquals(Obstacle.Kind.HOST_NOT_ACTIVATED, idle.obstacles().get(0).kind());
    assertEquals(
        "The machines of Azure Stack Hub are not activated, so their guests get 0xC004FD02.",
        idle.sentence());
    Verdict trial = MATRIX.verdict(hub().toBuilder().evaluation(Ternary.YES).build(), guest);
    assertEquals(Obstacle.Kind.HOST_EVALUATION, trial.obstacles().get(0).kind());
    assertEquals(
        ImmutableList.of(OpenQuestion.HOST_EVALUATION, OpenQuestion.HOST_ACTIVATED),
        MATRIX
            .verdict(
                hub().toBuilder().activated(Ternary.UNKNOWN).evaluation(Ternary.UNKNOWN).build(),
                guest)
            .questions());
  }

  @Test
  void onAzureLocalTheLicenseDecidesAndNothingElse() {
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
    for (HostPlatform platform : HostPlatform.values()) {
      assertEquals(
          platform == HostPlatform.WINDOWS_SERVER || platform == HostPlatform.AZURE_STACK_HUB,
          platform.hasOwnActivation());
    }
    for (AzureLocalLicense license : Profiles.licenses()) {
      HostProfile host = HostProfile.azureLocal(license);
      for (Ternary fact : Ternary.values()) {
        assertEquals(
            MATRIX.verdict(host, guest),
            MATRIX.verdict(
                host.toBuilder().activated(fact).evaluation(fact).hyperVRole(fact).build(), guest));
      }
    }
  }

  @Test
  void inAzureAnAzureEditionGuestIsWhereItBelongsAndStillNotActivated() {
    Verdict verdict =
        MATRIX.verdict(
            HostProfile.builder().platform(HostPlatform.AZURE).build(),
            GuestProfile.of(WindowsRelease.WS_2022, Edition.AZURE_EDITION));
    assertEquals(
        ImmutableSet.of(Obstacle.Kind.IN_AZURE),
        verdict.obstacles().stream().map(Obstacle::kind).collect(ImmutableSet.toImmutableSet()));
    assertTrue(verdict.questions().isEmpty());
  }

  @Test
  void theChannelAndTheSizeOfAHostNeverChangeTheVerdict() {
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2022);
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);
    for (LicenseChannel channel : LicenseChannel.values()) {
      assertTrue(
          MATRIX
              .verdict(
                  host.toBuilder().channel(channel).processors(2).physicalCores(64).build(), guest)
              .isSupported());
    }
  }

  private static HostProfile hub() {
    return HostProfile.builder()
        .platform(HostPlatform.AZURE_STACK_HUB)
        .activated(Ternary.YES)
        .evaluation(Ternary.NO)
        .nestedInAzure(Ternary.NO)
        .build();
  }
}
