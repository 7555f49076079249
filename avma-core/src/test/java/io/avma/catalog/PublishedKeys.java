package io.avma.catalog;

import static io.avma.platform.Edition.AZURE_EDITION;
import static io.avma.platform.Edition.DATACENTER;
import static io.avma.platform.Edition.ESSENTIALS;
import static io.avma.platform.Edition.STANDARD;
import static io.avma.platform.Standing.DOCUMENTED;
import static io.avma.platform.Standing.SECONDARY;
import static io.avma.platform.WindowsRelease.WS_1709;
import static io.avma.platform.WindowsRelease.WS_1803;
import static io.avma.platform.WindowsRelease.WS_1809;
import static io.avma.platform.WindowsRelease.WS_1903;
import static io.avma.platform.WindowsRelease.WS_1909;
import static io.avma.platform.WindowsRelease.WS_2004;
import static io.avma.platform.WindowsRelease.WS_2012_R2;
import static io.avma.platform.WindowsRelease.WS_2016;
import static io.avma.platform.WindowsRelease.WS_2019;
import static io.avma.platform.WindowsRelease.WS_2022;
import static io.avma.platform.WindowsRelease.WS_2025;
import static io.avma.platform.WindowsRelease.WS_20H2;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.platform.Edition;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;

/**
 * What Microsoft's pages say, typed again by hand and never read from the tables under test: a
 * typing error would have to be made twice in the same place.
 */
final class PublishedKeys {
  private PublishedKeys() {}

  record Avma(
      String key,
      ImmutableSet<WindowsRelease> releases,
      Edition edition,
      Standing standing,
      int placeOfN,
      int group,
      int serial,
      int checksum) {}

  record Kms(
      String key,
      String product,
      ImmutableSet<WindowsRelease> releases,
      Edition edition,
      int group) {}

  private static final ImmutableSet<WindowsRelease> AND_1709_1803 =
      ImmutableSet.of(WS_2016, WS_1709, WS_1803);
  private static final ImmutableSet<WindowsRelease> AND_1809_TO_1909 =
      ImmutableSet.of(WS_2019, WS_1809, WS_1903, WS_1909);
  private static final ImmutableSet<WindowsRelease> SAC =
      ImmutableSet.of(WS_1809, WS_1903, WS_1909, WS_2004, WS_20H2);

  static final ImmutableList<Avma> AVMA =
      ImmutableList.of(
          avma("YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", WS_2025, DATACENTER, 5, 4917, 0, 0x2EB),
          avma("6NMQ9-T38WF-6MFGM-QYGYM-88J4F", WS_2025, AZURE_EDITION, 1, 4939, 0, 0x0F3),
          avma("WWVGQ-PNHV9-B89P4-8GGM9-9HPQ4", WS_2025, STANDARD, 6, 4931, 0, 0x365),
          avma("W3GNR-8DDXR-2TFRP-H8P33-DV9BG", WS_2022, DATACENTER, 3, 4548, 0, 0x1DB),
          avma("F7TB6-YKN8Y-FCC6R-KQ484-VMK3J", WS_2022, AZURE_EDITION, 7, 4470, 0, 0x3AD),
          avma("YDFWN-MJ9JR-3DYRK-FXXRW-78VHK", WS_2022, STANDARD, 4, 4543, 0, 0x266),
          avma("H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", AND_1809_TO_1909, DATACENTER, 3, 4302, 1, 0x1AA),
          avma("TNK62-RXVTB-4P47B-2D623-4GF74", AND_1809_TO_1909, STANDARD, 1, 4299, 1, 0x0C7),
          avma("2CTP7-NHT64-BP62M-FV6GG-HFV28", WS_2019, ESSENTIALS, 5, 4334, 1, 0x2EF),
          avma("TMJ3Y-NTRTM-FJYXT-T22BY-CWG3J", AND_1709_1803, DATACENTER, 5, 3766, 0, 0x2D5),
          avma("C3RCX-M6NRP-6CXC9-TW2F2-4RHYD", AND_1709_1803, STANDARD, 7, 3778, 0, 0x3A2),
          avma("B4YNW-62DX9-W8V6M-82649-MHBKQ", WS_2016, ESSENTIALS, 3, 3762, 0, 0x18F),
          avma("Y4TGP-NPTV9-HTC2H-7MGQ3-DV4TW", WS_2012_R2, DATACENTER, 5, 2542, 0, 0x2ED),
          avma("DBGBW-NPF86-BJVTX-K3WKJ-MTB6V", WS_2012_R2, STANDARD, 5, 2541, 0, 0x29C),
          avma("K2XGM-NMBT3-2R6Q8-WF2FK-P36R2", WS_2012_R2, ESSENTIALS, 5, 2585, 1, 0x2BB));

