package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.avma.platform.Edition;
import io.avma.platform.WindowsRelease;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyDiagnosisTest {
  private static final KeyCatalog CATALOG = KeyCatalog.standard();
  private static final String KEY = "W3GNR-8DDXR-2TFRP-H8P33-DV9BG";
  private static final String PRODUCT = "Windows Server 2022 Datacenter";

  /** Keys that public scripts call AVMA keys of something, with what they are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NTBV8-9K7Q8-V27C6-M2BTV-KHMXV | KMS_CLIENT | 2022 Datacenter: Azure Edition",
        "N69G4-B89J2-4G8F4-WWYCC-J464C | KMS_CLIENT | 2019 Standard",
        "WMDGN-G9PQG-XVVXX-R3X43-63DFG | KMS_CLIENT | 2019 Datacenter",
        "N2KJX-J94YW-TQVFB-DG9YT-724CC | KMS_CLIENT | versions 1809 to 20H2 Standard",
        "B69WH-PRNHK-BXVK3-P9XF7-XD84C | CHECKSUM_WRONG |",
        "BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B | OLDER_FORMAT |",
        "Y4TGP-NPTV9-HTC2H-7MGQ3-DV4TW | AVMA | 2012 R2 Datacenter",
        "DBGBW-NPF86-BJVTX-K3WKJ-MTB6V | AVMA | 2012 R2 Standard",
        "K2XGM-NMBT3-2R6Q8-WF2FK-P36R2 | AVMA | 2012 R2 Essentials",
      })
  void aWronglyPublishedKeyIsCalledWhatItIs(String key, KeyDiagnosis.Kind kind, String product) {
    KeyDiagnosis diagnosis = CATALOG.diagnose(key);
    assertEquals(kind, diagnosis.kind());
    assertEquals(ImmutableList.of(), diagnosis.similar());
    if (product != null) {
      assertTrue(
          diagnosis.summary().contains("key of Windows Server " + product), diagnosis.summary());
    } else {
      assertEquals(
          "Take the key of the guest's release and edition from the catalogue.",
          diagnosis.advice());
    }
  }

  @Test
  void theWrongKeyWithOneNFailsByItsStoredChecksum() {
    NaiveKeyNumber number = new NaiveKeyNumber("B69WHPRNHKBXVK3P9XF7XD84C");
    assertEquals(0x39D, number.storedChecksum());
    assertEquals(0x292, number.computedChecksum());
  }

  @Test
  void aKmsKeyOf2022AzureEditionLeadsToTheAvmaKeyThatWasMeant() {
    KeyDiagnosis.KmsClient diagnosis =
        assertInstanceOf(
            KeyDiagnosis.KmsClient.class, CATALOG.diagnose("NTBV8-9K7Q8-V27C6-M2BTV-KHMXV"));
    assertEquals(CATALOG.find(WindowsRelease.WS_2022, Edition.AZURE_EDITION), diagnosis.wanted());
    assertEquals(
        "For AVMA use F7TB6-YKN8Y-FCC6R-KQ484-VMK3J"
            + " (Windows Server 2022 Datacenter: Azure Edition).",
        diagnosis.advice());
  }

  @ParameterizedTest
  @CsvSource({
    "V3GNR-8DDXR-2TFRP-H8P33-DV9BG, CHECKSUM_WRONG, 1", // first symbol
    "W3GNR-8DDXR-2TFRP-H8P33-DV9BH, CHECKSUM_WRONG, 1", // last symbol
    "W3GNR-8DDXR-2TFRP-8HP33-DV9BG, CHECKSUM_WRONG, 2", // two neighbours swapped
    "V3GNR-8DDXR-2TFRP-H8P33-DV9BH, CHECKSUM_WRONG, 2", // first and last
    "W3GNR-8DDXR-2TFRP-H8P33-DV9B, NOT_A_KEY, 1", // last missing
    "3GNR-8DDXR-2TFRP-H8P33-DV9BG, NOT_A_KEY, 1", // first missing
    "W3GNR-8DDXR-2TFRP-H8P33-DV9, NOT_A_KEY, 2", // two missing
    "W3GNR-8DDXR-2TFRP-H8P33-DV9BGG, NOT_A_KEY, 1", // surplus at the end
    "WW3GNR-8DDXR-2TFRP-H8P33-DV9BG, NOT_A_KEY, 1", // surplus at the start
    "W3GNR-8DDXR-2TFRP-H8P33-DV9BGGG, NOT_A_KEY, 2", // two surplus
    "W3GMR-8DDXR-2TFRP-H8P33-DV9BG, OLDER_FORMAT, 1", // M for N
    "W3GNR-NDDXR-2TFRP-H8P33-DV9BG, NOT_A_KEY, 1", // second N
    "W3GNR-8DDXR-2TFRP-H8P33-0V9BG, NOT_A_KEY, 1", // zero
    "W3GNR-8DDXR-2TFRP-H8P33-OV9BO, NOT_A_KEY, 2", // twice the letter O
    "'\"W3GNR-8DDXR-2TFRP-H8P33-DV9BG\"', NOT_A_KEY, 2", // quoted, as a script has it
    "'W3GNR-8DDXR-2TFRP-H8P33-DV9BG;', NOT_A_KEY, 1", // and what follows it there
  })
  void aTypingErrorLeadsToTheKeyThatWasMeant(String typed, KeyDiagnosis.Kind kind, int edits) {
    KeyDiagnosis diagnosis = CATALOG.diagnose(typed);
    assertEquals(kind, diagnosis.kind());
    assertEquals(1, diagnosis.similar().size());
    SimilarKey similar = diagnosis.similar().get(0);
    assertEquals(KEY, similar.key().key().reveal());
    assertEquals(edits, similar.edits());
    assertEquals(Optional.empty(), similar.wanted());
    assertEquals(
        "Did you mean "
            + KEY
            + ", the AVMA key of "
            + PRODUCT
            + "? It differs in "
            + (edits == 1 ? "one symbol." : "two symbols."),
        diagnosis.advice());
  }

  @ParameterizedTest
  @CsvSource({
    "V3GNQ-8DDXR-2TFRP-H8P33-DV9BH, CHECKSUM_WRONG", // three symbols
    "W3GNR-8DDXR-2TFRP-H8P33-DV, NOT_A_KEY", // three missing
    "W3GNR-8DDXR-2TFRP-H8P33-DV9BG-GGG, NOT_A_KEY", // three surplus
    "W3GNR-8DDXR-2TFRP-H8P33-000BG, NOT_A_KEY", // three illegal
  })
  void threeErrorsAreTooManyToGuess(String typed, KeyDiagnosis.Kind kind) {
    KeyDiagnosis diagnosis = CATALOG.diagnose(typed);
    assertEquals(kind, diagnosis.kind());
    assertEquals(ImmutableList.of(), diagnosis.similar());
    assertEquals(
        "Take the key of the guest's release and edition from the catalogue.", diagnosis.advice());
  }

  @Test
  void aMistypedKmsKeyIsNotCalledAnAvmaKey() {
    KeyDiagnosis diagnosis = CATALOG.diagnose("TVRH6-WHNXV-R9WG3-9XRFY-MY833");
    assertEquals(
        "Did you mean TVRH6-WHNXV-R9WG3-9XRFY-MY832, the KMS client key of Windows Server 2025"
            + " Standard? It differs in one symbol. It is not for AVMA. Use"
            + " WWVGQ-PNHV9-B89P4-8GGM9-9HPQ4 for that (Windows Server 2025 Standard).",
        diagnosis.advice());
    assertEquals(
        CATALOG.find(WindowsRelease.WS_2025, Edition.STANDARD),
        diagnosis.similar().get(0).wanted());
  }

  @Test
  void aMistypedKmsKeyWithoutACounterpartLeadsToNoAvmaKey() {
    KeyDiagnosis diagnosis = CATALOG.diagnose("XC9B7-NBPP2-83J2H-RHMBY-92BT3");
    assertEquals(
        "Did you mean XC9B7-NBPP2-83J2H-RHMBY-92BT4, the KMS client key of Windows Server 2012"
            + " Standard? It differs in one symbol. It is not for AVMA. No AVMA key is published"
            + " for that release and edition; use KMS there.",
        diagnosis.advice());
    assertEquals(Optional.empty(), diagnosis.similar().get(0).wanted());
  }

  @Test
  void everyKindOfDiagnosisSpeaksForItself() {
    assertEquals(
        "This has the form of a key, but its checksum fails: a symbol was mistyped, or it was"
            + " never a key.",
        CATALOG.diagnose("B69WH-PRNHK-BXVK3-P9XF7-XD84C").summary());
    assertEquals(
        "This has no N, so it is a key of the format before Server 2012, or no key at all; no AVMA"
            + " key looks like that.",
        CATALOG.diagnose("BCR9J-3M3YR-9WYR8-RKQBV-3VQ8B").summary());
    assertEquals(
        "This is not a product key: empty (a key has 25 symbols).",
        CATALOG.diagnose(" - ").summary());
  }

  @Test
  void aWellFormedKeyOfAKnownGroupIsCalledARelativeAndNoMore() {
    // The catalogue without its AVMA keys of 2025 does not know this one; nobody else shares it.
    ProductKey key = ProductKey.parse(KEY);
    KeyDiagnosis.Unpublished strange =
        new KeyDiagnosis.Unpublished(key, ImmutableList.of(), ImmutableList.of());
    assertEquals(
        "This is well-formed, but of a group that no published key belongs to (4548): perhaps a"
            + " retail, OEM or volume key.",
        strange.summary());
    assertEquals(
        "Treat it as a secret; for AVMA install the published key of the guest's release and"
            + " edition instead.",
        strange.advice());

    PublishedKey avma = CATALOG.find(key).orElseThrow();
    assertEquals(
        "This is no published key, but of the same group as the AVMA key of " + PRODUCT + ".",
        new KeyDiagnosis.Unpublished(key, ImmutableList.of(avma), ImmutableList.of()).summary());
    PublishedKey kms = CATALOG.endingWith("6VM33").get(0);
    assertEquals(
        "This is no published key, but of the same group as the KMS client key of " + PRODUCT + ".",
        new KeyDiagnosis.Unpublished(key, ImmutableList.of(kms), ImmutableList.of()).summary());
  }
}
