package io.avma.catalog;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import io.avma.platform.Standing;
import io.avma.platform.WindowsRelease;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PublishedKeysTest {
  private static final KeyCatalog CATALOG = KeyCatalog.standard();

  @TestFactory
  Stream<DynamicTest> everyAvmaKeyDecodesAsPublished() {
    return PublishedKeys.AVMA.stream()
        .map(row -> DynamicTest.dynamicTest(lastFive(row.key()), () -> decodes(row)));
  }

  private static void decodes(PublishedKeys.Avma row) {
    String symbols = row.key().replace("-", "");
    NaiveKeyNumber number = new NaiveKeyNumber(symbols);
    ProductKey key = ProductKey.parse(row.key());
    assertAll(
        () -> assertEquals(row.placeOfN(), symbols.indexOf('N')),
        () -> assertEquals(row.placeOfN(), symbols.lastIndexOf('N')),
        () -> assertEquals(row.checksum(), number.storedChecksum()),
        () -> assertEquals(row.checksum(), number.computedChecksum()),
        () -> assertEquals(0, number.upgradeAndExtra()),
        () -> assertEquals(row.group(), number.group()),
        () -> assertEquals(row.serial(), number.serial()),
        () -> assertEquals(row.group(), key.group()),
        () -> assertEquals(row.serial(), key.serial()),
        () -> assertEquals(row.key(), key.reveal()),
        () -> assertEquals(lastFive(row.key()), key.lastFive()));
  }

  @TestFactory
  Stream<DynamicTest> everyAvmaKeyIsFoundFromEverySide() {
    return PublishedKeys.AVMA.stream()
        .map(row -> DynamicTest.dynamicTest(lastFive(row.key()), () -> isFound(row)));
  }

  private static void isFound(PublishedKeys.Avma row) {
    ProductKey key = ProductKey.parse(row.key());
    for (WindowsRelease release : row.releases()) {
      AvmaKey found = CATALOG.find(release, row.edition()).orElseThrow();
      assertEquals(key, found.key());
      assertEquals(row.releases(), found.releases());
      assertEquals(row.edition(), found.edition());
      assertEquals(row.standing(), found.standing());
      assertEquals(Optional.empty(), CATALOG.absence(release, row.edition()));
    }
    PublishedKey published = CATALOG.find(key).orElseThrow();
    assertEquals(row.releases(), published.releases());
    assertEquals(ImmutableList.of(published), CATALOG.endingWith(lastFive(row.key())));
    KeyDiagnosis diagnosis = CATALOG.diagnose(row.key());
    assertEquals(KeyDiagnosis.Kind.AVMA, diagnosis.kind());
    assertEquals(published, assertInstanceOf(KeyDiagnosis.Avma.class, diagnosis).avmaKey());
    WindowsRelease first = row.releases().iterator().next();
    assertEquals(
        "This is the AVMA key of " + first.displayName() + " " + row.edition().displayName() + ".",
        diagnosis.summary());
    assertEquals(
        "Install it in a guest of that release and edition, never on the host.",
        diagnosis.advice());
    assertEquals(ImmutableList.of(), diagnosis.similar());
  }

  @TestFactory
  Stream<DynamicTest> everyKmsClientKeyDecodesAndIsToldFromAnAvmaKey() {
    return PublishedKeys.KMS.stream()
        .map(row -> DynamicTest.dynamicTest(lastFive(row.key()), () -> isKms(row)));
  }

  private static void isKms(PublishedKeys.Kms row) {
    ProductKey key = ProductKey.parse(row.key());
    NaiveKeyNumber number = new NaiveKeyNumber(row.key().replace("-", ""));
    assertEquals(row.group(), key.group());
    assertEquals(row.group(), number.group());
    assertEquals(number.serial(), key.serial());
    assertEquals(number.storedChecksum(), number.computedChecksum());
    assertEquals(0, number.upgradeAndExtra());

    KmsClientKey published = assertInstanceOf(KmsClientKey.class, CATALOG.find(key).orElseThrow());
    assertEquals(row.product(), published.product());
    assertEquals(row.releases(), published.releases());
    assertEquals(row.edition(), published.edition());
    assertEquals(Standing.DOCUMENTED, published.standing());
    assertEquals("GVLK", published.source());
    assertEquals(ImmutableList.of(published), CATALOG.endingWith(lastFive(row.key())));

    KeyDiagnosis.KmsClient diagnosis =
        assertInstanceOf(KeyDiagnosis.KmsClient.class, CATALOG.diagnose(row.key()));
    assertEquals(KeyDiagnosis.Kind.KMS_CLIENT, diagnosis.kind());
    assertEquals(published, diagnosis.kmsKey());
    assertEquals(
        "This is the KMS client key of " + row.product() + ", not an AVMA key.",
        diagnosis.summary());
    Optional<PublishedKeys.Avma> wanted =
        PublishedKeys.AVMA.stream()
            .filter(
                avma ->
                    avma.edition() == row.edition()
                        && avma.releases().stream().anyMatch(row.releases()::contains))
            .findFirst();
    assertEquals(
        wanted.map(PublishedKeys.Avma::key), diagnosis.wanted().map(avma -> avma.key().reveal()));
    assertTrue(
        diagnosis
            .advice()
            .startsWith(
                wanted
                    .map(avma -> "For AVMA use " + avma.key() + " (Windows Server ")
                    .orElse("No AVMA key is published for that release and edition; use KMS")),
        diagnosis.advice());
  }

  @Test
  void theCatalogueHoldsTheseKeysAndNoOther() {
    assertEquals(
        PublishedKeys.AVMA.stream()
            .map(PublishedKeys.Avma::key)
            .collect(ImmutableSet.toImmutableSet()),
        CATALOG.avmaKeys().stream()
            .map(row -> row.key().reveal())
            .collect(ImmutableSet.toImmutableSet()));
    assertEquals(15, CATALOG.avmaKeys().size());
    assertEquals(
        PublishedKeys.KMS.stream()
            .map(PublishedKeys.Kms::key)
            .collect(ImmutableSet.toImmutableSet()),
        CATALOG.kmsClientKeys().stream()
            .map(row -> row.key().reveal())
            .collect(ImmutableSet.toImmutableSet()));
    assertEquals(24, CATALOG.kmsClientKeys().size());
  }

  @Test
  void avmaAndKmsKeysOfOneProductDifferInGroup() {
    int compared = 0;
    for (PublishedKeys.Avma avma : PublishedKeys.AVMA) {
      for (PublishedKeys.Kms kms : PublishedKeys.KMS) {
        if (kms.edition() == avma.edition()
            && kms.releases().stream().anyMatch(avma.releases()::contains)) {
          assertNotEquals(kms.group(), avma.group(), kms.product());
          compared++;
        }
      }
    }
    assertEquals(21, compared); // 15 of long-term releases, 6 of versions that share their keys
  }

  @Test
  void keysOfOneGroupAreToldApartByTheirSerial() {
    ProductKey of1803 = ProductKey.parse("PTXN8-JFHJM-4WC78-MPCBR-9W4KR");
    ProductKey of1709 = ProductKey.parse("DPCNP-XQFKJ-BJF7R-FRC8D-GF6G4");
    assertEquals(of1803.group(), of1709.group());
    assertEquals(1, of1803.serial());
    assertEquals(0, of1709.serial());
    assertEquals(
        "Windows Server version 1803 Standard", CATALOG.find(of1803).orElseThrow().product());
    assertEquals(
        "Windows Server version 1709 Standard", CATALOG.find(of1709).orElseThrow().product());
  }

  @Test
  void noTwoPublishedKeysShareTheirLastFiveSymbols() {
    Set<String> seen = new HashSet<>();
    Stream.concat(
            PublishedKeys.AVMA.stream().map(PublishedKeys.Avma::key),
            PublishedKeys.KMS.stream().map(PublishedKeys.Kms::key))
        .forEach(key -> assertTrue(seen.add(lastFive(key)), key));
    assertEquals(39, seen.size());
  }

  @Test
  void theLastFiveSymbolsAreReadAsPeopleTypeThem() {
    AvmaKey key = Iterables.get(CATALOG.avmaKeys(), 0);
    assertEquals("DV4TW", key.key().lastFive());
    assertEquals(ImmutableList.of(key), CATALOG.endingWith(" dv4tw\n"));
    assertEquals(ImmutableList.of(), CATALOG.endingWith("V4TW"));
    assertEquals(ImmutableList.of(), CATALOG.endingWith("XXXXX"));
    assertEquals(ImmutableList.of(), CATALOG.endingWith(""));
  }

  private static String lastFive(String key) {
    return key.substring(24);
  }
}