  static final ImmutableList<Kms> KMS =
      ImmutableList.of(
          kms("TVRH6-WHNXV-R9WG3-9XRFY-MY832", "2025", WS_2025, STANDARD, 4929),
          kms("D764K-2NDRG-47T6Q-P8T8W-YP6DF", "2025", WS_2025, DATACENTER, 4915),
          kms("XGN3F-F394H-FD2MY-PP6FD-8MCRC", "2025", WS_2025, AZURE_EDITION, 4937),
          kms("VDYBN-27WPP-V4HQT-9VMD4-VMK7H", "2022", WS_2022, STANDARD, 4541),
          kms("WX4NM-KYWYW-QJJR4-XV3QB-6VM33", "2022", WS_2022, DATACENTER, 4546),
          kms("NTBV8-9K7Q8-V27C6-M2BTV-KHMXV", "2022", WS_2022, AZURE_EDITION, 4469),
          kms("N69G4-B89J2-4G8F4-WWYCC-J464C", "2019", WS_2019, STANDARD, 4297),
          kms("WMDGN-G9PQG-XVVXX-R3X43-63DFG", "2019", WS_2019, DATACENTER, 4300),
          kms("WVDHN-86M7X-466P6-VHXV7-YY726", "2019", WS_2019, ESSENTIALS, 4332),
          kms("N2KJX-J94YW-TQVFB-DG9YT-724CC", "versions 1809 to 20H2", SAC, STANDARD, 4313),
          kms("6NMRW-2C8FM-D24W7-TQWMY-CWH2D", "versions 1809 to 20H2", SAC, DATACENTER, 4314),
          kms("PTXN8-JFHJM-4WC78-MPCBR-9W4KR", "version 1803", WS_1803, STANDARD, 3955),
          kms("2HXDN-KRXHB-GPYC7-YCKFJ-7FVDG", "version 1803", WS_1803, DATACENTER, 3956),
          kms("DPCNP-XQFKJ-BJF7R-FRC8D-GF6G4", "version 1709", WS_1709, STANDARD, 3955),
          kms("6Y6KB-N82V8-D8CQV-23MJW-BWTG6", "version 1709", WS_1709, DATACENTER, 3956),
          kms("WC2BQ-8NRM3-FDDYY-2BFGV-KHKQY", "2016", WS_2016, STANDARD, 3776),
          kms("CB7KF-BWN84-R7R2Y-793K2-8XDDG", "2016", WS_2016, DATACENTER, 3764),
          kms("JCKRF-N37P4-C2D82-9YXRT-4M63B", "2016", WS_2016, ESSENTIALS, 3760),
          kms("D2N9P-3P6X9-2R39C-7RTCD-MDVJX", "2012 R2", WS_2012_R2, STANDARD, 2527),
          kms("W3GGN-FT8W3-Y4M27-J84CP-Q3VJ9", "2012 R2", WS_2012_R2, DATACENTER, 2535),
          kms("KNC87-3J2TX-XB4WP-VCPJV-M4FWM", "2012 R2", WS_2012_R2, ESSENTIALS, 2584),
          kms("XC9B7-NBPP2-83J2H-RHMBY-92BT4", "2012", ImmutableSet.of(), STANDARD, 1843),
          kms("48HP8-DN98B-MYWDG-T2DCC-8W83P", "2012", ImmutableSet.of(), DATACENTER, 1849),
          kms("HTDQM-NBMMG-KGYDT-2DTKT-J2MPV", "2012", ImmutableSet.of(), ESSENTIALS, 2277));

  private static Avma avma(
      String key,
      WindowsRelease release,
      Edition edition,
      int placeOfN,
      int group,
      int serial,
      int checksum) {
    return avma(key, ImmutableSet.of(release), edition, placeOfN, group, serial, checksum);
  }

  private static Avma avma(
      String key,
      ImmutableSet<WindowsRelease> releases,
      Edition edition,
      int placeOfN,
      int group,
      int serial,
      int checksum) {
    Standing standing = releases.contains(WS_2025) ? SECONDARY : DOCUMENTED;
    return new Avma(key, releases, edition, standing, placeOfN, group, serial, checksum);
  }

  private static Kms kms(
      String key, String product, WindowsRelease release, Edition edition, int group) {
    return kms(key, product, ImmutableSet.of(release), edition, group);
  }

  private static Kms kms(
      String key,
      String product,
      ImmutableSet<WindowsRelease> releases,
      Edition edition,
      int group) {
    return new Kms(
        key, "Windows Server " + product + " " + edition.displayName(), releases, edition, group);
  }
}
