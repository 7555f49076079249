package io.avma.kvp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import io.avma.kvp.KvpProblem.Reason;
import io.avma.platform.Edition;
import io.avma.platform.GuestSystem;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import io.avma.platform.WindowsSku;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestClaimsTest {
  @Test
  void aWindowsGuestTellsNineteenThings() {
    GuestClaims claims = Guests.claims(Guests.WINDOWS_2019);
    assertEquals(19, claims.values().size());
    assertEquals(ImmutableList.of(), claims.problems());
    assertEquals(Optional.of("vm1.example.test"), claims.hostName());
    assertEquals(Optional.of("Windows Server 2019 Datacenter"), claims.osName());
    assertEquals("10.0.17763", claims.osVersion().orElseThrow().toString());
    assertEquals("17763", claims.osBuild().orElseThrow().toString());
    assertEquals("10", claims.osMajorVersion().orElseThrow().toString());
    assertEquals("10.0.17763", claims.integrationServicesVersion().orElseThrow().toString());
    assertEquals(OptionalInt.of(8), claims.editionId());
    assertEquals(WindowsSku.of(8), claims.sku());
    assertEquals(Optional.of(ProductType.SERVER), claims.productType());
    assertEquals(Optional.of(ProcessorArchitecture.X64), claims.architecture());
    assertEquals(Optional.of(new SuiteMask(400)), claims.suites());
    assertEquals(Optional.empty(), claims.servicePack());
    assertEquals(OptionalLong.of(0), claims.servicePackMajor());
    assertEquals(
        List.of(InetAddresses.forString("192.0.2.10"), InetAddresses.forString("169.254.3.4")),
        claims.ipv4Addresses());
    assertEquals(
        List.of(InetAddresses.forString("2001:db8::10"), InetAddresses.forString("fe80::10")),
        claims.ipv6Addresses());
    assertEquals(
        List.of(InetAddresses.forString("192.0.2.10"), InetAddresses.forString("2001:db8::10")),
        claims.remoteDesktopAddresses());
  }

  @Test
  void aLinuxGuestTellsTenAndTheFailedLookupIsAProblem() {
    GuestClaims claims = Guests.claims(Guests.DEBIAN_12);
    assertEquals(10, claims.values().size());
    assertEquals(Optional.empty(), claims.hostName());
    assertEquals(
        List.of(Reason.LOOKUP_FAILED), claims.problems().stream().map(KvpProblem::reason).toList());
    assertEquals(new GuestSystem.NotWindows("Debian GNU/Linux"), claims.system());
    assertEquals("6.1.0-18-amd64", claims.osBuild().orElseThrow().toString());
    assertEquals(ImmutableList.of(), claims.candidateReleases());
    assertEquals(Optional.of(ProcessorArchitecture.X64), claims.architecture());
    assertEquals(OptionalInt.empty(), claims.editionId());
  }

  @ParameterizedTest
  @CsvSource({
    // build, SKU, name, release, edition, evaluation
    "9600,  8,   Windows Server 2012 R2 Datacenter, WS_2012_R2, DATACENTER,    false",
    "14393, 7,   Windows Server 2016 Standard,      WS_2016,    STANDARD,      false",
    "17763, 8,   Windows Server 2019 Datacenter,    WS_2019,    DATACENTER,    false",
    "17763, 145, Windows Server Datacenter,         WS_1809,    DATACENTER,    false",
    "17763, 50,  Windows Server 2019 Essentials,    WS_2019,    ESSENTIALS,    false",
    "20348, 407, Windows Server 2022 Datacenter Azure Edition, WS_2022, AZURE_EDITION, false",
    "26100, 80,  Windows Server 2025 Datacenter Evaluation,    WS_2025, DATACENTER,    true"
  })
  void buildAndSkuMakeTheSystem(
      String build,
      String sku,
      String name,
      WindowsRelease release,
      Edition edition,
      boolean evaluation) {
    GuestClaims claims =
        Guests.windows(
            "OSBuildNumber",
            build,
            "OSVersion",
            "10.0." + build,
            "OSEditionId",
            sku,
            "OSName",
            name);
    assertEquals(
        new GuestSystem.WindowsServer(release, edition, Ternary.of(evaluation)), claims.system());
    assertEquals(release, claims.candidateReleases().get(0));
    assertEquals(ImmutableList.of(), claims.problems());
  }

  @Test
  void theNameStandsInForAMissingSku() {
    assertEquals(
        new GuestSystem.WindowsServer(WindowsRelease.WS_2019, Edition.STANDARD, Ternary.YES),
        Guests.windows("OSEditionId", "", "OSName", "Windows Server 2019 Standard Evaluation")
            .system());
    assertEquals(
        List.of(WindowsRelease.WS_2019, WindowsRelease.WS_1809),
        Guests.windows("OSEditionId", "").candidateReleases());
  }

  @Test
  void theVersionStandsInForAMissingBuild() {
    assertEquals(
        List.of(WindowsRelease.WS_2019), Guests.windows("OSBuildNumber", "").candidateReleases());
    assertEquals(
        List.of(WindowsRelease.WS_2019),
        Guests.windows("OSBuildNumber", "no number").candidateReleases());
  }

  @Test
  void aClientIsNoServerThoughItsBuildIsTheSame() {
    GuestClaims byType =
        Guests.windows("ProductType", "1", "OSName", "Windows 10 Enterprise", "OSEditionId", "4");
    assertEquals(new GuestSystem.WindowsClient("Windows 10 Enterprise"), byType.system());
    assertEquals(ImmutableList.of(), byType.candidateReleases());
    GuestClaims byName =
        Guests.windows("ProductType", "", "OSName", "Windows 10 Enterprise", "OSEditionId", "");
    assertEquals(new GuestSystem.WindowsClient("Windows 10 Enterprise"), byName.system());
  }

  @Test
  void aServerOlderThanAvmaIsToldApart() {
    GuestClaims claims =
        Guests.windows(
            "OSBuildNumber",
            "9200",
            "OSVersion",
            "6.2.9200",
            "OSName",
            "Windows Server 2012 Standard",
            "OSEditionId",
            "7");
    assertEquals(
        new GuestSystem.EarlierWindowsServer("Windows Server 2012 Standard"), claims.system());
    assertEquals(ImmutableList.of(), claims.candidateReleases());
  }

  @Test
  void aServerThatSaysTooLittleIsUnknown() {
    assertEquals(
        new GuestSystem.Unknown(),
        Guests.windows("OSBuildNumber", "99999", "OSVersion", "10.0.99999").system());
    assertEquals(
        new GuestSystem.Unknown(),
        Guests.windows("OSEditionId", "42", "OSName", "Hyper-V Server").system());
    assertEquals(new GuestSystem.Unknown(), GuestClaims.of(KvpSnapshot.empty()).system());
  }

  @Test
  void contradictionsAreProblemsAndTheNumbersCount() {
    GuestClaims claims = Guests.windows("OSBuildNumber", "20348", "OSEditionId", "7");
    assertEquals(
        List.of("OSBuildNumber", "OSEditionId"),
        claims.problems().stream().map(problem -> problem.key().orElseThrow()).toList());
    assertTrue(
        claims.problems().stream().allMatch(problem -> problem.reason() == Reason.CONTRADICTION));
    assertEquals(
        new GuestSystem.WindowsServer(WindowsRelease.WS_2022, Edition.STANDARD, Ternary.NO),
        claims.system());
  }

  @Test
  void ofConflictingDuplicatesTheFirstCountsAndAProblemSaysSo() {
    KvpSnapshot snapshot =
        Guests.snapshot(Guests.WINDOWS_2019.entrySet()).toBuilder()
            .item(KvpSource.INTRINSIC, "OSName", "Windows Server 2025 Datacenter")
            .item(KvpSource.INTRINSIC, "OSName", "another")
            .item(KvpSource.INTRINSIC, "OSEditionId", "8")
            .build();
    GuestClaims claims = GuestClaims.of(snapshot);
    assertEquals(Optional.of("Windows Server 2019 Datacenter"), claims.osName());
    assertEquals(
        List.of(Reason.CONFLICTING_DUPLICATES),
        claims.problems().stream().map(KvpProblem::reason).toList());
  }

  @Test
  void onlyIntrinsicItemsAreClaims() {
    KvpSnapshot snapshot =
        KvpSnapshot.builder().item(KvpSource.GUEST_WRITTEN, "OSName", "Windows").build();
    assertEquals(Optional.empty(), GuestClaims.of(snapshot).osName());
  }

  @Test
  void unknownItemsAreKept() {
    KvpSnapshot snapshot =
        Guests.snapshot(Guests.WINDOWS_2019.entrySet()).toBuilder()
            .item(KvpSource.INTRINSIC, "SomethingNew", "1")
            .build();
    assertEquals(List.of(new KvpItem("SomethingNew", "1")), GuestClaims.of(snapshot).others());
  }

  @Test
  void aServicePackIsText() {
    GuestClaims claims = Guests.windows("CSDVersion", "Service Pack 1", "ServicePackMajor", "1");
    assertEquals(Optional.of("Service Pack 1"), claims.servicePack());
    assertEquals(OptionalLong.of(1), claims.servicePackMajor());
  }

  @Test
  void aBuildWithMoreToItIsNoBuildOfWindows() {
    assertEquals(
        List.of(WindowsRelease.WS_2019),
        Guests.windows("OSBuildNumber", "20348-custom").candidateReleases());
    assertEquals(
        List.of(WindowsRelease.WS_2019),
        Guests.windows("OSBuildNumber", "10.0.20348").candidateReleases());
  }

  @Test
  void theNameOfTheAzureEditionHasTwoSpellings() {
    for (String name : List.of("Datacenter: Azure Edition", "Datacenter Azure Edition")) {
      assertEquals(
          new GuestSystem.WindowsServer(WindowsRelease.WS_2022, Edition.AZURE_EDITION, Ternary.NO),
          Guests.windows(
                  "OSBuildNumber",
                  "20348",
                  "OSVersion",
                  "10.0.20348",
                  "OSEditionId",
                  "",
                  "OSName",
                  "Windows Server 2022 " + name)
              .system());
    }
  }

  @Test
  void itsTextIsTheSystemAndTheNumberOfProblems() {
    assertEquals(
        "GuestClaims[Windows Server 2019 Datacenter, problems 0]",
        Guests.claims(Guests.WINDOWS_2019).toString());
  }

  @Test
  void aProblemSaysWhereAndWhat() {
    GuestClaims claims = Guests.windows("ProcessorArchitecture", "z80\u001B[1m");
    assertEquals(
        "intrinsic ProcessorArchitecture: 'z80\\u{1B}[1m' (expected: a processor architecture, as"
            + " number or name)",
        claims.problems().get(0).toString());
  }
}
