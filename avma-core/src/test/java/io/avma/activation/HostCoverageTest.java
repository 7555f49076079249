package io.avma.activation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import io.avma.activation.HostCoverage.Answering;
import io.avma.catalog.AvmaKey;
import io.avma.catalog.KeyCatalog;
import io.avma.compatibility.CompatibilityMatrix;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostCoverageTest {
  private static HostProfile.Builder datacenter() {
    return HostProfile.datacenter(WindowsRelease.WS_2022).toBuilder();
  }

  private static Answering answering(HostProfile profile) {
    return HostCoverage.of(profile).answering();
  }

  @ParameterizedTest
  @EnumSource(names = {"WS_2012_R2", "WS_2016", "WS_2019", "WS_2022", "WS_2025"})
  void aDatacenterHostCoversEveryKeyUpToItsRelease(WindowsRelease release) {
    HostCoverage coverage = HostCoverage.of(HostProfile.datacenter(release));
    assertEquals(Answering.ACTIVATED, coverage.answering());
    for (AvmaKey key : KeyCatalog.standard().avmaKeys()) {
      boolean expected =
          key.release().compareTo(release) <= 0 && key.edition() != Edition.AZURE_EDITION;
      assertEquals(expected, coverage.covered().contains(AvmaId.of(key)), key.product());
    }
  }

  @Test
  void whatIsCoveredFollowsMatrixAndCatalog() {
    HostProfile host = HostProfile.datacenter(WindowsRelease.WS_2022);
    AvmaKey azure =
        KeyCatalog.standard().find(WindowsRelease.WS_2022, Edition.AZURE_EDITION).orElseThrow();
    assertTrue(
        HostCoverage.of(
                host,
                CompatibilityMatrix.standard().withAzureEditionOnWindowsServer(true),
                KeyCatalog.standard())
            .covered()
            .contains(AvmaId.of(azure)));
  }

  /** What the matrix calls supported is what the host grants, on every platform. */
  @Test
  void whateverIsSupportedIsGranted() {
    int granted = 0;
    for (HostPlatform platform : HostPlatform.values()) {
      for (Ternary activated : Ternary.values()) {
        for (AzureLocalLicense license : licenses()) {
          HostProfile host =
              datacenter()
                  .platform(platform)
                  .activated(activated)
                  .azureLocalLicense(license)
                  .build();
          HostCoverage coverage = HostCoverage.of(host);
          for (AvmaKey key : KeyCatalog.standard().avmaKeys()) {
            boolean supported =
                CompatibilityMatrix.standard()
                    .verdict(host, GuestProfile.of(key.release(), key.edition()))
                    .isSupported();
            assertEquals(
                supported, coverage.covered().contains(AvmaId.of(key)), host + " " + key.product());
            granted += supported ? 1 : 0;
          }
          assertEquals(
              Answering.ACTIVATED == coverage.answering(),
              !coverage.covered().isEmpty(),
              host.toString());
          assertTrue(HostCoverage.of(host.unlicensed()).covered().isEmpty(), host.toString());
        }
      }
    }
    assertTrue(granted > 100, granted + " pairs");
  }

  private static List<AzureLocalLicense> licenses() {
    return List.of(
        new AzureLocalLicense.HostKey(WindowsRelease.WS_2022),
        new AzureLocalLicense.Subscription(Ternary.YES),
        new AzureLocalLicense.Subscription(Ternary.NO),
        new AzureLocalLicense.Subscription(Ternary.UNKNOWN),
        new AzureLocalLicense.None(),
        new AzureLocalLicense.Unknown());
  }

  @Test
  void eachKeyHasAnAvmaIdOfItsOwn() {
    long distinct = KeyCatalog.standard().avmaKeys().stream().map(AvmaId::of).distinct().count();
    assertEquals(KeyCatalog.standard().avmaKeys().size(), distinct);
    assertEquals(new AvmaId("4548"), Examples.KEY.avmaId());
    assertEquals("DV9BG", Examples.KEY.lastFive());
  }

  @Test
  void theRoleIsNoQuestionOnSystemsThatAreHyperV() {
    HostProfile local = HostProfile.azureLocal(new AzureLocalLicense.Subscription(Ternary.YES));
    assertEquals(
        Answering.ACTIVATED, answering(local.toBuilder().hyperVRole(Ternary.UNKNOWN).build()));
    assertEquals(
        Answering.ACTIVATED,
        answering(
            datacenter()
                .platform(HostPlatform.AZURE_STACK_HUB)
                .hyperVRole(Ternary.UNKNOWN)
                .build()));
  }

  @Test
  void hostsThatDoNotSupportAvmaNeverAnswer() {
    assertEquals(
        Answering.NEVER, answering(datacenter().platform(HostPlatform.OTHER_HYPERVISOR).build()));
    assertEquals(
        Answering.NEVER,
        answering(datacenter().platform(HostPlatform.EARLIER_WINDOWS_SERVER).build()));
    assertEquals(
        Answering.NEVER, answering(datacenter().platform(HostPlatform.HYPER_V_SERVER).build()));
    assertEquals(
        Answering.NEVER, answering(datacenter().platform(HostPlatform.WINDOWS_CLIENT).build()));
    assertEquals(Answering.NEVER, answering(datacenter().platform(HostPlatform.AZURE).build()));
    assertEquals(Answering.NEVER, answering(datacenter().hyperVRole(Ternary.NO).build()));
    assertEquals(Answering.NEVER, answering(datacenter().hyperVRole(Ternary.UNKNOWN).build()));
    assertEquals(Answering.NEVER, answering(HostProfile.unknown()));
    assertEquals(Answering.NEVER, answering(datacenter().platform(HostPlatform.UNKNOWN).build()));
  }

  @Test
  void hostsThatAreNotProperlyActivatedSaySo() {
    assertEquals(Answering.NOT_ACTIVATED, answering(datacenter().activated(Ternary.NO).build()));
    assertEquals(
        Answering.NOT_ACTIVATED, answering(datacenter().activated(Ternary.UNKNOWN).build()));
    assertEquals(Answering.NOT_ACTIVATED, answering(datacenter().evaluation(Ternary.YES).build()));
    assertEquals(
        Answering.NOT_ACTIVATED, answering(datacenter().nestedInAzure(Ternary.YES).build()));
    assertEquals(
        Answering.NOT_ACTIVATED, answering(HostProfile.azureLocal(new AzureLocalLicense.None())));
    assertEquals(
        Answering.NOT_ACTIVATED,
        answering(HostProfile.azureLocal(new AzureLocalLicense.Subscription(Ternary.NO))));
    assertEquals(
        Answering.NOT_ACTIVATED,
        answering(HostProfile.azureLocal(new AzureLocalLicense.HostKey(WindowsRelease.WS_2016))));
  }

  @Test
  void theWorstObstacleDecides() {
    assertEquals(
        Answering.NEVER,
        answering(
            datacenter()
                .platform(HostPlatform.WINDOWS_CLIENT)
                .activated(Ternary.NO)
                .evaluation(Ternary.YES)
                .build()));
  }

  @Test
  void aHostThatIsNotDatacenterAnswersAndCoversNothing() {
    for (Edition edition : Edition.values()) {
      HostCoverage coverage = HostCoverage.of(datacenter().edition(edition).build());
      assertEquals(edition != Edition.DATACENTER, coverage.covered().isEmpty(), edition.name());
      assertEquals(Answering.ACTIVATED, coverage.answering());
    }
  }

  @Test
  void whatIsNotKnownIsNotCovered() {
    HostProfile unknownEdition =
        HostProfile.builder()
            .platform(HostPlatform.WINDOWS_SERVER)
            .release(WindowsRelease.WS_2022)
            .hyperVRole(Ternary.YES)
            .activated(Ternary.YES)
            .evaluation(Ternary.NO)
            .nestedInAzure(Ternary.NO)
            .build();
    assertEquals(ImmutableSet.of(), HostCoverage.of(unknownEdition).covered());
    assertEquals(
        ImmutableSet.of(),
        HostCoverage.of(datacenter().evaluation(Ternary.UNKNOWN).build()).covered());
  }

  @Test
  void anAzureLocalHostWithASubscriptionCoversNewGuests() {
    HostCoverage coverage =
        HostCoverage.of(HostProfile.azureLocal(new AzureLocalLicense.Subscription(Ternary.YES)));
    assertTrue(
        coverage
            .covered()
            .contains(Examples.avma(WindowsRelease.WS_2025, Edition.DATACENTER).avmaId()));
  }

  @Test
  void equalProfilesHaveEqualCoverage() {
    HostCoverage coverage = HostCoverage.of(datacenter().build());
    assertEquals(coverage, HostCoverage.of(datacenter().build()));
    assertEquals(coverage.hashCode(), HostCoverage.of(datacenter().build()).hashCode());
    assertNotEquals(coverage, HostCoverage.of(HostProfile.datacenter(WindowsRelease.WS_2019)));
    assertNotEquals(
        coverage, new HostCoverage(coverage.profile(), Answering.NEVER, coverage.covered()));
    assertNotEquals(
        coverage, new HostCoverage(coverage.profile(), Answering.ACTIVATED, ImmutableSet.of()));
    assertNotEquals(
        coverage.hashCode(),
        HostCoverage.of(HostProfile.datacenter(WindowsRelease.WS_2019)).hashCode());
    assertEquals(Optional.of(Edition.DATACENTER), coverage.profile().edition());
    assertTrue(coverage.toString().startsWith("Windows Server 2022 Datacenter: ACTIVATED ["));
  }
}
