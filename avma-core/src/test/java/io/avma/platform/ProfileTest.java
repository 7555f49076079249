package io.avma.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** {@link HostProfile}, {@link GuestProfile}, {@link GuestSystem}. */
class ProfileTest {
  private static final HostProfile HOST = HostProfile.datacenter(WindowsRelease.WS_2022);

  private static final ImmutableList<UnaryOperator<HostProfile.Builder>> CHANGES =
      ImmutableList.of(
          host -> host.platform(HostPlatform.AZURE_LOCAL),
          host -> host.release(WindowsRelease.WS_2019),
          host -> host.edition(Edition.STANDARD),
          host -> host.evaluation(Ternary.YES),
          host -> host.hyperVRole(Ternary.NO),
          host -> host.activated(Ternary.NO),
          host -> host.channel(LicenseChannel.MAK),
          host -> host.nestedInAzure(Ternary.YES),
          host -> host.azureLocalLicense(new AzureLocalLicense.None()),
          host -> host.processors(2),
          host -> host.physicalCores(64));

  @Test
  void aDatacenterHostIsReadyToActivate() {
    assertEquals(HostPlatform.WINDOWS_SERVER, HOST.platform());
    assertEquals(WindowsRelease.WS_2022, HOST.release().orElseThrow());
    assertEquals(Edition.DATACENTER, HOST.edition().orElseThrow());
    assertEquals(Ternary.NO, HOST.evaluation());
    assertEquals(Ternary.YES, HOST.hyperVRole());
    assertEquals(Ternary.YES, HOST.activated());
    assertEquals(LicenseChannel.UNKNOWN, HOST.channel());
    assertEquals(Ternary.NO, HOST.nestedInAzure());
    assertEquals(new AzureLocalLicense.Unknown(), HOST.azureLocalLicense());
    assertEquals(OptionalInt.empty(), HOST.processors());
    assertEquals(OptionalInt.empty(), HOST.physicalCores());
    assertEquals("Windows Server 2022 Datacenter", HOST.displayName());
    assertEquals("Windows Server 2022 Datacenter", HOST.toString());
  }

  @Test
  void everyFactIsKeptByTheBuilderAndTellsTwoHostsApart() {
    HashSet<HostProfile> all = new HashSet<>();
    all.add(HOST);
    for (UnaryOperator<HostProfile.Builder> change : CHANGES) {
      HostProfile changed = change.apply(HOST.toBuilder()).build();
      assertNotEquals(HOST, changed);
      assertEquals(changed, changed.toBuilder().build());
      assertEquals(changed.hashCode(), changed.toBuilder().build().hashCode());
      all.add(changed);
    }
    assertEquals(12, all.size());
    assertNotEquals(HOST, "Windows Server 2022 Datacenter");
    HostProfile sized = HOST.toBuilder().processors(2).physicalCores(64).build();
    assertEquals(OptionalInt.of(2), sized.processors());
    assertEquals(OptionalInt.of(64), sized.physicalCores());
    assertEquals(
        LicenseChannel.MAK, HOST.toBuilder().channel(LicenseChannel.MAK).build().channel());
  }

  @Test
  void aHostWithoutProcessorsIsRefused() {
    assertEquals(
        "processors is 0 (expected: at least 1)",
        assertThrows(IllegalArgumentException.class, () -> HostProfile.builder().processors(0))
            .getMessage());
    assertEquals(
        "physicalCores is -1 (expected: at least 1)",
        assertThrows(IllegalArgumentException.class, () -> HostProfile.builder().physicalCores(-1))
            .getMessage());
  }

  @Test
  void aHostShowsWhatIsUnusualAboutIt() {
    assertEquals(
        "unknown, activated: UNKNOWN, Hyper-V role: UNKNOWN", HostProfile.unknown().toString());
    assertEquals(
        "Windows Server",
        HostProfile.builder().platform(HostPlatform.WINDOWS_SERVER).build().displayName());
    assertEquals(
        "Windows Server 2022 Datacenter, evaluation, nested in Azure",
        HOST.toBuilder().evaluation(Ternary.YES).nestedInAzure(Ternary.YES).build().toString());
    assertEquals(
        "Azure Local, HostKey[release=WS_2022]",
        HostProfile.azureLocal(new AzureLocalLicense.HostKey(WindowsRelease.WS_2022)).toString());
  }

  @Test
  void anAzureLocalHostIsReadyToActivate() {
    HostProfile host = HostProfile.azureLocal(new AzureLocalLicense.Subscription(Ternary.YES));
    assertEquals(HostPlatform.AZURE_LOCAL, host.platform());
    assertEquals(Ternary.YES, host.activated());
    assertEquals(Ternary.YES, host.hyperVRole());
    assertEquals(Ternary.NO, host.evaluation());
    assertEquals(Ternary.NO, host.nestedInAzure());
    assertEquals("Azure Local", host.displayName());
  }

  @Test
  void aGuestShowsWhatIsUnusualAboutIt() {
    GuestProfile guest = GuestProfile.of(WindowsRelease.WS_2019, Edition.STANDARD);
    assertEquals("Windows Server 2019 Standard", guest.toString());
    assertEquals(
        "Windows Server 2019 Standard, Data Exchange off, shielded yes",
        guest.withDataExchange(Ternary.NO).withShielded(Ternary.YES).toString());
    assertEquals(
        "Windows Server 2019 Standard, Data Exchange unknown, shielded unknown",
        guest.withDataExchange(Ternary.UNKNOWN).withShielded(Ternary.UNKNOWN).toString());
    assertEquals(
        "Windows Server 2019 Standard (evaluation)",
        GuestProfile.of(
                new GuestSystem.WindowsServer(
                    WindowsRelease.WS_2019, Edition.STANDARD, Ternary.YES))
            .toString());
    assertEquals(
        "Windows Server 2019 Standard, evaluation unknown",
        GuestProfile.of(
                new GuestSystem.WindowsServer(
                    WindowsRelease.WS_2019, Edition.STANDARD, Ternary.UNKNOWN))
            .toString());
    assertEquals("unknown system", GuestProfile.of(new GuestSystem.Unknown()).toString());
  }

  @Test
  void theNameOfAForeignSystemIsEscapedAndCut() {
    String name = "Debian \u001B[2J" + "x".repeat(100);
    for (GuestSystem system :
        ImmutableList.of(
            new GuestSystem.NotWindows(name),
            new GuestSystem.WindowsClient(name),
            new GuestSystem.EarlierWindowsServer(name))) {
      assertEquals("Debian \\u{1B}[2J" + "x".repeat(69) + "\u2026 (31 more)", system.displayName());
    }
  }
}
