package io.avma.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Standing;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
  private static final CompatibilityMatrix MATRIX = CompatibilityMatrix.standard();
  private static final HostProfile HOST = HostProfile.datacenter(WindowsRelease.WS_2022);
  private static final GuestProfile GUEST =
      GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD);

  /** A host and guest that meet the obstacle, and how well Microsoft's word founds it. */
  private record Case(HostProfile host, GuestProfile guest, Standing standing, String says) {}

  private static Case of(Obstacle.Kind kind) {
    return switch (kind) {
      case OTHER_HYPERVISOR -> platform(HostPlatform.OTHER_HYPERVISOR, "another vendor");
      case IN_AZURE -> platform(HostPlatform.AZURE, "public Azure");
      case HOST_TOO_OLD -> platform(HostPlatform.EARLIER_WINDOWS_SERVER, "2012 or earlier");
      case HYPER_V_SERVER -> platform(HostPlatform.HYPER_V_SERVER, "free Hyper-V Server");
      case HOST_IS_CLIENT -> platform(HostPlatform.WINDOWS_CLIENT, "a Windows client");
      case NESTED_IN_AZURE ->
          host(HOST.toBuilder().nestedInAzure(Ternary.YES), Standing.SECONDARY, "0xC004FD02");
      case NO_HYPER_V_ROLE ->
          host(HOST.toBuilder().hyperVRole(Ternary.NO), Standing.DOCUMENTED, "role");
      case NOT_DATACENTER ->
          host(HOST.toBuilder().edition(Edition.STANDARD), Standing.DOCUMENTED, "is Standard;");
      case HOST_EVALUATION ->
          host(HOST.toBuilder().evaluation(Ternary.YES), Standing.SECONDARY, "evaluation media");
      case HOST_NOT_ACTIVATED ->
          host(HOST.toBuilder().activated(Ternary.NO), Standing.DOCUMENTED, "0xC004FD02");
      case AZURE_LOCAL_NOT_LICENSED -> local(new AzureLocalLicense.None(), "neither");
      case AZURE_LOCAL_KEY_TOO_OLD ->
          local(
              new AzureLocalLicense.HostKey(WindowsRelease.WS_2016),
              "The host key is one of Windows Server 2016; Azure Local takes keys of Windows"
                  + " Server 2019");
      case AZURE_LOCAL_SUBSCRIPTION_LAPSED ->
          local(new AzureLocalLicense.Subscription(Ternary.NO), "30 days");
      case GUEST_NOT_WINDOWS_SERVER ->
          guest(
              GuestProfile.of(new GuestSystem.WindowsClient("Windows 11")),
              Standing.DOCUMENTED,
              "The guest is Windows 11, a client;");
      case GUEST_TOO_OLD ->
          guest(
              GuestProfile.of(new GuestSystem.EarlierWindowsServer("Windows Server 2012")),
              Standing.DOCUMENTED,
              "The guest is Windows Server 2012; AVMA begins with Windows Server 2012 R2.");
      case GUEST_NEWER_THAN_HOST ->
          guest(
              GuestProfile.of(WindowsRelease.WS_2025, Edition.STANDARD),
              Standing.SECONDARY,
              "The guest (Windows Server 2025) is newer than the host (Windows Server 2022)");
      case NO_AVMA_KEY ->
          guest(
              GuestProfile.of(WindowsRelease.WS_2022, Edition.ESSENTIALS),
              Standing.DOCUMENTED,
              "No AVMA key is published for Windows Server 2022 Essentials: no Essentials key is"
                  + " published since 2022.");
      case AZURE_EDITION_OUTSIDE_AZURE ->
          guest(
              GuestProfile.of(WindowsRelease.WS_2022, Edition.AZURE_EDITION),
              Standing.ASSUMED,
              "Azure Edition");
      case GUEST_EVALUATION ->
          guest(
              GuestProfile.of(
                  new GuestSystem.WindowsServer(
                      WindowsRelease.WS_2022, Edition.STANDARD, Ternary.YES)),
              Standing.SECONDARY,
              "evaluation media");
      case DATA_EXCHANGE_OFF ->
          guest(GUEST.withDataExchange(Ternary.NO), Standing.DOCUMENTED, "is disabled");
      case SHIELDED -> guest(GUEST.withShielded(Ternary.YES), Standing.SECONDARY, "shielded");
    };
  }

  @ParameterizedTest
  @EnumSource
  void everyObstacleStandsAloneAndSaysWhyAndWhatToDo(Obstacle.Kind kind) {
    Case asked = of(kind);
    Verdict verdict = MATRIX.verdict(asked.host, asked.guest);
    assertEquals(1, verdict.obstacles().size(), verdict.toString());
    assertEquals(ImmutableList.of(), verdict.questions());
    Obstacle obstacle = verdict.obstacles().get(0);
    assertEquals(kind, obstacle.kind());
    assertEquals(asked.standing, obstacle.standing());
    assertEquals(asked.standing, verdict.standing());
    assertEquals(obstacle.explanation(), verdict.sentence());
    assertFalse(verdict.isSupported());
    assertTrue(obstacle.explanation().contains(asked.says), obstacle.explanation());
    for (String sentence : new String[] {obstacle.explanation(), obstacle.remedy()}) {
      assertTrue(sentence.matches("[A-Z0-9].*[^ .]\\."), sentence);
    }
  }

  @Test
  void aLinuxGuestNeedsNoActivation() {
    Verdict verdict =
        MATRIX.verdict(HOST, GuestProfile.of(new GuestSystem.NotWindows("Debian\u001B 12")));
    assertEquals(
        "The guest is Debian\\u{1B} 12; AVMA is for Windows Server only.", verdict.sentence());
  }

  @Test
  void azureLocalNamesTheHostKeyAGuestIsNewerThan() {
    Verdict verdict =
        MATRIX.verdict(
            HostProfile.azureLocal(new AzureLocalLicense.HostKey(WindowsRelease.WS_2019)),
            GuestProfile.of(WindowsRelease.WS_2022, Edition.STANDARD));
    assertEquals(
        "The guest (Windows Server 2022) is newer than the host key (Windows Server 2019).",
        verdict.sentence());
    assertEquals(
        "Set host keys of Windows Server 2022 on every machine of the cluster, or use the"
            + " subscription.",
        verdict.obstacles().get(0).remedy());
    assertEquals(Standing.DOCUMENTED, verdict.standing());
  }

  @Test
  void aSupportedGuestHasNoObstacle() {
    Verdict verdict = MATRIX.verdict(HOST, GUEST);
    assertTrue(verdict.isSupported());
    assertEquals(new Verdict.Supported(Standing.DOCUMENTED, "DOC"), verdict);
    assertEquals("The host activates this guest.", verdict.sentence());
    assertEquals(ImmutableList.of(), verdict.obstacles());
    assertEquals(ImmutableList.of(), verdict.questions());
  }

  @Test
  void everyObstacleIsNamedAtOnceAndTheBestFoundedDecides() {
    Verdict verdict =
        MATRIX.verdict(
            HOST.toBuilder().evaluation(Ternary.YES).build(),
            GUEST.withShielded(Ternary.YES).withDataExchange(Ternary.NO));
    assertEquals(3, verdict.obstacles().size());
    assertEquals(Standing.DOCUMENTED, verdict.standing());
    assertEquals(
        "The host runs from evaluation media, which activates nobody. The Data Exchange"
            + " integration service is disabled for the VM. The VM is shielded, which blocks Data"
            + " Exchange.",
        verdict.sentence());
  }

  @Test
  void aVerdictWithoutAReasonIsRefused() {
    assertEquals(
        "no obstacle (expected: at least 1)",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Verdict.Unsupported(ImmutableList.of(), ImmutableList.of()).kind())
            .getMessage());
    assertEquals(
        "no question (expected: at least 1)",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Verdict.Undetermined(ImmutableList.of(), Standing.DOCUMENTED).kind())
            .getMessage());
  }

  @Test
  void everyRemedyOfTheHostIsADifferentOne() {
    Map<String, Obstacle.Kind> seen = new LinkedHashMap<>();
    for (Obstacle.Kind kind : Obstacle.Kind.values()) {
      Case asked = of(kind);
      seen.put(MATRIX.verdict(asked.host, asked.guest).sentence(), kind);
    }
    assertEquals(Obstacle.Kind.values().length, seen.size());
  }

  private static Case platform(HostPlatform platform, String says) {
    return host(
        HostProfile.builder().platform(platform).nestedInAzure(Ternary.NO),
        Standing.DOCUMENTED,
        says);
  }

  private static Case local(AzureLocalLicense license, String says) {
    return new Case(HostProfile.azureLocal(license), GUEST, Standing.DOCUMENTED, says);
  }

  private static Case host(HostProfile.Builder host, Standing standing, String says) {
    return new Case(host.build(), GUEST, standing, says);
  }

  private static Case guest(GuestProfile guest, Standing standing, String says) {
    return new Case(HOST, guest, standing, says);
  }
}
