package io.avma.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.catalog.ProductKey;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedMatrixTest {
  private static final CompatibilityMatrix STANDARD = CompatibilityMatrix.standard();

  @Test
  void aChangedPairIsFollowedByTheReleasesOfItsBaselinesAndByNothingElse() {
    for (WindowsRelease host : WindowsRelease.values()) {
      for (WindowsRelease guest : WindowsRelease.values()) {
        for (boolean answer : new boolean[] {true, false}) {
          CompatibilityMatrix changed = STANDARD.withPair(host, guest, answer);
          for (WindowsRelease otherHost : WindowsRelease.values()) {
            for (WindowsRelease otherGuest : WindowsRelease.values()) {
              boolean follows =
                  (otherHost == host && otherGuest == guest)
                      || (otherHost.baseline() == host && otherGuest.baseline() == guest);
              assertEquals(
                  follows ? answer : takes(STANDARD, otherHost, otherGuest),
                  takes(changed, otherHost, otherGuest),
                  () -> host + "/" + guest + ": " + otherHost + "/" + otherGuest);
            }
          }
        }
      }
    }
  }

  @Test
  void anAnswerOfItsOwnStandsWhenTheBaselinesChange() {
    CompatibilityMatrix changed =
        STANDARD
            .withPair(WindowsRelease.WS_2016, WindowsRelease.WS_1803, false)
            .withPair(WindowsRelease.WS_2016, WindowsRelease.WS_2016, true);
    assertEquals(false, takes(changed, WindowsRelease.WS_2016, WindowsRelease.WS_1803));
    assertEquals(true, takes(changed, WindowsRelease.WS_2016, WindowsRelease.WS_1709));
  }

  @Test
  void aChangedPairIsAssumed() {
    Verdict verdict =
        STANDARD
            .withPair(WindowsRelease.WS_2022, WindowsRelease.WS_2025, true)
            .verdict(
                HostProfile.datacenter(WindowsRelease.WS_2022),
                GuestProfile.of(WindowsRelease.WS_2025, Edition.STANDARD));
    assertEquals(
        new Verdict.Supported(Standing.ASSUMED, "set by the user of this matrix"), verdict);
  }

  @Test
  void azureLocalIsNotTouchedByAChangedPair() {
    HostProfile local =
        HostProfile.azureLocal(new AzureLocalLicense.HostKey(WindowsRelease.WS_2022));
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);
    assertEquals(
        STANDARD.verdict(local, guest),
        STANDARD
            .withPair(WindowsRelease.WS_2022, WindowsRelease.WS_2019, false)
            .verdict(local, guest));
  }

  @Test
  void anExcludedGuestIsCalledNewerOnlyIfItIs() {
    Obstacle older = excluded(WindowsRelease.WS_2025, WindowsRelease.WS_2012_R2);
    assertEquals(Obstacle.Kind.GUEST_TOO_OLD, older.kind());
    assertEquals(Standing.ASSUMED, older.standing());
    assertEquals(
        "A host of Windows Server 2025 does not activate guests of Windows Server 2012 R2.",
        older.explanation());
    assertEquals(
        "Move the VM to a Datacenter host of another release, or upgrade the guest.",
        older.remedy());
    // The same build: neither is newer.
    assertEquals(
        Obstacle.Kind.GUEST_TOO_OLD,
        excluded(WindowsRelease.WS_2019, WindowsRelease.WS_1809).kind());

    Obstacle newer = excluded(WindowsRelease.WS_2016, WindowsRelease.WS_1709);
    assertEquals(Obstacle.Kind.GUEST_NEWER_THAN_HOST, newer.kind());
    assertEquals(
        "The guest (Windows Server, version 1709) is newer than the host (Windows Server 2016),"
            + " which does not know it.",
        newer.explanation());
    assertEquals(
        "Move the VM to a Datacenter host of Windows Server, version 1709 or later, or upgrade the"
            + " host.",
        newer.remedy());
    assertEquals(
        "Move the VM to a Datacenter host of Windows Server 2019 or later, or upgrade the host.",
        excluded(WindowsRelease.WS_2016, WindowsRelease.WS_1903).remedy());
  }

  private static Obstacle excluded(WindowsRelease host, WindowsRelease guest) {
    return STANDARD
        .withPair(host, guest, false)
        .verdict(HostProfile.datacenter(host), GuestProfile.of(guest, Edition.STANDARD))
        .obstacles()
        .get(0);
  }

  @Test
  void azureEditionOnWindowsServerIsAnAssumptionThatCanBeTurned() {
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2022, Edition.AZURE_EDITION);
    CompatibilityMatrix allowing = STANDARD.withAzureEditionOnWindowsServer(true);
    assertEquals(
        ImmutableList.of(Obstacle.Kind.AZURE_EDITION_OUTSIDE_AZURE),
        kinds(STANDARD, HostProfile.datacenter(WindowsRelease.WS_2022), guest));
    for (WindowsRelease host : WindowsRelease.values()) {
      assertEquals(
          MatrixOracle.generation(host) >= 2022,
          allowing.verdict(HostProfile.datacenter(host), guest).isSupported(),
          host.name());
    }
    assertEquals(
        new Verdict.Supported(Standing.ASSUMED, "DOC"),
        allowing.verdict(HostProfile.datacenter(WindowsRelease.WS_2022), guest));
    assertEquals(
        ImmutableList.of(Obstacle.Kind.NO_AVMA_KEY),
        kinds(
            allowing,
            HostProfile.datacenter(WindowsRelease.WS_2022),
            GuestProfile.of(WindowsRelease.WS_2019, Edition.AZURE_EDITION)));
    assertEquals(
        ImmutableList.of(Obstacle.Kind.AZURE_EDITION_OUTSIDE_AZURE),
        kinds(
            allowing,
            HostProfile.builder()
                .platform(HostPlatform.AZURE_STACK_HUB)
                .activated(Ternary.YES)
                .evaluation(Ternary.NO)
                .nestedInAzure(Ternary.NO)
                .build(),
            guest));
    assertEquals(
        STANDARD.verdict(HostProfile.datacenter(WindowsRelease.WS_2022), guest),
        allowing
            .withAzureEditionOnWindowsServer(false)
            .verdict(HostProfile.datacenter(WindowsRelease.WS_2022), guest));
  }

  @Test
  void anAnswerForAzureStackHubTakesTheVersionsAlong() {
    HostProfile hub =
        HostProfile.builder()
            .platform(HostPlatform.AZURE_STACK_HUB)
            .activated(Ternary.YES)
            .evaluation(Ternary.NO)
            .nestedInAzure(Ternary.NO)
            .build();
    GuestProfile newest = GuestProfile.of(WindowsRelease.WS_2025, Edition.STANDARD);
    assertEquals(
        ImmutableList.of(Obstacle.Kind.GUEST_NEWER_THAN_HOST), kinds(STANDARD, hub, newest));
    assertEquals(
        new Verdict.Supported(Standing.ASSUMED, "set by the user of this matrix"),
        STANDARD.withAzureStackHubGuest(WindowsRelease.WS_2025, true).verdict(hub, newest));
    CompatibilityMatrix without2019 =
        STANDARD.withAzureStackHubGuest(WindowsRelease.WS_2019, false);
    for (WindowsRelease release : List.of(WindowsRelease.WS_2019, WindowsRelease.WS_1809)) {
      GuestProfile guest = GuestProfile.of(release, Edition.STANDARD);
      assertEquals(ImmutableList.of(Obstacle.Kind.GUEST_TOO_OLD), kinds(without2019, hub, guest));
      assertEquals(Standing.ASSUMED, without2019.verdict(hub, guest).standing());
    }
    assertTrue(
        without2019
            .withAzureStackHubGuest(WindowsRelease.WS_1809, true)
            .verdict(hub, GuestProfile.of(WindowsRelease.WS_1809, Edition.STANDARD))
            .isSupported());
  }

  @Test
  void anAnswerForAzureLocalIsForItsLicense() {
    AzureLocalLicense key = new AzureLocalLicense.HostKey(WindowsRelease.WS_2022);
    AzureLocalLicense subscription = new AzureLocalLicense.Subscription(Ternary.YES);
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2012_R2, Edition.STANDARD);
    for (AzureLocalLicense license : List.of(key, subscription)) {
      CompatibilityMatrix changed =
          STANDARD.withAzureLocalGuest(license, WindowsRelease.WS_2012_R2, false);
      for (AzureLocalLicense asked : List.of(key, subscription)) {
        assertEquals(
            !asked.equals(license),
            changed.verdict(HostProfile.azureLocal(asked), guest).isSupported());
      }
    }
    assertEquals(
        "Azure Local takes no host key of Windows Server 2016",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    STANDARD
                        .withAzureLocalGuest(
                            new AzureLocalLicense.HostKey(WindowsRelease.WS_2016),
                            WindowsRelease.WS_2016,
                            true)
                        .hostVerdict(HostProfile.unknown()))
            .getMessage());
    assertEquals(
        "None[] activates no guest (expected: a host key or the subscription)",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    STANDARD
                        .withAzureLocalGuest(
                            new AzureLocalLicense.None(), WindowsRelease.WS_2016, true)
                        .hostVerdict(HostProfile.unknown()))
            .getMessage());
  }

  @Test
  void anAddedKeyMakesItsReleaseAGuest() {
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_20H2, Edition.DATACENTER);
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2019);
    assertEquals(ImmutableList.of(Obstacle.Kind.NO_AVMA_KEY), kinds(STANDARD, host, guest));
    assertEquals(
        "No AVMA key is published for Windows Server, version 20H2 Datacenter: no key is published"
            + " for versions 2004 and 20H2.",
        STANDARD.verdict(host, guest).sentence());
    KeyCatalog catalog =
        KeyCatalog.standard()
            .with(
                new AvmaKey(
                    ProductKey.parse("H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW"),
                    ImmutableSet.of(WindowsRelease.WS_20H2),
                    Edition.DATACENTER,
                    Standing.ASSUMED,
                    "this test"));
    assertEquals(
        new Verdict.Supported(Standing.ASSUMED, "DOC"),
        STANDARD.withCatalog(catalog).verdict(host, guest));
  }

  @Test
  void oneChangeKeepsTheOthers() {
    CompatibilityMatrix changed =
        STANDARD
            .withPair(WindowsRelease.WS_2022, WindowsRelease.WS_2025, true)
            .withAzureEditionOnWindowsServer(true)
            .withCatalog(KeyCatalog.standard());
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2025, Edition.AZURE_EDITION);
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2022);
    assertEquals(true, changed.verdict(host, guest).isSupported());
    assertEquals(
        true,
        changed
            .withPair(WindowsRelease.WS_2012_R2, WindowsRelease.WS_2016, true)
            .verdict(host, guest)
            .isSupported());
    assertEquals(false, STANDARD.verdict(host, guest).isSupported());
  }

  private static boolean takes(
      CompatibilityMatrix matrix, WindowsRelease host, WindowsRelease guest) {
    ImmutableList<Obstacle.Kind> kinds =
        kinds(matrix, HostProfile.datacenter(host), GuestProfile.of(guest, Edition.DATACENTER));
    return !kinds.contains(Obstacle.Kind.GUEST_NEWER_THAN_HOST)
        && !kinds.contains(Obstacle.Kind.GUEST_TOO_OLD);
  }

  private static ImmutableList<Obstacle.Kind> kinds(
      CompatibilityMatrix matrix, HostProfile host, GuestProfile guest) {
    return matrix.verdict(host, guest).obstacles().stream()
        .map(Obstacle::kind)
        .collect(ImmutableList.toImmutableList());
  }
}
