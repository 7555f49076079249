package io.avma.compatibility;

import com.google.common.collect.ImmutableList;
import io.avma.platform.AzureLocalLicense;
import io.avma.platform.Edition;
import io.avma.platform.GuestProfile;
import io.avma.platform.GuestSystem;
import io.avma.platform.HostPlatform;
import io.avma.platform.HostProfile;
import io.avma.platform.Ternary;
import io.avma.platform.WindowsRelease;

/** Enumerations of profiles for exhaustive tests. */
final class Profiles {
  private Profiles() {}

  /** Every kind of licence an Azure Local host can have. */
  static ImmutableList<AzureLocalLicense> licenses() {
    ImmutableList.Builder<AzureLocalLicense> all = ImmutableList.builder();
    all.add(new AzureLocalLicense.None(), new AzureLocalLicense.Unknown());
    for (Ternary current : Ternary.values()) {
      all.add(new AzureLocalLicense.Subscription(current));
    }
    for (WindowsRelease release : WindowsRelease.values()) {
      all.add(new AzureLocalLicense.HostKey(release));
    }
    return all.build();
  }

  /** Every guest system: each release and edition, and what is no Windows Server with AVMA. */
  static ImmutableList<GuestSystem> systems() {
    ImmutableList.Builder<GuestSystem> all = ImmutableList.builder();
    for (WindowsRelease release : WindowsRelease.values()) {
      for (Edition edition : Edition.values()) {
        all.add(new GuestSystem.WindowsServer(release, edition, Ternary.NO));
      }
    }
    all.add(new GuestSystem.WindowsServer(WindowsRelease.WS_2022, Edition.STANDARD, Ternary.YES));
    all.add(
        new GuestSystem.WindowsServer(WindowsRelease.WS_2022, Edition.STANDARD, Ternary.UNKNOWN));
    all.add(new GuestSystem.EarlierWindowsServer("Windows Server 2012"));
    all.add(new GuestSystem.WindowsClient("Windows 11"));
    all.add(new GuestSystem.NotWindows("Debian 12"));
    all.add(new GuestSystem.Unknown());
    return all.build();
  }

  /** Every guest system with each combination of Data Exchange and shielding. */
  static ImmutableList<GuestProfile> guests() {
    ImmutableList.Builder<GuestProfile> all = ImmutableList.builder();
    for (GuestSystem system : systems()) {
      for (Ternary dataExchange : Ternary.values()) {
        for (Ternary shielded : Ternary.values()) {
          all.add(new GuestProfile(system, dataExchange, shielded));
        }
      }
    }
    return all.build();
  }

  /** Hosts of every platform; of those where more than the platform counts, many. */
  static ImmutableList<HostProfile> hosts() {
    ImmutableList.Builder<HostProfile> all = ImmutableList.builder();
    for (HostPlatform platform : HostPlatform.values()) {
      for (Ternary nested : Ternary.values()) {
        HostProfile.Builder host = HostProfile.builder().platform(platform).nestedInAzure(nested);
        all.add(host.build());
        if (platform != HostPlatform.WINDOWS_SERVER) { // what would make a Windows Server plain
          all.add(
              HostProfile.datacenter(WindowsRelease.WS_2025).toBuilder()
                  .platform(platform)
                  .nestedInAzure(nested)
                  .build());
        }
        if (platform == HostPlatform.AZURE_LOCAL) {
          licenses().forEach(license -> all.add(host.azureLocalLicense(license).build()));
        }
        if (platform == HostPlatform.WINDOWS_SERVER) {
          addWindowsServers(host, all);
        }
      }
    }
    return all.build();
  }

  private static void addWindowsServers(
      HostProfile.Builder start, ImmutableList.Builder<HostProfile> all) {
    for (WindowsRelease release : WindowsRelease.values()) {
      HostProfile.Builder host = start.build().toBuilder().release(release);
      all.add(host.build());
      host.edition(Edition.STANDARD);
      all.add(host.activated(Ternary.YES).build());
      host.edition(Edition.DATACENTER);
      all.add(host.build());
      all.add(host.hyperVRole(Ternary.YES).build());
      all.add(host.evaluation(Ternary.NO).build());
      all.add(host.activated(Ternary.NO).build());
      all.add(host.activated(Ternary.UNKNOWN).hyperVRole(Ternary.NO).build());
      all.add(host.activated(Ternary.YES).evaluation(Ternary.YES).build());
    }
  }
}
