package io.avma.catalog;

import static io.avma.platform.Edition.AZURE_EDITION;
import static io.avma.platform.Edition.DATACENTER;
import static io.avma.platform.Edition.ESSENTIALS;
import static io.avma.platform.Edition.STANDARD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.avma.platform.Edition;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCatalogTest {
  private static final KeyCatalog CATALOG = KeyCatalog.standard();
  private static final String NEVER_ESSENTIALS =
      "the semi-annual channel has no Essentials edition";
  private static final String NO_AZURE_EDITION = "Azure Edition exists since 2022";
  private static final String NO_ANNUAL = "no key is published for the annual channel";

  @Test
  void everyReleaseAndEditionHasAKeyOrAReasonWhyNot() {
    int keys = 0;
    int reasons = 0;
    for (WindowsRelease release : WindowsRelease.values()) {
      for (Edition edition : Edition.values()) {
        Optional<AvmaKey> published = CATALOG.find(release, edition);
        boolean expected =
            PublishedKeys.AVMA.stream()
                .anyMatch(row -> row.releases().contains(release) && row.edition() == edition);
        assertEquals(expected, published.isPresent(), release + " " + edition);
        assertEquals(
            expected ? Optional.empty() : Optional.of(absence(release, edition)),
            CATALOG.absence(release, edition),
            release + " " + edition);
        keys += expected ? 1 : 0;
        reasons += expected ? 0 : 1;
      }
    }
    assertEquals(25, keys);
    assertEquals(27, reasons);
  }

  /** No page that we read is younger than 23H2, and that of 2025 was read through scripts only. */
  private static KeyAbsence absence(WindowsRelease release, Edition edition) {
    String reason = reason(release, edition);
    return switch (release) {
      case WS_23H2 -> new KeyAbsence(release, edition, reason, Standing.ASSUMED, "DOC, DOC25");
      case WS_2025 -> new KeyAbsence(release, edition, reason, Standing.SECONDARY, "DOC25");
      default -> new KeyAbsence(release, edition, reason, Standing.DOCUMENTED, "DOC");
    };
  }

  private static String reason(WindowsRelease release, Edition edition) {
    return switch (release) {
      case WS_2012_R2, WS_2016, WS_2019 -> NO_AZURE_EDITION;
      case WS_1709, WS_1803, WS_1809, WS_1903, WS_1909 ->
          edition == ESSENTIALS ? NEVER_ESSENTIALS : NO_AZURE_EDITION;
      case WS_2004, WS_20H2 ->
          switch (edition) {
            case ESSENTIALS -> NEVER_ESSENTIALS;
            case AZURE_EDITION -> NO_AZURE_EDITION;
            case DATACENTER, STANDARD -> "no key is published for versions 2004 and 20H2";
          };
      case WS_2022, WS_2025 -> "no Essentials key is published since 2022";
      case WS_23H2 -> NO_ANNUAL;
    };
  }

  @ParameterizedTest
  @CsvSource({
    // build, SKU, last five of the key
    "9600, 8, DV4TW",
    "9600, 7, MTB6V",
    "9600, 50, P36R2",
    "14393, 8, CWG3J",
    "14393, 7, 4RHYD",
    "14393, 143, CWG3J", // Nano
    "16299, 145, CWG3J",
    "17134, 146, 4RHYD",
    "17763, 7, GF74",
    "17763, 8, WMBMW",
    "17763, 12, WMBMW",
    "17763, 79, GF74", // evaluation media, once converted
    "17763, 145, WMBMW",
    "17763, 146, GF74",
    "17763, 50, HFV28",
    "18362, 145, WMBMW",
    "18363, 146, GF74",
    "20348, 8, DV9BG",
    "20348, 7, 78VHK",
    "20348, 407, VMK3J",
    "26100, 8, VCH67",
    "26100, 7, 9HPQ4",
    "26100, 408, 88J4F",
    "17763, 407, ''", // no Azure Edition before 2022
    "19041, 145, ''", // none published
    "25398, 145, ''",
    "20348, 50, ''",
    "9200, 8, ''", // Server 2012
    "22631, 8, ''",
    "20348, 48, ''", // a client's SKU
    "20348, 406, ''", // Azure Local, a host
    "20348, 42, ''",
    "17763, -1, ''",
    "0, 8, ''",
  })
  void aBuildAndASkuLeadToTheKey(int build, int sku, String lastFive) {
    ImmutableList<AvmaKey> keys = CATALOG.find(build, sku);
    if (lastFive.isEmpty()) {
      assertEquals(ImmutableList.of(), keys);
    } else {
      assertEquals(1, keys.size());
      assertEquals(true, keys.get(0).key().lastFive().endsWith(lastFive), keys.toString());
    }
  }

  @Test
  void theSharedBuildIsTheVersionOnlyIfItsSkuIsSemiAnnual() {
    KeyCatalog split =
        CATALOG.with(key("W3GNR-8DDXR-2TFRP-H8P33-DV9BG", DATACENTER, WindowsRelease.WS_1809));
    assertEquals("WMBMW", split.find(17763, 8).get(0).key().lastFive());
    assertEquals("DV9BG", split.find(17763, 145).get(0).key().lastFive());
  }

  @Test
  void anAddedKeyTakesItsCellsAndLeavesTheOthers() {
    AvmaKey added =
        key(
            "W3GNR-8DDXR-2TFRP-H8P33-DV9BG",
            DATACENTER,
            WindowsRelease.WS_1909,
            WindowsRelease.WS_2004);
    KeyCatalog changed = CATALOG.with(added);
    assertEquals(Optional.of(added), changed.find(WindowsRelease.WS_1909, DATACENTER));
    assertEquals(Optional.of(added), changed.find(WindowsRelease.WS_2004, DATACENTER));
    assertEquals(Optional.empty(), changed.absence(WindowsRelease.WS_2004, DATACENTER));
    assertEquals(
        "no key is published for versions 2004 and 20H2",
        changed.absence(WindowsRelease.WS_20H2, DATACENTER).orElseThrow().reason());
    AvmaKey rest = changed.find(WindowsRelease.WS_1903, DATACENTER).orElseThrow();
    assertEquals(
        ImmutableSet.of(WindowsRelease.WS_2019, WindowsRelease.WS_1809, WindowsRelease.WS_1903),
        rest.releases());
    assertEquals(Standing.DOCUMENTED, rest.standing());
    assertEquals("SEED, DOC", rest.source());
    // The key has kept its own release, and its row there comes first.
    assertEquals(
        "DV9BG", changed.find(WindowsRelease.WS_2022, DATACENTER).orElseThrow().key().lastFive());
    assertEquals(
        "Windows Server 2022 Datacenter", changed.find(added.key()).orElseThrow().product());
    assertEquals(16, changed.avmaKeys().size());
    assertSame(added, changed.avmaKeys().get(15));
    assertEquals(CATALOG.kmsClientKeys(), changed.kmsClientKeys());
    assertEquals(
        KeyDiagnosis.Kind.KMS_CLIENT, changed.diagnose("WX4NM-KYWYW-QJJR4-XV3QB-6VM33").kind());
    assertEquals(1, changed.endingWith("6VM33").size());
    assertEquals(15, CATALOG.avmaKeys().size());
  }

  @Test
  void aReleaseMayTakeTheKeyOfAnother() {
    AvmaKey assumed = key("H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", DATACENTER, WindowsRelease.WS_20H2);
    KeyCatalog changed = CATALOG.with(assumed);
    assertEquals(
        Standing.ASSUMED,
        changed.find(WindowsRelease.WS_20H2, DATACENTER).orElseThrow().standing());
    assertEquals(
        Standing.DOCUMENTED,
        changed.find(WindowsRelease.WS_2019, DATACENTER).orElseThrow().standing());
    assertEquals(1, changed.endingWith("WMBMW").size());
  }

  @Test
  void aKeyThatIsReplacedInAllItsCellsIsGone() {
    ProductKey old = ProductKey.parse("W3GNR-8DDXR-2TFRP-H8P33-DV9BG");
    KeyCatalog changed =
        CATALOG.with(key("YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", DATACENTER, WindowsRelease.WS_2022));
    assertEquals(
        "VCH67", changed.find(WindowsRelease.WS_2022, DATACENTER).orElseThrow().key().lastFive());
    assertEquals(Optional.empty(), changed.find(old));
    assertEquals(ImmutableList.of(), changed.endingWith("DV9BG"));
    KeyDiagnosis diagnosis = changed.diagnose(old.reveal());
    assertEquals(KeyDiagnosis.Kind.UNPUBLISHED, diagnosis.kind());
    assertEquals(ImmutableList.of(), ((KeyDiagnosis.Unpublished) diagnosis).sameGroup());
    assertEquals(
        "This is well-formed, but of a group that no published key belongs to (4548): perhaps a"
            + " retail, OEM or volume key.",
        diagnosis.summary());
    assertEquals(old, ((KeyDiagnosis.Unpublished) diagnosis).key());
    assertFalse(diagnosis.toString().contains("W3GNR"));
  }

  @Test
  void theLaterOfTwoAddedKeysWins() {
    AvmaKey first = key("YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", STANDARD, WindowsRelease.WS_2022);
    AvmaKey second = key("6NMQ9-T38WF-6MFGM-QYGYM-88J4F", STANDARD, WindowsRelease.WS_2022);
    assertEquals(
        Optional.of(second),
        CATALOG.with(ImmutableList.of(first, second)).find(WindowsRelease.WS_2022, STANDARD));
    assertEquals(
        Optional.of(first),
        CATALOG.with(ImmutableList.of(second, first)).find(WindowsRelease.WS_2022, STANDARD));
  }

  @Test
  void aKeyBelongsToOneEdition() {
    AvmaKey moved = key("YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67", STANDARD, WindowsRelease.WS_2022);
    KeyCatalog changed = CATALOG.with(moved);
    assertEquals(Optional.empty(), changed.find(WindowsRelease.WS_2025, DATACENTER));
    assertEquals(
        Optional.of(
            new KeyAbsence(
                WindowsRelease.WS_2025,
                DATACENTER,
                "no key is known",
                Standing.ASSUMED,
                "not in this catalogue")),
        changed.absence(WindowsRelease.WS_2025, DATACENTER));
    assertEquals(Optional.of(moved), changed.find(moved.key()));
  }

  @Test
  void aKmsClientKeyIsRefusedAsAnAvmaKey() {
    AvmaKey mistake = key("NTBV8-9K7Q8-V27C6-M2BTV-KHMXV", AZURE_EDITION, WindowsRelease.WS_2022);
    assertEquals(
        "the key ending in KHMXV is the KMS client key of Windows Server 2022 Datacenter: Azure"
            + " Edition, no AVMA key",
        assertThrows(IllegalArgumentException.class, () -> CATALOG.with(mistake).avmaKeys())
            .getMessage());
  }

  @Test
  void anAddedTableIsReadLikeTheBuiltInOne() {
    KeyCatalog changed =
        CATALOG.withTable(
            "mine.table",
            ImmutableList.of(
                "# assumed for our fleet",
                "releases | edition | key | standing | source | reason",
                "WS_2004 ws_20h2 | datacenter | h3rng-8c32q-q8frx-6tdxv-wmbmw | assumed | tried |",
                "WS_2004 | essentials | - | assumed | mine | there is none"));
    AvmaKey added = changed.find(WindowsRelease.WS_20H2, DATACENTER).orElseThrow();
    assertEquals("H3RNG-8C32Q-Q8FRX-6TDXV-WMBMW", added.key().reveal());
    assertEquals(ImmutableSet.of(WindowsRelease.WS_2004, WindowsRelease.WS_20H2), added.releases());
    assertEquals(WindowsRelease.WS_2004, added.release());
    assertEquals("Windows Server, version 2004 Datacenter", added.product());
    assertEquals(Standing.ASSUMED, added.standing());
    assertEquals("tried", added.source());
    assertEquals(
        NEVER_ESSENTIALS,
        changed.absence(WindowsRelease.WS_2004, ESSENTIALS).orElseThrow().reason());
  }

  @Test
  void aKeyWithoutAReleaseIsRefused() {
    ProductKey key = ProductKey.parse("YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67");
    assertEquals(
        "no release for the key ending in VCH67",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new AvmaKey(key, ImmutableSet.of(), DATACENTER, Standing.ASSUMED, "nobody")
                        .key())
            .getMessage());
  }

  @Test
  void theReleasesOfAKeyAreOrderedAndItsLongTermReleaseNamesIt() {
    AvmaKey key =
        key(
            "YQB4H-NKHHJ-Q6K4R-4VMY6-VCH67",
            DATACENTER,
            WindowsRelease.WS_1909,
            WindowsRelease.WS_1809,
            WindowsRelease.WS_2022);
    assertEquals(
        ImmutableList.of(WindowsRelease.WS_1809, WindowsRelease.WS_1909, WindowsRelease.WS_2022),
        key.releases().asList());
    assertEquals(WindowsRelease.WS_2022, key.release());
    assertEquals("Windows Server 2022 Datacenter", key.product());
  }

  private static AvmaKey key(String text, Edition edition, WindowsRelease... releases) {
    return new AvmaKey(
        ProductKey.parse(text),
        ImmutableSet.copyOf(releases),
        edition,
        Standing.ASSUMED,
        "this test");
  }
}
